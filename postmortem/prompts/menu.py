"""Options to pick from: which are there, which are seen, and which one is pointed at.

Typing finds some of them, unless each has a key of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from postmortem.escape import single_line
from postmortem.prompts.asking import EXPLAIN, Move, Option
from postmortem.prompts.voice import cells, cut

COMMANDS = (EXPLAIN, *(move.value for move in Move))
_KEYS = "123456789"
_GAP = "   "
_ASIDE_FROM = 70
"""Columns from which there is room for the other name of an option."""


class Row(NamedTuple):
    """A row of the menu: a heading, an option, or how many are not seen."""

    text: str
    option: Option | None = None
    aside: str = ""
    """Stands back, behind the text."""
    more: str = ""
    """Stands behind that."""


class Menu:
    """Options, and where somebody is among them."""

    def __init__(
        self, options: Sequence[Option], given: str, chosen: Sequence[str] | None
    ) -> None:
        self.options = options
        self.chosen = None if chosen is None else list(chosen)
        """Of several, those that are marked."""
        self.wanted = ""
        """What was typed to find some."""
        self.command = ""
        """What was typed and waits for its Enter."""
        self.keyed = chosen is None and len(options) <= len(_KEYS)
        """Whether a digit points at an option."""
        self.finds = not self.keyed and len(options) > len(_KEYS)
        """Whether typing finds some of them."""
        values = [option.value for option in options]
        self._at = values.index(given) if given in values else 0
        self._top = 0

    @property
    def found(self) -> list[Option]:
        """The options that have what was typed; all of them when none has."""
        wanted = self.wanted.casefold().strip()
        return [it for it in self.options if wanted in _said(it).casefold()]

    @property
    def pointed(self) -> Option | None:
        """The option that Enter takes."""
        found = self.found
        return found[min(self._at, len(found) - 1)] if found else None

    def move(self, by: int) -> None:
        """Point at another one; behind the last is the first."""
        self.command = ""
        self._at = (self._at + by) % max(len(self.found), 1)

    def type(self, char: str) -> bool:
        """Take a character that was typed; tell whether it means anything here."""
        if char in COMMANDS:
            self.command = char
            return True
        self.command = ""
        if self.keyed and char in _KEYS[: len(self.options)]:
            self._at = int(char) - 1
        elif self.chosen is not None and char == " ":
            self._mark()
        elif self.finds:
            self.wanted = (self.wanted + char).lstrip()
            self._at = self._top = 0
        else:
            return False
        return True

    def erase(self) -> None:
        """Take the last character back."""
        if self.command:
            self.command = ""
        elif self.wanted:
            pointed = self.pointed
            self.wanted = self.wanted[:-1]
            self._at = self.found.index(pointed) if pointed else 0

    def rows(self, columns: int, height: int) -> list[Row]:
        """Return what is seen of it, and how many options are above and below that."""
        rows = list(self._rows(columns))
        if len(rows) <= height:
            return rows
        at = next((at for at, row in enumerate(rows) if row.option is self.pointed), 0)
        room = max(height - 2, 1)
        headed = at - 1 if at and rows[at - 1].option is None else at
        self._top = max(min(self._top, headed), at - room + 1, 0)
        self._top = min(self._top, len(rows) - room)
        above, below = rows[: self._top], rows[self._top + room :]
        return [
            Row(_hidden(above, "above")),
            *rows[self._top : self._top + room],
            Row(_hidden(below, "below")),
        ]

    def _mark(self) -> None:
        option = self.pointed
        if self.chosen is None or option is None:
            return
        if option.value in self.chosen:
            self.chosen.remove(option.value)
        else:
            self.chosen.append(option.value)

    def _rows(self, columns: int) -> Iterator[Row]:
        found = self.found
        labels = [single_line(option.label) for option in found]
        asides = [single_line(option.aside) for option in found]
        widest = max(map(cells, labels), default=0)
        beside = max(map(cells, asides), default=0) if columns >= _ASIDE_FROM else 0
        before: str | None = None
        for label, aside, option in zip(labels, asides, found, strict=True):
            if option.group != before and (before or option.group):
                yield Row(single_line(option.group or ""))
            before = option.group
            head = "".join(self._head(option))
            room = columns - cells(head)
            text = _padded(label, widest, more=bool(aside or option.meaning))
            text = cut(text, room).rstrip()
            said = ""
            if beside:
                gap = " " * (widest - cells(label))
                said = f"{gap}{_GAP}{aside}{' ' * (beside - cells(aside))}"
                text = label
            room -= cells(text) + cells(said)
            meaning = single_line(option.meaning)
            pad = "" if said else " " * (widest - cells(label))
            more = cut(f"{pad}{_GAP}{meaning}", room) if meaning and room > 0 else ""
            yield Row(f"{head}{text}", option, said, more)

    def _head(self, option: Option) -> Iterator[str]:
        yield " \u00bb " if option is self.pointed else "   "
        if self.keyed:
            yield f"{self.options.index(option) + 1}) "
        if self.chosen is not None:
            yield "\u25cf " if option.value in self.chosen else "\u25cb "
        if any(each.mark for each in self.options):
            wide = max(cells(each.mark) for each in self.options)
            yield f"{option.mark:<{wide}} "


def _said(option: Option) -> str:
    parts = (option.label, option.aside, option.meaning, option.mark)
    return " ".join(parts)


def _padded(label: str, widest: int, *, more: bool) -> str:
    return label if not more else f"{label}{' ' * (widest - cells(label))}"


def _hidden(rows: Sequence[Row], where: str) -> str:
    many = sum(1 for row in rows if row.option is not None)
    return f"     \u2026 {many} more {where}" if many else ""
