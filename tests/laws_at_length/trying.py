"""One record and all the laws: what held, what had nothing to show, what failed."""

from __future__ import annotations

import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from hypothesis.errors import UnsatisfiedAssumption

from postmortem import markdown
from postmortem.model import Report
from tests import records
from tests.laws import template
from tests.laws_at_length.chance import Chance, within
from tests.once import written
from tests.oracles import mdformatted, prettied, told
from tests.statements import LAWS, after_formatter

MDFORMAT, PRETTIER = "mdformat", "prettier"
_CHANCES = 4
"""Other draws that a smaller record is tried with."""
_SHOWN = 3
"""Failures at one place that are told in full: the rest is counted."""


@dataclass(frozen=True)
class Case:
    """One record of a template, which its seed and number make again."""

    seed: int
    template: str
    number: int

    def chance(self, law: str, again: int = 0) -> Chance:
        """Return what a law draws from for this record."""
        said = f"{self.seed}-{self.template}-{self.number}-{law}"
        return Chance(f"{said}-{again}" if again else said)

    def record(self) -> Report:
        """Return the record, canonical."""
        made = template(self.template)
        drawn = self.chance("record").draw(records.records(made.outline))
        return markdown.canonical(drawn, made)


@dataclass
class Tally:
    """How the laws went for one template."""

    prettier: str | None
    every: int
    """mdformat respells each so-many-th record, prettier half as many."""
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    places: Counter[tuple[str, str]] = field(default_factory=Counter)
    waiting: list[tuple[Case, Report]] = field(default_factory=list)

    def add(self, case: Case, laws: tuple[str, ...] = ()) -> Iterator[str]:
        """Try the laws with a record; yield what to say of those that failed."""
        record = case.record()
        for law in laws or LAWS:
            if law in LAWS:
                yield from self._tried(case, law, record, statement(law, case))
        if MDFORMAT in laws or (not laws and case.number % self.every == 0):
            yield from self._tried(case, MDFORMAT, record, statement(MDFORMAT, case))
        rarely = case.number % (2 * self.every) == 0
        if self.prettier and (PRETTIER in laws or (not laws and rarely)):
            self.waiting.append((case, record))

    def batch(self) -> Iterator[str]:
        """Give prettier the texts that wait for it, and try what comes back."""
        if not self.prettier or not self.waiting:
            return
        waiting, self.waiting = self.waiting, []
        made = template(waiting[0][0].template)
        texts = [written(record, made) for _, record in waiting]
        for (case, record), after in zip(
            waiting, prettied(self.prettier, texts), strict=True
        ):

            def stated(held: Report, chance: Chance, after: str = after) -> str | None:
                return after_formatter(made, held, after, chance)

            yield from self._tried(case, PRETTIER, record, stated, shrink=False)

    def _tried(
        self,
        case: Case,
        law: str,
        record: Report,
        stated: Stated,
        *,
        shrink: bool = True,
    ) -> Iterator[str]:
        failure = tried(stated, record, case.chance(law))
        if not isinstance(failure, Exception):
            self.counts[law, failure or "held"] += 1
            return
        self.counts[law, "FAILED"] += 1
        place = f"{type(failure).__name__} at {_line(failure)}"
        self.places[law, place] += 1
        if self.places[law, place] > _SHOWN:
            return
        small, again = record, 0
        if shrink:
            small, again, failure = _smallest(stated, record, case, law, failure)
        yield _told(case, law, place, small, again, failure)


Stated = Callable[[Report, Chance], str | None]


def statement(law: str, case: Case) -> Stated:
    """Return a law as a statement of a record and what it draws from."""
    made = template(case.template)
    if law == MDFORMAT:

        def formatted(record: Report, chance: Chance) -> str | None:
            after = mdformatted(written(record, made))
            return after_formatter(made, record, after, chance)

        return formatted
    return lambda record, chance: LAWS[law](made, record, chance)


def tried(stated: Stated, record: Report, chance: Chance) -> Exception | str | None:
    """Return how a law failed, or why it had nothing to show; None where it held."""
    try:
        return within(lambda _: stated(record, chance))
    except UnsatisfiedAssumption:
        return "no case"
    except Exception as failure:  # noqa: BLE001 - any failure is one of the law
        return failure


def _smallest(
    stated: Stated, record: Report, case: Case, law: str, failure: Exception
) -> tuple[Report, int, Exception]:
    """Return as little as possible that fails at the same place, and its draws."""
    where, used = _line(failure), 0
    for name in told(record):
        for value in (None, *_smaller(record.value(name))):
            tried_with = markdown.canonical(
                record.with_value(name, value), template(case.template)
            )
            for again in range(_CHANCES):
                now = tried(stated, tried_with, case.chance(law, again))
                if isinstance(now, Exception) and _line(now) == where:
                    record, used, failure = tried_with, again, now
                    break
            else:
                continue
            break
    return record, used, failure


def _smaller(value: Any) -> Iterator[Any]:
    """Yield parts of a value: its rows alone, its paragraphs and lines alone."""
    if isinstance(value, tuple) and len(value) > 1:
        yield from ((row,) for row in value)
    if isinstance(value, str) and "\n" in value:
        yield from sorted({*value.split("\n\n"), *value.split("\n")}, key=len)


def _line(failure: Exception) -> str:
    """Return the innermost line of the tests at which something failed."""
    frames = traceback.extract_tb(failure.__traceback__)
    ours = [each for each in frames if "/tests/" in each.filename.replace("\\", "/")]
    last = (ours or frames)[-1]
    return f"{last.name}:{last.lineno}: {last.line}"


def _told(
    case: Case, law: str, place: str, small: Report, used: int, failure: Exception
) -> str:
    """Say what failed, with which record, and how to try exactly that again."""
    drawn = f" (its draws: {used})" if used else ""
    which = f"template {case.template}, seed {case.seed}, record {case.number}"
    again = f"{case.template} --seed {case.seed} --only {case.number} --law {law}"
    lines = [
        f"FAILED {law}: {which}: {place}",
        f"  {str(failure)[:500]}" if str(failure) else "",
        f"  the smallest record that fails so{drawn}: {told(small)!r}",
        *(f"  {name} = {said}" for name, said in _locals(failure)),
        f"  again: python -m tests.laws_at_length {again}",
    ]
    return "\n".join(line for line in lines if line)


def _locals(failure: Exception) -> Iterator[tuple[str, str]]:
    """Yield what the law's own lines held when it failed."""
    frames = [
        frame
        for frame, _ in traceback.walk_tb(failure.__traceback__)
        if frame.f_globals.get("__name__") == "tests.statements"
    ]
    seen = set()
    for frame in reversed(frames):
        for name, value in frame.f_locals.items():
            if name in seen or name in ("made", "data", "form", "record", "spans"):
                continue
            seen.add(name)
            said = repr(told(value) if isinstance(value, Report) else value)
            yield name, said if len(said) <= 2500 else f"{said[:2500]}…"
