"""The zone that a heading leaves open, where rows quote UTC for the same moment.

`Timeline (times in BST)` may be of Britain and of Bangladesh; an alert of 4:32 PM UTC
in the row of 5:32 PM tells which.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta, timezone, tzinfo

from postmortem import moments
from postmortem.errors import PostmortemError

_UTC = re.compile(
    r"(?<![\d:.])\d{1,2}:\d\d(?::\d\d)?\s?(?:[AP]M\s?)?UTC\b(?![+-])", re.IGNORECASE
)
_SOME_DAY = date(2000, 7, 1)
_DAY = timedelta(days=1)
_QUARTER = timedelta(minutes=15)
_ROUND = 5
"""Times of such minutes are often those of something else."""


def zone(
    said: Iterable[str], rows: Iterable[tuple[str, str]], near: date | None
) -> tzinfo | None:
    """Return the zone of those that a line leaves open which all quotes allow.

    `rows` are the time of each, and all that it says.
    """
    options = next((found for each in said if (found := _open(each))), ())
    quotes = list(_quotes(rows)) if options else []
    allowed = [
        {each for each in options if _apart(time, quote, each, near) == timedelta()}
        for time, quote in quotes
        if any(_is_like(time, quote, each, near) for each in options)
    ]
    left = set.intersection(*allowed) if allowed else set()
    return left.pop() if len(left) == 1 else None


def _open(text: str) -> tuple[tzinfo, ...]:
    """Return the zones that one abbreviation in a text may be of."""
    try:
        moments.column_zone(text)
    except moments.AmbiguousZone as error:
        zones = tuple(each for _, each in error.options)
        names = {(each.tzname(None) or "").partition(", ")[0] for each in zones}
        if len(names) == 1 and all(type(each) is timezone for each in zones):
            return zones
    except PostmortemError:
        pass
    return ()


def _quotes(rows: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    for time, text in rows:
        for found in _UTC.findall(text) if "UTC" in text else ():
            yield time, found


def _is_like(time: str, quote: str, zone: tzinfo, near: date | None) -> bool:
    """Tell whether two clocks may show one moment, and hardly by chance."""
    apart = _apart(time, quote, zone, near)
    minute = int(quote.partition(":")[2][:2])
    return apart is not None and not apart % _QUARTER and minute % _ROUND != 0


def _apart(time: str, quote: str, zone: tzinfo, near: date | None) -> timedelta | None:
    """Return how far a time is behind a quoted one, whichever days they are of."""
    near = near or _SOME_DAY
    try:
        here = moments.read(time, zone=zone, near=near)
        return (here.at - moments.read(quote, near=near).at) % _DAY
    except PostmortemError:
        return None
