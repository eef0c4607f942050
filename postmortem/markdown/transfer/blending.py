"""One stretch of three texts made into one: the file, and what each template writes.

What both templates write alike stays as it is in the file. Else the new layout is
taken, and what people added stands before or behind its values. Only what both the
people and the template changed at one place is given to git's merge.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from postmortem.markdown.scanning import blocks
from postmortem.markdown.transfer import headings
from postmortem.markdown.transfer.additions import (
    Lines,
    among,
    apart,
    by_hand,
    derived_among,
    has_room,
    joined,
    own_lines,
    plain,
    taken_out,
)
from postmortem.markdown.transfer.places import GAP
from postmortem.markdown.transfer.stretches import LEFT, OTHER, TITLE, Stretch

Merge = Callable[[Lines, Lines, Lines], list[str]]
"""Merges lines of the file with those of the old and the new template, as git does."""


@dataclass(frozen=True, kw_only=True)
class Blend:
    """How stretches are made into one."""

    merge: Merge
    same_name: bool
    """Old and new are one template at two times."""
    strict: Collection[str]
    """The fields whose values are written anew, as they could not be read otherwise."""
    noted: Collection[str]
    """The fields with notes on their rows."""
    stuck: Collection[str]
    """The fields whose rows say what another layout cannot hold."""

    def head(self, file: Stretch, old: Stretch | None, new: Stretch) -> Lines:
        """Return the lines of the heading; a conflict where both have reworded it."""
        if old is None or file.kind != new.kind or not file.head:
            return new.head
        if old.head == new.head:
            return file.head
        if file.heading == old.heading or not self.same_name or TITLE in new.names:
            return new.head
        return self.merge(file.head, old.head, new.head)

    def heading(
        self, file: Stretch, old: Stretch | None, new: Stretch
    ) -> tuple[Lines, Lines]:
        """Return the lines of the heading, and those that it leaves below it."""
        head = self.head(file, old, new)
        said = headings.beyond(file, old, new)
        if head != new.head or not (said or TITLE in new.names):
            return head, ()
        try:
            return headings.kept(file, new, said)
        except headings.Unsure:
            return self.merge(file.head, old.head if old else (), new.head), ()

    def body(
        self, file: Stretch, old: Stretch | None, new: Stretch, noted: Stretch
    ) -> Lines:
        """Return the lines below it; `noted` is the new stretch with notes on rows."""
        if file.kind == OTHER:
            return _adopted(file, new)
        if old is not None and not self._strict(new):
            if file.body == old.body:
                return noted.body
            if old.body == new.body and not self._has_notes(file):
                return file.body
        gone = taken_out(file, old)
        if old is not None and self._both_changed(file, old, new, gone):
            return self.merge(file.body, old.body, noted.body)
        if not has_room(file, new):
            return noted.body
        return self._parts(file, old, new, noted, gone)

    def _parts(
        self,
        file: Stretch,
        old: Stretch | None,
        new: Stretch,
        noted: Stretch,
        gone: Collection[str],
    ) -> Lines:
        """Put the new values and what people added around them together."""
        mine = by_hand(file, old)
        was = old.value if old else ()
        if self._keeps(file, old, new):
            value = list(file.value)
            inside: list[str] = []
        elif _any_heading(mine.lines):
            return self.merge(file.body, old.body if old else (), noted.body)
        elif file.value != was and any(name in self.stuck for name in new.names):
            value, inside = self.merge(file.value, was, noted.value), []
        else:
            value, inside = list(noted.value), mine.inside
            if file.unset or not file.text:
                inside = [*inside, *among(file, own_lines(old))]
        above, below = _around(noted, {*gone, *derived_among(value, file)})
        if old is not None and not self.same_name and not new.text:
            above = [GAP] if mine.over and not any(above) else above
            below = [GAP] if mine.under and not any(below) else below
        top = (mine.over, above, mine.above)
        return joined(*top, value, inside, mine.below, below, mine.under)

    def _keeps(self, file: Stretch, old: Stretch | None, new: Stretch) -> bool:
        """Tell whether the values can stay as they are spelled in the file."""
        if self._strict(new) or self._has_notes(file):
            return False
        if old is not None:
            if file.value == old.value:
                return False
            if old.value == new.value:
                return True
        texts = len(file.fields) == 1 and file.fields == new.fields
        return texts and file.text and new.text and not file.unset

    def _strict(self, new: Stretch) -> bool:
        return any(name in self.strict for name in new.names)

    def _has_notes(self, file: Stretch) -> bool:
        """Tell whether rows in the last section have notes, which may have to move."""
        return file.kind == LEFT and file.names[0] in self.noted

    def _both_changed(
        self, file: Stretch, old: Stretch, new: Stretch, gone: Collection[str]
    ) -> bool:
        """Tell whether people changed a line of the template that is changed there."""
        if not (self.same_name and gone):
            return False
        mine = {plain(line) for line in apart(file, old)}
        theirs = {plain(line) for line in apart(new, old)}
        still = {plain(line) for line in new.body}
        return bool(mine and theirs and set(gone) - still)


def _adopted(file: Stretch, new: Stretch) -> Lines:
    """Return the body of a section that the old template did not know."""
    if not new.names or not new.held:
        return joined(new.body, file.body)
    rows = any(
        each.kind.endswith(("list_open", "table_open"))
        for each in blocks(file.body, {})
    )
    return file.body if rows or new.text else [*new.body, "", *file.body]


def _around(new: Stretch, gone: Collection[str]) -> tuple[list[str], list[str]]:
    """Return the lines above and below the values, without those that people took."""
    first, last = new.region
    above = [line for line in new.body[:first] if plain(line) not in gone or not line]
    below = [line for line in new.body[last:] if plain(line) not in gone or not line]
    return above, below


def _any_heading(lines: Lines) -> bool:
    return any(line.startswith("#") for line in lines)
