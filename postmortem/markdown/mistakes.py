"""What in a template would be written and not be read back, found by its structure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from postmortem import templating
from postmortem.markdown import fields
from postmortem.markdown.alike import alike
from postmortem.markdown.elsewhere import parts_of
from postmortem.markdown.fields import Field
from postmortem.markdown.outline import Outline
from postmortem.markdown.showing import Mistake, Shown
from postmortem.markdown.tagging import DETAILS
from postmortem.markdown.template import Template

_OWN_HEADING = "give it a heading of its own"
_ONCE = "keep one of them: a value has one home, and is read from there"
_KEYED = (fields.FACTORS, fields.ACTIONS)


def mistakes(template: Template, seen: Shown) -> Iterator[Mistake]:
    """Yield all that would lose or confuse values, by the structure of the template."""
    walk = _Walk(template, seen)
    found = [*walk.filters(), *walk.parts(), *walk.panels()]
    found += walk.title(_fields(found))
    found += [*alike(template, seen), *walk.texts(), *walk.twice(), *walk.keys()]
    yield from found
    yield from walk.unplaced(_fields(found))


def _fields(found: Sequence[Mistake]) -> set[str]:
    return {name for each in found for name in each.fields}


class _Walk:
    """One look at each kind of mistake."""

    def __init__(self, template: Template, seen: Shown) -> None:
        self.seen = seen
        self.outline: Outline = template.outline
        self.placed = self.outline.placed()

    def filters(self) -> Iterator[Mistake]:
        """Find values whose only place is behind a filter that loses text."""
        for each in self.seen.sifted:
            known = self.outline.fields.get(each.field)
            if known is None or each.filter == DETAILS:
                continue
            if not self.lost(known, each.part):
                continue
            value = f"{each.field}.{each.part}" if each.part else each.field
            yield self.seen.mistake(
                f"{value} is shown through {each.filter!r} only, and cannot be read "
                "back from that",
                place=(self.seen.path_of(each.file), each.line),
                fields=(each.field,),
                hint=f"write it without the filter: {{{{ {value} }}}}",
            )

    def parts(self) -> Iterator[Mistake]:
        """Find parts in brackets that rows of their field do not have."""
        for each in self.seen.sifted:
            known = self.outline.fields.get(each.field)
            if each.filter != DETAILS or each.part is None or known is None:
                continue
            if known.kind not in fields.ROW_KINDS or each.part in known.parts:
                continue
            near = templating.nearest(each.part, known.parts)
            there = f"there are {', '.join(known.parts)}"
            yield self.seen.mistake(
                f"{each.field} have no part {each.part!r}",
                place=(self.seen.path_of(each.file), each.line),
                fields=(each.field,),
                hint=f"did you mean {near!r}?" if near else there,
            )

    def panels(self) -> Iterator[Mistake]:
        """Find tables, lists and diagrams of ours that do not stand for themselves."""
        for line in self.seen.lines:
            for mark in line.values:
                placed = any(line == panel.raw for panel in self.seen.made.panels)
                if mark.kind != "panel" or (placed and not line.loop):
                    continue
                by, *names = mark.of
                yield self.seen.mistake(
                    f"what {by} makes shares its place with something else",
                    place=next(filter(None, map(self.seen.line_of, names)), None),
                    fields=tuple(names),
                    hint="put it on a line of its own, outside of loops and code",
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

    def title(self, named: set[str]) -> Iterator[Mistake]:
        """Find a title that is in no heading."""
        if self.outline.title or "title" in named:
            return
        yield self.seen.mistake(
            "the title stands in no heading",
            place=self.seen.line_of("title"),
            fields=("title",),
            hint="write it as the first heading: # {{ title }}",
        )

    def texts(self) -> Iterator[Mistake]:
        """Find texts that share a section with another text or with rows."""
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
        return self.seen.mistake(
            f"{name} stands in the same section as {other}, and nothing tells where "
            "one ends",
            place=self.seen.line_of(name),
            fields=(name, other),
            hint=_OWN_HEADING,
        )

    def homes(self) -> set[str]:
        """Return the numbers of the loops from which rows are read."""
        return {rows.loop for rows in self.outline.rows}

    def twice(self) -> Iterator[Mistake]:
        """Find texts and rows in two places from which they could be read."""
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
        return self.seen.mistake(
            f"{name} is placed twice", place=place, fields=(name,), hint=_ONCE
        )

    def keys(self) -> Iterator[Mistake]:
        """Find rows that have keys and are shown without them."""
        for rows in self.outline.rows:
            known = self.outline.fields.get(rows.field)
            if known is None or known.kind not in _KEYED or "key" in parts_of(rows):
                continue
            loop = self.seen.loops[rows.loop]
            yield self.seen.mistake(
                f"{rows.field} are shown without their keys, which tell a row from "
                "another when it changes",
                place=(self.seen.path_of(loop["file"]), int(loop["line"])),
                fields=(rows.field,),
                hint="show it: **{{ " + known.name.removesuffix("s") + ".key }}**",
            )

    def unplaced(self, named: set[str]) -> Iterator[Mistake]:
        """Find fields of the body that are needed or shown, and cannot be read back."""
        needed = {name for each in self.outline.required.values() for name in each}
        for name, known in self.outline.fields.items():
            if not known.in_body or name in self.placed or name in named:
                continue
            place = self.seen.line_of(name)
            if place is not None and self.seen.names.get(name):
                yield self.seen.mistake(
                    f"{name} is shown, but not where it can be read back",
                    place=place,
                    fields=(name,),
                    hint=_alone(known),
                )
            elif known.required or name in needed:
                yield self.seen.mistake(
                    f"{name} is required and has no place",
                    place=place,
                    fields=(name,),
                    hint=_alone(known),
                )
        for name in sorted(needed.difference(self.outline.fields, named)):
            missing = fields.STANDARD.get(name)
            if missing is not None:
                yield self.seen.mistake(
                    f"{name} is required and has no place",
                    place=None,
                    fields=(name,),
                    hint=_alone(missing)
                    if missing.in_body
                    else "name it among the facts",
                )


def _alone(known: Field) -> str:
    if known.kind == fields.TEXT:
        return f"put it alone under a heading of its own: {{{{ {known.name} }}}}"
    return "loop over it, with one row of a table or one list item each"
