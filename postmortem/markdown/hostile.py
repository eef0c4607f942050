"""Records that try a template: for every field of its form, the worst that is typed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from random import Random
from typing import Any

from postmortem import model
from postmortem.markdown import fields, patterns
from postmortem.markdown.awkward import LINES, PROSE
from postmortem.markdown.fields import Field
from postmortem.markdown.outline import Outline
from postmortem.model import Report

ZONES = ("UTC", "Europe/Paris", "America/New_York", "Asia/Kolkata")
_START = datetime(2025, 10, 26, 0, 30, tzinfo=UTC)
"""The night in which Paris turns its clocks back: an hour that is there twice."""
_NOTHING, _NONE = 0.15, 0.25
"""Below the first a field is not known, from there to the second known to be none."""


def records(outline: Outline, *, count: int, seed: int = 0) -> Iterator[Report]:
    """Yield that many records for a template; the same ones for the same seed.

    The first knows nothing, and in the second all is known to be none.
    """
    lines = (*LINES, *_joined(outline))
    for number in range(count):
        chance = Random(f"{seed}-{number}")  # noqa: S311 - to be had again, no secret
        draw = _Draw(chance, outline, lines)
        report = Report()
        for name, known in outline.fields.items():
            if number and name != "template":
                report = report.with_value(name, draw.value(known, none=number == 1))
        yield report


def _joined(outline: Outline) -> Iterator[str]:
    """Yield words with each separator of the template's patterns between them."""
    found: dict[str, None] = {}
    for rows in outline.rows:
        lines = [line for column in rows.columns for line in column.patterns]
        lines += [line for item in rows.items for line in (item.first, *item.rest)]
        for line in lines:
            found.update(dict.fromkeys(patterns.separators(line)))
    for separator in found:
        yield f"a{separator}b"
        yield f"a {separator} b {separator} c"
    for label in outline.labels.values():
        yield f"_{label}_ still"


class _Draw:
    """One record's values, drawn one after the other."""

    def __init__(self, chance: Random, outline: Outline, lines: Sequence[str]) -> None:
        self.chance, self.outline, self.lines = chance, outline, lines

    def value(self, known: Field, *, none: bool) -> Any:
        """Return a value of a field: None, none, or anything of its kind."""
        lot = self.chance.random()
        listed = known.kind in (*fields.BODY_KINDS, fields.LINES, fields.SEVERAL)
        if listed and (none or _NOTHING < lot < _NONE):
            return ()
        if none or lot < _NOTHING:
            return None
        if known.kind in fields.ROW_KINDS:
            rows = [self.row(known) for _ in range(self.chance.randint(1, 4))]
            return tuple(_in_order(rows))
        return self.scalar(known)

    def scalar(self, known: Field) -> Any:
        """Return one value that is no row."""
        match known.kind:
            case fields.TEXT:
                many = self.chance.randint(1, 3)
                return "\n\n".join(self.chance.choice(PROSE) for _ in range(many))
            case fields.NUMBER:
                return self.chance.choice((0, -3, 12.5, 1_000_000, 0.1))
            case fields.YES_NO:
                return self.chance.random() < 0.5  # noqa: PLR2004 - a coin
            case fields.DATE:
                return self.day()
            case fields.MOMENT:
                return model.Moment(at=self.at(), approximate=self.seldom())
            case fields.LINES:
                return tuple(self.line() for _ in range(self.chance.randint(1, 3)))
            case fields.SEVERAL:
                return tuple(known.choices[: self.chance.randint(1, 3)])
            case fields.CHOICE if known.choices:
                return self.chance.choice(known.choices)
        return self.chance.choice(ZONES) if known.name == "zone" else self.line()

    def row(self, known: Field) -> Any:
        """Return one row; sometimes one that a filtered loop of the template shows."""
        fixed: dict[str, Any] = {}
        homes = [rows.fixed for rows in self.outline.rows if rows.field == known.name]
        if homes and not self.seldom():
            fixed = dict(self.chance.choice(homes))
        parts = {part: fixed.get(part, self.part()) for part in known.parts}
        match known.kind:
            case fields.LIST:
                return self.line()
            case fields.TABLE:
                return {**parts, known.parts[0]: self.line()}
            case fields.EVENTS:
                return self.event({**parts, "text": self.line()})
            case fields.FACTORS:
                kind = fixed.get("kind", self.chance.choice(model.FACTOR_KINDS))
                return model.Factor(
                    **{**parts, "text": self.line(), "key": None, "kind": kind}
                )
            case fields.REVISIONS:
                return model.Revision(text=self.line(), on=self.maybe(self.day()))
        return self.action(parts, fixed)

    def event(self, parts: dict[str, Any]) -> model.Event:
        """Return an event: at a time, over a time, or at what is no time."""
        parts.pop("at")
        if self.seldom():
            return model.Event(said=self.maybe("early that morning"), **parts)
        at = self.at()
        until = at + timedelta(minutes=self.chance.randint(1, 2000))
        return model.Event(
            at=at,
            until=until if self.seldom() else None,
            approximate=self.seldom(),
            **parts,
        )

    def action(self, parts: dict[str, Any], fixed: dict[str, Any]) -> model.Action:
        """Return an action, with the words of its parts most of the time."""
        usual = {
            "type": self.maybe(self.chance.choice(model.ACTION_TYPES)),
            "priority": self.maybe(self.chance.choice(model.PRIORITIES)),
            "factor": self.maybe("F1"),
        }
        odd = parts if self.seldom() else {**parts, **usual}
        made = {
            **odd,
            "status": self.chance.choice(model.ACTION_STATUSES),
            **fixed,
            "key": None,
            "text": self.line(),
            "due": self.maybe(self.day()),
        }
        return model.Action(**made)

    def part(self) -> str | None:
        """Return what a part of a row says, or nothing."""
        return self.line() if self.chance.random() < 0.5 else None  # noqa: PLR2004

    def line(self) -> str:
        """Return one line of text."""
        said = self.chance.choice(self.lines)
        return f"{said} {self.chance.choice(self.lines)}" if self.seldom() else said

    def at(self) -> datetime:
        """Return an instant around a change of clocks, to the minute or the second."""
        minutes = self.chance.randint(0, 600)
        seconds = self.chance.randint(1, 59) if self.seldom() else 0
        zone = timezone(timedelta(minutes=self.chance.choice((0, 120, -300, 330))))
        at = _START + timedelta(minutes=minutes, seconds=seconds)
        return at.astimezone(zone)

    def day(self) -> date:
        """Return a day."""
        return date(2026, 1, 1) + timedelta(days=self.chance.randint(0, 364))

    def maybe(self, value: Any) -> Any:
        """Return the value, or half of the time nothing."""
        return value if self.chance.random() < 0.5 else None  # noqa: PLR2004 - a coin

    def seldom(self) -> bool:
        """Tell, once in five times, that something is so."""
        return self.chance.random() < 0.2  # noqa: PLR2004 - once in five times


def _in_order(rows: list[Any]) -> list[Any]:
    """Put events in the order of their times, as a timeline has them."""
    timed = sorted(
        (row.at for row in rows if isinstance(row, model.Event) and row.at),
    )
    left = iter(timed)
    return [
        row.replace(at=(at := next(left)), until=_later(row, at))
        if isinstance(row, model.Event) and row.at
        else row
        for row in rows
    ]


def _later(row: model.Event, at: datetime) -> datetime | None:
    if row.until is None or row.at is None:
        return None
    return at + (row.until - row.at)
