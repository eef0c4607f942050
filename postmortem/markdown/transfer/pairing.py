"""Which stretch of one layout is which of another: by the fields that live there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from postmortem.markdown.inline import BREAK
from postmortem.markdown.synonyms import heading_field, plain_heading
from postmortem.markdown.transfer.stretches import (
    LAST,
    LEFT,
    OTHER,
    SECTION,
    Stretch,
)
from postmortem.model import Report

Pairs = dict[int, int]
"""The index of a stretch in the new layout to that in the old one."""


def pairs(new: Sequence[Stretch], old: Sequence[Stretch], record: Report) -> Pairs:
    """Pair the stretches of two layouts, each once at most.

    A section that the old template does not know becomes one of the new template if it
    is called so and nothing of `record` stands there.
    """
    made: Pairs = {}
    for alike in (_same_first, _same_heading, _taken_up, _put_aside, _shared):
        _pair(made, new, old, alike)
    _pair(made, new, old, lambda one, two: _called_so(one, two, record))
    return made


def _pair(
    made: Pairs,
    new: Sequence[Stretch],
    old: Sequence[Stretch],
    alike: Callable[[Stretch, Stretch], bool],
) -> None:
    taken = set(made.values())
    for at, one in enumerate(new):
        if at in made:
            continue
        found = next(_alike(one, old, taken, alike), None)
        if found is not None:
            made[at] = found
            taken.add(found)


def _alike(
    one: Stretch,
    old: Sequence[Stretch],
    taken: set[int],
    alike: Callable[[Stretch, Stretch], bool],
) -> Iterator[int]:
    """Yield what it could be, first of all what is called the same."""
    found = [n for n, two in enumerate(old) if n not in taken and alike(one, two)]
    plain = plain_heading(one.heading)
    yield from (n for n in found if plain_heading(old[n].heading) == plain)
    yield from found


def _same_first(one: Stretch, two: Stretch) -> bool:
    """Tell whether one field lives in both; so do its parts in the last section."""
    same = one.kind == two.kind and one.kind in (SECTION, LEFT)
    return same and bool(one.names) and one.names[:1] == two.names[:1]


def _same_heading(one: Stretch, two: Stretch) -> bool:
    """Tell whether both are mere headings that say the same, or the last section."""
    if one.kind != two.kind or one.names or two.names:
        return False
    if one.kind == LAST:
        return True
    same = plain_heading(one.heading) == plain_heading(two.heading)
    return one.kind == SECTION and (one.level == 0) == (two.level == 0) and same


def _taken_up(one: Stretch, two: Stretch) -> bool:
    """Tell whether a field without a place has one now."""
    return one.kind == SECTION and two.kind == LEFT and two.names[0] in one.names


def _put_aside(one: Stretch, two: Stretch) -> bool:
    """Tell whether a field with a place has none any more."""
    return one.kind == LEFT and two.kind == SECTION and one.names[0] in two.names


def _shared(one: Stretch, two: Stretch) -> bool:
    return one.kind == two.kind == SECTION and bool({*one.names} & {*two.names})


def _called_so(one: Stretch, two: Stretch, record: Report) -> bool:
    """Tell whether a section that nobody knew is what this one is about."""
    if one.kind != SECTION or two.kind != OTHER or BREAK in two.heading:
        return False
    if one.level == 0 or any(record.value(name) is not None for name in one.names):
        return False
    if not one.names and any(line.startswith("#") for line in two.body):
        return False
    same = plain_heading(one.heading) == plain_heading(two.heading)
    return same or heading_field(two.heading) in one.names
