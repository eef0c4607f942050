"""Rows of a record put into the tables and lists of a text: one row, one line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from postmortem.markdown import lettering, remarking, row_fitting, row_keeping
from postmortem.markdown.change import Change
from postmortem.markdown.fields import Field
from postmortem.markdown.matching import elsewhere_before, matched
from postmortem.markdown.outline import Rows
from postmortem.markdown.rejoining import is_elsewhere
from postmortem.markdown.row_places import Places
from postmortem.markdown.rows import Container, Found
from postmortem.markdown.spots import RowSpot


def rows(change: Change) -> None:
    """Put the changed rows of every field into the text."""
    for name, known in change.known.items():
        if not known.parts or not change.differs(name):
            continue
        if any(spot.field == name for spot in change.written.made.loops):
            _RowEditor(change, known).edit()


class _RowEditor:
    """Puts the changed rows of one field into the text."""

    def __init__(self, change: Change, known: Field) -> None:
        self.whole, self.known = change, known
        self.edits, self.spans = change.edits, change.spans
        self.made = change.written.made
        self.body = change.spans.body
        self.old: Sequence[Any] = change.old.value(known.name) or ()
        self.new: Sequence[Any] = change.new.value(known.name) or ()
        self.found: Sequence[Found] = change.spans.rows.get(known.name, [])
        self.spots: dict[int, RowSpot] = {
            spot.number: spot for spot in self.made.rows if spot.field == known.name
        }
        self.taken_out: set[int] = set()
        """The old rows that leave their table or list."""
        self.places = Places(change, known, self.found)
        self.moved: dict[int, int] = {}
        """By new row: the old one that it is, where only its place is another."""
        self.first: dict[str, list[RowSpot]] = {}
        """By loop: the rows for which the text has no table or list yet."""

    def edit(self) -> None:
        """Take rows out, change those that stay, and put new ones in."""
        pairs = matched(self.old, self.new)
        self.taken_out = {at for at in range(len(self.old)) if at not in pairs.values()}
        for new, old in list(pairs.items()):
            if not self.stays(new, old):
                del pairs[new]
                self.taken_out.add(old)
        if not self.new and self.emptied_list():
            return
        self.moved = elsewhere_before(self.old, self.new, pairs)
        carried = {
            old
            for new, old in self.moved.items()
            if new in self.spots
            and self.place_of(new, pairs) is self.found[old].container
        }
        for old in self.taken_out:
            self.delete(self.found[old], carried=old in carried)
        for new, old in pairs.items():
            if self.old[old] != self.new[new]:
                self.respell(old, new)
        for new in range(len(self.new)):
            if new not in pairs and new in self.spots:
                self.insert(new, pairs)
        for loop in self.first:
            self.first_rows(loop)
        self.emptied_tables()
        self.placeholders()

    def stays(self, new: int, old: int) -> bool:
        """Tell whether a row stays in its table or list, whatever changes in it."""
        spot = self.spots.get(new)
        container = self.found[old].container
        if spot is None or container.home is None:
            return False
        if self.places.is_stray(container):
            return False
        return is_elsewhere(container) or container.home.loop == spot.loop

    def emptied_list(self) -> bool:
        """Put what says that there are no rows where the one list of them was."""
        containers = {id(each.container): each.container for each in self.found}
        spots = [
            spot
            for spot in self.made.loops
            if spot.field == self.known.name and spot.placeholder
        ]
        said = self.spans.placeholders.get(self.known.name)
        noted = any(each.notes for each in self.found)
        if len(containers) != 1 or len(spots) != 1 or said or noted:
            return False
        container = next(iter(containers.values()))
        if container.shape != "list" or is_elsewhere(container):
            return False
        start, end = spots[0].placeholder or (0, 0)
        lines = self.made.lines[start:end]
        last = self.places.end(self.found[-1])
        self.edits.replace(self.body + container.start, last, lines)
        return True

    def emptied_tables(self) -> None:
        """Take away the heads of tables whose rows all moved into another one."""
        for each in self.places.strays:
            if each.shape == "table":
                start = self.body + each.start
                self.edits.delete_block(start, start + 2)

    # one row

    def delete(self, found: Found, *, carried: bool) -> None:
        """Take a row's lines away; those below it go where it is `carried`."""
        if is_elsewhere(found.container):
            return
        row_keeping.check_below(self.whole, self.found, found, carried=carried)
        self.edits.replace(self.body + found.start, self.places.end(found), [])

    def respell(self, old: int, new: int) -> None:
        """Spell a row anew where it stands."""
        found = self.found[old]
        if is_elsewhere(found.container):
            return
        start = self.body + found.start
        if found.container.shape == "table":
            self.edits.replace(start, start + 1, [self.respelled(old, new)])
        else:
            row_keeping.check_read(self.whole, found, self.old[old], self.new[new])
            lines = remarking.put_back(self.item(new, start), found.remarks)
            self.edits.replace(start, start + found.own, lines)

    def respelled(self, old: int, new: int) -> str:
        """Return a row of a table in its line, with what people have there."""
        found = self.found[old]
        line = self.edits.lines[self.body + found.start]
        cells = self.cells(found.container, new)
        return row_keeping.spliced(line, cells, found, self.old[old], self.new[new])

    def place_of(self, new: int, pairs: Mapping[int, int]) -> Container | None:
        """Return the table or list of its home into which a new row goes."""
        home = self.places.home(self.spots[new].loop)
        return self.places.near(home, new, pairs, moved=new in self.moved)

    def insert(self, new: int, pairs: Mapping[int, int]) -> None:
        """Put a new row into the table or list of its home, where there is one."""
        spot = self.spots[new]
        if self.whole.section_of(spot.section) in self.whole.inserted:
            return
        container = self.place_of(new, pairs)
        old = self.moved.get(new, -1)
        was = self.found[old] if old in self.moved.values() else None
        if was is not None:
            rows = self.old[old], self.new[new]
            row_keeping.check_moved(self.whole, was, container, *rows)
            was = was if was.container is container else None
        if container is None:
            self.first.setdefault(spot.loop, []).append(spot)
            return
        at = self.places.before(new, pairs, container, self.taken_out)
        if container.shape == "table":
            cells = [cell or "" for cell in self.cells(container, new)]
            line = self.respelled(old, new) if was else lettering.table_line(cells)
            self.edits.insert(at, [line])
            return
        like = self.body + (was or container).start
        below = self.edits.lines[like + was.own : self.places.end(was)] if was else []
        item = remarking.put_back(self.item(new, like), was.remarks if was else ())
        self.edits.insert(at, [*item, *below])

    def cells(self, container: Container, new: int) -> list[str | None]:
        """Return what each column of a table says of a new row; None: foreign."""
        return row_fitting.cells(self.known, container, self.new[new], self.spots[new])

    def item(self, new: int, like: int) -> list[str]:
        """Return a new row as a list item, with the bullet of the line `like`."""
        spot = self.spots[new]
        lines = self.made.lines[spot.start : spot.end]
        row, bullet = self.new[new], self.edits.lines[like]
        return row_fitting.item(self.known, row, spot, lines, bullet)

    # where there are no rows

    def first_rows(self, loop: str) -> None:
        """Put the first rows of a home where the text has neither table nor list."""
        home = self.places.home(loop)
        spots = self.first[loop]
        lines = self.head(loop) if home.columns else []
        for spot in spots:
            lines += self.made.lines[spot.start : spot.end]
        placed = self.spans.placeholders.get(self.known.name, ())
        cut = self.spans.sections.get(home.section)
        here = next(
            (span for span in placed if self.places.inside(span.start, cut)), None
        )
        if here is not None:
            self.edits.replace(here.start, here.end, lines)
            return
        below = self.places.below(home)
        if below is not None:
            self.edits.insert_block(below, lines)
            return
        at = self.body + cut.start if cut else len(self.edits.lines)
        while cut and at < len(self.edits.lines) and not self.edits.lines[at].strip():
            at += 1
        self.edits.insert_block(at, lines)

    def head(self, loop: str) -> list[str]:
        """Return the two lines above the rows of a table that was written."""
        first = min(each.start for each in self.spots.values() if each.loop == loop)
        return list(self.made.lines[first - 2 : first])

    def placeholders(self) -> None:
        """Take away what said that nothing is known, or say so where it now is."""
        spans = self.spans.placeholders.get(self.known.name, ())
        for home in self.whole.outline.rows:
            if home.field != self.known.name or home.section in self.whole.inserted:
                continue
            cut = self.spans.sections.get(home.section)
            spot = next((s for s in self.made.loops if s.loop == home.loop), None)
            if cut is None or spot is None:
                continue
            here = [span for span in spans if self.places.inside(span.start, cut)]
            if spot.placeholder is None:
                for span in here if home.loop not in self.first else here[1:]:
                    self.remove(span.start, span.end, home)
                continue
            said = self.made.lines[spot.placeholder[0] : spot.placeholder[1]]
            if here:
                self.edits.replace(here[0].start, here[0].end, said)
                continue
            container = self.places.container(home)
            at = self.body + (container.end if container else cut.start)
            while at > 0 and container and not self.edits.lines[at - 1].strip():
                at -= 1
            self.edits.insert_block(at, said)

    def remove(self, start: int, end: int, home: Rows) -> None:
        """Take a placeholder away; with it the blank line that set it off a table."""
        if self.places.container(home) is None:
            self.edits.replace(start, end, [])
        else:
            self.edits.delete_block(start, end)
