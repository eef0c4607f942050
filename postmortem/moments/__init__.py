"""The one place where instants, spans, days, lengths and zones are read and written.

Reading is strict and never guesses: what could be two instants is `Ambiguous`, what
lacks its day or its zone says so. Writing is exact: `read` gives back what `iso`,
`clock`, `span` and `describe` wrote, `read_duration` what `duration` wrote.
"""

from __future__ import annotations

from postmortem.moments.american import zone_spelled
from postmortem.moments.beginnings import goes_on, leading
from postmortem.moments.days import read_day
from postmortem.moments.headings import column_zone
from postmortem.moments.lengths import duration, read_duration
from postmortem.moments.naming import zone_named
from postmortem.moments.reading import read
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
    "describe",
    "duration",
    "goes_on",
    "iso",
    "leading",
    "local_zone",
    "read",
    "read_day",
    "read_duration",
    "shown_in",
    "span",
    "zone",
    "zone_named",
    "zone_spelled",
]
