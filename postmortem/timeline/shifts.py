"""A source whose times look shifted by exactly one zone against another's."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations

from postmortem.importers import Candidate
from postmortem.timeline.likeness import normal
from postmortem.timeline.matching import TELLING
from postmortem.timeline.windows import WIDEST_SHIFT

SURE = 2
"""Events in common that have to be apart by the same."""

_QUARTER = timedelta(minutes=15)
"""Offsets of zones are multiples of it."""
_SLACK = timedelta(minutes=2)
"""What tools may take to hear of an event."""


@dataclass(frozen=True)
class Shift:
    """What looks like local times that were written as UTC, or the other way round."""

    source: str
    """The source that looks wrong: the one with fewer friends."""
    beside: str
    by: timedelta
    """What its times are later than the other's; negative for earlier."""
    events: int
    """The events in common that say so."""


def shifts(candidates: Iterable[Candidate]) -> list[Shift]:
    """Return the sources whose times are a whole zone away from another source's.

    They have events in common, by name or by text, most of which are apart by the same
    multiple of a quarter of an hour, and hardly any at the same time.
    """
    known: dict[str, dict[str, list[datetime]]] = defaultdict(lambda: defaultdict(list))
    for each in candidates:
        for name in _names(each):
            known[each.source][name].append(each.at)
    found = [
        shift
        for one, other in combinations(sorted(known), 2)
        if (shift := _between(one, known[one], other, known[other]))
    ]
    return [_blamed(each, found) for each in found]


def _names(candidate: Candidate) -> Iterator[str]:
    if candidate.same:
        yield f"same {normal(candidate.same)}"
    if len(text := normal(candidate.text)) >= TELLING:
        yield f"text {text}"


def _between(
    one: str,
    first: Mapping[str, list[datetime]],
    other: str,
    second: Mapping[str, list[datetime]],
) -> Shift | None:
    counted: Counter[timedelta] = Counter()
    for name in first.keys() & second.keys():
        if len(first[name]) == len(second[name]) == 1:
            counted[_zones(second[name][0] - first[name][0])] += 1
    by, events = max(
        counted.items(), key=lambda pair: (pair[1], pair[0]), default=(timedelta(), 0)
    )
    usual = counted.get(timedelta(), 0)
    if not by or events < SURE or usual * 2 >= events or abs(by) > WIDEST_SHIFT:
        return None
    return Shift(other, one, by, events)


def _zones(apart: timedelta) -> timedelta:
    """Return a distance as whole quarters; a distance that is none as it is."""
    quarters = round(apart / _QUARTER) * _QUARTER
    return quarters if abs(apart - quarters) <= _SLACK else apart


def _blamed(shift: Shift, every: list[Shift]) -> Shift:
    """Return the shift with the source as wrong that most others disagree with."""
    named = Counter(name for each in every for name in (each.source, each.beside))
    if named[shift.beside] > named[shift.source]:
        return Shift(shift.beside, shift.source, -shift.by, shift.events)
    return shift
