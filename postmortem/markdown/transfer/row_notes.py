"""What people added to rows: columns of their own, and notes below the items of a list.

A column becomes notes (`- Team: web`) where rows are a list, and notes become columns
where they are a table. A comment at the end of an item stays there, or has a column.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from postmortem.markdown import inline
from postmortem.markdown.blocks import TABLE
from postmortem.markdown.fields import Field
from postmortem.markdown.reading import Reading
from postmortem.markdown.row_fitting import leaves_out, unread
from postmortem.markdown.rows import LOOSE, Container, Found
from postmortem.markdown.scanning import blocks
from postmortem.markdown.synonyms import plain_heading

UNNAMED = "Note"
"""The column of notes that say nothing of what they are about."""
UNREADABLE = "PM103"
"""Of a whole row: a cell that stands under no head."""

Note = tuple[str, str]
"""What it is about, and what it says: one line of inline Markdown."""

_BULLET = re.compile(r"\s*[-*+]\s+(?P<said>\S.*)")
_LABELLED = re.compile(r"(?P<label>[^:|`<\[*]{1,40}): (?P<said>\S.*)")
_BAR = re.compile(r"(?<!\\)\|")
_HIDDEN = re.compile(r"<!--(?!-?>)(?:(?!-->).)+-->")
BREAK = re.compile(r"\s*<br\s*/?>\s*", re.IGNORECASE)


class Notes:
    """The notes on the rows of a text, by field and row."""

    def __init__(
        self, reading: Reading, base: Reading | None, beyond: Mapping[str, Field]
    ) -> None:
        """Gather them.

        `base` is what the old template writes, whose columns are none of people;
        `beyond` are the new fields, whose tables may have less.
        """
        self.written_heads = {
            (each.field, plain_heading(head))
            for each in (base.spans.containers if base else ())
            for head in each.heads
        }
        self.reading, self.spans = reading, reading.spans
        self.stuck: set[str] = set()
        """The fields whose rows say what no other layout can hold."""
        self.homeless: set[str] = set()
        """The fields whose rows are none in the new text, and cannot have notes."""
        self.stuck |= set(self._joined())
        self.of: dict[str, dict[int, list[Note]]] = {}
        for name, found in self.spans.rows.items():
            notes = {at: self._notes(name, each) for at, each in enumerate(found)}
            for at, row in enumerate(reading.report.value(name) or ()):
                notes.setdefault(at, [])
                notes[at] += _beyond(row, beyond.get(name))
            self.of[name] = {at: each for at, each in notes.items() if each}

    def _notes(self, name: str, row: Found) -> list[Note]:
        lines = range(self.spans.body + row.start, self.spans.body + row.end)
        if self._unread(name, row) or any(
            each.code == UNREADABLE and each.field is None and each.line - 1 in lines
            for each in self.reading.findings
        ):
            self.stuck.add(name)
        if row.container.shape == "table":
            if _is_wider(self.spans.lines[lines[0]], len(row.container.heads)):
                self.stuck.add(name)
            return list(self._cells(row))
        said = [self.spans.lines[at] for at in lines]
        if row.container.shape == LOOSE and leaves_out(said, row.parts):
            self.stuck.add(name)
        remarks = [(UNNAMED, said) for said in row.remarks]
        if not row.notes:
            return remarks
        below = [self.spans.lines[at] for at in lines[row.own :]]
        found = _bullets(below)
        if found is None:
            self.stuck.add(name)
        return [*remarks, *(found or ())]

    def _joined(self) -> Iterator[str]:
        """Yield fields with columns of people beside parts that have no place."""
        told = {id(row.container) for rows in self.spans.rows.values() for row in rows}
        for each in self.spans.containers:
            foreign = self._foreign(each)
            if id(each) in told or not foreign:
                continue
            for cells in self._table(each).values():
                if any(cells[at].strip() for at in foreign if at < len(cells)):
                    yield each.field

    def _unread(self, name: str, row: Found) -> bool:
        """Tell whether a part of a row is words of which the record has nothing."""
        at = self.spans.rows[name].index(row)
        value = self.reading.report.value(name)[at]
        return bool(unread(value, row.parts))

    def _cells(self, row: Found) -> Iterator[Note]:
        foreign = self._foreign(row.container)
        if not foreign:
            return
        cells = self._table(row.container).get(row.start, ())
        for at in foreign:
            if at < len(cells) and cells[at].strip():
                yield row.container.heads[at].strip() or UNNAMED, cells[at].strip()

    def _foreign(self, table: Container) -> list[int]:
        """Return the columns that neither hold parts nor are the template's."""
        return [
            at
            for at, parts in enumerate(table.columns)
            if not parts
            and (table.field, plain_heading(table.heads[at])) not in self.written_heads
        ]

    def _table(self, container: Container) -> dict[int, Sequence[str]]:
        """Return the cells of a table's rows by their line in the body."""
        start = self.spans.body + container.start
        lines = self.spans.lines[start : self.spans.body + container.end]
        table = next((each for each in blocks(lines, {}) if each.kind == TABLE), None)
        rows = table.rows if table else ()
        return {container.start + line: cells for line, cells in rows}


def _is_wider(line: str, heads: int) -> bool:
    """Tell whether a table's line says something that stands under no head."""
    cells = _BAR.split(line.strip())
    return any(said.strip() for said in cells[heads + (not cells[0]) :])


def is_hidden(said: str) -> bool:
    """Tell whether a note is a comment, which nobody sees."""
    return _HIDDEN.fullmatch(said) is not None


def _bullets(lines: Sequence[str]) -> list[Note] | None:
    """Read the notes below an item; None for what is more than short lines."""
    said: list[str] = []
    depth = None
    for line in lines:
        found = _BULLET.fullmatch(line)
        if not line.strip():
            continue
        if found:
            here = len(line) - len(line.lstrip())
            if depth is not None and here != depth:
                return None
            depth = here
            said.append(found["said"].strip())
        elif said and re.match(r"\s+[^\W_]", line):
            said[-1] += f" {line.strip()}"
        else:
            return None
    if any("```" in each or "~~~" in each or "|" in each for each in said):
        return None
    return [_note(each) for each in said]


def _note(said: str) -> Note:
    found = _LABELLED.fullmatch(said)
    return (found["label"], found["said"]) if found else (UNNAMED, said)


def _beyond(row: object, known: Field | None) -> Iterator[Note]:
    """Yield the cells of a row for which the new table has no column."""
    if not isinstance(row, Mapping) or known is None:
        return
    for part, said in row.items():
        if said and part not in known.parts:
            yield part, inline.canonical(said)
