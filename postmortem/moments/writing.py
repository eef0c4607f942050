"""Instants and spans as text that `read` reads back as the same instants.

Minutes are written, and seconds or fractions of them only where they are not zero.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo

from postmortem.moments.dating import OVERNIGHT
from postmortem.moments.walls import meanings, shown_in, sole
from postmortem.moments.zones import abbreviated

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

_NONE = "+00:00"
_HALF_HOURS = {(2, 30), (3, 30), (9, 30)}
_FARTHEST_WEST = 10


def iso(at: datetime) -> str:
    """Write an instant as it stands in front matter, with the offset that it has.

    >>> iso(datetime(2025, 5, 24, 13, 5, tzinfo=UTC))
    '2025-05-24T13:05Z'
    """
    if at.utcoffset() is None:
        raise ValueError(f"an instant needs a zone: {at.isoformat()}")
    said = at.isoformat(timespec=_precision(at))
    return f"{said.removesuffix(_NONE)}Z" if said.endswith(_NONE) else said


def clock(at: datetime, zone: tzinfo, *, with_date: bool = True) -> str:
    """Write what the clocks of a zone showed: `2025-05-24 13:05`, or `13:05`.

    Where those clocks showed it twice, or never, the offset follows: `01:30 UTC-04:00`.
    """
    here = shown_in(at, zone)
    if not _plain(here, zone):
        return _with_offset(at, zone, with_date=with_date)
    return _day_and_hours(here) if with_date else _hours(here)


def span(
    at: datetime,
    until: datetime | None,
    zone: tzinfo,
    *,
    approximate: bool = False,
    with_date: bool = True,
) -> str:
    """Write an instant, or a span: `2025-05-24 13:05-13:20`, `~13:05`.

    The day of the end is written when it differs, and always when it cannot be told;
    an interval of ISO 8601 where a clock alone would mean two instants.
    """
    about = "~" if approximate else ""
    if until is None:
        return f"{about}{clock(at, zone, with_date=with_date)}"
    start, end = shown_in(at, zone), shown_in(until, zone)
    if not (_plain(start, zone) and _plain(end, zone)):
        return f"{about}{iso(start)}/{iso(end)}"
    same_day = start.date() == end.date()
    dated = with_date or not (same_day or _overnight(start, end))
    first = clock(at, zone, with_date=dated)
    last = clock(until, zone, with_date=dated and not same_day)
    tight = (same_day or not dated) and _tight(start, end, with_date=dated)
    return f"{about}{first}-{last}" if tight else f"{about}{first} - {last}"


def describe(at: datetime, zone: tzinfo) -> str:
    """Say an instant by the clocks of a zone and in UTC, so that a slip shows.

    >>> from postmortem.moments.zones import zone
    >>> describe(datetime(2025, 5, 24, 15, tzinfo=UTC), zone("ET"))
    'Sat 2025-05-24 11:00 EDT = 15:00 UTC'
    """
    if shown_in(at, zone).utcoffset() == timedelta():
        return described(at, zone, "UTC")
    return described(at, zone, _name(at, zone))


def described(at: datetime, zone: tzinfo, name: str) -> str:
    """Say an instant by the clocks of a zone that is called so, and in UTC."""
    here, there = shown_in(at, zone), shown_in(at, UTC)
    said = f"{WEEKDAYS[here.weekday()]} {_day_and_hours(here)} {name}"
    if name == "UTC" or there.utcoffset() != timedelta():
        return said
    day = "" if here.date() == there.date() else f"{there.date().isoformat()} "
    return f"{said} = {day}{_hours(there)} UTC"


def west(hours: int, minutes: int) -> bool:
    """Tell whether people live by clocks that far behind UTC, but for Samoa's."""
    return (hours, minutes) in _HALF_HOURS or (
        minutes == 0 and 1 <= hours <= _FARTHEST_WEST
    )


def _precision(at: datetime) -> str:
    """Return the coarsest step that loses nothing."""
    if not at.microsecond:
        return "seconds" if at.second else "minutes"
    return "microseconds" if at.microsecond % 1000 else "milliseconds"


def _day_and_hours(here: datetime) -> str:
    return here.replace(tzinfo=None).isoformat(" ", _precision(here))


def _hours(here: datetime) -> str:
    return here.time().isoformat(_precision(here))


def _with_offset(at: datetime, zone: tzinfo, *, with_date: bool) -> str:
    here = shown_in(at, zone)
    if _beyond(at, zone):
        return iso(here)
    said = _day_and_hours(here) if with_date else _hours(here)
    return f"{said} {_offset_name(here)}"


def _offset_name(here: datetime) -> str:
    """Return `UTC-04:00`; a bare sign could be taken for a hyphen."""
    offset = iso(here).partition("T")[2].removeprefix(_hours(here))
    return f"UTC{offset.removeprefix('Z')}"


def _beyond(at: datetime, zone: tzinfo) -> bool:
    """Tell whether the calendar ends before the zone shows that instant."""
    try:
        at.astimezone(zone)
    except OverflowError:
        return True
    return False


def _plain(here: datetime, zone: tzinfo) -> bool:
    """Tell whether the bare clock, read in the zone, gives that instant alone."""
    return sole(here.replace(tzinfo=zone)) == here


def _overnight(start: datetime, end: datetime) -> bool:
    """Tell whether an end without a date is read as the next night's."""
    return (
        (end.date() - start.date()).days == 1
        and end.time() < start.time()
        and timedelta() <= end - start <= OVERNIGHT
    )


def _tight(start: datetime, end: datetime, *, with_date: bool) -> bool:
    """Tell whether a hyphen without blanks cannot be taken for a minus sign."""
    if {_precision(start), _precision(end)} != {"minutes"}:
        return False
    return not with_date or not west(end.hour, end.minute)


def _name(at: datetime, zone: tzinfo) -> str:
    """Name the zone as people do, or by its offset where that is not understood."""
    here = shown_in(at, zone)
    by_offset = _offset_name(here)
    if _beyond(at, zone) or _beyond(at, UTC):
        return by_offset
    name = (at.astimezone(zone).tzname() or "").partition(",")[0]
    zones = [one for _, one in meanings(name)] if abbreviated(name) else []
    offsets = [shown_in(here, one).utcoffset() for one in zones]
    return name if here.utcoffset() in offsets else by_offset
