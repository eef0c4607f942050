"""What a clock on the wall of a zone showed, and the instants that this can be.

Most readings are one instant. One is none when the clocks were put forward over it,
two when they were put back through it, and two when an abbreviation of the other
half of the year stands beside it (PST in July: as written, or PDT meant).

Every instant made here has a fixed offset. Python takes two times of one ZoneInfo
apart as wall clocks, an hour off across a change of the clocks, and a time within
such a change never equals another zone's spelling of the same instant (PEP 495).
"""

from __future__ import annotations

from datetime import UTC, datetime, timezone, tzinfo
from typing import NamedTuple

from postmortem.moments.refusals import AmbiguousZone
from postmortem.moments.zones import SEASONAL, place
from postmortem.moments.zones import zone as named


class Reading(NamedTuple):
    """One instant that a wall clock's reading can be."""

    at: datetime
    zone: tzinfo
    """What shows it so; whatever else the text says is read by the same clock."""
    name: str | None = None
    """What that zone calls itself then, where it tells two readings apart."""


class Gap(ValueError):
    """No clock of that zone showed it; `readings` are its neighbours."""

    def __init__(self, readings: tuple[Reading, ...]) -> None:
        super().__init__("no such time")
        self.readings = readings


def sole(here: datetime) -> datetime | None:
    """Return the instant that a time with a zone is; None if not just one.

    Its offset is fixed, and whatever fold it came with is not looked at.
    """
    zone = here.tzinfo
    if zone is UTC:
        return here
    offset = here.utcoffset()
    if type(zone) is timezone:
        region = SEASONAL.get(zone.tzname(None))
        if region and here.replace(tzinfo=place(region)).utcoffset() != offset:
            found = _by_name(here.replace(tzinfo=None), zone)
            return found[0].at if len(found) == 1 else None
        return here
    if offset is None or here.replace(fold=1).utcoffset() != offset:
        return None
    return here.replace(tzinfo=timezone(offset))


def readings(wall: datetime, zone: tzinfo) -> tuple[Reading, ...]:
    """Return the instants that this naive time can be in that zone, earlier first.

    Raises Gap when there is none.
    """
    if type(zone) is timezone:
        return _by_name(wall, zone)
    first, second = (_fixed(wall.replace(tzinfo=zone, fold=fold)) for fold in (0, 1))
    names = [wall.replace(tzinfo=zone, fold=fold).tzname() for fold in (0, 1)]
    if first.tzinfo == second.tzinfo:
        return (Reading(first, zone),)
    if first < second:
        return (Reading(first, zone, names[0]), Reading(second, zone, names[1]))
    after, before = (shown_in(at, zone) for at in (first, second))
    raise Gap((Reading(before, zone, names[0]), Reading(after, zone, names[1])))


def meanings(name: str) -> tuple[tuple[str | None, tzinfo], ...]:
    """Return the zones that a name can mean, labelled when there are several.

    Raises UnknownZone.
    """
    try:
        return ((None, named(name)),)
    except AmbiguousZone as error:
        return error.options


def local_zones(name: str) -> list[tzinfo]:
    """Return the zones that a name can mean, loosely: PST is also Los Angeles."""
    zones = [each for _, each in meanings(name)]
    names = [each.tzname(None) for each in zones if type(each) is timezone]
    return zones + [place(SEASONAL[each]) for each in names if each in SEASONAL]


def shown_in(at: datetime, zone: tzinfo) -> datetime:
    """Return the instant with the offset that the zone then has.

    As it is where the calendar has no such day: Alertmanager's 0001-01-01T00:00Z was
    in no year west of Greenwich.
    """
    here = _fixed(at)
    try:
        return _fixed(here.astimezone(zone))
    except OverflowError:
        return here


def _fixed(at: datetime) -> datetime:
    offset = at.utcoffset()
    if offset is None:
        raise ValueError(f"an instant needs a zone: {at.isoformat()}")
    return at.replace(tzinfo=timezone(offset) if offset else UTC, fold=0)


def _by_name(wall: datetime, zone: timezone) -> tuple[Reading, ...]:
    """Read what stands beside an abbreviation, which may be the wrong half's."""
    name = zone.tzname(None)
    fixed = _fixed(wall.replace(tzinfo=zone))
    written = Reading(fixed, timezone(zone.utcoffset(None)))
    if name not in SEASONAL:
        return (written,)
    region = place(SEASONAL[name])
    there = [wall.replace(tzinfo=region, fold=fold) for fold in (0, 1)]
    offset = zone.utcoffset(None)
    if any(at.utcoffset() == offset or at.tzname() == "LMT" for at in there):
        return (written,)
    meant = Reading(_fixed(there[0]), region, there[0].tzname())
    both = (written._replace(name=f"{name.split(',')[0]} as written"), meant)
    return tuple(sorted(both, key=lambda each: each.at))
