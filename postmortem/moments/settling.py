"""The instants that one clock with its day and its zone can be, given what is around.

Whatever the text leaves open is tried: each zone of that name, each day, each fold.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta, tzinfo
from typing import NamedTuple

from postmortem.moments.dating import OVERNIGHT, Around, dates
from postmortem.moments.phrases import Part
from postmortem.moments.refusals import Absent, NotATime, NoZone, Span, shown
from postmortem.moments.walls import (
    Gap,
    Reading,
    local_zones,
    meanings,
    readings,
    shown_in,
)
from postmortem.moments.writing import describe

_DAY = timedelta(days=1)


class Context(NamedTuple):
    """A text, and what is known around it."""

    text: str
    zone: tzinfo | None = None
    near: date | None = None
    previous: datetime | None = None

    def around(self, zone: tzinfo) -> Around:
        """Return what is around it by the clocks of a zone."""
        near, previous = self.near, self.previous
        if isinstance(near, datetime):
            near = shown_in(near, zone).replace(tzinfo=None)
        if previous is not None:
            previous = shown_in(previous, zone).replace(tzinfo=None)
        return Around(near=near, previous=previous)


def starts(part: Part, context: Context) -> list[Reading]:
    """Return the instants that a clock can be; at least one.

    Raises Unreadable when nothing says the zone or the day, or no clock showed it.
    """
    said = part.clock.time(context.text)
    names = part.zones
    if not names and context.zone is None:
        raise NoZone(
            f"{shown(context.text)} does not say in which zone",
            hint="write the zone as well, as in 14:32 UTC or 14:32 Europe/Paris",
        )
    found = _found(
        part,
        [
            (label, zone, day)
            for label, zone in _zones(names, context.zone)
            for day in dates(part.day, said, context.around(zone), context.text)
        ],
        context,
    )
    for name in names[1:]:
        found = [each for each in found if _alike(each, name)]
    if not found:
        raise NotATime(
            f"{shown(context.text)} names zones that differ: {' and '.join(names)}",
            hint="leave one of them out",
        )
    return found


def lasts(
    start: Reading, part: Part, names: tuple[str, ...], context: Context
) -> list[Reading]:
    """Return the ends that a span from there can have; none when it ends before.

    An end without a day is on the day of the start, or in the night after it.
    """
    said = part.clock.time(context.text)
    found: list[Reading] = []
    for label, zone in _zones(names, start.zone):
        local = shown_in(start.at, zone).replace(tzinfo=None)
        if part.day is not None:
            around = context.around(zone)._replace(previous=local)
            days = dates(part.day, said, around, context.text)
            ends = _found(part, [(label, zone, day) for day in days], context)
            found += [each for each in ends if each.at >= start.at]
            continue
        today, choice = local.date(), (label, zone)
        if said >= local.time():
            found += _found(part, [(*choice, today)], context)
            continue
        # The clocks may have been put back in between, else it is the next day.
        ends = _found(part, [(*choice, today)], context, lenient=True)
        same = [each for each in ends if each.at >= start.at]
        night = same or _found(part, [(*choice, today + _DAY)], context)
        found += [each for each in night if each.at - start.at <= OVERNIGHT]
    return found


def _found(
    part: Part,
    choices: list[tuple[str | None, tzinfo, date]],
    context: Context,
    *,
    lenient: bool = False,
) -> list[Reading]:
    found: list[Reading] = []
    gaps: list[Absent] = []
    for label, zone, day in choices:
        wall = part.clock.on(day, context.text)
        try:
            several = readings(wall, zone)
        except Gap as gap:
            gaps.append(_absent(wall, zone, gap, part))
            continue
        found += [each._replace(name=each.name or label) for each in several]
    if gaps and not found and not lenient:
        raise gaps[0]
    return found


def _zones(
    names: tuple[str, ...], otherwise: tzinfo | None
) -> tuple[tuple[str | None, tzinfo], ...]:
    if names:
        return meanings(names[0])
    return () if otherwise is None else ((None, otherwise),)


def _alike(reading: Reading, name: str) -> bool:
    """Tell whether another name of the zone shows that instant alike."""
    offset = shown_in(reading.at, reading.zone).utcoffset()
    zones = local_zones(name)
    return any(shown_in(reading.at, each).utcoffset() == offset for each in zones)


def _absent(wall: datetime, zone: tzinfo, gap: Gap, part: Part) -> Absent:
    options = tuple(
        (
            describe(each.at, zone),
            Span(
                at=each.at,
                approximate=part.approximate,
                day_given=part.day is not None,
                zone_given=bool(part.zones),
            ),
        )
        for each in gap.readings
    )
    return Absent(wall.isoformat(" ", "minutes"), str(zone), options)
