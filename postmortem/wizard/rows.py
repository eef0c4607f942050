"""The rows of a field: events, factors, actions and lists, a line each.

Lines are typed one after the other, or pasted several at once, and orders change what
was taken. What most of them lack is asked when an empty line has ended them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from postmortem.answers.reading import zone_of
from postmortem.answers.row_lines import Row, parts_of, rows_of
from postmortem.errors import PostmortemError
from postmortem.markdown import Field
from postmortem.markdown.fields import (
    ACTIONS,
    EVENTS,
    FACTORS,
    LIST,
    REVISIONS,
)
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
from postmortem.wizard.row_edits import Spot, having_none, is_same, saying_more
from postmortem.wizard.row_hints import (
    added_told,
    changed_told,
    keys_told,
    line_told,
    more_told,
)
from postmortem.wizard.row_parts import guided
from postmortem.wizard.row_showing import (
    all_rows,
    show_rows,
    show_untold,
    tell_there,
)
from postmortem.wizard.row_words import names
from postmortem.wizard.sitting import Change, Sitting

_ONE = {
    EVENTS: "event",
    FACTORS: "factor",
    ACTIONS: "action",
    LIST: "line",
    REVISIONS: "revision",
}


def ask_rows(sitting: Sitting, known: Field, progress: str) -> Move | None:
    """Ask for rows until an empty line; return where to go instead."""
    return _Asking(sitting, known, progress).asked()


class _Asking:
    """One visit to the rows of a field."""

    def __init__(self, sitting: Sitting, known: Field, progress: str) -> None:
        self.sitting, self.known, self.progress = sitting, known, progress
        self.trial = Trial(known, sitting.asked)
        self.one = _ONE.get(known.kind, "row")
        self.taken = self.everything = self.known_so = False
        self.last: Any = None
        """The row that was typed last, of which the next line may say more."""
        self.fresh: list[Any] = []
        """Rows that were typed one by one, and may lack parts."""
        self.gone: list[Sequence[Spot]] = []
        """Rows that were taken out, together each time."""
        self.dropped: Sequence[Spot] = ()
        """Those of the order just now."""

    @property
    def rows(self) -> tuple[Any, ...]:
        return self.sitting.report.value(self.known.name) or ()

    def asked(self) -> Move | None:
        self.taken = go_on(self.sitting, self.known)
        self.show(self.rows)
        show_untold(self.sitting, self.known)
        if not self.rows and (example := line_told(self.known)):
            self.sitting.prompts.say(example, quiet=True)
        given, again = "", False
        while True:
            said = self.sitting.rows(self.known.name, self._question(given, again))
            if isinstance(said, Move):
                return said
            if not said.strip():
                if self._is_complete():
                    return None
                continue
            if says_none(said):
                if self._put(said, having_none(self.known)):
                    return None
                given = said
                continue
            before, self.known_so, dropped = self.rows, False, len(self.gone)
            given = "" if self._take(said) else said
            self.dropped = self.gone[-1] if len(self.gone) > dropped else ()
            self.taken = self.taken or not given
            one = self.known_so or len(self.rows) == len(before) + 1
            again = not given and one and len(self.gone) == dropped
            if given or not again:
                self.show(self.rows if given else before)

    def _is_complete(self) -> bool:
        """Ask what rows lack that were typed now; tell whether to go on behind them."""
        fresh, self.fresh = self.fresh if guided(self.known) else [], []
        left: Move | None = None
        for row in fresh:
            rows = self.rows
            at = next((at for at, it in enumerate(rows) if is_same(it, row)), None)
            if at is not None and left is None:
                left = ask_parts(self.sitting, self.known, Spot(at, rows[at]))
        if fresh:
            self.show(self.rows)
            if left is None:
                self.sitting.left(self.known.name, fresh)
        return left is None

    def show(self, before: tuple[Any, ...]) -> None:
        """Show what changed since then; all rows, where it is none or they want to."""
        everything, self.everything = self.everything, False
        show_rows(self.sitting, self.known, before, everything=everything)

    def _question(self, given: str, again: bool) -> Question:  # noqa: FBT001 - as asked
        text = self.known.question or self.known.label
        return Question(
            text=f"Another {self.one}? Enter alone goes on." if self.taken else text,
            progress="" if self.taken else self.progress,
            again=again and bool(names(self.rows)[1:]),
            given=given,
            help=self._help(),
            keys=keys_told(self.rows, self.last, self.dropped, taken=self.taken),
            words=self.sitting.words(self.known.name),
            understood=self._understood,
        )

    def _help(self) -> str:
        """Return why it is asked, what can be typed, and the rows that are there."""
        told = explained(self.known, more_told(self.known, self.rows))
        return "\n".join(filter(None, (told, all_rows(self.sitting, self.known))))

    def _understood(self, said: str) -> str:
        """Say what lines mean; raises PostmortemError for what is no row."""
        report, known, asked = self.sitting.report, self.known, self.sitting.asked
        if not said.strip():
            if wanted(known) and report.value(known.name) is None:
                raise needed(known)
            return ""
        if says_none(said):
            having_none(known)(report)
            return "known to be none"
        order = self._order(said, report.value(known.name) or ())
        if order:
            return told(order, report, known, asked, self.sitting.zone, self.gone)
        if parts := self._parts(said):
            made = self._saying(parts)(report)
            return changed_told(known, self.rows, made, zone_of(made, asked))
        steps = self.trial.read(report, rows_of(said, known))
        made = settled(steps, report)
        return added_told(known, self.one, steps, zone_of(made, asked))

    def _take(self, said: str) -> bool:
        """Do what lines say; tell whether it is done."""
        before = self.rows
        try:
            order = self._order(said, before)
            change = self._change(order, before) if order else None
        except PostmortemError as error:
            self.sitting.prompts.say(str(error))
            return False
        if order and change:
            return self._put(said, change) and self._is_done(order, before)
        if order:
            return self._obey(order, before)
        if parts := self._parts(said):
            return self._put(said, self._saying(parts)) and self._is_now(before)
        rows = rows_of(said, self.known)
        steps = self.trial.read(self.sitting.report, rows)
        if not self._put(said, adding(self.known, self.sitting.asked, rows)):
            return False
        new = [each for each in self.rows if each not in before]
        steps = steps if new else self.trial.read(self.sitting.report, rows)
        last = [step.row for step in steps[-1:]]
        typed = [each for each in new if each in last]
        self.last = (typed or new or last or [None])[-1]
        self.known_so = not new and tell_there(self.sitting, self.known, self.last)
        if len(new) == len(rows) == 1:
            self.fresh += new
        return True

    def _is_done(self, order: Order, before: Sequence[Any]) -> bool:
        """Note what an order has taken out, or put back."""
        if order.what == orders.UNDO:
            self.gone.pop()
        if order.what == orders.DROP:
            self.gone.append([Spot(at, before[at]) for at in order.rows])
            here = any(is_same(it, self.last) for it in self.rows)
            self.last = self.last if here else None
        return True

    def _is_now(self, before: Sequence[Any]) -> bool:
        """Note what the row has become of which more was said."""
        for new in [each for each in self.rows if each not in before]:
            old, self.last = self.last, new
            self.fresh = [new if is_same(it, old) else it for it in self.fresh]
        return True

    def _parts(self, said: str) -> Row:
        """Return the parts that a line says of the row that was typed last."""
        return parts_of(said, self.known) if self.last is not None else ()

    def _saying(self, parts: Row) -> Change:
        """Return the change that says more of the row that was typed last."""
        return saying_more(self.known, self.sitting.asked, self.last, parts)

    def _obey(self, order: Order, rows: Sequence[Any]) -> bool:
        """Do what asks or shows, and changes nothing by itself."""
        if order.what == orders.SHOW:
            self.everything = True
        else:
            spot = Spot(order.rows[0], rows[order.rows[0]])
            self.fresh = [it for it in self.fresh if not is_same(it, spot.row)]
            ask_parts(self.sitting, self.known, spot, again=True)
        return True

    def _change(self, order: Order, rows: Sequence[Any]) -> Change | None:
        return change_of(order, rows, self.known, self.sitting.asked, self.gone)

    def _order(self, said: str, rows: Sequence[Any]) -> Order | None:
        parts = [part for part in self.known.parts if part != "key"]
        timed = self.known.kind == EVENTS
        undoes = bool(self.gone)
        return orders.order(said, names(rows), parts, timed=timed, undoes=undoes)

    def _put(self, said: str, change: Change) -> bool:
        return self.sitting.put(self.known.name, said, change)
