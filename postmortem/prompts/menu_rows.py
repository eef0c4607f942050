"""An option of a menu laid out in columns: on one row, or on as many as it takes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from postmortem.prompts.voice import cells, cut, wrapped

Laid = tuple[str, str, str]
"""A row: its text, what stands back behind that, and what is behind both."""

_GAP = "   "
_ROOM = 24
"""Columns from which on a meaning is broken beside its label, and not below it."""


class Shape(NamedTuple):
    """The columns that all options share."""

    head: str
    """What stands before the label."""
    widest: int
    """Columns of the longest label."""
    beside: int
    """Columns of the longest other name; 0 where there is no room for them."""
    longest: int
    """Columns of the longest meaning."""
    columns: int


def cut_off(shape: Shape, label: str, aside: str, meaning: str) -> Iterator[Laid]:
    """Yield one row that ends where the columns do."""
    head, widest, beside, _, columns = shape
    room = columns - cells(head)
    gap = " " * (widest - cells(label))
    text = f"{label}{gap}" if aside or meaning else label
    text, said, pad = cut(text, room).rstrip(), "", gap
    if beside:
        said = f"{gap}{_GAP}{aside}{' ' * (beside - cells(aside))}"
        text, pad = label, ""
    room -= cells(text) + cells(said)
    more = cut(f"{pad}{_GAP}{meaning}", room) if meaning and room > 0 else ""
    yield f"{head}{text}", said, more


def wholly(shape: Shape, label: str, aside: str, meaning: str) -> Iterator[Laid]:
    """Yield all that is said, broken at words; a meaning keeps its column if it can."""
    head, widest, beside, longest, columns = shape
    before = cells(head)
    place = before + widest + len(_GAP) + (beside + len(_GAP) if beside else 0)
    fits = place + longest <= columns if meaning else True
    if fits and before + cells(label) <= columns:
        yield from cut_off(shape, label, aside, meaning)
        return
    below = " " * before
    if columns - place >= _ROOM:
        first, *others = wrapped(meaning, columns - place)
        yield from cut_off(shape, label, aside, first)
        yield from (("", "", f"{' ' * place}{row}") for row in others)
        return
    first, *others = wrapped(label, columns - before, hang=2)
    yield f"{head}{first}", "", ""
    yield from ((f"{below}{row}", "", "") for row in others)
    if meaning:
        rows = wrapped(meaning, columns - before - 2)
        yield from ((f"{below}  ", "", row) for row in rows)
