"""Edits of a text by whole lines, collected and then made all at once."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec


class Edits(msgspec.Struct, kw_only=True):
    """Replacements of line ranges; insertions at one place keep the order of asking.

    What is put in before a line stays before what replaces that line.
    """

    lines: list[str]
    made: list[tuple[int, int, list[str]]] = msgspec.field(default_factory=list)

    def replace(self, start: int, end: int, new: Sequence[str]) -> None:
        """Put `new` where the lines `start` up to `end` are, unless they are equal."""
        if list(new) != self.lines[start:end]:
            self.made.append((start, end, list(new)))

    def insert(self, at: int, new: Sequence[str]) -> None:
        """Put `new` before the line `at`."""
        if new:
            self.made.append((at, at, list(new)))

    def insert_block(self, at: int, new: Sequence[str]) -> None:
        """Put `new` before the line `at` as a block, with blank lines around it."""
        if not new:
            return
        block = list(new)
        if at > 0 and self.lines[at - 1].strip():
            block.insert(0, "")
        if at < len(self.lines) and self.lines[at].strip():
            block.append("")
        self.insert(at, block)

    def delete_block(self, start: int, end: int) -> None:
        """Take lines away, and one of the blank lines that were around them."""
        before = start == 0 or not self.lines[start - 1].strip()
        if before and end < len(self.lines) and not self.lines[end].strip():
            end += 1
        self.replace(start, end, [])

    def applied(self) -> list[str]:
        """Return the lines with every edit made."""
        out = list(self.lines)
        edits = sorted(self.made, key=lambda each: (each[0], each[1] > each[0]))
        for start, end, new in reversed(edits):
            out[start:end] = new
        return out
