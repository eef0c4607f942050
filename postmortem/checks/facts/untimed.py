"""Events without a time, where no template says what they are: silence if in doubt."""

from __future__ import annotations

import re

from postmortem import moments
from postmortem.checks import places
from postmortem.checks.subject import Subject

_CLOCK = re.compile(
    r"(?<![\w.,:])(?:\d{1,2}(?::[\dX?]{2}|[.h][\dX?]{2}(?!\d|\.\d))|\d{1,2}\s?[ap]\.?m\b)",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(
    r"(?m)^\W*(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch)\b",
    re.IGNORECASE,
)


def lacks_time(subject: Subject, number: int) -> bool:
    """Tell whether a row of the timeline that none was read from surely has none.

    In other people's reports a list may be part of the paragraph above it, which has
    the time, and a time may stand where or as nobody reads it. Sure is a row whose
    neighbours have theirs, and one of a section in which no time or day is named.
    """
    rows = subject.spans.rows.get("timeline", [])
    if not subject.foreign or number >= len(rows):
        return True
    row = rows[number]
    if _names_time(subject, row.start, row.end):
        return False
    timed = [each for each in rows if each.parts.get("at")]
    if any(each.container is row.container for each in timed):
        return True
    if timed:
        return False
    heading = places.heading_of("timeline", subject.spans, subject.outline)
    below = (heading or 0) - subject.spans.body
    return not _names_time(subject, max(below, 0), row.container.start)


def _names_time(subject: Subject, start: int, end: int) -> bool:
    """Tell whether lines of the body name a clock time, a day or a weekday."""
    body = subject.spans.body
    text = "\n".join(subject.lines[body + start : body + end])
    if _WEEKDAY.search(text):
        return True
    if not any(map(str.isdigit, text)):
        return False
    return bool(_CLOCK.search(text) or moments.dates_in(text, near=subject.today))
