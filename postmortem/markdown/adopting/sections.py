"""One heading after the other: which field lives below it, and what stays as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from postmortem.markdown import fields
from postmortem.markdown.adopting import hints, loops
from postmortem.markdown.adopting.document import Document, Part
from postmortem.markdown.adopting.facts import Facts
from postmortem.markdown.adopting.labels import across
from postmortem.markdown.adopting.layout import Section
from postmortem.markdown.adopting.names import heading_names, is_rows
from postmortem.markdown.adopting.notes import Notes
from postmortem.markdown.adopting.sorting import Sorted
from postmortem.markdown.blocks import PARAGRAPH, Block
from postmortem.markdown.fields import STANDARD

_LONG = 60
"""Words of fixed text from which a heading of its own asks nothing."""
_ZONE = re.compile(r"\W*all times?\b.{0,40}", re.IGNORECASE)
"""What says in which zone times are told."""
_ITEMS = "items are filled in for each report"
_ONE = "it is one report's"
_BY_TABLE = (("actions", fields.ACTIONS, 3), ("timeline", fields.EVENTS, 2))
"""Fields that a table is for, whatever its heading says, and by how many columns."""


class Drafter(Facts):
    """Makes sections of parts; remembers which fields have a place."""

    def __init__(self, document: Document, notes: Notes, *, filled: bool) -> None:
        super().__init__(document, notes, filled=filled)
        self.within: dict[int, str] = {}
        """The standard field of each part, by its line."""

    def top(self, part: Part, found: Sorted, made: Section) -> Iterator[Section]:
        """Yield the sections of what stands above the first heading, or the title."""
        if part.level == 0:
            self.restore(found)
        for block in (*found.tables, *found.lists):
            if told := across(self.document, block):
                found.labels += told
                found.order += told
            else:
                found.keep(block)
        for block in [each for each in found.hints if each.kind != PARAGRAPH]:
            found.hints.remove(block)
            found.keep(block)
        found.order.sort(key=self.place)
        if found.hints and self.filled:
            for block in found.hints:
                self.example(block, _ONE)
        elif found.hints:
            asked = hints.question(self.hints_of(found))
            free = "summary" not in self.document.headed
            self.text_above(part, made, asked, free=free)
            self.tell_hints(found)
        deeper = self.own(found, made)
        self.footer(found, made)
        self.tell_places(found)
        if part.level or made.own or made.below:
            yield made
        yield from self.promoted(deeper, made.level)

    def text_above(self, part: Part, made: Section, asked: str, *, free: bool) -> None:
        """Give the title's section a text, as a hint stands there."""
        name = "summary" if free and self.notes.is_free("summary") else None
        told = Section(level=0, heading="Introduction", line=part.line)
        self.text(part.line, told, name, asked, "a hint below the title")
        made.home = told.home

    def sections(self, part: Part, found: Sorted) -> Iterator[Section]:
        """Yield the section of a part, and those that its labels ask for."""
        made = Section(level=part.level, heading=part.heading, line=part.line)
        self.question = ("", "")
        names = list(heading_names(part.heading))
        name = next((each for each in names if self.notes.is_free(each)), None)
        if name is None and self.is_group(part, found):
            return
        why = "a name for it"
        if name is None:
            why = f"{names[0]} has its place already" if names else ""
        if name is None and not names:
            name = self.by_table(found)
            why = "its table has such columns" if name else ""
        if name is not None and is_rows(name):
            if self.fits(name, found):
                self.within[part.line] = name
                yield from self.rows(part, found, made, name, why)
                return
            name, why = None, "its table has other columns"
        if name is None and self.is_fact(part, found):
            self.fact(part, found, made)
            yield made
            return
        if name is not None:
            self.within[part.line] = name
        yield from self.prose(part, found, made, name, why)

    def by_table(self, found: Sorted) -> str | None:
        """Return the field that a table is for, whatever its heading says."""
        for name, kind, least in _BY_TABLE:
            if name in self.document.headed or not self.notes.is_free(name):
                continue
            for table in found.tables[:1]:
                if loops.fits(table.heads, kind) >= least:
                    return name
        return None

    def fits(self, name: str, found: Sorted) -> bool:
        """Tell whether a known heading's table, if it has one, is for such rows."""
        kind = STANDARD[name].kind
        return not found.tables or loops.fits(found.tables[0].heads, kind) > 0

    def is_group(self, part: Part, found: Sorted) -> bool:
        """Tell whether a heading only groups what the one above it is for."""
        above = self.within.get(part.above.line) if part.above else None
        if above is None:
            return False
        rows = (*found.tables, *found.lists)
        grouped = above == "actions" and bool(rows) and not found.labels
        if not grouped and not (self.filled and not part.has_parts):
            return False
        self.within[part.line] = above
        why = f"it groups {above}" if grouped else f"a part of one report's {above}"
        self.notes.left_out(part.line, f"{'#' * part.level} {part.heading}", why)
        for block in part.blocks:
            self.example(block, why)
        return True

    # rows

    def rows(
        self, part: Part, found: Sorted, made: Section, name: str, why: str
    ) -> Iterator[Section]:
        """Yield the section of a standard field that has rows."""
        asked = self.hints_of(found)
        for block in found.fixed:
            if self.filled or block.kind != PARAGRAPH or block.content[:1].isdigit():
                self.example(block, "an example")
            elif name == "timeline" and _ZONE.fullmatch(block.content):
                self.example(block, "times are printed in UTC")
            else:
                asked.append(block.content)
                found.hints.append(block)
        found.order = [*found.labels]
        timed = name == "timeline"
        deeper = self.own(found, made, shown=not timed)
        said = f"{'#' * made.level} {made.heading}"
        if timed and loops.timeless(made.heading) != made.heading:
            made.heading = loops.timeless(made.heading)
            became = f"heading {made.heading!r}"
            told = "times are printed in UTC, whatever zone they were told in"
            self.notes.guess(made.line, said, became, told)
        table = found.tables[0] if found.tables else None
        made.home = loops.standard(name, table, self.document, self.notes)
        rows = (*found.tables, *found.lists)
        for block in rows:
            self.answers(block, asked)
        self.take(part.line, said, name, hints.question(asked), why)
        self.tell_hints(found)
        for block in rows:
            self.example(block, "rows are filled in for each report")
        self.footer(found, made)
        self.tell_places(found)
        yield made
        yield from self.promoted(deeper, part.level)

    # texts, and headings of the team's own

    def prose(
        self, part: Part, found: Sorted, made: Section, name: str | None, why: str
    ) -> Iterator[Section]:
        """Yield the section of a text, or of a heading that nobody knows."""
        asked = self.hints_of(found)
        places = [each for each in found.lists if self.answers(each, asked)]
        left = [each for each in found.lists if each not in places]
        if self.filled:
            for block in (*found.fixed, *left):
                self.example(block, _ONE)
            found.order = [*found.labels]
        else:
            for block in left:
                found.keep(block)
        tables = list(found.tables)
        asks = name is not None or self.asks(part, found, asked, places)
        if not asks and not tables:
            self.restore(found)
        found.order.sort(key=self.place)
        deeper = self.own(found, made)
        self.home(part, found, made, (name, why), hints.question(asked), places)
        self.tell_hints(found)
        if made.home and tables and name is None and not asks:
            tables.pop(0)
        for block in places:
            self.example(block, _ITEMS)
        self.tell_places(found)
        more = [each for table in tables for each in self.more(part, table)]
        self.footer(found, more[-1] if more else made)
        yield made
        yield from self.promoted(deeper, part.level)
        yield from more

    def home(
        self,
        part: Part,
        found: Sorted,
        made: Section,
        known: tuple[str | None, str],
        asked: str,
        places: Sequence[Block],
    ) -> None:
        """Give the section of a part the field that lives there, if one does."""
        name, why = known
        if name is not None:
            self.text(part.line, made, name, asked, why)
        elif found.tables and not found.labels and not found.fixed:
            why = why or "a table of the team's own"
            self.table(part.line, made, found.tables[0], asked, why)
        elif self.asks(part, found, [asked] if asked else [], places):
            if places and not asked and not found.places and not found.fixed:
                self.listed(part.line, made, why or "a list of the team's own")
            else:
                self.text(part.line, made, None, asked, why or "no standard field")
        else:
            told = "a heading over others" if part.has_parts else "it asks nothing"
            self.notes.guess(part.line, part.heading, "kept as it is", why or told)

    def asks(
        self,
        part: Part,
        found: Sorted,
        asked: Sequence[str],
        places: Sequence[Block],
    ) -> bool:
        """Tell whether a heading that nobody knows asks for a text or list."""
        if found.tables and not found.fixed:
            return False
        if found.labels:
            return bool(places or found.places)
        if asked or found.places or places:
            return True
        if part.has_parts or found.tables:
            return False
        words = " ".join(self.document.raw(each) for each in found.fixed)
        return self.filled or len(words.split()) < _LONG
