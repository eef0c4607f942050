"""From marked text to the lines of a report, and where in them each value stands."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from postmortem.markdown import fields, inline, patterns, prose
from postmortem.markdown.fields import Field
from postmortem.markdown.lines import RawLine, raw_lines
from postmortem.markdown.outline import Outline, Rows
from postmortem.markdown.patterns import DERIVED, DETAILS, LITERAL, OPTIONAL, PART, Piece
from postmortem.markdown.tagging import Mark
from postmortem.model import Report

HEADING = re.compile(r"(#{1,6})(?:\s+|$)")
LIST_MARKER = re.compile(r"(?:[-*+]|\d{1,9}[.)])\s+")
_RULE_ROW = re.compile(r"\|(?:\s*:?-+:?\s*\|)+\s*$")


@dataclass(kw_only=True)
class TextSpot:
    """The home of a text: lines `start` up to `end`."""

    field: str
    start: int
    end: int
    section: int


@dataclass(kw_only=True)
class RowSpot:
    """One row that was written, at its home or elsewhere."""

    field: str
    number: int
    loop: str
    shape: str
    """table, list, or other."""
    section: int
    start: int
    end: int
    raw: list[RawLine]
    cells: list[str] = field(default_factory=list)
    """The escaped cells of a table's row."""


@dataclass(kw_only=True)
class LoopSpot:
    """A loop over a field's rows; with no row, where its placeholder stands."""

    field: str
    loop: str
    section: int
    line: int
    """The output line before which its first row stands, or would."""
    rows: int = 0
    head: list[str] = field(default_factory=list)
    """The column heads of a table, when it is one."""
    placeholder: tuple[int, int] | None = None


@dataclass(kw_only=True)
class SectionSpot:
    """A heading of the template, with the lines that are its own."""

    level: int
    heading: str
    raw: RawLine | None
    line: int
    """The heading's output line; -1 before the first heading."""
    own: list[tuple[int, RawLine]] = field(default_factory=list)
    """The template's own lines, derived ones too."""


@dataclass(kw_only=True)
class Composition:
    """The lines of a report without its front matter, and what stands where."""

    lines: list[str] = field(default_factory=list)
    sections: list[SectionSpot] = field(default_factory=list)
    texts: list[TextSpot] = field(default_factory=list)
    rows: list[RowSpot] = field(default_factory=list)
    loops: list[LoopSpot] = field(default_factory=list)


def compose(
    tagged: str,
    report: Report,
    form: Mapping[str, Field],
    labels: Mapping[str, str],
    outline: Outline | None = None,
    only: Collection[str] | None = None,
) -> Composition:
    """Write the body. Without an outline every loop and text is taken for a home.

    With `only`, the values of other fields are left out: their lines stand for them.
    """
    composer = _Composer(report, form, labels, outline)
    composer.only = only
    for line in raw_lines(tagged):
        composer.add(line)
    return composer.finished()


def pieces(marks: Iterable[Mark]) -> patterns.Line:
    """Return the pattern of a line or cell, from the marks that made it."""
    stack: list[list[Piece]] = [[]]
    for mark in marks:
        match mark.kind:
            case "literal":
                stack[-1].append(Piece(LITERAL, mark.said))
            case "part":
                stack[-1].append(Piece(PART, mark.of[1], mark.of[2]))
            case "details":
                stack[-1].append(Piece(DETAILS, parts=mark.of[1:]))
            case "field" | "item" | "derived":
                stack[-1].append(Piece(DERIVED))
            case "if":
                stack.append([])
            case "fi" if len(stack) > 1:
                group = stack.pop()
                if group:
                    stack[-1].append(Piece(OPTIONAL, pieces=tuple(group)))
    while len(stack) > 1:
        group = stack.pop()
        if group:
            stack[-1].append(Piece(OPTIONAL, pieces=tuple(group)))
    return tuple(stack[0])


def cells(line: RawLine) -> list[list[Mark]]:
    """Cut a table row's marks into cells, at the pipes of its literal text."""
    cut: list[list[Mark]] = [[]]
    for mark in line.marks:
        if mark.kind != "literal":
            cut[-1].append(mark)
            continue
        first, *rest = re.split(r"(?<!\\)\|", mark.said)
        cut[-1].append(Mark("literal", first))
        cut += [[Mark("literal", text)] for text in rest]
    inner = cut[1:-1] if len(cut) > 2 else cut  # noqa: PLR2004 - both edges
    return [_trimmed(cell) for cell in inner]


