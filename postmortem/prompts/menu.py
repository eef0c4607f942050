"""Options to pick from: which are there, which are seen, and which one is pointed at.

Typing finds some of them, unless each has a key of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from postmortem.escape import single_line
from postmortem.prompts.asking import EXPLAIN, Move, Option
from postmortem.prompts.menu_rows import Shape, cut_off, wholly
from postmortem.prompts.voice import cells

COMMANDS = (EXPLAIN, *(move.value for move in Move))
MARK = " \u00bb "
"""What stands before the option that Enter takes."""
_KEYS = "123456789"
_NO_ONE = (Option("", ""),)
_HIGH = 6
"""Rows from which on a long option is whole though others are not seen."""
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
        self._marked = any(option.mark for option in options)
        self.numbered = self.keyed or (chosen is None and not self._marked)
        """Whether each has its number before it, which can be typed."""
        values = [option.value for option in options]
        self._at = values.index(given) if given in values else 0
        self._top = 0

    @property
    def named(self) -> int:
        """The number of an option that was typed; 0 for none."""
        wanted = self.wanted.strip()
        number = int(wanted) if wanted.isdecimal() and self.numbered else 0
        return number if number <= len(self.options) else 0

    @property
    def found(self) -> list[Option]:
        """The options that have what was typed; all of them for the number of one."""
        if self.named:
            return list(self.options)
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
            self._at, self._top = max(self.named - 1, 0), 0
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
            self._at = self.found.index(pointed) if pointed in self.found else 0
            self._at = self.named - 1 if self.named else self._at

    def rows(self, columns: int, height: int) -> list[Row]:
        """Return what is seen of it, and how many options are above and below that.

        Where all is seen nothing is cut; else the one that is pointed at is whole. A
        list with marks has a row for each.
        """
        pointed = self.pointed
        every = set() if self._marked else {option.value for option in self.options}
        here = {pointed.value} if pointed and not self._marked else set()
        for whole in (every, here, set[str]()):
            rows = list(self._rows(columns, whole))
            if len(rows) <= height:
                return rows
        if height >= _HIGH:
            rows = list(self._rows(columns, here))
        mine = [at for at, row in enumerate(rows) if row.option is pointed]
        at, end = (mine[0], mine[-1]) if mine else (0, 0)
        room = max(height - 2, 1)
        headed = at - 1 if at and rows[at - 1].option is None else at
        self._top = max(min(self._top, headed), min(end - room + 1, at), 0)
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

    def _rows(self, columns: int, whole: Collection[str]) -> Iterator[Row]:
        found = self.found
        labels = [single_line(option.label) for option in found]
        asides = [single_line(option.aside) for option in found]
        widest = max(map(cells, labels), default=0)
        longest = max(cells(single_line(option.meaning)) for option in found or _NO_ONE)
        beside = max(map(cells, asides), default=0) if columns >= _ASIDE_FROM else 0
        before: str | None = None
        for label, aside, option in zip(labels, asides, found, strict=True):
            if option.group != before and (before or option.group):
                yield Row(single_line(option.group or ""))
            before = option.group
            head = "".join(self._head(option))
            shape = Shape(head, widest, beside, longest, columns)
            said = (label, aside if beside else "", single_line(option.meaning))
            laid = wholly if option.value in whole else cut_off
            for text, more_aside, more in laid(shape, *said):
                yield Row(text, option, more_aside, more)

    def _head(self, option: Option) -> Iterator[str]:
        yield MARK if option is self.pointed else "   "
        if self.numbered:
            wide = len(str(len(self.options)))
            yield f"{self.options.index(option) + 1:>{wide}}) "
        if self.chosen is not None:
            yield "\u25cf " if option.value in self.chosen else "\u25cb "
        if self._marked:
            wide = max(cells(each.mark) for each in self.options)
            yield f"{option.mark:<{wide}} "


def _said(option: Option) -> str:
    parts = (option.label, option.aside, option.meaning, option.mark)
    return " ".join(parts)


def _hidden(rows: Sequence[Row], where: str) -> str:
    many = len({row.option.value for row in rows if row.option is not None})
    return f"     \u2026 {many} more {where}" if many else ""
