"""The spans that a text can mean: every zone, day and fold that it leaves open.

One of them is what it means; several are asked about, and none is an error.
"""

from __future__ import annotations

from postmortem.moments.phrases import Part, Side
from postmortem.moments.refusals import NotATime, Span, shown
from postmortem.moments.settling import Context, lasts, starts
from postmortem.moments.walls import Reading, local_zones, shown_in
from postmortem.moments.writing import clock, describe, described

_QUARTER = 15

Ends = tuple[Reading, ...]
"""The readings of one side's parts: of a start, and perhaps of an end."""


def meanings(sides: tuple[Side, ...], context: Context) -> list[tuple[Ends, Span]]:
    """Return what the sides together can mean; raises Unreadable when it is nothing."""
    side, *others = sides
    found = _meant(side, context)
    claims = [(slice(None), other) for other in others]
    claims += [
        (slice(place, place + 1) if len(check) == 1 else slice(None), check)
        for place, part in enumerate(side)
        for check in part.checks
    ]
    for where, other in claims:
        kept = [
            ends for ends in found if _agree(ends[where], side[where], other, context)
        ]
        if not kept:
            raise NotATime(
                f"{shown(context.text)}: its clocks do not show the same instant",
                hint=f"the first is {label(found[0])}; mend one, or leave one out",
            )
        found = kept
    return [(ends, _span(ends, side)) for ends in found]


def label(ends: Ends) -> str:
    """Say for a person which of several meanings it is."""
    first, *rest = ends
    said = describe(first.at, first.zone)
    if first.name is not None:
        said = described(first.at, first.zone, first.name)
    day = shown_in(first.at, first.zone).date()
    for last in rest:
        same = shown_in(last.at, first.zone).date() == day
        said = f"{said} to {clock(last.at, first.zone, with_date=not same)}"
    return said


def _meant(side: Side, context: Context) -> list[Ends]:
    """Return what one side can mean; the end is read by the clock of the start."""
    start, *rest = side
    if not rest:
        return [(each,) for each in starts(start, context)]
    end = rest[0]
    own = end.zones if end.zones != start.zones else ()
    found: list[Ends] = [
        (first, last)
        for first in starts(start, context)
        for last in lasts(first, end, own, context)
    ]
    if not found:
        raise NotATime(
            f"{shown(context.text)} ends before it begins",
            hint="mend one of the two, or write the date of each",
        )
    return found


def _agree(ends: Ends, side: Side, other: Side, context: Context) -> bool:
    """Tell whether another side shows those instants by its own clocks."""
    return len(ends) == len(other) and all(
        _shows(reading, part, claim, context)
        for reading, part, claim in zip(ends, side, other, strict=True)
    )


def _shows(reading: Reading, part: Part, claim: Part, context: Context) -> bool:
    """Tell whether a zone of the claim's shows it; some zone if it names none."""
    said = claim.clock.time(context.text)
    exact = claim.clock.exact and part.clock.exact
    named = claim.day.dates if claim.day else ()
    for zone in (each for name in claim.zones for each in local_zones(name)):
        local = shown_in(reading.at, zone).replace(tzinfo=None)
        same = (local.hour, local.minute) == (said.hour, said.minute)
        same = same and (not exact or local.second == said.second)
        if same and (not named or local.date() in named):
            return True
    return not claim.zones and (reading.at.minute - said.minute) % _QUARTER == 0


def _span(ends: Ends, side: Side) -> Span:
    return Span(
        at=ends[0].at,
        until=ends[1].at if len(ends) > 1 else None,
        approximate=any(part.approximate for part in side),
        day_given=side[0].day is not None,
        zone_given=any(part.zones for part in side),
    )
