"""Rows at their homes: where loops begin and end, and each row's lines between."""

from __future__ import annotations

import re
from collections.abc import Mapping

from postmortem.markdown import fields
from postmortem.markdown.lines import RawLine
from postmortem.markdown.outline import Rows
from postmortem.markdown.page import Page
from postmortem.markdown.pieces import LIST_MARKER
from postmortem.markdown.row_spelling import row_lines
from postmortem.markdown.spots import LoopSpot, RowSpot

_RULE_ROW = re.compile(r"\|(?:\s*:?-+:?\s*\|)+\s*$")


class RowWriter:
    """Writes the rows of a page, and what stands where there are none."""

    def __init__(self, page: Page) -> None:
        self.page, self.made = page, page.made
        outline = page.outline
        self.homes: Mapping[str, Rows] = {
            rows.loop: rows for rows in (outline.rows if outline else ())
        }
        self.open: dict[str, LoopSpot] = {}
        """The loops that have begun and not ended, by number."""

    def begin(self, name: str, loop: str) -> None:
        """Begin a loop over a field's rows."""
        known = self.page.form.get(name)
        if known is None or known.kind not in fields.ROW_KINDS:
            return
        if self.page.outline is not None and loop not in self.homes:
            return
        lines = self.made.lines
        self.open[loop] = spot = LoopSpot(
            field=name, loop=loop, section=self.page.section, line=len(lines)
        )
        if lines and _RULE_ROW.match(lines[-1]):
            spot.head = self._head()
        self.made.loops.append(spot)

    def _head(self) -> list[str]:
        """Return the column heads of the table whose rule was just written."""
        own = self.made.sections[-1].own
        if len(own) < 2:  # noqa: PLR2004 - a head and a rule
            return []
        line = self.made.lines[own[-2][0]]
        return [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]

    def close(self, loop: str) -> None:
        """End a loop; one without rows says that there are none, or none known."""
        spot = self.open.pop(loop, None)
        if spot is None or spot.rows or self.page.outline is None:
            return
        self.page.blank()
        start = len(self.made.lines)
        self.made.lines += self.page.placeholder(spot.field)
        spot.placeholder = (start, len(self.made.lines))
        self.page.blank()

    def is_home(self, line: RawLine) -> bool:
        """Tell whether a line is a row's, at its home."""
        spot = self.open.get(line.loop or "")
        if spot is None:
            return False
        name, _, number = (line.row or "").partition(":")
        if self._current(line):
            return True
        return name == spot.field and number.isdecimal() and _shape(line) != "other"

    def _current(self, line: RawLine) -> RowSpot | None:
        """Return the row that is being written, where the line goes on with it."""
        last = self.made.rows[-1] if self.made.rows else None
        if last is None or last.loop != line.loop:
            return None
        return last if f"{last.field}:{last.number}" == line.row else None

    def write(self, line: RawLine) -> None:
        """Write a line of a row: with the first it begins, others go on with it."""
        row = self._current(line) or self._begun(line)
        row.raw.append(line)
        if self.page.passes_over(row.field):
            if len(row.raw) == 1:
                self.made.lines.append("|" if row.shape == "table" else "-")
        else:
            del self.made.lines[row.start :]
            home = self.homes.get(row.loop)
            self.made.lines += row_lines(row, home, self.page.report)
        row.end = len(self.made.lines)

    def _begun(self, line: RawLine) -> RowSpot:
        name, _, number = (line.row or "").partition(":")
        shape = _shape(line)
        if shape == "list" and not self._rows_above():
            self.page.blank()
        at = len(self.made.lines)
        row = RowSpot(
            field=name,
            number=int(number),
            loop=line.loop or "",
            shape=shape,
            section=self.page.section,
            start=at,
            end=at,
            raw=[],
        )
        self.made.rows.append(row)
        self.open[row.loop].rows += 1
        return row

    def _rows_above(self) -> bool:
        return bool(self.made.rows) and self.made.rows[-1].end == len(self.made.lines)


def _shape(line: RawLine) -> str:
    """Tell what a row is that begins with this line: table, list or other."""
    first = line.marks[line.shown]
    if first.kind != "literal":
        return "other"
    start = first.said.lstrip()
    if start.startswith("|"):
        return "table"
    return "list" if LIST_MARKER.match(start) else "other"
