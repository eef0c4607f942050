"""Where in the texts a secret stands that gitleaks has seen, and does not tell.

Its versions count differently. A column counts from the line break before it, so that
it is one too large but on the first line of a chunk; before 8.27 a line counts from 0,
and anew in each chunk of ten thousand bytes. So a place is held against what is told of
the secret: what stands around it, how long it is, and its entropy.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any

import msgspec

from postmortem.checks import Leak

_REDACTED = "REDACTED"
_CLOSE = 0.00001
"""How far two entropies of the same secret are apart at most, in bits."""
_SHIFTS = (1, 0)
"""By how much a column may be too large."""
_BEFORE = " \n\t\"'`=:,;|*<>([{"
"""Marks that stand before a secret rather than at its beginning."""

_Place = tuple[int, int]
"""Where something begins and ends in all texts, in characters."""


def leaks_in(
    texts: Sequence[str], found: Sequence[Mapping[str, Any]]
) -> Iterator[tuple[Leak, ...]]:
    """Yield for each text what was found in all of them, joined by line breaks.

    Raises KeyError, TypeError or ValueError where that is no report of gitleaks.
    """
    whole = _Texts("\n".join(texts))
    firsts = [0, *accumulate(len(text) + 1 for text in texts)][:-1]
    leaks: list[list[Leak]] = [[] for _ in texts]
    taken: defaultdict[str, set[_Place]] = defaultdict(set)
    for each in found:
        told = _Told.of(each)
        start, end = _place(whole, told, taken[told.rule])
        taken[told.rule].add((start, end))
        number = bisect_right(firsts, start) - 1
        first, size = firsts[number], len(texts[number])
        ends = min(end - first, size)
        leaks[number].append(Leak(rule=told.rule, start=start - first, end=ends))
    yield from map(tuple, leaks)


class _Texts:
    """All texts as one, with the places of its lines."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = text.split("\n")
        self.starts = [0, *accumulate(len(line) + 1 for line in self.lines)]

    def size(self, line: int) -> int:
        """Return how many bytes a line has."""
        text = self.lines[line]
        return len(text) if text.isascii() else len(_raw(text))

    def at(self, line: int, column: int) -> int:
        """Return the place of a byte of a line, both counted from 0."""
        text = self.lines[line]
        if not text.isascii():
            column = len(_raw(text)[:column].decode("utf-8", "ignore"))
        return self.starts[line] + column

    def stands_alone(self, place: _Place) -> bool:
        """Tell whether it cuts no word, and begins with no mark that is before it."""
        start, end = place
        before, first = self.text[start - 1 : start], self.text[start : start + 1]
        last, after = self.text[end - 1 : end], self.text[end : end + 1]
        if first in _BEFORE or after == "=":  # which fills up what is before it
            return False
        return not (_is_word(before, first) or _is_word(last, after))


class _Told(msgspec.Struct, frozen=True, kw_only=True):
    """What gitleaks says of one secret."""

    rule: str
    line: int
    """Counted from 0, if gitleaks counts from 1."""
    more: int
    """On how many lines below it goes on."""
    start: int
    """The columns of the match, counted from 0 if they are right."""
    end: int
    before: str
    """What the match has around the secret."""
    after: str
    entropy: float

    @classmethod
    def of(cls, found: Mapping[str, Any]) -> _Told:
        """Read it; raises KeyError, TypeError or ValueError."""
        first = int(found["StartLine"])
        before, secret, after = str(found.get("Match") or "").partition(_REDACTED)
        return cls(
            rule=str(found.get("RuleID") or "a rule without a name"),
            line=first - 1,
            more=max(int(found.get("EndLine") or first) - first, 0),
            start=int(found.get("StartColumn") or 1) - 1,
            end=int(found.get("EndColumn") or 0),
            before=before if secret else "",
            after=after.rpartition(_REDACTED)[2] if secret else "",
            entropy=float(found.get("Entropy") or 0),
        )

    @property
    def is_sure(self) -> bool:
        """Whether a place can be held against what is told."""
        return bool(self.entropy or self.before.strip() or self.after.strip())

    def secret(self, match: _Place) -> _Place:
        """Return where the secret is in a match."""
        return match[0] + len(self.before), match[1] - len(self.after)

    def fits(self, text: str, secret: _Place) -> bool:
        """Tell whether all that is told is true of that place."""
        start, end = secret
        first = start - len(self.before)
        if not text.startswith(self.before, first):
            return False
        if start >= end or not text.startswith(self.after, end):
            return False
        apart = _entropy(text[start:end]) - self.entropy if self.entropy else 0
        return abs(apart) < _CLOSE


def _place(whole: _Texts, told: _Told, taken: set[_Place]) -> _Place:
    """Return where a secret stands; never empty, but on an empty line."""
    line = min(max(told.line, 0), len(whole.lines) - 1)
    if told.is_sure:
        for spot in _spots(whole, told, line):
            if spot not in taken and told.fits(whole.text, spot):
                return spot
    for match in _on_line(whole, told, line):
        if match[0] < match[1] and whole.stands_alone(match):
            return match
    start = whole.starts[line]
    return start, start + len(whole.lines[line])


def _spots(whole: _Texts, told: _Told, line: int) -> Iterator[_Place]:
    """Yield where the secret may be, the likely places first.

    One character more before it and one less at its end leave the entropy as it is
    more often than not, so that a place that cuts no word comes first.
    """

    def likely(spot: _Place) -> tuple[bool, bool]:
        blank = " " in whole.text[slice(*spot)]  # as few have
        return whole.stands_alone(spot), told.more > 0 or not blank

    near = [match for at in (line, line + 1) for match in _on_line(whole, told, at)]
    yield from sorted(map(told.secret, near), key=likely, reverse=True)
    for match in _elsewhere(whole, told, line):
        spot = told.secret(match)
        if all(likely(spot)):
            yield spot


def _elsewhere(whole: _Texts, told: _Told, line: int) -> Iterator[_Place]:
    """Yield where its match is, if a chunk begins on that line, or lines anew."""
    size = max(told.end - told.start, 1)
    below = min(line + 2, len(whole.lines))
    for start in range(whole.starts[line], whole.starts[below] - size):
        yield start, start + size
    for other in range(len(whole.lines)):
        yield from _on_line(whole, told, other)


def _on_line(whole: _Texts, told: _Told, line: int) -> Iterator[_Place]:
    """Yield where its match is, if it begins on that line."""
    last = line + told.more
    if last >= len(whole.lines):
        return
    size = whole.size(last)
    for shift in _SHIFTS:
        if shift <= told.start and 0 < told.end - shift <= size:
            start = whole.at(line, told.start - shift)
            yield start, whole.at(last, told.end - shift)


def _is_word(one: str, other: str) -> bool:
    """Tell whether two characters side by side are of one word."""
    return one.isalnum() and other.isalnum()


def _entropy(text: str) -> float:
    """Return it as gitleaks reckons it: of characters, and by the number of bytes."""
    size = len(_raw(text))
    shares = [many / size for many in Counter(text).values()]
    return -sum(share * math.log2(share) for share in shares)


def _raw(text: str) -> bytes:
    """Return it as it was given to the program."""
    return text.encode("utf-8", "replace")
