"""Rows spelled so that they read back: what a value could be mistaken for is broken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product

from postmortem.markdown import details, inline, lettering, neighbours, patterns
from postmortem.markdown.convert import says_nothing
from postmortem.markdown.outline import Rows
from postmortem.markdown.pieces import LIST_MARKER, cells
from postmortem.markdown.spots import RowSpot
from postmortem.markdown.tagging import Mark
from postmortem.model import Report


def row_lines(row: RowSpot, home: Rows | None, report: Report) -> list[str]:
    """Spell a row so that it reads back; break separators only where that needs it."""
    if home is None:
        return _spelled(row, (), report)
    if row.shape == "table":
        return _table_row(row, home, report)
    wanted = _expected(row)
    lines: list[str] = []
    for broken, apart in _apart(_attempts((i.first, *i.rest) for i in home.items)):
        lines = _spelled(row, broken, report, apart=apart)
        text = [LIST_MARKER.sub("", lines[0].lstrip(), count=1), *lines[1:]]
        if _read_item(home.items, text) == wanted:
            break
    return lines


def _table_row(row: RowSpot, home: Rows, report: Report) -> list[str]:
    """Spell the row of a table; `row` keeps its cells."""
    marked = cells(row.raw[0])
    row.cells = [lettering.cell(cell, report) for cell in marked]
    for number, (cell, column) in enumerate(zip(marked, home.columns, strict=False)):
        if len(column.patterns) == 1 and len(column.patterns[0]) == 1:
            continue
        wanted = _parts(cell)
        for looks, broken in product((False, True), _attempts([column.patterns])):
            row.cells[number] = lettering.cell(cell, report, broken, looks=looks)
            if _read_cell(column.patterns, row.cells[number]) == wanted:
                break
    return [lettering.table_line(row.cells)]


def _spelled(
    row: RowSpot, broken: Sequence[str], report: Report, *, apart: bool = False
) -> list[str]:
    if row.shape == "table":
        row.cells = [lettering.cell(cell, report, broken) for cell in cells(row.raw[0])]
        return [lettering.table_line(row.cells)]
    among = sum(bool(line.values) for line in row.raw) > 1
    return [
        lettering.spelled(
            line.marks, report, broken, looks=True, apart=apart, among=among
        )
        for line in row.raw
    ]


def _attempts(
    alternatives: Iterable[Iterable[patterns.Line]],
) -> Iterator[Sequence[str]]:
    """Yield what to break, the least first: nothing, each separator, all of them.

    Addresses are broken last: a formatter leaves none of them as it was.
    """
    yield ()
    separators = _separators(alternatives)
    yield from ((each,) for each in separators)
    yield separators
    yield (*separators, neighbours.ADDRESSES)


def _apart(
    attempts: Iterable[Sequence[str]],
) -> Iterator[tuple[Sequence[str], bool]]:
    """Yield each attempt twice: last with the wordings of times set apart."""
    for broken in attempts:
        yield broken, False
        yield broken, True


def _separators(alternatives: Iterable[Iterable[patterns.Line]]) -> list[str]:
    """Return the literal texts that values can be mistaken for, long ones first."""
    found = {
        separator
        for lines in alternatives
        for line in lines
        for separator in patterns.separators(line)
        if separator.strip()
    }
    return sorted(found, key=lambda each: (-len(each), each))


def _expected(row: RowSpot) -> dict[str, str]:
    """Return the parts that a row's lines ought to read back as."""
    parts: dict[str, str] = {}
    for line in row.raw:
        parts |= _parts(line.marks)
    return parts


def _parts(marks: Sequence[Mark]) -> dict[str, str]:
    parts: dict[str, str] = {}
    for mark in marks:
        if mark.kind == "part":
            said = mark.said
            if mark.of[2] == "box":
                said = "done" if said == "x" else ""
            said = inline.canonical(said) if said else ""
            if said and not says_nothing(said):
                parts[mark.of[1]] = said
        elif mark.kind == "details" and mark.said:
            inside = mark.said.strip()[1:-1]
            parts |= _canonical(details.read(inside, mark.of[1:]))
    return parts


def _read_cell(alternatives: Sequence[patterns.Line], text: str) -> dict[str, str]:
    text = text.replace("\\|", "|")
    for pattern in alternatives:
        found = patterns.read(pattern, text)
        if found is not None:
            return _canonical(found)
    return {}


def _read_item(
    alternatives: Sequence[patterns.Item], lines: Sequence[str]
) -> dict[str, str]:
    for pattern in alternatives:
        found = patterns.read_item(pattern, lines)
        if found is not None:
            return _canonical(found)
    return {}


def _canonical(found: Mapping[str, str]) -> dict[str, str]:
    made = {name: inline.canonical(said) for name, said in found.items() if said}
    return {name: said for name, said in made.items() if not says_nothing(said)}
