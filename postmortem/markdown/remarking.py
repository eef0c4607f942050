"""Comments at the ends of a list item's lines: in the file, and not in the record."""

from __future__ import annotations

import re
from collections.abc import Sequence

from postmortem.markdown import patterns
from postmortem.markdown.outline import Rows

_OPENING = "<!--"
_REMARK = re.compile(r"(?P<own>(?<!\\)<!--(?!-?>)(?:(?!-->).)+-->)(?P<rest>\s*\\?\s*)$")


def told_apart(lines: list[str], home: Rows) -> tuple[list[str], tuple[str, ...]]:
    """Return an item's lines without the comments at their ends, and those comments.

    Where the template puts comments into its items itself, all is left as it is.
    """
    if not any(_OPENING in line for line in lines) or _comments(home):
        return lines, ()
    remarks: list[str] = []
    return [_without(line, remarks) for line in lines], tuple(remarks)


def put_back(lines: list[str], remarks: Sequence[str]) -> list[str]:
    """Return an item's new lines with the comments that stood in the old ones."""
    return [*lines[:-1], " ".join((lines[-1], *remarks))] if remarks else lines


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
