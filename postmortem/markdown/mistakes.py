"""What in a template would be written and not be read back, found by its structure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from postmortem.errors import Problem
from postmortem.markdown import fields, values
from postmortem.markdown.elsewhere import parts_of
from postmortem.markdown.fields import Field, plain_heading
from postmortem.markdown.outline import LABELS, Outline
from postmortem.markdown.showing import Shown
from postmortem.markdown.template import Template

_OWN_HEADING = "give it a heading of its own"
_ONCE = "keep one of them: a value has one home, and is read from there"
_KEYED = (fields.FACTORS, fields.ACTIONS)


@dataclass(frozen=True, kw_only=True)
class Mistake:
    """A problem of a template, and the field that it is about, if it is about one."""

    problem: Problem
    field: str | None = None


def mistakes(template: Template, seen: Shown) -> Iterator[Mistake]:
    """Yield everything in the template's structure that would lose or confuse values."""
    walk = _Walk(template, seen)
    filtered = list(walk.filters())
    yield from filtered
    named = {each.field for each in filtered}
    yield from walk.title(named)
    yield from walk.labels()
    yield from walk.headings()
    yield from walk.texts()
    yield from walk.twice()
    yield from walk.keys()
    yield from walk.unplaced(named)


class _Walk:
    """One look at each kind of mistake."""

    def __init__(self, template: Template, seen: Shown) -> None:
        self.template, self.seen = template, seen
        self.outline: Outline = template.outline
        self.placed = self.outline.placed()

    def mistake(
        self,
        message: str,
        *,
        place: tuple[str, int] | None,
        field: str | None = None,
        hint: str,
    ) -> Mistake:
        """Return a mistake; without a place the whole file is meant."""
        path, line = place or (self.template.path, None)
        problem = Problem(message=message, path=path, line=line, hint=hint)
        return Mistake(problem=problem, field=field)

    def filters(self) -> Iterator[Mistake]:
        """Values whose only place is behind a filter that loses text."""
        for each in self.seen.sifted:
            known = self.outline.fields.get(each.field)
            if known is None or not self.lost(known, each.part):
                continue
            value = f"{each.field}.{each.part}" if each.part else each.field
            yield self.mistake(
                f"{value} is shown through {each.filter!r} only, and cannot be read "
                "back from that",
                place=(self.seen.path_of(each.file), each.line),
                field=each.field,
                hint=f"write it without the filter: {{{{ {value} }}}}",
            )

    def lost(self, known: Field, part: str | None) -> bool:
        """Tell whether a value, or that part of its rows, has no place to be read."""
        if known.name == "title":
            return not self.outline.title
        if not known.in_body:
            return False
        if known.kind not in fields.ROW_KINDS:
            return known.name not in self.placed
        shown = {
            name
            for rows in self.outline.rows
            if rows.field == known.name
            for name in parts_of(rows)
        }
        return part in known.parts and part not in shown

    def title(self, named: set[str | None]) -> Iterator[Mistake]:
        """A title that is in no heading."""
        if self.outline.title or "title" in named:
            return
        yield self.mistake(
            "the title stands in no heading",
            place=self.seen.line_of("title"),
            field="title",
            hint="write it as the first heading: # {{ title }}",
        )

    def labels(self) -> Iterator[Mistake]:
        """Words of ours that say the same, or nothing, or are a heading too."""
        said = {name: self.outline.labels.get(name, "") for name in LABELS}
        unknown, none = said["unknown"], said["none"]
        if plain_heading(unknown) == plain_heading(none):
            yield self.mistake(
                f"the labels 'unknown' and 'none' are both {unknown!r}",
                place=None,
                hint="a reader has to tell not known yet from known to be none",
            )
        for name in ("unknown", "none", "elsewhere"):
            if values.unset(said[name]):
                yield self.mistake(
                    f"the label {name!r} says nothing",
                    place=None,
                    hint=f"the usual one is {LABELS[name]!r}",
                )
        for section in self.outline.sections:
            if plain_heading(section.heading) == plain_heading(said["elsewhere"]):
                yield self.mistake(
                    f"the heading {section.heading!r} is the one under which values "
                    "without a place are kept",
                    place=self.seen.line_of_heading(section.heading),
                    field=section.text,
                    hint="reword the heading, or the label 'elsewhere'",
                )

    def headings(self) -> Iterator[Mistake]:
        """Sections with a field that are called the same, at the same place."""
        used = self.used()
        first: dict[tuple[str, ...], int] = {}
        for number, section in enumerate(self.outline.sections):
            way = self.way(number)
            before = first.setdefault(way, number)
            if before == number or not used & {before, number}:
                continue
            again = sum(
                other.heading == section.heading
                for other in self.outline.sections[:number]
            )
            yield self.mistake(
                f"two sections are called {section.heading!r}, and nothing tells them "
                "apart",
                place=self.seen.line_of_heading(section.heading, again),
                field=section.text,
                hint="reword one of them",
            )

    def used(self) -> set[int]:
        """Return the sections in which, or below which, a field has its home."""
        used: set[int] = set()
        homes = {rows.section for rows in self.outline.rows}
        for number, section in enumerate(self.outline.sections):
            if not section.text and number not in homes:
                continue
            here: int | None = number
            while here is not None:
                used.add(here)
                here = self.outline.sections[here].parent
        return used

    def way(self, number: int) -> tuple[str, ...]:
        """Return a section's level and the headings that lead to it."""
        section = self.outline.sections[number]
        above = () if section.parent is None else self.way(section.parent)
        return (*above, f"{section.level} {plain_heading(section.heading)}")

    def texts(self) -> Iterator[Mistake]:
        """Texts that share a section with another text or with rows."""
        held: dict[int, str] = {}
        for spot in self.seen.made.texts:
            other = held.setdefault(spot.section, spot.field)
            if other != spot.field:
                yield self.shared(spot.field, other)
        for loop in self.seen.made.loops:
            other = held.get(loop.section, loop.field)
            if loop.loop in self.homes() and other != loop.field:
                yield self.shared(loop.field, other)

    def shared(self, name: str, other: str) -> Mistake:
        """Return the mistake of a field that stands where another one does."""
        return self.mistake(
            f"{name} stands in the same section as {other}, and nothing tells where "
            "one ends",
            place=self.seen.line_of(name),
            field=name,
            hint=_OWN_HEADING,
        )

    def homes(self) -> set[str]:
        """Return the numbers of the loops from which rows are read."""
        return {rows.loop for rows in self.outline.rows}

    def twice(self) -> Iterator[Mistake]:
        """Texts and rows that stand in two places from which they could be read."""
        texts: dict[str, int] = {}
        for line in self.seen.lines:
            alone = line.values[0] if len(line.values) == 1 else None
            if alone is None or line.literal.strip() or line.row or line.nested:
                continue
            known = self.outline.fields.get(alone.of[0]) if alone.of else None
            if alone.kind != "field" or known is None or known.kind != fields.TEXT:
                continue
            texts[known.name] = number = texts.get(known.name, -1) + 1
            if number:
                place = self.seen.line_of(known.name, number)
                yield self.again(known.name, place)
        yield from self.rows_twice()

    def rows_twice(self) -> Iterator[Mistake]:
        taken: dict[tuple[str, int], str] = {}
        told: set[str] = set()
        for row in self.seen.made.rows:
            if row.shape == "other" or row.loop in told:
                continue
            if taken.setdefault((row.field, row.number), row.loop) != row.loop:
                told.add(row.loop)
                loop = self.seen.loops[row.loop]
                place = self.seen.path_of(loop["file"]), int(loop["line"])
                yield self.again(row.field, place)

    def again(self, name: str, place: tuple[str, int] | None) -> Mistake:
        """Return the mistake of a second place."""
        return self.mistake(
            f"{name} is placed twice", place=place, field=name, hint=_ONCE
        )

    def keys(self) -> Iterator[Mistake]:
        """Rows that have keys, shown without them."""
        for rows in self.outline.rows:
            known = self.outline.fields.get(rows.field)
            if known is None or known.kind not in _KEYED or "key" in parts_of(rows):
                continue
            loop = self.seen.loops[rows.loop]
            yield self.mistake(
                f"{rows.field} are shown without their keys, which tell a row from "
                "another when it changes",
                place=(self.seen.path_of(loop["file"]), int(loop["line"])),
                field=rows.field,
                hint="show it: **{{ " + known.name.removesuffix("s") + ".key }}**",
            )

    def unplaced(self, named: set[str | None]) -> Iterator[Mistake]:
        """Fields of the body that are needed, or shown, and cannot be read back."""
        for name, known in self.outline.fields.items():
            if not known.in_body or name in self.placed or name in named:
                continue
            place = self.seen.line_of(name)
            if place is not None and self.seen.names.get(name):
                yield self.mistake(
                    f"{name} is shown, but not where it can be read back",
                    place=place,
                    field=name,
                    hint=_alone(known),
                )
            elif known.required:
                yield self.mistake(
                    f"{name} is required and has no place",
                    place=place,
                    field=name,
                    hint=_alone(known),
                )


def _alone(known: Field) -> str:
    if known.kind == fields.TEXT:
        return f"put it alone under a heading of its own: {{{{ {known.name} }}}}"
    return f"loop over it with one row of a table, or one list item, a {known.kind[:-1]}" \
        if known.kind in fields.ROW_TYPES else \
        "loop over it with one row of a table, or one list item, each"
