"""Sections of other people's reports with events or actions that nobody reads there.

They stand in HTML, or below headings of which no field knows: nothing of that comes
into the record, but nobody is told that there is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from postmortem import moments
from postmortem.checks.actions.grouped import is_somebody
from postmortem.checks.completeness.fillers import is_nothing
from postmortem.checks.completeness.missing import below
from postmortem.errors import PostmortemError

if TYPE_CHECKING:
    from postmortem.checks.subject import Subject

_TIMES, _ACTIONS = 3, 2
"""From so many on a section holds what it is for."""
_TIMED = re.compile(
    r"[\W_]*(?:\d{4}-\d\d-\d\d[\sT,]+)?"
    r"(?:\d{1,2}[:.h]\d\d(?!\d|\.\d)|\d{1,2}\s?[ap]\.?m\b)",
    re.IGNORECASE,
)
"""What begins with a clock time; tags, bullets and emphasis are none of its letters."""
_ITEM = re.compile(r"\s{0,3}(?:[-*+]|\d{1,2}[.)]|\#{2,6}\s+\d{1,2}[.)])\s+\S")
_HTML = re.compile(r"\s*<(?:li|tr)\b", re.IGNORECASE)
_BEGINS = re.compile(r"(?P<mark>\*\*)(?P<said>[^*]{2,40})\*\*\s+\S")
_ENDS = re.compile(r"\S\s+(?P<mark>\*\*)(?P<said>[^*]{2,40})\*\*(?:/[A-Z]+)*\s*\Z")
"""A paragraph that begins or ends with a name."""


def holds_events(subject: Subject) -> bool:
    """Tell whether several lines of the timeline begin with a time, read or not.

    Headings that are a day belong to it, on whatever level they stand.
    """

    def is_day(heading: str) -> bool:
        return _is_day(subject, heading)

    found = _own(subject, below(subject, "timeline", is_day))
    return sum(_TIMED.match(line) is not None for _, line in found) >= _TIMES


def holds_actions(subject: Subject) -> bool:
    """Tell whether the section of actions has items, or paragraphs of somebody's."""
    found = _own(subject, below(subject, "actions"))
    held = (_ITEM.match(line) or _is_item(raw) for raw, line in found)
    return sum(map(bool, held)) >= _ACTIONS


def says_none(subject: Subject) -> bool:
    """Tell whether the section of actions says no more than that there is none."""
    said = subject.passages_of("actions")
    return bool(said) and all(is_nothing(it.text) for it in said)


def _own(subject: Subject, lines: range) -> Iterator[tuple[str, str]]:
    """Yield lines down to the next known section: each as it is, and masked."""
    body, masked = subject.spans.body, subject.masked.split("\n")
    known = {body + cut.line for cut in subject.spans.sections.values()}
    for at in lines:
        if at in known:
            return
        yield subject.lines[at], masked[at]


def _is_item(line: str) -> bool:
    """Tell whether a line begins an item in HTML, or is said to be somebody's."""
    if "**" not in line:
        return _HTML.match(line) is not None
    found = (_BEGINS.match(line), _ENDS.search(line))
    return any(it is not None and is_somebody(it) for it in found)


def _is_day(subject: Subject, heading: str) -> bool:
    """Tell whether a heading is a day; its weekday may say in which year."""
    said = heading.strip("*_: ")
    for near in (None, subject.today):
        with suppress(PostmortemError):
            return bool(moments.read_day(said, today=subject.today, near=near))
    return False
