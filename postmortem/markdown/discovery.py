"""How an outline is made: what many renders of a full record show, put together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from postmortem.errors import Problem
from postmortem.markdown import patterns
from postmortem.markdown.alone import EVERY
from postmortem.markdown.compose import compose
from postmortem.markdown.fields import Field
from postmortem.markdown.likeness import heading_regex, line_regex
from postmortem.markdown.outline import Column, Rows, Section
from postmortem.markdown.pieces import cells, item, marker, pieces, title_line
from postmortem.markdown.spots import Composition, LoopSpot, RowSpot, SectionSpot
from postmortem.model import Report

Key = tuple[int, str, int]
"""What tells a section: level, heading, and which of that heading it is."""


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
        sections = tuple(self._section(key, spots[key], order) for key in order)
        return sections, self._rows(order), self._title()

    def strays(self) -> Iterator[str]:
        """Yield the fields whose loops print lines that are no rows; `*` for any."""
        for made in self.made:
            for spot in made.sections:
                for line in (spot.raw, *(line for _, line in spot.own)):
                    if line is not None and (line.loop or line.nested):
                        loop = self.loops.get(line.loop or "")
                        yield EVERY if loop is None or line.nested else loop["field"]
            for panel in made.panels:
                if panel.raw.loop or panel.raw.nested:
                    yield EVERY

    # sections

    def _keys(self, made: Composition) -> list[Key]:
        seen: dict[tuple[int, str], int] = {}
        keys = []
        for spot in made.sections:
            plain = (spot.level, spot.heading)
            seen[plain] = seen.get(plain, 0) + 1
            keys.append((*plain, seen[plain]))
        return keys

    def _order(self) -> list[Key]:
        order: list[Key] = []
        for made in self.made:
            at = 0
            for key in self._keys(made):
                if key in order:
                    at = order.index(key) + 1
                else:
                    order.insert(at, key)
                    at += 1
        return order

    def _spots(self, key: Key) -> list[tuple[Composition, int, SectionSpot]]:
        found = []
        for made in self.made:
            keys = self._keys(made)
            if key in keys:
                at = keys.index(key)
                found.append((made, at, made.sections[at]))
        return found

    def _section(
        self,
        key: Key,
        spots: list[tuple[Composition, int, SectionSpot]],
        order: list[Key],
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
            regex=heading_regex(raw) if raw else None,
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

    def _rows(self, order: list[Key]) -> tuple[Rows, ...]:
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
        home = Rows(
            field=spot.field,
            loop=spot.loop,
            section=section,
            fixed=dict(self.loops.get(spot.loop, {}).get("fixed", {})),
        )
        if rows[0].shape == "table":
            columns = tuple(_columns(spot, rows))
            return msgspec.structs.replace(home, columns=columns)
        items = tuple(dict.fromkeys(item(row) for row in rows))
        return msgspec.structs.replace(home, items=items, marker=marker(rows[0]))

    def _title(self) -> patterns.Line:
        for made in self.made:
            for spot in made.sections:
                if spot.raw is None:
                    continue
                line = title_line(spot.raw.marks)
                if line:
                    return line
        return ()


def _columns(spot: LoopSpot, rows: Sequence[RowSpot]) -> Iterator[Column]:
    """Yield the columns of a table, with the patterns that its rows have there."""
    cut = [cells(row.raw[0]) for row in rows]
    for number in range(len(rows[0].cells)):
        alternatives = dict.fromkeys(
            pieces(row[number]) for row in cut if len(row) > number
        )
        head = spot.head[number] if number < len(spot.head) else ""
        yield Column(head=head, patterns=tuple(alternatives))


def _merged(old: Rows | None, new: Rows) -> Rows:
    """Return a home with what one more way of rendering showed of it."""
    if old is None:
        return new
    columns = tuple(
        Column(
            head=one.head, patterns=tuple(dict.fromkeys((*one.patterns, *two.patterns)))
        )
        for one, two in zip(old.columns, new.columns, strict=False)
    )
    items = tuple(dict.fromkeys((*old.items, *new.items)))
    return msgspec.structs.replace(old, columns=columns, items=items)
