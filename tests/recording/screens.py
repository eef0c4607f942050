"""What a terminal shows: rows of text in styles, and a cursor."""

from __future__ import annotations

from itertools import groupby
from typing import Any, NamedTuple

import pyte

COLUMNS, ROWS = 88, 26
PLAIN = "default"
"""The colour of text and ground where nothing sets one."""

_DIM, _BLINK, _EXTENDED = 2, 5, (38, 48)


class Style(NamedTuple):
    """How characters look; a colour is a name such as `cyan`, or `rrggbb`."""

    ink: str = PLAIN
    ground: str = PLAIN
    bold: bool = False
    dim: bool = False


class Run(NamedTuple):
    """Characters of one style."""

    text: str
    style: Style


Line = tuple[Run, ...]
"""A row, without what cannot be seen at its end."""


class Frame(NamedTuple):
    """What is shown from a time on."""

    at: float
    """Seconds from the beginning."""
    lines: tuple[Line, ...]
    cursor: tuple[int, int] | None
    """Column and row, or None where it is hidden."""


class Screen(pyte.Screen):
    """A screen on which dim is seen: pyte has no word for it, and nothing blinks."""

    def select_graphic_rendition(self, *attrs: int) -> None:
        """Set how what follows looks."""
        dims = not set(attrs) & set(_EXTENDED) and _DIM in attrs
        told = [_BLINK if dims and attr == _DIM else attr for attr in attrs]
        super().select_graphic_rendition(*told)


def shown(screen: Screen, at: float) -> Frame:
    """Return what a screen shows."""
    lines = tuple(_line(screen.buffer[row]) for row in range(screen.lines))
    cursor = screen.cursor
    place = None if cursor.hidden else (min(cursor.x, screen.columns - 1), cursor.y)
    return Frame(at, lines, place)


def _line(row: Any) -> Line:
    cells = [row[column] for column in range(COLUMNS)]
    while cells and cells[-1].data in ("", " ") and _style(cells[-1]).ground == PLAIN:
        cells.pop()
    runs = groupby(cells, _style)
    return tuple(Run("".join(each.data for each in run), style) for style, run in runs)


def _style(cell: Any) -> Style:
    ink, ground = cell.fg, cell.bg
    if cell.reverse:
        ink, ground = "ground", "white"
    return Style(ink, ground, cell.bold, cell.blink)
