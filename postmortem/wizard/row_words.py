"""A row on one line, as somebody reads it between two questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any

from postmortem import moments
from postmortem.model import (
    MOMENTS,
    OPEN,
    Action,
    Event,
    Factor,
    Report,
    Revision,
)

Marks = Mapping[datetime, str]
"""What is known to have been at an instant."""

_LONGEST = 60
_NO_MARKS: Marks = {}


def names(rows: Sequence[Any]) -> tuple[str, ...]:
    """Return what each row is called: its key, or its number."""
    return tuple(getattr(row, "key", None) or str(at) for at, row in enumerate(rows, 1))


def marks_of(report: Report) -> Marks:
    """Return which moments are known, by their instants."""
    marks: dict[datetime, str] = {}
    for name in MOMENTS:
        if moment := report.value(name):
            both = (marks.get(moment.at), name)
            marks[moment.at] = ", ".join(filter(None, both))
    return marks


def shown(rows: Sequence[Any], zone: tzinfo, marks: Marks = _NO_MARKS) -> list[str]:
    """Return a line for each row, with what it is called by before it."""
    lines: list[str] = []
    before: datetime | None = None
    called = names(rows)
    wide = max(map(len, called), default=0)
    for name, row in zip(called, rows, strict=True):
        text = words(row, zone, before, marks)
        before = getattr(row, "at", None) or before
        lines.append(f"{name:>{wide}}  {text}")
    return lines


def words(
    row: Any,
    zone: tzinfo,
    before: datetime | None = None,
    marks: Marks = _NO_MARKS,
) -> str:
    """Return what a row says; `before` is the time of the event above it.

    An event at an instant that is a moment is marked as that.
    """
    match row:
        case Event():
            return _event(row, zone, before, marks.get(row.at) if row.at else None)
        case Factor():
            kind = f"{row.kind}: " if row.kind else ""
            origin = f"from {row.cause}" if row.cause else None
            return f"{kind}{row.text}{_aside(origin, row.evidence)}"
        case Action():
            due = f"due {row.due}" if row.due else None
            status = row.status if row.status != OPEN else None
            done = f"done when: {row.done_when}" if row.done_when else None
            parts = (row.owner, due, row.type, row.priority, row.factor, row.link)
            return f"{row.text}{_aside(*parts, status, done)}"
        case Revision():
            return f"{row.on or '?'}  {row.text}"
        case Mapping():
            return " | ".join(str(each or "") for each in row.values())
    return str(row)


def cut(text: str, longest: int = _LONGEST) -> str:
    """Return a text on one line that is no longer than that."""
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[: longest - 1]}…"


def _event(
    event: Event, zone: tzinfo, before: datetime | None, moment: str | None
) -> str:
    when = event.said or "?"
    if event.at:
        when = _when(event, zone, before)
    mark = f"[{moment}] " if moment and moment != event.kind else ""
    kind = f"{event.kind}: " if event.kind else ""
    return f"{when}  {mark}{kind}{event.text}{_aside(event.source, event.link)}"


def _when(event: Event, zone: tzinfo, before: datetime | None) -> str:
    """Return a time by the clocks of a zone, and in UTC beside it."""
    at = event.at
    if at is None:
        return "?"
    here, there = (moments.shown_in(at, each).date() for each in (zone, UTC))
    same = before and moments.shown_in(before, zone).date() == here
    said = moments.span(
        at, event.until, zone, approximate=event.approximate, with_date=not same
    )
    if moments.shown_in(at, zone).utcoffset() == timedelta():
        return said
    beside = moments.span(at, event.until, UTC, with_date=here != there)
    return f"{said} ({beside} UTC)"


def _aside(*parts: str | None) -> str:
    said = ", ".join(part for part in parts if part)
    return f"  ({said})" if said else ""
