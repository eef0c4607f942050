"""Which statement of a report a place is in: the same however its lines are wrapped."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from postmortem.checks.subject import Subject

_BLANKS = ("", " ", "\t", ">")
_BEFORE = re.compile(r"(?:[ \t]*>)*[ \t]*")
_MARK = re.compile(r"(?:[-+*]|\d{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?")
"""What stands before the words of an item: bullet or number, and check box."""
_ALONE = re.compile(r"#{1,6}[ \t]|```|~~~|<!--|[-=*_ \t]*$|[^|]*\|")
"""A line that is part of no longer one: heading, fence, comment, rule, blank, row."""
_LABEL = re.compile(r"\*\*[^*]{1,60}(?::\*\*|\*\*:)")
_BREAKS = ("\\", "  ", "-->")
"""What ends a line for good."""
_SENTENCE_ENDS = re.compile(r"""[.!?…]["'”’»)\]*_]*(?=\s)""")
_LONGEST = 2000
"""Characters on either side of a place in which its sentence begins and ends."""


def statement(subject: Subject, line: int, column: int) -> str:
    """Return the sentence at a place, or a whole row, heading, line of front matter.

    That is without the mark and the check box of an item. Lines and columns count
    from 1.
    """
    lines, at = subject.lines, line - 1
    if at >= len(lines):
        return ""
    if at < subject.spans.body:
        return lines[at]
    first = _first(lines, at, subject.spans.body)
    kept = [lines[each][_begins(lines, each, first) :] for each in range(first, at)]
    begin = _begins(lines, at, first)
    kept = [it.rstrip() for it in (*kept, lines[at][begin:])]
    place = sum(len(it) + 1 for it in kept[:-1]) + max(column - 1 - begin, 0)
    kept += [it[_start(it) :].rstrip() for it in _rest(lines, at)]
    return _sentence(" ".join(kept), place)


def _first(lines: Sequence[str], at: int, body: int) -> int:
    """Return the line on which that begins which a line is a part of."""
    size = 0
    while at > body and size < _LONGEST and _goes_on(lines[at - 1], lines[at]):
        at -= 1
        size += len(lines[at])
    return at


def _rest(lines: Sequence[str], at: int) -> Sequence[str]:
    """Return the lines below on which it goes on."""
    last, size = at, 0
    while (
        last + 1 < len(lines)
        and size < _LONGEST
        and _goes_on(lines[last], lines[last + 1])
    ):
        last += 1
        size += len(lines[last])
    return lines[at + 1 : last + 1]


def _goes_on(line: str, following: str) -> bool:
    """Tell whether what a line says goes on on the one that follows."""
    if not (line and following):
        return False
    if line.endswith(_BREAKS) or _ALONE.match(line, _start(line)):
        return False
    start = _start(following)
    return not any(it.match(following, start) for it in (_ALONE, _MARK, _LABEL))


def _begins(lines: Sequence[str], at: int, first: int) -> int:
    """Return the column, from 0, at which the words of a line begin."""
    start = _start(lines[at])
    mark = _MARK.match(lines[at], start) if at == first else None
    return mark.end() if mark else start


def _start(line: str) -> int:
    """Return the column behind the marks of a quote."""
    found = _BEFORE.match(line) if line[:1] in _BLANKS else None
    return found.end() if found else 0


def _sentence(text: str, place: int) -> str:
    first, last = max(place - _LONGEST, 0), place + _LONGEST
    ends = [it.end() for it in _SENTENCE_ENDS.finditer(text, first, last)]
    begin = max((it for it in ends if it <= place), default=first)
    end = min((it for it in ends if it > place), default=last)
    return text[begin:end]