def _trimmed(cell: list[Mark]) -> list[Mark]:
    """Drop the padding at both ends of a cell, and literals that are then empty."""
    said = [at for at, mark in enumerate(cell) if mark.kind in ("literal",)]
    shown = [at for at, mark in enumerate(cell) if mark.kind not in ("if", "fi")]
    out = list(cell)
    for at in said:
        text = cell[at].said
        text = text.lstrip() if shown and at == shown[0] else text
        text = text.rstrip() if shown and at == shown[-1] else text
        out[at] = Mark("literal", text)
    return [mark for mark in out if mark.kind != "literal" or mark.said]


class _Composer:
    def __init__(
        self,
        report: Report,
        form: Mapping[str, Field],
        labels: Mapping[str, str],
        outline: Outline | None,
    ) -> None:
        self.report, self.form, self.labels = report, form, labels
        self.outline = outline
        self.homes: Mapping[str, Rows] = {
            rows.loop: rows for rows in (outline.rows if outline else ())
        }
        self.made = Composition()
        self.made.sections.append(SectionSpot(level=0, heading="", raw=None, line=-1))
        self.open: dict[str, LoopSpot] = {}
        self.section = 0
        self.fence = ""
        self.only: Collection[str] | None = None

    def add(self, line: RawLine) -> None:
        if line.shown:
            self.turn(line.marks[: line.shown])
        text = self.text_of(line) if line.values else None
        if text:
            self.write_text(text)
        elif line.blank:
            self.blank()
        elif line.row and not line.nested and self.is_home(line):
            self.write_row(line)
        elif self.is_heading(line):
            self.write_heading(line)
        else:
            self.write_own(line)
        if line.shown < len(line.marks) - 1:
            self.turn(line.marks[line.shown :])

    def turn(self, turns: Sequence[Mark]) -> None:
        """Begin and end the loops that do so here."""
        for mark in turns:
            if mark.kind == "loop":
                self.begin(mark.of[0], mark.of[1])
            elif mark.kind == "end":
                self.close(mark.of[1])

    def finished(self) -> Composition:
        while self.made.lines and not self.made.lines[-1]:
            self.made.lines.pop()
        return self.made

    # loops

    def begin(self, name: str, loop: str) -> None:
        known = self.form.get(name)
        if known is None or known.kind not in fields.ROW_KINDS:
            return
        if self.outline is not None and loop not in self.homes:
            return
        self.open[loop] = spot = LoopSpot(
            field=name, loop=loop, section=self.index, line=len(self.made.lines)
        )
        if self.made.lines and _RULE_ROW.match(self.made.lines[-1]):
            spot.head = self.head()
        self.made.loops.append(spot)

    def head(self) -> list[str]:
        """Return the column heads of the table whose rule was just written."""
        own = self.made.sections[-1].own
        if len(own) < 2:  # noqa: PLR2004 - a head and a rule
            return []
        line = self.made.lines[own[-2][0]]
        return [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]

    def close(self, loop: str) -> None:
        spot = self.open.pop(loop, None)
        if spot is None or spot.rows or self.outline is None:
            return
        self.blank()
        start = len(self.made.lines)
        self.made.lines += placeholder(
            self.report.value(spot.field), self.form[spot.field], self.labels
        )
        spot.placeholder = (start, len(self.made.lines))
        self.blank()

    def is_home(self, line: RawLine) -> bool:
        spot = self.open.get(line.loop or "")
        if spot is None:
            return False
        name, _, number = (line.row or "").partition(":")
        if self.current_row(line):
            return True
        return name == spot.field and number.isdecimal() and self.shape(line) != "other"

    def current_row(self, line: RawLine) -> RowSpot | None:
        last = self.made.rows[-1] if self.made.rows else None
        same = last and last.loop == line.loop and f"{last.field}:{last.number}" == line.row
        return last if same else None

    def shape(self, line: RawLine) -> str:
        first = line.marks[line.shown]
        if first.kind != "literal":
            return "other"
        start = first.said.lstrip()
        if start.startswith("|"):
            return "table"
        return "list" if LIST_MARKER.match(start) else "other"

    def write_row(self, line: RawLine) -> None:
        row = self.current_row(line)
        if row is None:
            name, _, number = (line.row or "").partition(":")
            shape = self.shape(line)
            if shape == "list" and self.made.lines and self.made.lines[-1]:
                if not self.rows_above():
                    self.blank()
            at = len(self.made.lines)
            row = RowSpot(
                field=name,
                number=int(number),
                loop=line.loop or "",
                shape=shape,
                section=self.index,
                start=at,
                end=at,
                raw=[],
            )
            self.made.rows.append(row)
            self.open[row.loop].rows += 1
        row.raw.append(line)
        if self.only is not None and row.field not in self.only:
            if len(row.raw) == 1:
                self.made.lines.append("|" if row.shape == "table" else "-")
            row.end = len(self.made.lines)
            return
        del self.made.lines[row.start :]
        self.made.lines += self.row_lines(row)
        row.end = len(self.made.lines)

    def rows_above(self) -> bool:
        return bool(self.made.rows) and self.made.rows[-1].end == len(self.made.lines)

    def row_lines(self, row: RowSpot) -> list[str]:
        """Spell a row so that it reads back; break separators only where that needs it."""
        home = self.homes.get(row.loop)
        lines = self.spelled_row(row, ())
        if home is None:
            return lines
        if row.shape == "table":
            return self.table_row(row, home)
        wanted = expected(row)
        between = _separators((i.first, *i.rest) for i in home.items)
        for broken in ((), *((each,) for each in between), between):
            lines = self.spelled_row(row, broken)
            text = [LIST_MARKER.sub("", lines[0].lstrip(), count=1), *lines[1:]]
            if _read_item(home.items, text) == wanted:
                return lines
        return lines

    def table_row(self, row: RowSpot, home: Rows) -> list[str]:
        for number, (cell, column) in enumerate(
            zip(cells(row.raw[0]), home.columns, strict=False)
        ):
            between = _separators([column.patterns])
            wanted = _parts(cell)
            if len(column.patterns) == 1 and len(column.patterns[0]) == 1:
                continue
            for broken in ((), *((each,) for each in between), between):
                row.cells[number] = self.cell(cell, broken)
                if _read_cell(column.patterns, row.cells[number]) == wanted:
                    break
        return [_table_row(row.cells)]

    def spelled_row(self, row: RowSpot, broken: Sequence[str]) -> list[str]:
        if row.shape == "table":
            row.cells = [self.cell(cell, broken) for cell in cells(row.raw[0])]
            return [_table_row(row.cells)]
        return [self.spelled(line.marks, broken, looks=True) for line in row.raw]

    def cell(self, marks: list[Mark], broken: Sequence[str]) -> str:
        return inline.cell(self.spelled(marks, broken, start=False).strip())

    # the rest

    @property
    def index(self) -> int:
        return len(self.made.sections) - 1

    def blank(self) -> None:
        if self.made.lines and self.made.lines[-1]:
            self.made.lines.append("")

    def text_of(self, line: RawLine) -> str | None:
        """Return the field whose text is alone on this line, at its home."""
        values = line.values
        if len(values) != 1 or line.literal.strip() or line.nested or line.row:
            return None
        mark = values[0]
        known = self.form.get(mark.of[0]) if mark.kind == "field" else None
        if known is None or known.kind != fields.TEXT:
            return None
        if any(spot.field == known.name for spot in self.made.texts):
            return None
        return known.name

    def write_text(self, name: str) -> None:
        self.blank()
        start = len(self.made.lines)
        value = self.report.value(name)
        if self.only is not None and name not in self.only:
            self.made.lines.append(".")
        elif value:
            self.made.lines += prose.written(value)
        else:
            self.made.lines += placeholder(value, self.form[name], self.labels)
        self.made.texts.append(
            TextSpot(
                field=name, start=start, end=len(self.made.lines), section=self.index
            )
        )
        self.blank()

    def is_heading(self, line: RawLine) -> bool:
        first = line.marks[line.shown]
        return (
            first.kind == "literal"
            and first.said.startswith("#")
            and not self.fence
            and line.row is None
            and HEADING.match(first.said) is not None
        )

    def write_heading(self, line: RawLine) -> None:
        found = HEADING.match(line.literal)
        level = len(found[1]) if found else 1
        literal = line.literal[found.end() :] if found else line.literal
        text = self.spelled(line.marks)
        if any(m.kind == "field" and m.of == ("title",) for m in line.values):
            if not self.report.title:
                text = f"{text} _{self.labels['unknown']}_"
        self.made.sections.append(
            SectionSpot(
                level=level,
                heading=" ".join(literal.split()),
                raw=line,
                line=len(self.made.lines),
            )
        )
        marks, space, rest = text.partition(" ")
        title = inline.heading(" ".join(rest.split()))
        self.made.lines.append(f"{marks}{space}{title}".rstrip())

    def write_own(self, line: RawLine) -> None:
        text = self.spelled(line.marks).rstrip()
        if not text.strip():
            self.blank()
            return
        fence = re.match(r"\s*(`{3,}|~{3,})", line.literal)
        if fence and not self.fence:
            self.fence = fence[1]
        elif fence and line.literal.strip().startswith(self.fence):
            self.fence = ""
        if text.lstrip().startswith("|"):
            text = _tidy(text)
        self.made.sections[-1].own.append((len(self.made.lines), line))
        self.made.lines.append(text)

    def is_wording(self, mark: Mark) -> bool:
        """Tell whether a time that has digits is no instant: it must not become one."""
        field_name, _, number = mark.of[0].partition(":")
        rows = self.report.value(field_name)
        event = rows[int(number)] if rows and number.isdecimal() else None
        said = getattr(event, "said", None)
        return said is not None and any(character.isdigit() for character in said)

    def spelled(
        self,
        marks: Sequence[Mark],
        broken: Sequence[str] = (),
        *,
        start: bool = True,
        looks: bool = False,
    ) -> str:
        """Spell a line, with an empty comment behind each of `broken` in its values."""
        table = marks_table(marks)
        out = ""
        for mark in marks:
            if mark.kind in _TURNS:
                continue
            if mark.kind in ("literal", "details") or mark.of[2:] == ("box",):
                out += mark.said
                continue
            said = inline.canonical(mark.said) if mark.said else ""
            if not said and looks and _needed(mark, out):
                said = "?"
            said = inline.broken(said, broken) if broken else said
            if looks and mark.kind == "part" and not patterns.looks(*mark.of[1:], said):
                said += inline.BREAK
            elif mark.of[1:2] == ("at",) and self.is_wording(mark):
                said += inline.BREAK
            if table and start:
                said = inline.cell(said)
            elif (start and not out.strip()) or LIST_MARKER.fullmatch(out.lstrip()):
                said = inline.at_start(said, task=True)
            out += said
        return out.rstrip()


