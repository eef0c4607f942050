"""Instants that are counted: from the epoch, from the present, from the one before."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, tzinfo

from postmortem.moments.lengths import read_duration
from postmortem.moments.refusals import NoDay, NotATime, Span, shown
from postmortem.moments.walls import shown_in

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_TO_MICROSECONDS = {13: 1_000, 16: 1, 19: -1_000}
_SINCE_EPOCH = re.compile(r"(\d{10})(?:\.(\d{1,9}))?|\d{13}|\d{16}|\d{19}", re.ASCII)
_STEP = re.compile(
    r"""
    (?P<about>~|about\b|around\b)?\s*
    (?:(?P<sign>[+-])\s*(?P<length>\d.*[a-z])
     | (?P<said>\d.*?[a-z])\s+(?P<way>ago|later|after)
     | (?P<now>now))
    """,
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)


def counted(
    text: str, zone: tzinfo | None, near: object, previous: datetime | None
) -> Span | None:
    """Read `1612345678.000200`, `-10 min`, `10 minutes ago`, `now`, `+5m`; else None.

    What is counted back from the present is cut to the minute, or to the second when
    seconds are counted: nobody remembers them.
    """
    if found := _SINCE_EPOCH.fullmatch(text):
        return Span(at=_since_epoch(found), day_given=True, zone_given=True)
    found = _STEP.fullmatch(text)
    if not found or ":" in text:
        return None
    try:
        said = found["length"] or found["said"]
        length = read_duration(said) if said else timedelta()
    except NotATime:
        return None  # `11.54 all is well after`
    forward = found["sign"] == "+" or (found["way"] or "ago").lower() != "ago"
    start = previous if forward else near
    if not isinstance(start, datetime):
        raise NoDay(
            f"{shown(text)} does not say from when",
            hint="write the date and the time, as in 2025-05-24 13:05",
        )
    start = shown_in(start, zone or start.tzinfo or UTC)
    at = start + length if forward else _cut(start, length) - length
    at = shown_in(at, zone or at.tzinfo or UTC)
    return Span(at=at, approximate=found["about"] is not None)


def _since_epoch(found: re.Match[str]) -> datetime:
    """Return the instant of so many seconds, or thousandths of thousandths of them."""
    if found[1]:
        part = (found[2] or "").ljust(6, "0")[:6]
        return _EPOCH + int(found[1] + part) * _MICROSECOND
    scale = _TO_MICROSECONDS[len(found[0])]
    count = int(found[0])
    microseconds = count * scale if scale > 0 else count // -scale
    return _EPOCH + microseconds * _MICROSECOND


def _cut(start: datetime, length: timedelta) -> datetime:
    if length % timedelta(minutes=1):
        return start.replace(microsecond=0)
    return start.replace(second=0, microsecond=0)
