"""The day and the zone of rows, where a line says them above, or the report does.

A line directly above rows says it of them alone. What the report says elsewhere is
taken of a foreign one, where all that it says agrees, and no row is of another day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import NamedTuple

from postmortem import moments
from postmortem.errors import PostmortemError
from postmortem.markdown import clocks
from postmortem.markdown.blocks import LISTS, PARAGRAPH, TABLE, Block
from postmortem.markdown.cut import Cut
from postmortem.markdown.gathering import Gathering
from postmortem.markdown.undated import A_WEEK
from postmortem.markdown.when import is_day

_LABEL = re.compile(
    r"(?:[*_]{1,3})?(?P<label>[A-Za-z][A-Za-z ]{3,40}?)(?::[*_]{1,3}|[*_]{1,3}\s*:|:)"
    r"\s*(?P<said>\S.{5,80}?)(?:\\|<br ?/?>)?\s*"
)
_EDGES = "*_`: \t"
_DATES = ("date", "datum")
_STARTS = (
    *("incident date", "outage date", "date of incident", "date of the incident"),
    *("date of outage", "date of the outage", "start", "started", "start date"),
    *("start time", "started at", "incident start", "incident started", "outage start"),
    *("incident start time", "start of incident", "start of the incident", "began"),
    *("start of impact", "impact start", "start of customer impact", "beginn"),
    *("start of outage", "start of the outage", "outage began", "incident began"),
)
_HALF_A_DAY = timedelta(hours=12)
_SHORTLY = timedelta(days=60)
_BRACKETS = re.compile(r"\(([^()]*)\)")


class Told(NamedTuple):
    """The day that a report tells of itself, or why it is not taken."""

    day: date | None = None
    at: datetime | None = None
    """The instant of its beginning, where a fact says that."""
    unsaid: str = ""


def zone_above(into: Gathering, here: Cut) -> tzinfo | None:
    """Return the zone that is said above a section; None where two of them differ.

    It stands in brackets of a heading over it, or in a line that speaks of all times.
    """
    found = [
        clocks.zone_of(inside)
        for each in _over(into.found, here)
        for inside in _BRACKETS.findall(each.heading)
    ]
    found += [clocks.zone_of(block.content) for block in _remarks(into, here)]
    zones = [each for each in found if each is not None]
    return zones[0] if zones and all(each == zones[0] for each in zones) else None


def told(into: Gathering, here: Cut, zone: tzinfo | None) -> Told:
    """Return the day of the incident, as headings over a section and facts tell it."""
    certain: list[date] = []
    loose: list[date] = []
    starts: list[datetime] = []
    for block in _remarks(into, here):
        said = clocks.remark_of(block)
        if said and said.day:
            (certain if said.of_all else loose).append(said.day)
    for each in _over(into.found, here):
        loose += [day] if (day := clocks.day_within(each.heading)) else []
    for label, value in _facts(into, here):
        day, at = _value(value, zone)
        if day is not None:
            (loose if label in _DATES else certain).append(day)
            starts += [at] if at else []
    days = sorted({*certain, *loose})
    if not days:
        return Told()
    if not certain:
        days = sorted({*days, *_shortly_before(into, here, days)})
    if len(days) > 1:
        named = " and ".join(map(str, days))
        return Told(unsaid=f"the report names {named}")
    return Told(days[0], starts[0] if len(set(starts)) == 1 else None)


def written(into: Gathering, here: Cut) -> tuple[date, ...]:
    """Return the days that are written out above a section and in it."""
    return moments.dates_in(_text(into, here))


def _text(into: Gathering, here: Cut) -> str:
    return "\n".join(into.body_lines[: here.end])


def fits(times: Sequence[str], zone: tzinfo | None, day: Told) -> bool:
    """Tell whether times that say no day can all be of that one.

    Where some are of the night after it, one has to be the very start that is told.
    """
    zone = zone or UTC
    around: date | None = day.at or day.day
    previous: datetime | None = None
    found: list[datetime] = []
    for text in times:
        try:
            span = moments.read(text, zone=zone, near=around, previous=previous)
        except PostmortemError:
            if _is_other_day(text, day.day):
                return False
            continue
        if span.day_given:
            if found and span.at.date() <= found[0].date():
                return False  # why else does it say its day
            if not found and not _is_sure(text, zone, day, span.at):
                return False
            break
        previous = span.at
        found.append(span.at)
    if day.at in found:
        return True
    close = not found or day.at is None or abs(found[0] - day.at) <= _HALF_A_DAY
    return close and all(each.date() == day.day for each in found)


def _is_sure(text: str, zone: tzinfo, day: Told, at: datetime) -> bool:
    """Tell whether a time with a day of its own is the same however it is counted.

    A day without its year is; a weekday is not, nor `yesterday`.
    """
    if at.date() == day.day or day.day is None:
        return True
    try:
        near = day.day - A_WEEK
        return moments.read(text, zone=zone, near=near).at == at
    except (PostmortemError, OverflowError):
        return False


def _is_other_day(text: str, day: date | None) -> bool:
    if day is None or not is_day(text, day):
        return False
    try:
        return moments.read_day(text, near=day) != day
    except PostmortemError:
        return True


def _over(found: Sequence[Cut], here: Cut) -> Iterator[Cut]:
    """Yield the headings that a heading stands under, the nearest first."""
    level = here.level
    for each in reversed(found[: found.index(here)]):
        if 0 < each.level < level:
            level = each.level
            yield each


def _remarks(into: Gathering, here: Cut) -> Iterator[Block]:
    """Yield the lines above a section that speak of all times, or end right there."""
    above = into.found[: into.found.index(here)]
    for each in above:
        for block in each.blocks:
            last = each is above[-1] and block is each.blocks[-1]
            said = clocks.remark_of(block)
            if said and (said.of_all or last):
                yield block


def _facts(into: Gathering, here: Cut) -> Iterator[tuple[str, str]]:
    """Yield the facts about its day that a report names above a section."""
    for each in into.found[: into.found.index(here)]:
        for block in each.blocks:
            for label, said in _labelled(block):
                name = " ".join(label.strip(_EDGES).casefold().split())
                if name in _DATES or name in _STARTS:
                    yield name, said.strip(_EDGES)


def _labelled(block: Block) -> Iterator[tuple[str, str]]:
    if block.kind == TABLE and len(block.heads) == len(("name", "value")):
        for cells in (block.heads, *(cells for _, cells in block.rows)):
            yield cells[0], cells[1]
    lines = block.content.split("\n") if block.kind == PARAGRAPH else []
    if block.kind in LISTS:
        lines = [line for item in block.items for line in item[0]]
    for line in lines:
        if found := _LABEL.fullmatch(line.strip()):
            yield found["label"], found["said"]


def _value(said: str, zone: tzinfo | None) -> tuple[date | None, datetime | None]:
    """Read what a fact says: a day, or an instant with its zone; else nothing."""
    try:
        return moments.read_day(said), None
    except PostmortemError:
        pass
    try:
        span = moments.read(said, zone=zone or UTC)
    except PostmortemError:
        return None, None
    if not span.zone_given:
        return span.at.date(), span.at if zone else None
    here = moments.shown_in(span.at, zone) if zone else span.at
    return here.date(), span.at


def _shortly_before(into: Gathering, here: Cut, days: Sequence[date]) -> list[date]:
    """Return days that may be the incident's, where a date may be of the document."""
    return [
        each
        for each in moments.dates_in(_text(into, here), near=days[0])
        if timedelta() < days[0] - each <= _SHORTLY
    ]
