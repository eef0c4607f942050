"""How an outline is made: what many renders of a full record show, put together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from postmortem import model
from postmortem.errors import Problem
from postmortem.markdown import fields, patterns
from postmortem.markdown.compose import (
    HEADING,
    LIST_MARKER,
    Composition,
    LoopSpot,
    RowSpot,
    SectionSpot,
    cells,
    compose,
    pieces,
)
from postmortem.markdown.fields import Field
from postmortem.markdown.lines import RawLine
from postmortem.markdown.outline import Column, Rows, Section
from postmortem.markdown.patterns import LITERAL, PART, Item, Piece
from postmortem.markdown.tagging import Mark, marks
from postmortem.model import Report

_DERIVED_LOOKS = {"formula": r"\w+ - \w+", "length": r"[~-]*\d[\d a-z.]*"}
_START = datetime(2025, 5, 24, 13, 5, tzinfo=UTC)


def probe(form: Mapping[str, Field], loops: Mapping[str, Mapping[str, Any]]) -> Report:
    """Return a record in which everything is set, with rows for every filtered loop."""
    report = Report()
    for name, known in form.items():
        fixed = [
            dict(loop["fixed"]) for loop in loops.values() if loop["field"] == name
        ]
        report = report.with_value(name, _value(known, fixed))
    return report


def _value(known: Field, fixed: Sequence[Mapping[str, str]]) -> Any:  # noqa: PLR0911
    match known.kind:
        case fields.TEXT:
            return f"Probe of {known.name}."
        case fields.NUMBER:
            return 7
        case fields.YES_NO:
            return True
        case fields.DATE:
            return date(2025, 5, 24)
        case fields.MOMENT:
            order = model.MOMENTS.index(known.name) if known.name in model.MOMENTS else 0
            return model.Moment(at=_START + timedelta(minutes=10 * order))
        case fields.LINES | fields.SEVERAL:
            return known.choices[:1] or (f"probe of {known.name}",)
        case fields.CHOICE if known.choices:
            return known.choices[0]
        case kind if kind in fields.ROW_KINDS:
            parts = [dict[str, str]()] * 3 + [dict(each) for each in fixed if each]
            return tuple(_row(known, n, over) for n, over in enumerate(parts))
    return "UTC" if known.name == "zone" else f"Probe of {known.name}"


def _row(known: Field, number: int, over: Mapping[str, str]) -> Any:
    said = {part: over.get(part, f"probe {part} {number}") for part in known.parts}
    match known.kind:
        case fields.LIST:
            return f"probe {number}"
        case fields.TABLE:
            return said
        case fields.EVENTS:
            said.pop("at")
            at = _START + timedelta(minutes=number)
            return model.Event(at=at, **said)
        case fields.FACTORS:
            return model.Factor(**{**said, "key": f"F{number + 1}"})
        case fields.REVISIONS:
            return model.Revision(text=said["text"], on=date(2025, 6, 1))
    said |= {"key": f"A{number + 1}", "status": over.get("status", model.OPEN)}
    said |= {"priority": over.get("priority", "P1"), "factor": over.get("factor", "F1")}
    said |= {"type": over.get("type", model.ACTION_TYPES[number % 4])}
    due = date(2025, 6, 1)
    return model.Action(**{**said, "due": due})


def mentioned(probes: Mapping[str, str]) -> list[str]:
    """Return the names that the renders print or loop over, in order of mention."""
    order: dict[str, None] = {}
    for tagged in (probes.get("true", ""), *probes.values()):
        for mark in marks(tagged):
            if mark.kind in ("loop", "field"):
                order.setdefault(mark.of[0])
            elif mark.kind == "derived":
                order.update(dict.fromkeys(mark.of))
    return list(order)


class Discovery:
    """Puts the renders together; `problems` tells what cannot be told apart."""

    def __init__(
        self,
        report: Report,
        form: Mapping[str, Field],
        loops: Mapping[str, Mapping[str, Any]],
        labels: Mapping[str, str],
    ) -> None:
        self.report, self.form, self.loops, self.labels = report, form, loops, labels
        self.problems: list[Problem] = []
        self.made: list[Composition] = []

    def sections(
        self, probes: Mapping[str, str]
    ) -> tuple[tuple[Section, ...], tuple[Rows, ...], patterns.Line]:
        """Return the sections, the homes of rows, and the title's pattern."""
        ways = ["true", *(way for way in probes if way != "true")]
        self.made = [
            compose(probes[way], self.report, self.form, self.labels) for way in ways
        ]
        order = self._order()
        spots = {key: self._spots(key) for key in order}
        sections = tuple(
            self._section(key, spots[key], order) for key in order
        )
        return sections, self._rows(order), self._title()

    # sections

    def _keys(self, made: Composition) -> list[tuple[int, str, int]]:
        seen: dict[tuple[int, str], int] = {}
        keys = []
        for spot in made.sections:
            plain = (spot.level, spot.heading)
            seen[plain] = seen.get(plain, 0) + 1
            keys.append((*plain, seen[plain]))
        return keys

    def _order(self) -> list[tuple[int, str, int]]:
        order: list[tuple[int, str, int]] = []
        for made in self.made:
            at = 0
            for key in self._keys(made):
                if key in order:
                    at = order.index(key) + 1
                else:
                    order.insert(at, key)
                    at += 1
        return order

    def _spots(
        self, key: tuple[int, str, int]
    ) -> list[tuple[Composition, int, SectionSpot]]:
        found = []
        for made in self.made:
            keys = self._keys(made)
            if key in keys:
                at = keys.index(key)
                found.append((made, at, made.sections[at]))
        return found

    def _section(
        self,
        key: tuple[int, str, int],
        spots: list[tuple[Composition, int, SectionSpot]],
        order: list[tuple[int, str, int]],
    ) -> Section:
        level, heading, _ = key
        at = order.index(key)
        parent = next(
            (n for n in range(at - 1, -1, -1) if 0 < order[n][0] < level), None
        )
        child = order[at + 1][0] if at + 1 < len(order) else 0
        text = next(
            (
                spot.field
                for made, number, _ in spots
                for spot in made.texts
                if spot.section == number
            ),
            None,
        )
        before, after = self._own(spots, text)
        raw = spots[0][2].raw
        return Section(
            heading=heading,
            level=level,
            parent=parent,
            regex=_heading_regex(raw) if raw else None,
            optional=len(spots) < len(self.made),
            prose_level=1 + max(level, child, 1),
            text=text,
            before=before,
            after=after,
            derived=tuple(
                dict.fromkeys(
                    line_regex(line)
                    for _, _, spot in spots
                    for _, line in spot.own
                    if line.values
                )
            ),
        )

    def _own(
        self, spots: list[tuple[Composition, int, SectionSpot]], text: str | None
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        before: dict[str, None] = {}
        after: dict[str, None] = {}
        for made, number, spot in spots:
            home = next(
                (t for t in made.texts if t.section == number and t.field == text), None
            )
            for line, raw in spot.own:
                if home is not None:
                    side = before if line < home.start else after
                    side.setdefault(line_regex(raw))
        return tuple(before), tuple(after)

    # rows

    def _rows(self, order: list[tuple[int, str, int]]) -> tuple[Rows, ...]:
        homes: dict[str, Rows] = {}
        claimed: dict[tuple[str, int], str] = {}
        for made in self.made:
            keys = self._keys(made)
            for spot in made.loops:
                rows = [row for row in made.rows if row.loop == spot.loop]
                if not rows or any(row.shape == "other" for row in rows):
                    continue
                if not self._claim(rows, claimed):
                    continue
                section = order.index(keys[spot.section])
                home = self._home(spot, rows, section)
                homes[spot.loop] = _merged(homes.get(spot.loop), home)
        return tuple(homes.values())

    def _claim(
        self, rows: Iterable[RowSpot], claimed: dict[tuple[str, int], str]
    ) -> bool:
        """Give each row to the first loop that shows it."""
        taken = {
            claimed.setdefault((row.field, row.number), row.loop) == row.loop
            for row in rows
        }
        return taken == {True}

    def _home(self, spot: LoopSpot, rows: list[RowSpot], section: int) -> Rows:
        fixed = {
            part: value
            for part, value in self.loops.get(spot.loop, {}).get("fixed", {}).items()
        }
        if rows[0].shape == "table":
            columns = []
            for number in range(len(rows[0].cells)):
                alternatives = dict.fromkeys(
                    pieces(cut[number])
                    for row in rows
                    if len(cut := cells(row.raw[0])) > number
                )
                head = spot.head[number] if number < len(spot.head) else ""
                columns.append(Column(head=head, patterns=tuple(alternatives)))
            return Rows(
                field=spot.field,
                loop=spot.loop,
                section=section,
                columns=tuple(columns),
                fixed=fixed,
            )
        items = dict.fromkeys(_item(row) for row in rows)
        return Rows(
            field=spot.field,
            loop=spot.loop,
            section=section,
            items=tuple(items),
            marker=_marker(rows[0]),
            fixed=fixed,
        )

    def _title(self) -> patterns.Line:
        for made in self.made:
            for spot in made.sections:
                if spot.raw is None:
                    continue
                line = _title_line(spot.raw.marks)
                if line:
                    return line
        return ()


def line_regex(raw: RawLine) -> str:
    """Return what a line of the template's own looks like, whatever its values are."""
    out = []
    for mark in raw.marks:
        if mark.kind == "literal":
            out.append(re.escape(mark.said).replace("\\ ", " +"))
        elif mark.kind in ("field", "part", "item", "details", "derived"):
            out.append(_DERIVED_LOOKS.get(mark.of[0] if mark.of else "", ".*?"))
    return "".join(out).strip()


def _heading_regex(raw: RawLine) -> str | None:
    if not raw.values:
        return None
    line = list(raw.marks)
    at = next(n for n, mark in enumerate(line) if mark.kind == "literal")
    line[at] = Mark("literal", HEADING.sub("", line[at].said.lstrip(), count=1))
    regex = line_regex(RawLine(line))
    return regex.replace(" +.*?", " *.*?").replace(".*? +", ".*? *")


def _title_line(line: Sequence[Mark]) -> patterns.Line:
    if not any(mark.kind == "field" and mark.of == ("title",) for mark in line):
        return ()
    out: list[Piece] = []
    seen = False
    for piece, mark in zip(pieces(line), _shown(line), strict=False):
        if mark.kind == "field" and mark.of == ("title",) and not seen:
            out.append(Piece(PART, "title"))
            seen = True
        else:
            out.append(piece)
    first = out[0]
    if first.kind == LITERAL:
        text = HEADING.sub("", first.text.lstrip(), count=1)
        out = [Piece(LITERAL, text), *out[1:]] if text else out[1:]
    return tuple(out)


def _shown(line: Sequence[Mark]) -> list[Mark]:
    return [mark for mark in line if mark.kind not in ("loop", "row", "end")]


def _item(row: RowSpot) -> Item:
    first, *rest = row.raw
    line = pieces(first.marks)
    if line and line[0].kind == LITERAL:
        text = LIST_MARKER.sub("", line[0].text.lstrip(), count=1)
        line = (Piece(LITERAL, text), *line[1:]) if text else line[1:]
    return Item(line, tuple(_continuation(raw) for raw in rest))


def _continuation(raw: RawLine) -> patterns.Line:
    line = pieces(raw.marks)
    if line and line[0].kind == patterns.OPTIONAL and len(line) == 1:
        line = line[0].pieces
    if line and line[0].kind == LITERAL:
        text = line[0].text.lstrip()
        line = (Piece(LITERAL, text), *line[1:]) if text else line[1:]
    return line


def _marker(row: RowSpot) -> str:
    first = row.raw[0].marks[row.raw[0].shown]
    found = LIST_MARKER.match(first.said.lstrip())
    return found[0] if found else "- "


def _merged(old: Rows | None, new: Rows) -> Rows:
    if old is None:
        return new
    columns = tuple(
        Column(
            head=one.head, patterns=tuple(dict.fromkeys((*one.patterns, *two.patterns)))
        )
        for one, two in zip(old.columns, new.columns, strict=False)
    )
    items: dict[Item, None] = dict.fromkeys((*old.items, *new.items))
    return Rows(
        field=old.field,
        loop=old.loop,
        section=old.section,
        columns=columns,
        items=tuple(items),
        marker=old.marker,
        fixed=old.fixed,
    )


