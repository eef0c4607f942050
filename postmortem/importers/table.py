"""CSV and TSV of any program: its columns are guessed, or told by the person."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

import msgspec

from postmortem.importers.candidates import Found, Note, Setting, Unplaced, Verdict
from postmortem.importers.columns import Columns, Row, guessed, is_time, with_told
from postmortem.importers.table_rows import candidate, zoned
from postmortem.importers.texts import Line, lines

if TYPE_CHECKING:
    from postmortem.importers.evidence import Evidence, Member

_DELIMITERS = ",\t;|"
_SAID = re.compile(r"\Asep=.[ \t]*\r?\n")
"""With which spreadsheets tell each other the delimiter."""
_LOOKED_AT = 20
_FEWEST = 2
_L2T = ("date", "time", "timezone", "macb")
"""How the header of log2timeline begins, which writes the month first."""


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """How a table begins."""

    delimiter: str
    names: tuple[str, ...]
    has_header: bool
    columns: Columns


class Table:
    """Reads CSV and TSV; with `told` names, by what a person said."""

    name = "csv"

    def __init__(self, told: Mapping[str, str] | None = None) -> None:
        self.told = told or {}
        self.took = False
        self.seen: tuple[str, ...] = ()
        """The names of a table that has not what was told."""

    def recognises(self, evidence: Evidence) -> Verdict:
        """Look for a header with a time and a text, or for rows that have both."""
        if evidence.only is None:
            return Verdict(taken=False, why="each file of it is looked at alone")
        shape = evidence.only.shape
        if shape.kind != "text":
            return Verdict(taken=False, why=f"it is {shape.looks}")
        head = begin(shape.text, self.told)
        if head is None:
            plain = begin(shape.text)
            self.seen = plain.names if plain else self.seen
            return Verdict(taken=False, why="it has no columns with a time and a text")
        found = head.columns
        return Verdict(
            taken=True, why=f"a table: {found.time!r} says when, {found.text!r} what"
        )

    def guess(self, evidence: Evidence) -> Columns | None:
        """Return what the columns seem to be, for a person to put right."""
        head = begin(evidence.members[0].shape.text)
        return head.columns if head else None

    def events(self, evidence: Evidence, setting: Setting) -> Iterator[Found]:
        """Yield a candidate for each row; what has no time that can be told, unplaced.

        What stands in other rows never says whether the day or the month comes first.
        """
        for member in evidence.members:
            head = begin(member.shape.text, self.told)
            self.took = True
            if head is None:
                yield Unplaced(where=member.name, why="it has no columns to read")
                continue
            here = zoned(setting, head.columns)
            if tuple(name.lower() for name in head.names[:4]) == _L2T:
                here = msgspec.structs.replace(here, day_first=False)
            yield from _read(member, head, here)


def begin(text: str, told: Mapping[str, str] | None = None) -> Head | None:
    """Return how a table begins; None for what is none, or has not what was told."""
    text = _SAID.sub("", text, count=1)
    for delimiter in _DELIMITERS:
        if delimiter not in text.partition("\n")[0]:
            continue
        rows = _rows(text, delimiter)
        width = len(rows[0]) if rows else 0
        if width < _FEWEST:
            continue
        found = _with_header(rows, delimiter, told) or _without(rows, delimiter, told)
        if found:
            return found
    return None


def _rows(text: str, delimiter: str) -> list[list[str]]:
    cut = text.rfind("\n") if len(text) > 60_000 else len(text)  # noqa: PLR2004
    reader = csv.reader(text[:cut].splitlines(keepends=True), delimiter=delimiter)
    found: list[list[str]] = []
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                found.append(row)
            if len(found) > _LOOKED_AT:
                break
    except csv.Error:
        pass
    return found


def _with_header(
    rows: list[list[str]], delimiter: str, named: Mapping[str, str] | None
) -> Head | None:
    names = _named(rows[0])
    if len(set(names)) != len(names) or any(map(is_time, names)):
        return None
    told = [dict(zip(names, row, strict=False)) for row in rows[1:]]
    columns = guessed(names, told)
    columns = with_told(columns, named, names) if named else columns
    if columns is None:
        return None
    return Head(delimiter=delimiter, names=names, has_header=True, columns=columns)


def _without(
    rows: list[list[str]], delimiter: str, named: Mapping[str, str] | None
) -> Head | None:
    """Return the columns of a table without a header: all rows begin with a time."""
    width = len(rows[0])
    if len(rows) < _FEWEST or any(len(row) != width for row in rows):
        return None
    names = tuple(f"column {number}" for number in range(1, width + 1))
    told = [dict(zip(names, row, strict=True)) for row in rows]
    columns = guessed(names, told)
    if columns is None or columns.time != names[0]:
        return None
    if named and (columns := with_told(columns, named, names)) is None:
        return None
    return Head(delimiter=delimiter, names=names, has_header=False, columns=columns)


def _named(header: Iterable[str]) -> tuple[str, ...]:
    named = (cell.strip().lstrip("#").strip() for cell in header)
    return tuple(name or f"column {at}" for at, name in enumerate(named, 1))


def _read(member: Member, head: Head, setting: Setting) -> Iterator[Found]:
    beside: list[Unplaced | Note] = []
    reader = csv.reader(_fed(member, beside), delimiter=head.delimiter)
    header = head.has_header
    while True:
        began = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            yield Unplaced(where=f"{member.name}:{began}", why=f"no row: {error}")
            continue
        yield from beside
        beside.clear()
        if cells is None:
            return
        if not any(cell.strip() for cell in cells):
            continue
        if header:
            header = False
            continue
        row: Row = dict(zip(head.names, cells, strict=False))
        where = f"{member.name}:{began}"
        yield candidate(row, where, setting, head.columns, member.name)


def _fed(member: Member, beside: list[Unplaced | Note]) -> Iterator[str]:
    """Yield the lines as the reader of rows wants them; what is none goes beside."""
    for line in lines(member):
        if isinstance(line, Line):
            text = f"{line.text}\n"
            yield _SAID.sub("\n", text) if line.number == 1 else text
        else:
            beside.append(line)
            yield "\n"
