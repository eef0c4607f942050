"""Somebody who types the whole interview, letter by letter, however often stopped."""

from __future__ import annotations

import random
import time
from functools import partial

from tests.sessions.interview import EVERY, ID, Step, open_step
from tests.sessions.person import Person
from tests.sessions.terminal import Terminal

PAUSE = 0.06
"""Seconds between two letters, at most."""
SURE = 4
"""Letters that are on the screen by no accident."""


class Typist:
    """Knows what was accepted, by the next question, and what was typed, by its echo.

    With a `chance` they think for a moment between two letters.
    """

    def __init__(self, person: Person, chance: random.Random | None = None) -> None:
        self.person, self.chance = person, chance
        self.accepted: set[Step] = set()
        self.sit()

    def sit(self) -> None:
        """Come to a terminal at which nothing has been typed yet."""
        self.open: Step | None = None
        self.seen: list[tuple[float, int]] = []
        """When so many letters of the open answer were on the screen."""
        self.entered = False
        """Whether Enter was pressed behind them."""
        self.fresh = True
        """Whether nothing was asked yet."""

    def asked(self, terminal: Terminal) -> Step | None:
        """Wait for the next question; None is what can be done next."""
        wanted = [step for step in EVERY if step is not self.open or not self.entered]
        step = open_step(terminal, wanted, menu=self.open is not None or self.fresh)
        if self.open is not None and self.entered:
            self.accepted.add(self.open)
        again = step in self.accepted
        assert step is None or not (again and step.said) or step.rows, step
        self.sit()
        self.open, self.fresh = step, False
        return step

    def answer(self, terminal: Terminal, step: Step) -> None:
        """Type the rest of an answer."""
        listed = terminal.listed()
        there = 0 if listed else self._there(terminal, step)
        self.entered = listed or step in self.accepted or not step.said
        if listed:
            terminal.pick(step.pick)
        elif self.entered:  # of rows, what was asked again is left as it is
            terminal.enter()
        else:
            self._type(terminal, step, there)

    def done(self) -> bool:
        """Tell whether all is answered."""
        return all(it in self.accepted for it in EVERY if it.said and not it.optional)

    def start_over(self) -> None:
        """Throw all of it away."""
        assert self.person.run("discard", "--yes", ID).returncode == 0
        self.person.report.unlink()
        self.accepted.clear()

    def _type(self, terminal: Terminal, step: Step, there: int) -> None:
        for many in range(there + 1, len(step.said) + 1):
            terminal.press(step.said[many - 1])
            so_far = step.said[:many].rstrip()
            terminal.until(partial(_shows, terminal, so_far), so_far)
            if many >= SURE:
                self.seen.append((time.monotonic(), many))
            if self.chance:
                time.sleep(self.chance.uniform(0, PAUSE))
        terminal.enter()
        self.entered = True
        if step.lines and not step.rows:
            terminal.enter()

    def _there(self, terminal: Terminal, step: Step) -> int:
        """Return how much of an answer stands there when it is gone on with."""
        typing = "".join(draft.typing for draft in self.person.drafts).rstrip("\n")
        if typing:
            assert step.said.startswith(typing)
            terminal.see(typing.rstrip())
        return len(typing)


def _shows(terminal: Terminal, text: str) -> bool:
    return text in terminal.shown
