"""Where in the texts a secret stands that gitleaks has seen, and does not tell.

Its versions count differently. A column counts from the line break before it, so that
it is one too large but on the first line of a chunk; before 8.27 a line counts from 0,
and anew in each chunk of ten thousand bytes. So a place is held against what is told of
the secret: what stands around it, how long it is, and its entropy.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter
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
    taken: set[tuple[str, _Place]] = set()
    for each in found:
        told = _Told.of(each)
        start, end = _place(
            whole, told, {at for rule, at in taken if rule == told.rule}
        )
        taken.add((told.rule, (start, end)))
        number = bisect_right(firsts, start) - 1
        first, size = firsts[number], len(texts[number])
        start = min(start - first, size)
        leak = Leak(rule=told.rule, start=start, end=min(end - first, size))
        leaks[number].append(leak)
    yield from map(tuple, leaks)


class _Texts:
    """All texts as one, with the places of its lines."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = text.split("\n")
        self.starts = [0, *accumulate(len(line) + 1 for line in self.lines)]

    def at(self, line: int, column: int) -> int:
        """Return the place of a byte of a line, both counted from 0."""
        raw = self.lines[line].encode("utf-8", "replace")[: max(column, 0)]
        return self.starts[line] + len(raw.decode("utf-8", "ignore"))

    def begins(self, place: int) -> bool:
        """Tell whether a word, or a run of the same mark, begins there."""
        here, before = self.text[place : place + 1], self.text[:place][-1:]
        if not here or here.isspace():
            return False
        return not (here.isalnum() and before.isalnum()) and here != before


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

    def within(self, text: str, place: _Place) -> _Place | None:
        """Return where the secret is in a match at that place; None if it is not."""
        match = text[slice(*place)]
        start, end = place[0] + len(self.before), place[1] - len(self.after)
        fits = match.startswith(self.before) and match.endswith(self.after)
        if not fits or start >= end:
            return None
        if self.entropy and abs(_entropy(text[start:end]) - self.entropy) > _CLOSE:
            return None
        return start, end


def _place(whole: _Texts, told: _Told, taken: set[_Place]) -> _Place:
    """Return where a secret stands; never empty, but on an empty line."""
    line = min(max(told.line, 0), len(whole.lines) - 1)
    if told.is_sure:
        for spot in _spots(whole, told, line):
            found = told.within(whole.text, spot)
            if found and found not in taken:
                return found
    for start, end in _on_line(whole, told, line):
        if start < end and whole.begins(start):
            return start, end
    start = whole.starts[line]
    return start, start + len(whole.lines[line])


def _spots(whole: _Texts, told: _Told, line: int) -> Iterator[_Place]:
    """Yield where its match may be, the likely places first."""
    last = len(whole.lines) - 1
    near = [at for at in (line, line + 1) if at <= last]
    for at in near:
        yield from _on_line(whole, told, at)
    if told.entropy and not told.more:
        for at in near:
            yield from _further_on(whole, told, at)
    for at in range(last + 1):
        for place in _on_line(whole, told, at):
            if told.more or not _has_blank(whole, told, place):
                yield place


def _further_on(whole: _Texts, told: _Told, line: int) -> Iterator[_Place]:
    """Yield where its match is, if a chunk begins in the middle of that line."""
    size = told.end - told.start
    for start in range(whole.starts[line], whole.starts[line + 1] - size):
        place = start, start + size
        if whole.begins(start) and not _has_blank(whole, told, place):
            yield place


def _has_blank(whole: _Texts, told: _Told, place: _Place) -> bool:
    """Tell whether a secret would have a blank in it, as few have."""
    return " " in whole.text[place[0] + len(told.before) : place[1] - len(told.after)]


def _on_line(whole: _Texts, told: _Told, line: int) -> Iterator[_Place]:
    """Yield where its match is, if it begins on that line."""
    last = line + told.more
    if last >= len(whole.lines):
        return
    size = len(whole.lines[last].encode("utf-8", "replace"))
    for shift in _SHIFTS:
        if shift <= told.start and told.end - shift <= size:
            start = whole.at(line, told.start - shift)
            yield start, whole.at(last, told.end - shift)


def _entropy(text: str) -> float:
    """Return it as gitleaks reckons it: of characters, and by the number of bytes."""
    size = len(text.encode("utf-8", "replace"))
    shares = [many / size for many in Counter(text).values()]
    return -sum(share * math.log2(share) for share in shares)
