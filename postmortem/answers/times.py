"""Named moments as people write them: a day once, and clocks before and after it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta, tzinfo

from postmortem import moments
from postmortem.answers.asked import Asked
from postmortem.answers.notes import Notes
from postmortem.markdown.values import unset
from postmortem.model import Moment
from postmortem.moments import Absent, Ambiguous, NoDay, Span
from postmortem.yamls import Node

_FROM_NOW = re.compile(
    r"\s*[-\u2212]|.*\bago\s*$|\s*now\b|.*\b(?:yesterday|today)\b", re.IGNORECASE
)
"""What counts from the present, and not from the moment before."""


def settled(
    said: Mapping[str, Node],
    known: Mapping[str, Moment],
    asked: Asked,
    zone: tzinfo,
    notes: Notes,
) -> dict[str, Moment | None]:
    """Read moments, each by name; those that are wrong are noted and left out.

    One that says its own day is read first. One that does not is on the day of the
    moment before it, or past midnight, or of the one behind it; `+5m` counts from the
    one before it. The present gives no day: nobody is there to confirm it.
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
            found[name] = _moment(_beside(name, later[name], around, asked, zone))
    return found


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
    if _FROM_NOW.match(text):
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


def _present(text: str, asked: Asked, zone: tzinfo) -> datetime | None:
    """Return the present where a weekday counts from it; a bare clock has no day."""
    span = moments.read(text, zone=zone, near=asked.now)
    return asked.now if span.day_given else None


def _moment(span: Span) -> Moment:
    return Moment(at=span.at, approximate=span.approximate)
