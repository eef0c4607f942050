"""Two ways of doing one thing, timed in turn: the machine's mood cancels out."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

Step = Callable[[], object]


@dataclass(frozen=True, kw_only=True)
class Pair:
    """A comparison: how long `ours` takes beside `theirs`."""

    name: str
    ours: Step
    theirs: Step
    at_most: float | None = None
    """The ratio that is promised; None when it is only interesting."""
    rounds: int = 21
    clock: Callable[[], float] = time.perf_counter
    """process_time for what one process does alone, whatever others do meanwhile."""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a comparison gave: seconds are medians, as is the ratio, of ratios."""

    name: str
    ours: float
    theirs: float
    ratio: float
    at_most: float | None

    @property
    def kept(self) -> bool:
        """Tell whether the promise, if there is one, holds."""
        return self.at_most is None or self.ratio <= self.at_most

    def __str__(self) -> str:
        promise = f"  (at most {self.at_most:.2f})" if self.at_most else ""
        verdict = "" if self.kept else "  TOO SLOW"
        times = f"{self.ours * 1000:9.1f} ms {self.theirs * 1000:9.1f} ms"
        return f"{self.name:28} {times}  x{self.ratio:.2f}{promise}{verdict}"


def compared(pair: Pair, clock: Callable[[], float] | None = None) -> Outcome:
    """Run both alternately, the first to go changing each round, and compare.

    One unmeasured run of each comes first, so that caches are warm for both.
    """
    clock = clock or pair.clock
    pair.ours()
    pair.theirs()
    ours: list[float] = []
    theirs: list[float] = []
    for turn in range(pair.rounds):
        steps = [(pair.ours, ours), (pair.theirs, theirs)]
        for step, times in steps if turn % 2 else reversed(steps):
            start = clock()
            step()
            times.append(clock() - start)
    return Outcome(
        name=pair.name,
        ours=median(ours),
        theirs=median(theirs),
        ratio=median(one / other for one, other in zip(ours, theirs, strict=True)),
        at_most=pair.at_most,
    )
