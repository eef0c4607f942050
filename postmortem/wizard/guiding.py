"""The parts of one row, asked one after the other; each can be left open."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from postmortem.markdown import Field
from postmortem.model import Report
from postmortem.prompts import Move, Question
from postmortem.wizard import row_edits
from postmortem.wizard.given import same
from postmortem.wizard.row_edits import Spot, is_same
from postmortem.wizard.row_parts import (
    asked_parts,
    meant,
    options,
    part_written,
    words_of,
)
from postmortem.wizard.row_reasons import part_explained, part_question
from postmortem.wizard.row_words import cut
from postmortem.wizard.sitting import Change, Sitting

_WORDS = 30
"""Characters by which a row is known again."""
_KEYS = "? why · < back · / to the rows"


def ask_parts(
    sitting: Sitting, known: Field, spot: Spot, *, start: str = "", again: bool = False
) -> Move | None:
    """Ask for the parts of a row: those that it lacks, or `again` all of them.

    `start` is the part at which somebody was stopped. Whoever goes back from the first
    one is at the rows again, and so is whoever wants to be.
    """
    parts = asked_parts(sitting.report, known, spot.row, again=again, start=start)
    at = parts.index(start) if start in parts else 0
    while 0 <= at < len(parts):
        now = _now(sitting.report, known, spot)
        if now is None:
            return None
        asking = _Asking(sitting, known, now, parts[at])
        said = asking.asked(f"{at + 1}/{len(parts)}")
        if said is Move.ALL:
            return said
        spot = asking.spot
        at += -1 if said is Move.BACK else 1
    return None if at >= len(parts) else Move.ALL


def go_on(sitting: Sitting, known: Field) -> bool:
    """Go back into the part of a row at which somebody was stopped; tell whether.

    What was half typed for a row that is gone is shown, since nothing can take it.
    """
    name, _, place = sitting.record.waiting.partition(" ")
    called, _, part = place.partition(" ")
    if name != known.name or not part:
        return False
    rows = sitting.report.value(name) or ()
    here = [at for at, row in enumerate(rows) if _called(row, at) == called]
    if here and part in known.parts:
        ask_parts(sitting, known, Spot(here[0], rows[here[0]]), start=part)
        return True
    if half := sitting.record.half(name, place):
        sitting.prompts.say(f"that row is gone; you had typed:\n{half}")
    return False


class _Asking:
    """One part of one row."""

    def __init__(self, sitting: Sitting, known: Field, spot: Spot, part: str) -> None:
        self.sitting, self.known, self.spot, self.part = sitting, known, spot, part
        self.given = part_written(sitting.zone, known, spot.row, part)
        self.options = options(sitting, known, spot.row, part)

    def asked(self, progress: str) -> Move | None:
        """Ask until the answer is kept, or the row is gone."""
        given = self.given
        while True:
            said = self._ask(self._question(given, progress))
            if isinstance(said, Move):
                return said
            if same(said, self.given) or self._put(said):
                return None
            if _now(self.sitting.report, self.known, self.spot) is None:
                self.sitting.prompts.say(f"you had typed:\n{said}")
                return Move.ALL
            given = said

    def _question(self, given: str, progress: str) -> Question:
        name = getattr(self.spot.row, "key", None)
        enter = "Enter keeps it" if given else "Enter: skip"
        return Question(
            text=f"{part_question(self.known, self.part)}{self._of}",
            progress=" ".join(each for each in (name, progress) if each),
            given=given,
            help=part_explained(self.known, self.part),
            keys=f"{enter} · {_KEYS}",
            words=words_of(self.sitting, self.known, self.part),
            understood=self._understood,
        )

    @property
    def _of(self) -> str:
        """Name the row by its first words, where it is not its text that is asked."""
        text = getattr(self.spot.row, "text", "")
        return f"  ({cut(text, _WORDS)})" if text and self.part != "text" else ""

    def _ask(self, question: Question) -> str | Move:
        place = f"{_called(self.spot.row, self.spot.at)} {self.part}"
        if not self.options:
            return self.sitting.line(self.known.name, question, place)
        self.sitting.record.opened(self.known.name, place)
        question = replace(question, understood=None)
        return self.sitting.prompts.choose(question, self.options)

    def _put(self, said: str) -> bool:
        before = self.sitting.report.value(self.known.name) or ()
        if not self.sitting.put(self.known.name, said, self._change(said)):
            return False
        after = self.sitting.report.value(self.known.name) or ()
        here = [Spot(at, row) for at, row in enumerate(after) if row not in before]
        self.spot = here[0] if here else self.spot
        return True

    def _understood(self, said: str) -> str:
        """Say what a time or a day means; raises PostmortemError for no such part."""
        if same(said, self.given) or not _now(
            self.sitting.report, self.known, self.spot
        ):
            return ""
        made = self._change(said)(self.sitting.report).value(self.known.name)
        before = self.sitting.report.value(self.known.name)
        fresh = [row for row in made if row not in before]
        today = self.sitting.asked.now.date()
        return meant(self.sitting.zone, fresh[0], self.part, today) if fresh else ""

    def _change(self, said: str) -> Change:
        known, asked = self.known, self.sitting.asked
        return row_edits.saying(known, asked, self.spot, self.part, said)


def _now(report: Report, known: Field, spot: Spot) -> Spot | None:
    """Return the row as it is now, and where; None when it is gone."""
    rows: tuple[Any, ...] = report.value(known.name) or ()
    if spot.at < len(rows) and is_same(rows[spot.at], spot.row):
        return Spot(spot.at, rows[spot.at])
    here = (Spot(at, row) for at, row in enumerate(rows) if is_same(row, spot.row))
    return next(here, None)


def _called(row: Any, at: int) -> str:
    return getattr(row, "key", None) or str(at)
