"""What stands in a section instead of its rows: none, unknown, a table in HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from postmortem.escape import uncommented
from postmortem.markdown import values
from postmortem.markdown.blocks import COMMENT, PARAGRAPH
from postmortem.markdown.cut import Cut
from postmortem.markdown.fields import Field
from postmortem.markdown.gathering import Gathering
from postmortem.markdown.reading import Span

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_HTML_TABLE = re.compile(r"^\s*<table\b", re.IGNORECASE)


def report_html(into: Gathering, here: Cut) -> None:
    """Report the tables in HTML, which are not read."""
    for block in here.blocks:
        said = "\n".join(into.body_lines[block.start : block.end])
        if block.kind == COMMENT and _HTML_TABLE.search(said):
            message = "a table in HTML is not read"
            line = into.body + block.start + 1
            into.report("PM103", message, line, hint="write it in Markdown, with pipes")


def placeholders(
    into: Gathering, here: Cut, *, ours: bool = False
) -> Iterator[tuple[bool, Span]]:
    """Yield the paragraphs that stand for rows, and whether they say that none are.

    `ours` are those of our own words alone, which stay when somebody adds rows.
    """
    for number, block in enumerate(here.blocks):
        if block.kind != PARAGRAPH:
            continue
        end = block.end
        for below in here.blocks[number + 1 : number + 2]:
            if below.kind == COMMENT and below.start == end:
                end = below.end
        said = uncommented(block.content).strip()
        none = into.says_none(said)
        unset = not ours and values.unset(block.content)
        if none or unset or into.says_unknown(said):
            yield none, into.span(block.start, end)


def notes(said: str, *asked: Field | None) -> list[str]:
    """Return the comments in a text, but for the questions of the fields it is for.

    One that goes on below the text is the last.
    """
    questions = [known.question for known in asked if known]
    questions += [each.replace("--", "-\u200b-") for each in questions]
    ours = [f"<!-- {each} -->" for each in questions]
    end = said.rfind("-->") + len("-->") if "-->" in said else 0
    _, begins, open_end = said[end:].partition("<!--")
    found = _COMMENT.findall(said[:end])  # each has an end, so this is quick
    return [note for note in (*found, begins + open_end) if note and note not in ours]


def waits(value: Any, labels: Mapping[str, str]) -> bool:
    """Tell whether a text says nothing yet, whatever comments are beside that."""
    if not value or not isinstance(value, str):
        return not value
    bare = uncommented(value).strip()
    return values.unset(bare) or values.says(bare, labels["unknown"])
