"""A merge that is not resolved: its marks are found before they pass for Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from postmortem.markdown.cut import Cut

MESSAGE = "a merge is not resolved here"
HINT = "keep what is right of the lines down to >>>>>>>, and take the marks out"
_MARK = re.compile(r"(?P<sign><{7}|={7}|>{7}|\|{7}(?= ))(?: .*|$)")
_BEGINS = frozenset(("<<", "==", ">>", "||"))
_WIDTH = 7


class Conflict(NamedTuple):
    """Where a merge left its marks, and what is said of it."""

    line: int
    message: str = MESSAGE
    hint: str = HINT


def conflicts(lines: Sequence[str], found: Sequence[Cut] = ()) -> Iterator[Conflict]:
    """Yield each conflict where it begins, and each mark that is left of another one.

    What stands in a code block from beginning to end is an example. Seven `=` may
    underline a heading: they count beside another mark alone.
    """
    marks = [
        (at, line[0])
        for at, line in enumerate(lines)
        if line[:2] in _BEGINS and _MARK.match(line) and not _quoted(lines, at)
    ]
    group: list[tuple[int, str]] = []
    for at, sign in marks:
        if sign == "<":
            yield from _left(group, lines, found)
            group = []
        group.append((at, sign))
        if sign == ">":
            signs = [each for _, each in group if each != "|"]
            if signs[0] != "<" or "=" not in signs:
                yield from _left(group, lines, found)
            elif not _is_code(group[0][0], at, found):
                yield Conflict(group[0][0])
            group = []
    yield from _left(group, lines, found)


def _left(
    group: Sequence[tuple[int, str]], lines: Sequence[str], found: Sequence[Cut]
) -> Iterator[Conflict]:
    """Yield the marks of a conflict that lacks others."""
    outside = [(at, sign) for at, sign in group if not _is_code(at, at, found)]
    if all(sign == "=" for _, sign in outside):
        return
    for at, sign in outside:
        if sign == "=" and at and len(lines[at - 1].strip()) == _WIDTH:
            continue
        mark = sign * _WIDTH
        message = f"a mark of a merge is left here: {mark}"
        hint = "take the line out, and see whether lines beside it are there twice"
        yield Conflict(at, message, hint)


def _quoted(lines: Sequence[str], at: int) -> bool:
    """Tell whether a line is one of a mail that was quoted again and again."""
    beside = (*lines[max(at - 1, 0) : at], *lines[at + 1 : at + 2])
    return lines[at][0] == ">" and any(each.startswith(">>>>") for each in beside)


def _is_code(start: int, end: int, found: Sequence[Cut]) -> bool:
    return any(
        block.kind == "fence" and block.start < start and end < block.end
        for cut in found
        for block in cut.blocks
    )
