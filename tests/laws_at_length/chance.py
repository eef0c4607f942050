"""What laws draw from when hypothesis does not run them: its strategies, and a seed."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import TypeVar

from hypothesis.control import BuildContext
from hypothesis.errors import StopTest, UnsatisfiedAssumption
from hypothesis.internal.conjecture.data import ConjectureData
from hypothesis.strategies import SearchStrategy

T = TypeVar("T")
U = TypeVar("U")
_TRIES = 20


class Chance:
    """Draws the same values for the same seed, each apart from what came before."""

    def __init__(self, seed: str) -> None:
        self._random = Random(seed)  # noqa: S311 - to be had again, no secret

    def draw(self, strategy: SearchStrategy[T], label: str | None = None) -> T:
        """Return a value that the strategy makes; raises where it finds none."""
        for _ in range(_TRIES):
            try:
                return within(lambda data: data.draw(strategy), self._random)
            except StopTest:
                continue  # too long a value, or one that a filter refuses
        raise UnsatisfiedAssumption


def within(made: Callable[[ConjectureData], U], chance: Random | None = None) -> U:
    """Call something as hypothesis does: it may draw, and may assume."""
    chance = chance or Random(0)  # noqa: S311 - as above
    data = ConjectureData(random=chance)
    with BuildContext(data, is_final=False, wrapped_test=within):
        return made(data)
