"""Fences and raw HTML that end within their text, so that nothing below falls in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from postmortem.markdown import inline

if TYPE_CHECKING:
    from markdown_it.token import Token

_ENDS = (("<!--", "-->"), ("<?", "?>"), ("<![CDATA[", "]]>"), ("<!", ">"))
_RAW_TAG = re.compile(r"<(script|pre|style|textarea)\b", re.IGNORECASE)
_RAW_END = re.compile(r"</(?:script|pre|style|textarea)>", re.IGNORECASE)


def fence(token: Token) -> list[str]:
    """Return the lines of a code block, in a fence longer than any run within it.

    What is said of its language has no backtick, and nothing that needs an escape:
    prettier keeps neither tildes nor escapes.
    """
    from markdown_it.common.utils import unescapeAll

    from postmortem.markdown import spelling

    info = inline.scrubbed(unescapeAll(token.info.strip())).replace("`", "'")
    return fenced(token.content, spelling.bare(info))


def fenced(text: str, info: str = "") -> list[str]:
    """Return a text as the lines of a code block, without blanks at their ends."""
    info = " ".join(inline.BREAK.join(re.split(r"[\r\n]+", info.strip())).split())
    content = text.removesuffix("\n")
    runs = re.findall(r"^ {0,3}(`{3,})", content, re.MULTILINE)
    marks = "`" * max(3, *(len(run) + 1 for run in runs), 3)
    inside = [line.rstrip(" \t") for line in content.split("\n")]
    if not any(inside):
        inside = []
    return [f"{marks}{info}", *inside, marks]


def html(content: str) -> list[str]:
    """Return the lines of an HTML block, with the end that it may lack.

    Blanks at the ends of lines are none of it: formatters take them away. A line with
    nothing but blanks of other scripts would be an empty one, and end it.
    """
    lines = [
        line.rstrip()
        for line in content.strip().split("\n")
        if line.strip() or not line.strip(" \t")
    ]
    start = content.lstrip()
    raw = _RAW_TAG.match(start)
    if raw:
        return lines if _RAW_END.search(start) else [*lines, f"</{raw[1]}>"]
    for opening, ending in _ENDS:
        if start.startswith(opening):
            return lines if ending in start[1:] else [*lines, ending]
    return lines
