"""Named moments as people write them: a day once, and clocks before and after it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta, tzinfo

from postmortem import moments
from postmortem.answers.asked import Asked
from postmortem.answers.notes import Notes
from postmortem.markdown.values import unset
from postmortem.model import Moment
from postmortem.moments import Absent, Ambiguous, NoDay, Span
from postmortem.yamls import Node

FROM_NOW = re.compile(
    r"\s*[-\u2212]|.*\bago\s*$|\s*now\b|.*\b(?:yesterday|today)\b", re.IGNORECASE
)
"""What counts from the present, and not from the moment before."""
_DAY = timedelta(days=1)
_DAYS_BACK = (1, 0, -1, -2)
"""Today by the clocks of a zone far away can be tomorrow here, or yesterday."""
_BEFORE = timedelta(hours=8)
"""Up to that, an earlier clock is before an incident, and not a day after it."""


def settled(
    said: Mapping[str, Node],
    known: Mapping[str, Moment],
    asked: Asked,
    zone: tzinfo,
    notes: Notes,
    *,
    told: datetime | None = None,
) -> dict[str, Moment | None]:
    """Read moments, each by name; those that are wrong are noted and left out.

    One that says its own day is read first. One that does not is on the day of the
    moment before it, or past midnight, or of the one behind it; `+5m` counts from the
    one before it. The present gives no day: nobody is there to confirm it. Where
    somebody is, `told` is an event of the incident, which gives a day if nothing does.
    """
    found: dict[str, Moment | None] = {}
    later: dict[str, str] = {}
    for name, node in said.items():
        if not isinstance(node.value, str | None):
            hint = f"write it as {name}: 2025-05-24 13:05"
            notes.wrong(node, f"{name} takes one time", hint)
        elif node.value is None or unset(node.value):
            found[name] = None
        else:
            with notes.at(node, name):
                span = _alone(node.value, asked, zone)
                if span:
                    found[name] = _moment(span)
                else:
                    later[name] = node.value
    for name in sorted(later, key=asked.moments.index):
        around = {key: at for key, at in known.items() if key not in said}
        around |= {key: at for key, at in found.items() if at}
        with notes.at(said[name], name):
            if around or not (told and asked.confirmed):
                span = _beside(name, later[name], around, asked, zone)
            else:
                near = about(later[name], told, asked.now, zone)
                span = moments.read(later[name], zone=zone, near=near)
            found[name] = _moment(span)
    return found


def lately(text: str, now: datetime, zone: tzinfo) -> date:
    """Return what a time is near to that somebody tells now: the present.

    For a clock alone that is the day on which clocks last showed it.
    """
    try:
        given = moments.read(text, zone=zone, near=now).day_given
    except (Absent, Ambiguous) as error:
        given = all(span.day_given for _, span in error.options)
    except moments.Unreadable:
        return now
    if given or FROM_NOW.match(text):
        return now
    return _last(text, now, zone, _DAYS_BACK) or now


def about(text: str, near: datetime, now: datetime, zone: tzinfo) -> date:
    """Return what a time is near to that is told of an incident at `near`.

    A clock alone is that of its morning, or of the night after it, if that was already.
    """
    try:
        if moments.read(text, zone=zone, near=near).day_given:
            return near
    except moments.Unreadable:
        return near
    start = moments.shown_in(near, zone).date()
    for days in (0, 1, -1):
        day = start + timedelta(days=days)
        at = _first(text, day, zone)
        if at and at <= now and -_BEFORE <= at - near < _DAY - _BEFORE:
            return day
    return near


def _last(
    text: str, now: datetime, zone: tzinfo, around: tuple[int, ...]
) -> date | None:
    """Return the last day, of those around today, on which clocks showed a time."""
    today = moments.shown_in(now, zone).date()
    for days in around:
        at = _first(text, today + timedelta(days=days), zone)
        if at and at <= now:
            return today + timedelta(days=days)
    return None


def _first(text: str, day: date, zone: tzinfo) -> datetime | None:
    """Return when clocks first show a time on a day, or would have; None for never."""
    try:
        return moments.read(text, zone=zone, near=day).at
    except (Absent, Ambiguous) as error:
        return min(span.at for _, span in error.options)
    except moments.Unreadable:
        return None


def _alone(text: str, asked: Asked, zone: tzinfo) -> Span | None:
    """Read a moment by itself; None when it does not say on which day it was.

    A weekday does not: whether it is the last one or that of an incident in spring is
    told by the moments beside it.
    """
    try:
        span = moments.read(text, zone=zone, near=asked.now)
    except NoDay:
        return None
    except (Absent, Ambiguous) as error:
        dated = all(span.day_given for _, span in error.options)
        if dated and not _of_any_week(text, asked, zone):
            raise
        return None  # a clock that was put back today was not on that other day
    if FROM_NOW.match(text):
        return span
    return span if span.day_given and not _of_any_week(text, asked, zone) else None


def _of_any_week(text: str, asked: Asked, zone: tzinfo) -> bool:
    """Tell whether a text names a weekday alone, so that its date depends on today."""
    today, later = (
        _meant(text, zone, asked.now + timedelta(days=days)) for days in (0, 14)
    )
    return today.isdisjoint(later)


def _meant(text: str, zone: tzinfo, near: datetime) -> set[datetime]:
    """Return every instant that a text can mean, read on that day."""
    try:
        return {moments.read(text, zone=zone, near=near).at}
    except (Absent, Ambiguous) as error:
        return {span.at for _, span in error.options}
    except moments.Unreadable:
        return set()


def _beside(
    name: str,
    text: str,
    around: Mapping[str, Moment],
    asked: Asked,
    zone: tzinfo,
) -> Span:
    at = asked.moments.index(name)
    before = [around[each].at for each in asked.moments[:at] if each in around]
    after = [around[each].at for each in asked.moments[at:] if each in around]
    if not around:
        return moments.read(text, zone=zone, near=_present(text, asked, zone))
    if before:
        return moments.read(text, zone=zone, near=before[-1], previous=before[-1])
    return moments.read(text, zone=zone, near=after[0] if after else None)


def _present(text: str, asked: Asked, zone: tzinfo) -> date | None:
    """Return the present where a weekday counts from it; a bare clock has no day.

    Where somebody confirms it, a bare clock is the last that was.
    """
    if asked.confirmed:
        return lately(text, asked.now, zone)
    span = moments.read(text, zone=zone, near=asked.now)
    return asked.now if span.day_given else None


def _moment(span: Span) -> Moment:
    return Moment(at=span.at, approximate=span.approximate)
