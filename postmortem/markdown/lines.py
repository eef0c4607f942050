"""Marked text, cut into lines that know which loop and row they belong to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from postmortem.markdown.tagging import Mark, marks

VALUES = frozenset(("field", "part", "item", "details", "derived"))
"""The kinds of marks that print something."""


@dataclass(slots=True)
class RawLine:
    """One line of marked text."""

    marks: list[Mark]
    row: str | None = None
    """The row in whose loop it stands, as `field:number`."""
    loop: str | None = None
    """The innermost loop, by number."""
    nested: bool = False
    """In a loop within a loop, or in a loop that runs along a line."""
    values: list[Mark] = field(default_factory=list)
    """What it prints besides literal text."""
    literal: str = ""
    """The literal text of the line alone."""
    shown: int = 0
    """The place of the first mark that shows something; behind the last if none."""

    def __post_init__(self) -> None:
        said = ""
        self.shown = len(self.marks)
        for at, mark in enumerate(self.marks):
            if mark.kind == "literal":
                said += mark.said
                if at < self.shown and not mark.said.isspace():
                    self.shown = at
            elif mark.kind in VALUES:
                self.values.append(mark)
                self.shown = min(self.shown, at)
        self.literal = said

    @property
    def blank(self) -> bool:
        """Tell whether it shows nothing, whatever it marks."""
        return self.shown == len(self.marks)


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
        line = RawLine(cut)
        seen = False
        for mark in cut:
            match mark.kind:
                case "loop":
                    self.loops.append(mark.of[1])
                    self.rows.append(None)
                    line.nested |= seen
                case "row":
                    if self.rows:
                        self.rows[-1] = mark.of[0]
                        line.nested |= seen
                case "end":
                    if self.loops:
                        self.loops.pop()
                        self.rows.pop()
                case "if" | "fi":
                    pass
                case _:
                    if not seen and (mark.kind != "literal" or mark.said.strip()):
                        seen = True
                        line.row = self.rows[-1] if self.rows else None
                        line.loop = self.loops[-1] if self.loops else None
        line.nested |= len(self.loops) > 1
        return line
