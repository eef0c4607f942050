"""Comments in a list item's lines, in the file: no record has those at their ends."""

from __future__ import annotations

import re
from collections.abc import Sequence

from postmortem.markdown import inline, patterns
from postmortem.markdown.outline import Rows

_OPENING = "<!--"
COMMENT = r"(?<!\\)<!--(?!-?>)(?:(?!-->).)+-->"
"""A comment on one line, as a pattern."""
_WITHIN = re.compile(COMMENT)
_BULLET = re.compile(r"\s*(?:(?:[-*+]|\d{1,9}[.)])\s+)?(?:\[[ xX]\]\s+)?")
"""What stands before a comment that would be a block of its own."""
_REMARK = re.compile(rf"(?P<own>{COMMENT})(?P<rest>\s*\\?\s*)$")


def told_apart(lines: list[str], home: Rows) -> tuple[list[str], tuple[str, ...]]:
    """Return an item's lines without the comments at their ends, and all comments.

    Those between words stay in the lines. Where the template puts comments into its
    items itself, all is left as it is.
    """
    if not any(_OPENING in line for line in lines) or _comments(home):
        return lines, ()
    remarks: list[str] = []
    said = [_without(line, remarks) for line in lines]
    return said, (*remarks, *(each for line in said for each in within(line)))


def put_back(lines: list[str], remarks: Sequence[str]) -> list[str]:
    """Return an item's new lines with the comments that stood in the old ones.

    Those that were between words are hidden again where the words still are.
    """
    lines = list(lines)
    left = [each for each in remarks if not _hidden_in(lines, each)]
    return [*lines[:-1], " ".join((lines[-1], *left))] if left else lines


def within(line: str) -> list[str]:
    """Return the comments of a line that are in no code."""
    end = line.rfind("-->") + len("-->")
    return [
        found[0]
        for found in _WITHIN.finditer(line, 0, end)
        if "`" not in line or line.count("`", 0, found.start()) % 2 == 0
    ]


def hidden(line: str, remark: str, *, cell: bool = False) -> str | None:
    """Return a line in which a comment is hidden that is written as text; or None."""
    remark = remark.replace("\\|", "|") if cell else remark
    spelled = inline.canonical(remark)
    if cell:
        spelled, remark = inline.cell(spelled), inline.cell(remark)
    before, found, behind = line.partition(spelled)
    if not found or (not cell and _BULLET.fullmatch(before)):
        return None
    return f"{before}{remark}{behind}"


def _hidden_in(lines: list[str], remark: str) -> bool:
    """Hide a comment in the first line that has it; tell whether any says it."""
    for at, line in enumerate(lines):
        if (new := hidden(line, remark)) is not None:
            lines[at] = new
            return True
    shown = _WITHIN.sub("", " ".join(lines))
    return _bare(remark) in _bare(shown)


def _bare(said: str) -> str:
    return said.replace(inline.BREAK, "").replace("\\", "")


def _without(line: str, remarks: list[str]) -> str:
    """Return a line without the comments at its end, which go to the remarks."""
    found = _REMARK.search(line)
    if found is None or line.count("`", 0, found.start()) % 2:
        return line
    left = f"{line[: found.start()].rstrip()}{found['rest'].strip()}"
    left = _without(left, remarks)
    remarks.append(found["own"])
    return left


def _comments(home: Rows) -> bool:
    lines = (line for item in home.items for line in (item.first, *item.rest))
    return any(_OPENING in said for line in lines for said in patterns.separators(line))
