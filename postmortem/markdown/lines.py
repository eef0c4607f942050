"""Marked text, cut into lines that know which loop and row they belong to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

import msgspec

from postmortem.markdown.tagging import Mark, marks

VALUES = frozenset(("field", "part", "item", "details", "derived", "panel"))
"""The kinds of marks that print something."""


class RawLine(msgspec.Struct):
    """One line of marked text."""

    marks: list[Mark]
    row: str | None = None
    """The row in whose loop it stands, as `field:number`."""
    loop: str | None = None
    """The innermost loop, by number."""
    nested: bool = False
    """In a loop within a loop, or in a loop that runs along a line."""
    values: list[Mark] = msgspec.field(default_factory=list)
    """What it prints besides literal text."""
    literal: str = ""
    """The literal text of the line alone."""
    shown: int = 0
    """The place of the first mark that shows something; behind the last if none."""

    def __post_init__(self) -> None:
        said = ""
        shown = None
        for at, mark in enumerate(self.marks):
            if mark.kind == "literal":
                said += mark.said
                if shown is None and not mark.said.isspace():
                    shown = at
            elif mark.kind in VALUES:
                self.values.append(mark)
                shown = at if shown is None else shown
        self.literal = said
        self.shown = len(self.marks) if shown is None else shown

    @property
    def blank(self) -> bool:
        """Tell whether it shows nothing, whatever it marks."""
        return self.shown == len(self.marks)


_NOTHING = RawLine([])
"""A line with nothing on it at all, like most of the blank ones."""


@lru_cache(maxsize=1024)
def _literal(said: str) -> RawLine:
    """Return a line of words alone, like most of them, in no loop."""
    return RawLine([Mark("literal", said)])


def raw_lines(tagged: str) -> Iterator[RawLine]:
    """Cut marked text into lines and say of each in which loop and row it stands."""
    walk = _Walk()
    for cut in _cut(marks(tagged)):
        yield walk.line(cut)


def _cut(pieces: Iterable[Mark]) -> Iterator[list[Mark]]:
    line: list[Mark] = []
    for mark in pieces:
        if mark.kind != "literal":
            line.append(mark)
            continue
        if "\n" not in mark.said:
            line.append(mark)
            continue
        first, *rest = mark.said.split("\n")
        if first:
            line.append(Mark("literal", first))
        for text in rest:
            yield line
            line = [Mark("literal", text)] if text else []
    yield line


class _Walk:
    """Follows the turning points from line to line."""

    def __init__(self) -> None:
        self.loops: list[str] = []
        self.rows: list[str | None] = []

    def line(self, cut: list[Mark]) -> RawLine:
        if not cut:
            return _NOTHING
        if len(cut) == 1 and not self.loops and cut[0].kind == "literal":
            return _literal(cut[0].said)
        line = RawLine(cut)
        seen = False
        for mark in cut:
            kind = mark.kind
            if kind == "literal" or kind in VALUES:
                if not seen and (kind != "literal" or not mark.said.isspace()):
                    seen = True
                    line.row = self.rows[-1] if self.rows else None
                    line.loop = self.loops[-1] if self.loops else None
            elif kind == "loop":
                self.loops.append(mark.of[1])
                self.rows.append(None)
                line.nested |= seen
            elif kind == "row":
                if self.rows:
                    self.rows[-1] = mark.of[0]
                    line.nested |= seen
            elif kind == "end" and self.loops:
                self.loops.pop()
                self.rows.pop()
        line.nested |= len(self.loops) > 1
        return line
