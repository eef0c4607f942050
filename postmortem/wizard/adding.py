"""Rows that somebody types, read again and again meanwhile, each line but once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from postmortem import model
from postmortem.answers import Asked, Notes, Rows
from postmortem.errors import Problem
from postmortem.markdown import Field
from postmortem.markdown.fields import EVENTS, LIST
from postmortem.model import Event, Report
from postmortem.wizard.refusals import bare
from postmortem.wizard.row_lines import BEYOND, Part, Row
from postmortem.wizard.row_said import TWICE, UNCLEAR, unclear
from postmortem.wizard.sitting import Change
from postmortem.yamls import Node


class Added(NamedTuple):
    """A row that was put into a record, or why it was not."""

    said: Row
    report: Report
    row: Any = None
    """As it stands in the record; None when it was refused."""
    problems: tuple[Problem, ...] = ()


def adding(known: Field, asked: Asked, said: Sequence[Row]) -> Change:
    """Return the change that adds rows; it raises Problems that name every mistake."""

    def _change(report: Report) -> Report:
        return settled(Trial(known, asked).read(report, said), report)

    return _change


def settled(steps: Sequence[Added], report: Report) -> Report:
    """Return the record with all rows in it, keys and all; raises Problems for none."""
    problems = [problem for step in steps for problem in step.problems]
    if problems:
        last = max((part.line for step in steps for part in step.said), default=1)
        raise bare(problems, numbered=last > 1)
    return model.keyed(steps[-1].report) if steps else report


class Trial:
    """Puts rows into a record, for a look; of rows that it has seen, from memory."""

    def __init__(self, known: Field, asked: Asked) -> None:
        self._known, self._asked = known, asked
        self._begun: Report | None = None
        self._steps: list[Added] = []

    def read(self, report: Report, said: Sequence[Row]) -> tuple[Added, ...]:
        """Return what became of each row, the first one put into this record."""
        if report is not self._begun:
            self._begun, self._steps = report, []
        known = zip(said, self._steps, strict=False)
        alike = next((at for at, (row, it) in enumerate(known) if row != it.said), None)
        del self._steps[len(said) if alike is None else alike :]
        for row in said[len(self._steps) :]:
            before = self._steps[-1].report if self._steps else report
            self._steps.append(self._added(before, row))
        return tuple(self._steps)

    def _added(self, report: Report, said: Row) -> Added:
        """Put one row in: an event's line says its time as well."""
        known = self._known
        notes = Notes(None)
        rows = Rows(known=known, asked=self._asked, notes=notes)
        first, *others = said
        if beyond := [part for part in said if part.name == BEYOND]:
            hint = f"there are {', '.join(known.parts)}"
            notes.wrong(_node(beyond[0]), "this row has too many cells", hint)
        for part, message, hint in unclear(said, known):
            notes.wrong(_node(part), message, hint)
        if known.kind in (EVENTS, LIST):
            made = rows.add(report, _node(first))
        else:
            made = rows.add(report, _mapping(said))
        before = report.value(known.name) or ()
        at = _new(before, made.value(known.name) or ())
        if at is not None and known.kind == EVENTS:
            fresh = made.value(known.name)[at]
            there = next((row for row in before if _is_said(row, fresh)), None)
            if there is not None and not others and not notes.problems:
                return Added(said, report, there)
        if at is not None and known.kind == EVENTS:
            for part in others:
                made, at = self._said(made, at, part, notes)
        if notes.problems or at is None:
            return Added(said, report, None, notes.problems)
        return Added(said, made, made.value(known.name)[at])

    def _said(
        self, report: Report, at: int, part: Part, notes: Notes
    ) -> tuple[Report, int]:
        """Say a part of an event that has just come, and where it stands then."""
        own = Notes(None)
        rows = Rows(known=self._known, asked=self._asked, notes=own)
        made = rows.say(report, at, part.name, part.said)
        for problem in own.problems:
            notes.wrong(_node(part), problem.message, problem.hint)
        found = made.value(self._known.name)
        moved = _new(report.value(self._known.name), found)
        return made, at if moved is None else moved


def _new(before: Sequence[Any], after: Sequence[Any]) -> int | None:
    """Return where the row stands that was not there before."""
    old = {id(row) for row in before}
    return next((at for at, row in enumerate(after) if id(row) not in old), None)


def _is_said(event: Event, fresh: Event) -> bool:
    """Tell whether an event says already what a line of words says anew."""
    same = (event.at, event.until, event.approximate) == (
        fresh.at,
        fresh.until,
        fresh.approximate,
    )
    return bool(fresh.at) and same and _plain(event.text) == _plain(fresh.text)


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _mapping(said: Row) -> Node:
    parts = {
        part.name: _node(part)
        for part in said
        if part.name not in (BEYOND, UNCLEAR, TWICE) and part.said
    }
    return Node(
        value=parts, start=0, end=0, line=said[0].line, column=1, style="double"
    )


def _node(part: Part) -> Node:
    return Node(
        value=part.said, start=0, end=0, line=part.line, column=1, style="double"
    )
