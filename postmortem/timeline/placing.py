"""Rows put into a timeline, moved in time, or taken out: what a report then holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta

from postmortem.markdown import inline
from postmortem.model import Event
from postmortem.timeline.choosing import of
from postmortem.timeline.events import BETWEEN


def placed(rows: Sequence[Event], new: Iterable[Event]) -> tuple[Event, ...]:
    """Put events among rows, each behind the last that is not later than it.

    The rows stay in the order that they have, whatever it is.
    """
    found = list(rows)
    for event in new:
        found.insert(_place(found, event), event)
    return tuple(found)


def _place(rows: Sequence[Event], event: Event) -> int:
    if event.at is None:
        return len(rows)
    for at in range(len(rows) - 1, -1, -1):
        before = rows[at].at
        if before is not None and before <= event.at:
            return at + 1
    first = (at for at, row in enumerate(rows) if row.at is not None)
    return next(first, len(rows))


def shifted(
    rows: Sequence[Event], by: timedelta, of_source: Callable[[Event], bool]
) -> tuple[Event, ...]:
    """Move the times of some rows, and the rows to where they are in time then.

    Raises OverflowError where the calendar ends.
    """
    moved = [_moved(row, by) for row in rows if row.at is not None and of_source(row)]
    stay = [row for row in rows if row.at is None or not of_source(row)]
    if not stay:
        return tuple(moved)
    return placed(stay, moved)


def dropped(rows: Sequence[Event], source: str) -> tuple[Event, ...]:
    """Take a source out: rows that have no other go, from others its name."""
    kept: list[Event] = []
    for row in rows:
        parts = sources(row)
        left = [each for each in parts if not of(inline.plain(each), source)]
        if len(left) == len(parts):
            kept.append(row)
        elif left:
            kept.append(row.replace(source=BETWEEN.join(left)))
    return tuple(kept)


def sources(row: Event) -> tuple[str, ...]:
    """Return the sources of a row, as they stand in it."""
    return tuple(part for part in (row.source or "").split(BETWEEN) if part)


def comes_from(source: str | None) -> Callable[[Event], bool]:
    """Return what tells whether a row has that source; any row where None is named."""

    def _from(row: Event) -> bool:
        named = sources(row)
        return source is None or any(of(inline.plain(each), source) for each in named)

    return _from


def _moved(row: Event, by: timedelta) -> Event:
    return row.replace(
        at=row.at + by if row.at else None, until=row.until + by if row.until else None
    )
