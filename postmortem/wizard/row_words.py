"""A row on one line, as somebody reads it between two questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo
from typing import Any

from postmortem import moments
from postmortem.model import OPEN, Action, Event, Factor, Revision

_LONGEST = 60


def names(rows: Sequence[Any]) -> tuple[str, ...]:
    """Return what each row is called: its key, or its number."""
    return tuple(getattr(row, "key", None) or str(at) for at, row in enumerate(rows, 1))


def shown(rows: Sequence[Any], zone: tzinfo) -> list[str]:
    """Return a line for each row, with what it is called by before it."""
    lines: list[str] = []
    before: datetime | None = None
    called = names(rows)
    wide = max(map(len, called), default=0)
    for name, row in zip(called, rows, strict=True):
        text = words(row, zone, before)
        before = getattr(row, "at", None) or before
        lines.append(f"{name:>{wide}}  {text}")
    return lines


def words(row: Any, zone: tzinfo, before: datetime | None = None) -> str:
    """Return what a row says; `before` is the time of the event above it."""
    match row:
        case Event():
            return _event(row, zone, before)
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


def _event(event: Event, zone: tzinfo, before: datetime | None) -> str:
    when = event.said or "?"
    if event.at:
        here = moments.shown_in(event.at, zone)
        same = before and moments.shown_in(before, zone).date() == here.date()
        when = moments.span(
            event.at,
            event.until,
            zone,
            approximate=event.approximate,
            with_date=not same,
        )
    kind = f"{event.kind}: " if event.kind else ""
    return f"{when}  {kind}{event.text}{_aside(event.source, event.link)}"


def _aside(*parts: str | None) -> str:
    said = ", ".join(part for part in parts if part)
    return f"  ({said})" if said else ""
