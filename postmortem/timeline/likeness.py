"""How much two texts say the same, whatever their case, marks and order of words."""

from __future__ import annotations

import re
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+(?:[.:][^\W_]+)*")
_SOME = 4
"""Words from which on one text can be told to be a part of another."""
_PART = 0.9


@lru_cache(maxsize=200_000)
def normal(text: str) -> str:
    """Return the words of a text alone: what differs only in marks is equal.

    >>> normal("*Deploy* of api  4.1: Done!")
    'deploy of api 4.1 done'
    """
    return " ".join(_WORD.findall(text.casefold()))


def likeness(one: str, other: str) -> float:
    """Return 0 for texts without a word in common, 1 for the same words.

    A text that holds all of a shorter one is nearly it: one of them was cut.
    """
    first, second = set(normal(one).split()), set(normal(other).split())
    if not first or not second:
        return float(first == second)
    both = len(first & second)
    alike = 2 * both / (len(first) + len(second))
    least = min(len(first), len(second))
    return max(alike, _PART * both / least) if least >= _SOME else alike
