"""Which candidates a report has already, some of them since edited by hand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from postmortem import moments
from postmortem.markdown import inline
from postmortem.model import Event
from postmortem.timeline.events import BETWEEN, cut, words
from postmortem.timeline.folding import Group
from postmortem.timeline.likeness import likeness, normal
from postmortem.timeline.merging import tool
from postmortem.timeline.people import People

_MINUTE = timedelta(minutes=1)
_ABOUT = timedelta(minutes=5)
_ALIKE = 0.6
"""Likeness of texts that say the same at one instant."""
_NEARLY = 0.85
"""Likeness of texts that say the same within a minute."""
_FROM_THERE = 0.3
"""Likeness that is enough where source and minute are the same."""

_EXACT, _LINKED, _FROM_SOURCE = 10.0, 5.0, 0.5


def already(
    groups: Sequence[Group], rows: Sequence[Event], people: People
) -> dict[int, int]:
    """Return the places of groups that a report has, with the places of their rows.

    A row stands for one group: the one that it was made of before all others, else the
    one that is most like it, at the precision in which its time is written.
    """
    near = _by_minute(rows)
    if not near:
        return {}
    plain = [normal(inline.plain(row.text)) for row in rows]
    pairs: list[tuple[float, int, int]] = []
    for place, group in enumerate(groups):
        for at in _around(group, near):
            score = _score(group, rows[at], plain[at], people)
            if score:
                pairs.append((-score, place, at))
    found: dict[int, int] = {}
    taken: set[int] = set()
    for _, place, at in sorted(pairs):
        if place not in found and at not in taken:
            found[place] = at
            taken.add(at)
    return found


def _by_minute(rows: Sequence[Event]) -> Mapping[datetime, Sequence[int]]:
    """Return the rows whose time is known by each minute in which they are near."""
    near: dict[datetime, list[int]] = defaultdict(list)
    for at, row in enumerate(rows):
        if row.at is None:
            continue
        wide = 5 if row.approximate else 1
        minute = _minute(row.at)
        for step in range(-wide, wide + 1):
            near[minute + step * _MINUTE].append(at)
    return near


def _around(group: Group, near: Mapping[datetime, Sequence[int]]) -> Iterator[int]:
    minutes = dict.fromkeys(_minute(each.at) for each in group.members)
    found = (at for minute in minutes for at in near.get(minute, ()))
    return iter(dict.fromkeys(found))


def _score(group: Group, row: Event, plain: str, people: People) -> float:
    """Return how surely a row is the group; 0 when it is another event."""
    if row.at is None:
        return 0.0
    at = row.at
    text = words(group, people)
    alike = 1.0 if normal(text) == plain else _likeness(group, text, plain)
    same = any(_is_written(each.at, at) for each in group.members)
    apart = min(abs(each.at - at) for each in group.members)
    if alike == 1.0 and cut(group.at) == cut(at):
        return _EXACT
    linked = row.link is not None and any(
        each.link == row.link for each in group.members
    )
    from_there, exactly = _sources(group, row)
    score = alike + _LINKED * linked + _FROM_SOURCE * from_there
    if same and (linked or alike >= _ALIKE):
        return score
    if same and from_there and (alike >= _FROM_THERE or (exactly and _to_second(at))):
        return score
    if row.approximate and apart <= _ABOUT and alike >= _ALIKE:
        return score
    return score if apart <= _MINUTE and alike >= _NEARLY else 0.0


def _likeness(group: Group, text: str, plain: str) -> float:
    others = (each.text for each in group.members)
    return min(0.99, max(likeness(each, plain) for each in (text, *others)))


def _is_written(at: datetime, row: datetime) -> bool:
    """Tell whether an instant is a row's, at the precision in which the row has it."""
    if _to_second(row):
        return cut(at) == cut(row)
    return _minute(at) == row.astimezone(UTC)


def _to_second(row: datetime) -> bool:
    return bool(row.second or row.microsecond)


def _sources(group: Group, row: Event) -> tuple[bool, bool]:
    """Tell whether a row names a tool of the group, and whether the very source."""
    named = [inline.plain(part) for part in (row.source or "").split(BETWEEN) if part]
    tools = {tool(each) for each in named}
    mine = set(group.sources)
    return bool(tools & {tool(each) for each in mine}), bool(mine & set(named))


def _minute(at: datetime) -> datetime:
    return moments.shown_in(at, UTC).replace(second=0, microsecond=0)
