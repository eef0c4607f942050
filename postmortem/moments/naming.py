"""The zone that a text names, as a report keeps it for the times that name none."""

from __future__ import annotations

import re

from postmortem.moments.hyphens import spelled_out
from postmortem.moments.phrases import sides
from postmortem.moments.refusals import Unreadable
from postmortem.moments.tokens import plain
from postmortem.moments.zones import place_of

_BY_MACHINE = re.compile(r"\dT\d|\d\s?Z\b", re.IGNORECASE)


def zone_named(text: str) -> str | None:
    """Return the place whose clocks a time is told by; None where it names not one.

    An abbreviation of half a year is its place, an offset stays one. A time as
    machines write it, 2025-05-24T13:05Z, names the zone of a log and no person's.

    >>> zone_named("sat 9:12am EDT")
    'America/New_York'
    >>> zone_named("9:12 +02:00")
    'UTC+02:00'
    """
    try:
        found = sides(spelled_out(plain(text))[0])
    except Unreadable:
        return None
    parts = [part for side in found for part in side]
    names = {name for part in parts for name in part.zones}
    if len(names) != 1 or not all(part.zones for part in parts):
        return None
    return None if _BY_MACHINE.search(text) else place_of(names.pop())
