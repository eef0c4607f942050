"""Which accounts can be one event: by their ids, by their texts, by their names."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from datetime import timedelta

from postmortem.importers import Candidate
from postmortem.timeline.likeness import normal
from postmortem.timeline.merging import tool

ONE_RECORD = timedelta(minutes=2)
"""Within that, records of one tool with one id are one record, read twice."""
ONE_TEXT = timedelta(minutes=1)
"""Within that, equal texts are one event."""
TELLING = 12
"""Characters of a text that can be recognised; `ok` in two channels is two answers."""
ENDED = ("resolved", "acknowledged", "closed")
LOOK_BACK = 8


def by_id(candidates: Sequence[Candidate]) -> Iterator[tuple[int, int]]:
    """Yield the places of records that one tool gives twice by one id."""
    last: dict[tuple[str, str], int] = {}
    bare: dict[tuple[str, str], int] = {}
    for at, each in enumerate(candidates):
        if each.id is None:
            continue
        key = (tool(each.source), each.id)
        before = last.get(key)
        if before is not None and each.at - candidates[before].at <= ONE_RECORD:
            yield before, at
        last[key] = at
        if each.id.endswith(each.said):  # an id that is a time, of a channel or not
            other = bare.setdefault((key[0], each.said), at)
            if (each.id == each.said) != (candidates[other].id == each.said):
                yield other, at


def by_text(candidates: Sequence[Candidate]) -> Iterator[tuple[int, int]]:
    """Yield the places of equal texts that are near to each other."""
    said: dict[str, deque[int]] = {}
    for at, each in enumerate(candidates):
        text = normal(each.text)
        if len(text) < TELLING:
            continue
        recent = said.setdefault(text, deque(maxlen=LOOK_BACK))
        for before in reversed(recent):
            if each.at - candidates[before].at <= ONE_TEXT:
                yield before, at
        recent.append(at)


def one_name(one: Sequence[str], other: Sequence[str]) -> bool:
    """Tell whether two names are one: a tool may not know the service behind it."""
    if (one[-1] in ENDED) != (other[-1] in ENDED):
        return False
    first = one[:-1] if one[-1] in ENDED else one
    second = other[:-1] if other[-1] in ENDED else other
    least = min(len(first), len(second))
    return first[:least] == second[:least]
