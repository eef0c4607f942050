"""The same event by several accounts, as one: nothing of it is dropped."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from postmortem.importers import Candidate
from postmortem.timeline.likeness import normal
from postmortem.timeline.matching import ENDED, LOOK_BACK, by_id, by_text, one_name
from postmortem.timeline.merging import tool

ONE_ALERT = timedelta(minutes=5)
"""Within that, what tools call by one name is one event."""

_FIRST = 2
"""Words of a name that all tools know: what it is, and what it is called."""
_BEGIN = "begin"
_PHASES: Mapping[str | None, str | None] = {
    "message": None,
    "alert": _BEGIN,
    "detected": _BEGIN,
    "onset": _BEGIN,
}
"""An alert's beginning and its end bear one name; kinds that say nothing fit both."""


@dataclass(frozen=True)
class Group:
    """One event, by one account or by several."""

    members: tuple[Candidate, ...]
    """In the order of their times."""

    @property
    def lead(self) -> Candidate:
        """The account that says most: an alert before talk of it."""
        if len(self.members) == 1:
            return self.members[0]
        return max(
            self.members,
            key=lambda each: (each.weight, each.kind is not None, bool(each.link)),
        )

    @property
    def at(self) -> datetime:
        """The first time at which any of them has it."""
        return self.members[0].at

    @property
    def weight(self) -> int:
        """How likely it belongs into a timeline."""
        return self.lead.weight

    @property
    def kind(self) -> str | None:
        """The kind that the first of them names that names any, the lead before all."""
        if len(self.members) == 1:
            return self.members[0].kind
        kinds = [each for each in (self.lead, *self.members) if each.kind]
        kinds.sort(key=lambda each: not each.named)
        return kinds[0].kind if kinds else None

    @property
    def named(self) -> bool:
        """Whether a person said on purpose what kind it is."""
        return any(each.named for each in self.members)

    @property
    def links(self) -> tuple[str, ...]:
        """The links of all accounts, the lead's first."""
        return tuple(each.link for each in (self.lead, *self.members) if each.link)

    @property
    def sources(self) -> tuple[str, ...]:
        """The sources, the lead's first."""
        if len(self.members) == 1:
            return (self.members[0].source,)
        rest = sorted({each.source for each in self.members} - {self.lead.source})
        return (self.lead.source, *rest)


@dataclass
class _Knot:
    """Members that were found to be one, while more are looked for."""

    places: list[int]
    tools: set[str]
    sources: set[str]
    phase: str | None
    begin: datetime
    end: datetime
    into: _Knot | None = field(default=None)


def folded(candidates: Sequence[Candidate]) -> list[Group]:
    """Return the events of candidates that are in order, each event once.

    One event is: what one tool gives twice by one id; what several tools call by the
    same name within minutes; equal text of several sources within a minute.
    """
    knots = _Knots(candidates)
    for one, other in by_id(candidates):
        _tie(knots[one], knots[other])
    _tie_named(candidates, knots)
    for one, other in by_text(candidates):
        first, second = _root(knots[one]), _root(knots[other])
        if first is not second and _told_twice(candidates, first, second, one, other):
            _tie(first, second)
    return [
        Group(tuple(candidates[place] for place in places))
        for at in range(len(candidates))
        if (places := knots.first(at))
    ]


class _Knots(dict[int, _Knot]):
    """The knot of each candidate; most are looked at for none."""

    def __init__(self, candidates: Sequence[Candidate]) -> None:
        super().__init__()
        self._candidates = candidates

    def __missing__(self, at: int) -> _Knot:
        each = self._candidates[at]
        tools, phase = {tool(each.source)}, _phase(each)
        knot = _Knot([at], tools, {each.source}, phase, each.at, each.at)
        self[at] = knot
        return knot

    def first(self, at: int) -> Sequence[int]:
        """Return the places of a knot at the first of them; none at any other."""
        if at not in self:
            return (at,)
        return () if self[at].into is not None else self[at].places


def _phase(candidate: Candidate) -> str | None:
    """Return whether it is a beginning or an end, by its name where that says it."""
    name = (candidate.same or "").rpartition(" ")[2]
    kind = name if name in ENDED else candidate.kind
    return _PHASES.get(kind, kind)


def _root(knot: _Knot) -> _Knot:
    while knot.into is not None:
        knot = knot.into
    return knot


def _tie(one: _Knot, other: _Knot) -> None:
    """Make two knots one, at the place of the earlier."""
    first, second = _root(one), _root(other)
    if first is second:
        return
    if second.places[0] < first.places[0]:
        first, second = second, first
    first.places += second.places
    first.places.sort()
    first.tools |= second.tools
    first.sources |= second.sources
    first.phase = first.phase or second.phase
    first.begin = min(first.begin, second.begin)
    first.end = max(first.end, second.end)
    second.into = first


def _tie_named(candidates: Sequence[Candidate], knots: _Knots) -> None:
    """Tie what tools call by one name, the nearest in time first."""
    named: dict[str, deque[int]] = {}
    pairs: list[tuple[timedelta, int, int]] = []
    for at, each in enumerate(candidates):
        name = normal(each.same).split() if each.same else []
        if not name:
            continue
        first = " ".join(name[:_FIRST])
        recent = named.setdefault(first, deque(maxlen=LOOK_BACK))
        pairs += [
            (apart, before, at)
            for before in recent
            if (apart := each.at - candidates[before].at) <= ONE_ALERT
            and one_name(normal(candidates[before].same or "").split(), name)
        ]
        recent.append(at)
    for _, before, at in sorted(pairs):
        one, other = _root(knots[before]), _root(knots[at])
        if one is not other and _fit(one, other):
            _tie(one, other)


def _fit(one: _Knot, other: _Knot) -> bool:
    """Tell whether two knots can be one event by different tools."""
    phases = one.phase is None or other.phase is None or one.phase == other.phase
    near = max(one.end, other.end) - min(one.begin, other.begin) <= ONE_ALERT
    return phases and near and not one.tools & other.tools


def _told_twice(
    candidates: Sequence[Candidate], first: _Knot, second: _Knot, one: int, other: int
) -> bool:
    """Tell whether equal texts are one event: not two records that a tool tells apart.

    A person may say one thing twice in one place.
    """
    if max(first.end, second.end) - min(first.begin, second.begin) > ONE_ALERT:
        return False
    if first.phase and second.phase and first.phase != second.phase:
        return False
    apart = candidates[one].id and candidates[other].id
    return not (first.sources & second.sources and apart)
