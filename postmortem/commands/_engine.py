"""Markdown for those who look at it: nested as deeply as people do, and read at once.

The usual limit on nesting drops the tenth level of a list without a word, and a bracket
that opens is followed to its end, which takes minutes where thousands have none.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore

_DEEPEST = 200
_MARK = re.compile(r"[^\w\s]")
_STEPS = 20_000_000
"""Brackets times marks, over all blocks; a long report of links has a hundredth."""


@cache
def engine(*, links: bool = True) -> MarkdownIt:
    """Return what reads a report, HTML in it too; without links they are text."""
    from markdown_it import MarkdownIt

    options = {"html": True, "maxNesting": _DEEPEST}
    made = MarkdownIt("commonmark", options).enable(["table", "strikethrough"])
    if not links:
        return made.disable(["link", "image"])
    made.core.ruler.at("inline", _read_inline)
    return made


def _read_inline(state: StateCore) -> None:
    """Read what blocks say; links are looked for as long as that takes no time."""
    left = _STEPS
    for token in state.tokens:
        if token.type != "inline":
            continue
        steps = token.content.count("[") * len(_MARK.findall(token.content))
        chosen = state.md if steps <= left else engine(links=False)
        left -= steps if steps <= left else 0
        token.children = []
        chosen.inline.parse(token.content, chosen, state.env, token.children)
