"""Changes of rows, made in the record as it is when they are kept.

Somebody may have edited the file since the rows were shown: a row is found again by its
key, or by all that it says, and one that is gone is not brought back.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, NamedTuple

from postmortem.answers import Asked, Notes, Rows
from postmortem.answers.row_changes import placed
from postmortem.answers.row_lines import Row
from postmortem.answers.row_said import refuse_unclear
from postmortem.errors import Refused
from postmortem.markdown import Field
from postmortem.model import Event, Moment, Report
from postmortem.wizard.refusals import bare
from postmortem.wizard.row_words import names
from postmortem.wizard.sitting import Change


class Spot(NamedTuple):
    """A row, and the place from 0 at which it was seen."""

    at: int
    row: Any


def saying(known: Field, asked: Asked, spot: Spot, part: str, said: str) -> Change:
    """Return the change that says one part of a row anew."""

    def _change(report: Report) -> Report:
        notes = Notes(None)
        rows = Rows(known=known, asked=asked, notes=notes)
        (at,) = _places(report, known, [spot])
        made = rows.say(report, at, part, said)
        if notes.problems:
            raise bare(notes.problems, part)
        before = report.value(known.name) or ()
        fresh = [row for row in made.value(known.name) if row not in before]
        return _followed(report, made, [(before[at], row) for row in fresh])

    return _change


def dropping(known: Field, gone: Sequence[Spot]) -> Change:
    """Return the change that takes rows out; their keys are not used again."""

    def _change(report: Report) -> Report:
        rows = report.value(known.name) or ()
        places = _places(report, known, gone)
        left = tuple(row for at, row in enumerate(rows) if at not in places)
        keys = [rows[at].key for at in places if getattr(rows[at], "key", None)]
        made = report.with_value(known.name, left or None)
        retired = tuple(dict.fromkeys((*(report.retired or ()), *keys)))
        return made.replace(retired=retired) if keys else made

    return _change


def restoring(known: Field, gone: Sequence[Spot]) -> Change:
    """Return the change that puts rows back which were taken out, keys and all."""

    def _change(report: Report) -> Report:
        rows = tuple(report.value(known.name) or ())
        timed = _ordered(rows)
        for at, row in sorted(gone, key=lambda it: it.at):
            key = getattr(row, "key", None)
            if key and any(it.key == key for it in rows):
                raise Refused(f"{key} is there again")
            here = (*rows[:at], row, *rows[at:])
            rows = placed(rows, row) if timed and not _ordered(here) else here
        keys = {getattr(row, "key", None) for _, row in gone}
        left = tuple(key for key in report.retired or () if key not in keys)
        made = report.with_value(known.name, rows)
        return made.replace(retired=left or None) if report.retired else made

    return _change


def saying_more(known: Field, asked: Asked, row: Any, parts: Row) -> Change:
    """Return the change that says more of a row, part by part."""

    def _change(report: Report) -> Report:
        refuse_unclear(parts, known)
        now = row
        for part in parts:
            rows = report.value(known.name) or ()
            at = next((at for at, it in enumerate(rows) if is_same(it, now)), 0)
            report = saying(known, asked, Spot(at, now), part.name, part.said)(report)
            now = (report.value(known.name) or ())[at]
        return report

    return _change


def having_none(known: Field) -> Change:
    """Return the change that says that there is none; rows are taken out by name."""

    def _change(report: Report) -> Report:
        rows = report.value(known.name) or ()
        if rows:
            called = names(rows)
            message = f"there {'is one' if len(rows) == 1 else f'are {len(rows)}'}"
            span = called[0] if len(rows) == 1 else f"{called[0]}-{called[-1]}"
            raise Refused(message, hint=f"drop {span} first takes out what is there")
        return report.with_value(known.name, ())

    return _change


def moving(known: Field, moved: Spot, to: Spot) -> Change:
    """Return the change that gives a row the place of another one."""

    def _change(report: Report) -> Report:
        rows = list(report.value(known.name) or ())
        old, new = _places(report, known, [moved, to]) if moved != to else (0, 0)
        rows.insert(new, rows.pop(old))
        return report.with_value(known.name, tuple(rows))

    return _change


def shifting(known: Field, chosen: Sequence[Spot], by: timedelta) -> Change:
    """Return the change that moves the times of events.

    Where they stood in the order of time, they do so again.
    """

    def _change(report: Report) -> Report:
        rows = list(report.value(known.name) or ())
        places = _places(report, known, chosen)
        ordered = _ordered(rows)
        pairs = [(rows[at], _shifted(rows[at], by)) for at in places]
        for at, (_, shifted) in zip(places, pairs, strict=True):
            rows[at] = shifted
        made = tuple(rows)
        if ordered and not _ordered(rows):
            made = tuple(row for at, row in enumerate(rows) if at not in places)
            for at in sorted(places):
                made = placed(made, rows[at])
        return _followed(report, report.with_value(known.name, made), pairs)

    return _change


def _followed(report: Report, made: Report, pairs: Sequence[tuple[Any, Any]]) -> Report:
    """Let a moment go along with the event that is named after it, as it was."""
    for old, new in pairs:
        if not isinstance(old, Event) or not old.kind or not new.at:
            continue
        moment = report.value(old.kind)
        if isinstance(moment, Moment) and moment.at == old.at != new.at:
            at = Moment(at=new.at, approximate=new.approximate)
            made = made.with_value(old.kind, at)
    return made


def _shifted(event: Event, by: timedelta) -> Event:
    try:
        return event.replace(
            at=event.at and event.at + by, until=event.until and event.until + by
        )
    except OverflowError as error:
        raise Refused("that is beyond the calendar") from error


def _ordered(rows: Sequence[Any]) -> bool:
    """Tell whether rows that have times stand in their order."""
    times = [row.at for row in rows if isinstance(row, Event) and row.at]
    return times == sorted(times)


def _places(report: Report, known: Field, spots: Sequence[Spot]) -> tuple[int, ...]:
    """Return where rows are now; raises Refused for one that is gone."""
    rows = report.value(known.name) or ()
    found: list[int] = []
    for spot in spots:
        near = [spot.at] if spot.at < len(rows) else []
        here = (
            at
            for at in (*near, *range(len(rows)))
            if at not in found and is_same(rows[at], spot.row)
        )
        at = next(here, None)
        if at is None:
            message = f"that row of {known.label or known.name} was changed meanwhile"
            raise Refused(message, hint="it is shown again as it is now")
        found.append(at)
    return tuple(found)


def is_same(row: Any, other: Any) -> bool:
    """Tell whether two rows are one: by their keys, else by all that they say."""
    key = getattr(other, "key", None)
    return bool(getattr(row, "key", None) == key if key else row == other)
