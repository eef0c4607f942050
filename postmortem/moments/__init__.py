"""The one place where instants, spans, days, lengths and zones are read and written.

Reading is strict and never guesses: what could be two instants is `Ambiguous`, what
lacks its day or its zone says so. Writing is exact: `read` gives back what `iso`,
`clock`, `span` and `describe` wrote, `read_duration` what `duration` wrote. The grammar
of what people type is loaded when somebody typed something.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from postmortem.moments.headings import column_zone
from postmortem.moments.lengths import duration, read_duration
from postmortem.moments.reading import read, read_day
from postmortem.moments.refusals import (
    Absent,
    Ambiguous,
    AmbiguousDay,
    AmbiguousZone,
    NoDay,
    NoForm,
    NotATime,
    NoZone,
    Span,
    UnknownZone,
    Unreadable,
)
from postmortem.moments.walls import shown_in
from postmortem.moments.writing import clock, describe, iso, span
from postmortem.moments.zones import local_zone, zone

if TYPE_CHECKING:
    from postmortem.moments.remarks import Remark

__all__ = [
    "Absent",
    "Ambiguous",
    "AmbiguousDay",
    "AmbiguousZone",
    "NoDay",
    "NoForm",
    "NoZone",
    "NotATime",
    "Span",
    "UnknownZone",
    "Unreadable",
    "clock",
    "column_zone",
    "dates_in",
    "day_in",
    "describe",
    "duration",
    "goes_on",
    "iso",
    "leading",
    "local_zone",
    "read",
    "read_day",
    "read_duration",
    "remark",
    "shown_in",
    "span",
    "zone",
    "zone_named",
    "zone_spelled",
]


def leading(text: str) -> int:
    """Return how many characters of a line are the time it begins with; 0 for none."""
    from postmortem.moments import beginnings

    return beginnings.leading(text)


def goes_on(text: str, end: int) -> bool:
    """Tell whether what is behind a time in a line would belong to it, and does not."""
    from postmortem.moments import beginnings

    return beginnings.goes_on(text, end)


def dates_in(text: str, near: date | None = None) -> tuple[date, ...]:
    """Return the days that a text writes out; with `near` those without years, too."""
    from postmortem.moments import remarks

    return remarks.dates_in(text, near)


def day_in(text: str) -> date | None:
    """Return the one day that a text writes out; None of several, and of a range."""
    from postmortem.moments import remarks

    return remarks.day_in(text)


def remark(text: str) -> Remark | None:
    """Read a line that is about the times below it alone; None for any other line."""
    from postmortem.moments import remarks

    return remarks.remark(text)


def zone_named(text: str) -> str | None:
    """Return the place whose clocks a time is told by; None where it names not one."""
    from postmortem.moments import naming

    return naming.zone_named(text)


def zone_spelled(name: str) -> str:
    """Return the IANA name of a place said in words; any other name as it is."""
    from postmortem.moments import american

    return american.zone_spelled(name)
