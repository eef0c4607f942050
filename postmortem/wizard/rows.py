"""The rows of a field: events, factors, actions and lists, a line each.

Lines are typed or pasted, several at once; what was taken is shown, and orders change
it. A row that comes alone is asked for its other parts.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from postmortem import moments
from postmortem.errors import PostmortemError, Refused
from postmortem.markdown import Field
from postmortem.markdown.fields import (
    ACTIONS,
    EVENTS,
    FACTORS,
    LIST,
    REVISIONS,
)
from postmortem.model import Report
from postmortem.prompts import Move, Question
from postmortem.wizard import orders
from postmortem.wizard.adding import Trial, adding, settled
from postmortem.wizard.facts import wanted
from postmortem.wizard.given import says_none
from postmortem.wizard.guiding import ask_parts, go_on
from postmortem.wizard.obeying import change_of, told
from postmortem.wizard.orders import Order
from postmortem.wizard.reasons import explained
from postmortem.wizard.refusals import needed
from postmortem.wizard.row_edits import Spot
from postmortem.wizard.row_lines import rows_of
from postmortem.wizard.row_parts import guided
from postmortem.wizard.row_words import names, shown
from postmortem.wizard.sitting import Change, Sitting

_ONE = {
    EVENTS: "event",
    FACTORS: "factor",
    ACTIONS: "action",
    LIST: "line",
    REVISIONS: "revision",
}
_FEW = 40
"""Rows that are shown when a field is opened; of more, the last ones."""
_AROUND = 12
"""Rows that are shown whole after each answer; of more, what is new."""


def ask_rows(sitting: Sitting, known: Field, progress: str) -> Move | None:
    """Ask for rows until an empty line; return where to go instead."""
    return _Asking(sitting, known, progress).asked()


class _Asking:
    """One visit to the rows of a field."""

    def __init__(self, sitting: Sitting, known: Field, progress: str) -> None:
        self.sitting, self.known, self.progress = sitting, known, progress
        self.trial = Trial(known, sitting.asked)
        self.one = _ONE.get(known.kind, "row")
        self.taken = self.everything = False

    @property
    def rows(self) -> tuple[Any, ...]:
        return self.sitting.report.value(self.known.name) or ()

    def asked(self) -> Move | None:
        self.taken = go_on(self.sitting, self.known)
        self.show(self.rows)
        given = ""
        while True:
            said = self.sitting.text(self.known.name, self._question(given))
            if isinstance(said, Move):
                return said
            if not said.strip():
                return None
            if says_none(said):
                if self._put(said, self._none):
                    return None
                given = said
                continue
            before = self.rows
            given = "" if self._take(said) else said
            self.taken = self.taken or not given
            self.show(self.rows if given else before)

    def show(self, before: tuple[Any, ...]) -> None:
        """Show the rows that are there; of many, those that are new since `before`."""
        everything, self.everything = self.everything, False
        rows = self.rows
        lines = shown(rows, self.sitting.zone)
        say = self.sitting.prompts.say
        fresh = [at for at, row in enumerate(rows) if row not in before]
        if not rows and self.sitting.report.value(self.known.name) == ():
            say("known to be none", quiet=True)
        elif everything or len(rows) <= _AROUND or not fresh:
            hidden = 0 if everything else max(0, len(lines) - _FEW)
            if hidden:
                say(f"… {hidden} before these; `show` shows all", quiet=True)
            lines = lines[hidden:]
        else:
            say(f"{len(rows)} so far; `show` shows all", quiet=True)
            lines = [lines[at] for at in fresh]
        for line in lines:
            say(line)

    def _question(self, given: str) -> Question:
        text = self.known.question or self.known.label
        return Question(
            text=f"Another {self.one}? An empty line goes on." if self.taken else text,
            progress=self.progress,
            given=given,
            help=explained(self.known, self._orders()),
            keys=self._keys(),
            words=self.sitting.words(self.known.name),
            understood=self._understood,
        )

    def _keys(self) -> str:
        called = names(self.rows)
        begin = "" if self.taken else "an empty line goes on · "
        if not called:
            return f"{begin}none · ? more · < back"
        last = called[-1]
        edits = f"{last} edits {f'row {last}' if last.isdecimal() else 'it'}"
        drops = f" · drop {last} takes it out" if self.taken else ""
        return f"{begin}{edits}{drops} · ? more · < back"

    def _orders(self) -> str:
        """Say what can be typed about the rows that are there."""
        called = names(self.rows)
        parts = [part for part in self.known.parts if part != "key"]
        more = [f"{part}: …" for part in parts if part not in ("at", "text")]
        if not called:
            below = f"\nA line under it can say more: {', '.join(more)}."
            return f"none alone says that there is none.{below if more else ''}"
        name = called[-1]
        several = f" ({called[0]}-{name}: all)" if len(called) > 1 else ""
        said = [
            f"{name} goes through it again; drop {name} takes it out{several};",
            f"move {name} {called[0]} puts it there; show shows all.",
        ]
        if len(parts) > 1:
            said.append(f"{name} PART: WORDS says one part: {', '.join(parts)}.")
        if self.known.kind == EVENTS:
            said.append(f"shift +1h moves all times, shift {name} -10m that one.")
        return "\n".join(said)

    def _understood(self, said: str) -> str:
        """Say what lines mean; raises PostmortemError for what is no row."""
        report, known = self.sitting.report, self.known
        if not said.strip():
            if wanted(known) and report.value(known.name) is None:
                raise needed(known)
            return ""
        if says_none(said):
            self._none(report)
            return "known to be none"
        order = self._order(said, report.value(known.name) or ())
        if order:
            return told(order, report, known, self.sitting.asked, self.sitting.zone)
        steps = self.trial.read(report, rows_of(said, known))
        settled(steps, report)
        return self._last(steps[-1].row, len(steps)) if steps else ""

    def _last(self, row: Any, many: int) -> str:
        at = getattr(row, "at", None)
        when = moments.describe(at, self.sitting.zone) if at else ""
        if many == 1:
            return when
        last = f", the last at {when}" if when else ""
        return f"{many} {self.one}s{last}"

    def _none(self, report: Report) -> Report:
        rows = report.value(self.known.name) or ()
        if rows:
            called = names(rows)
            message = f"there {'is one' if len(rows) == 1 else f'are {len(rows)}'}"
            span = called[0] if len(rows) == 1 else f"{called[0]}-{called[-1]}"
            raise Refused(message, hint=f"drop {span} first takes out what is there")
        return report.with_value(self.known.name, ())

    def _take(self, said: str) -> bool:
        """Do what lines say; tell whether it is done."""
        before = self.rows
        try:
            order = self._order(said, before)
            change = self._change(order, before) if order else None
        except PostmortemError as error:
            self.sitting.prompts.say(str(error))
            return False
        if order:
            return self._put(said, change) if change else self._obey(order, before)
        rows = rows_of(said, self.known)
        if not self._put(said, adding(self.known, self.sitting.asked, rows)):
            return False
        new = [each for each in self.rows if each not in before]
        if len(new) == 1 and len(rows) == 1 and guided(self.known):
            ask_parts(self.sitting, self.known, Spot(len(before), new[0]))
        return True

    def _obey(self, order: Order, rows: Sequence[Any]) -> bool:
        """Do what asks or shows, and changes nothing by itself."""
        if order.what == orders.SHOW:
            self.everything = True
        else:
            spot = Spot(order.rows[0], rows[order.rows[0]])
            ask_parts(self.sitting, self.known, spot, again=True)
        return True

    def _change(self, order: Order, rows: Sequence[Any]) -> Change | None:
        return change_of(order, rows, self.known, self.sitting.asked)

    def _order(self, said: str, rows: Sequence[Any]) -> Order | None:
        parts = [part for part in self.known.parts if part != "key"]
        timed = self.known.kind == EVENTS
        return orders.order(said, names(rows), parts, timed=timed)

    def _put(self, said: str, change: Change) -> bool:
        return self.sitting.put(self.known.name, said, change)