_TURNS = ("loop", "row", "end", "if", "fi")


def _needed(mark: Mark, before: str) -> bool:
    """Tell whether a list item would be misread if this part were simply empty."""
    first = LIST_MARKER.fullmatch(before.lstrip()) is not None
    return mark.kind == "part" and (first or mark.of[1] == "text")


def marks_table(marks: Sequence[Mark]) -> bool:
    """Tell whether a line is a row of a table."""
    first = next((mark for mark in marks if mark.kind not in _TURNS), None)
    return (
        first is not None
        and first.kind == "literal"
        and first.said.lstrip().startswith("|")
    )


def expected(row: RowSpot) -> dict[str, str]:
    """Return the parts that a row's lines ought to read back as."""
    parts: dict[str, str] = {}
    for line in row.raw:
        parts |= _parts(line.marks)
    return parts


def placeholder(value: object, known: Field, labels: Mapping[str, str]) -> list[str]:
    """Return the lines that stand where nothing is known, or known to be none."""
    if value is None:
        question = known.question.replace("--", "-\u200b-")
        comment = [f"<!-- {question} -->"] if question else []
        return [f"_{labels['unknown']}_", *comment]
    return [f"_{labels['none']}_"]


def _parts(marks: Sequence[Mark]) -> dict[str, str]:
    parts: dict[str, str] = {}
    for mark in marks:
        if mark.kind == "part":
            said = mark.said
            if mark.of[2] == "box":
                said = "done" if said == "x" else ""
            said = inline.canonical(said) if said else ""
            if said:
                parts[mark.of[1]] = said
        elif mark.kind == "details" and mark.said:
            inside = mark.said.strip()[1:-1]
            parts |= _canonical(patterns.details.read(inside, mark.of[1:]))
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


def _separators(alternatives: Iterable[Iterable[patterns.Line]]) -> list[str]:
    """Return the literal texts of patterns that values can be mistaken for, long first."""
    found = {
        separator
        for lines in alternatives
        for line in lines
        for separator in patterns.separators(line)
        if separator.strip()
    }
    return sorted(found, key=lambda each: (-len(each), each))


def _canonical(found: Mapping[str, str]) -> dict[str, str]:
    return {name: inline.canonical(said) for name, said in found.items() if said}


def _table_row(row: Sequence[str]) -> str:
    return _tidy(f"| {' | '.join(row)} |")


def _tidy(text: str) -> str:
    while "|  |" in text:
        text = text.replace("|  |", "| |")
    return text
