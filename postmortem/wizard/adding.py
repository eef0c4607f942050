"""Rows that somebody types, read again and again meanwhile, each line but once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from postmortem import model
from postmortem.answers import Asked, Notes
from postmortem.answers.row_adding import put
from postmortem.answers.row_lines import Row
from postmortem.errors import Problem
from postmortem.markdown import Field
from postmortem.markdown.fields import EVENTS
from postmortem.model import Event, Report
from postmortem.wizard.refusals import bare
from postmortem.wizard.sitting import Change


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
        """Put one row in, but for an event that is there as it was typed."""
        known, notes = self._known, Notes(None)
        made, at = put(report, said, known, self._asked, notes)
        if notes.problems or at is None:
            return Added(said, report, None, notes.problems)
        row = made.value(known.name)[at]
        if known.kind == EVENTS and len(said) == 1:
            before = report.value(known.name) or ()
            there = next((it for it in before if _is_said(it, row)), None)
            if there is not None:
                return Added(said, report, there)
        return Added(said, made, row)


def _is_said(event: Event, fresh: Event) -> bool:
    """Tell whether an event says already what a line of words says anew."""
    same = (event.at, event.until, event.approximate) == (
        fresh.at,
        fresh.until,
        fresh.approximate,
    )
    same = same and fresh.kind in (None, event.kind)
    return bool(fresh.at) and same and _plain(event.text) == _plain(fresh.text)


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
