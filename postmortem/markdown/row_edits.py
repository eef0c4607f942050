"""Rows of a record put into the tables and lists of a text: one row, one line."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from postmortem.markdown import context, fields, inline, when
from postmortem.markdown.compose import LIST_MARKER, RowSpot
from postmortem.markdown.fields import Field
from postmortem.markdown.outline import Rows
from postmortem.markdown.rows import Container, Found

if TYPE_CHECKING:
    from postmortem.markdown.rewriter import _Rewriter

_PIPE = re.compile(r"(?<!\\)\|")


class RowEditor:
    """Puts the changed rows of one field into the text."""

    def __init__(self, rewriter: _Rewriter, known: Field) -> None:
        self.rewriter, self.known = rewriter, known
        self.edits = rewriter.edits
        self.body = rewriter.spans.body
        self.old: Sequence[Any] = rewriter.old.value(known.name) or ()
        self.new: Sequence[Any] = rewriter.new.value(known.name) or ()
        self.found: Sequence[Found] = rewriter.spans.rows.get(known.name, [])
        self.spots: dict[int, RowSpot] = {
            spot.number: spot
            for spot in rewriter.written.made.rows
            if spot.field == known.name
        }

    def edit(self) -> None:
        pairs = matched(self.old, self.new)
        self.taken_out = {at for at in range(len(self.old)) if at not in pairs.values()}
        for new, old in list(pairs.items()):
            if not self.stays(new, old):
                del pairs[new]
                self.taken_out.add(old)
        if not self.new and self.emptied_list():
            return
        for old in self.taken_out:
            self.delete(old)
        for new, old in pairs.items():
            if self.old[old] != self.new[new]:
                self.change(self.found[old], self.spots[new], old, new)
        self.first: dict[str, list[RowSpot]] = {}
        for new in range(len(self.new)):
            if new not in pairs and new in self.spots:
                self.insert(new, pairs)
        for loop in self.first:
            self.first_rows(loop)
        self.placeholders()

    def stays(self, new: int, old: int) -> bool:
        """Tell whether a row stays in its table or list, whatever changes in it."""
        spot = self.spots.get(new)
        home = self.found[old].container.home
        if spot is None or home is None:
            return False
        return home.section == -1 or home.loop == spot.loop

    def emptied_list(self) -> bool:
        """Put what says that there are no rows where the one list of them was."""
        containers = {id(each.container): each.container for each in self.found}
        made = self.rewriter.written.made
        spots = [s for s in made.loops if s.field == self.known.name and s.placeholder]
        if len(containers) != 1 or len(spots) != 1:
            return False
        container = next(iter(containers.values()))
        if container.shape != "list" or _is_elsewhere(container):
            return False
        start, end = spots[0].placeholder or (0, 0)
        last = self.end(self.found[-1])
        self.edits.replace(self.body + container.start, last, made.lines[start:end])
        return True

    # deleting

    def delete(self, old: int) -> None:
        found = self.found[old]
        if _is_elsewhere(found.container):
            return
        start, end = self.body + found.start, self.body + found.end
        while end > start + 1 and not self.edits.lines[end - 1].strip():
            end -= 1
        self.edits.replace(start, end, [])

    # changing

    def change(self, found: Found, spot: RowSpot, old: int, new: int) -> None:
        if _is_elsewhere(found.container):
            return
        start = self.body + found.start
        if found.container.shape == "table":
            line = self.edits.lines[start]
            before = self.cells(found.container, self.old[old], None)
            after = self.cells(found.container, self.new[new], spot)
            self.edits.replace(start, start + 1, [spliced(line, before, after)])
            return
        end = start + self.first_lines(found)
        self.edits.replace(start, end, self.item(found.container, spot, start))

    def first_lines(self, found: Found) -> int:
        """Return how many lines the item's own paragraph has."""
        return found.own

    def item(self, container: Container, spot: RowSpot, like: int | None) -> list[str]:
        lines = list(self.rewriter.written.made.lines[spot.start : spot.end])
        if spot.shape == "table":
            lines = [self.bullet(spot.number)]
        while lines and not lines[-1].strip():
            lines.pop()
        if like is None:
            return lines
        marker = re.match(r"\s*(?:[-*+]|\d{1,9}[.)])\s+", self.edits.lines[like])
        own = LIST_MARKER.match(lines[0].lstrip())
        if marker is None or own is None or marker[0] == own[0]:
            return lines
        pad = " " * len(marker[0])
        rest = [re.sub(rf"^ {{0,{len(own[0])}}}", pad, line) for line in lines[1:]]
        return [marker[0] + lines[0].lstrip()[own.end() :], *rest]

    def bullet(self, number: int) -> str:
        """Spell a row of a table as a list item, for a list that people put instead."""
        said = self.said(self.new[number])
        first = [said.get(part) for part in ("at", "key", "on")]
        text = said.get("text") or " ".join(value for value in said.values() if value)
        return "- " + " ".join(each for each in (*first, text) if each)

    # tables

    def cells(
        self, container: Container, row: Any, spot: RowSpot | None
    ) -> list[str | None]:
        """Return what each column of a table in the text says of a row; None: foreign."""
        said = self.said(row)
        home = container.home
        heads = [column.head for column in home.columns] if home else []
        out: list[str | None] = []
        for head, parts in zip(container.heads, container.columns, strict=False):
            if not parts:
                out.append(None)
            elif spot is not None and head in heads and len(heads) == len(spot.cells):
                out.append(spot.cells[heads.index(head)])
            else:
                out.append(
                    inline.cell(" ".join(v for part in parts if (v := said.get(part))))
                )
        if spot is None:
            return [
                None if cell is None else "\0".join(str(said.get(p)) for p in parts)
                for cell, parts in zip(out, container.columns, strict=False)
            ]
        return out

    def said(self, row: Any) -> dict[str, str | None]:
        plain = context.row(row, self.known)
        if isinstance(plain, str):
            return {"text": inline.canonical(plain)}
        if self.known.kind == fields.EVENTS and plain["at"]:
            plain["at"] = when.written(when.from_iso(plain["at"]), None)
        return {
            part: inline.canonical(value) if value else value
            for part, value in plain.items()
        }

    # inserting

    def insert(self, new: int, pairs: Mapping[int, int]) -> None:
        spot = self.spots[new]
        home = next(h for h in self.rewriter.outline.rows if h.loop == spot.loop)
        if self.rewriter.section_of(spot.section) in self.rewriter.inserted:
            return
        container = self.container(home)
        if container is None:
            self.first.setdefault(home.loop, []).append(spot)
            return
        at = self.place(new, pairs, container)
        if container.shape == "table":
            cells = self.cells(container, self.new[new], spot)
            row = "| " + " | ".join(cell or "" for cell in cells) + " |"
            while "|  |" in row:
                row = row.replace("|  |", "| |")
            self.edits.insert(at, [row])
            return
        like = self.body + container.start
        self.edits.insert(at, self.item(container, spot, like))

    def container(self, home: Rows) -> Container | None:
        """Return the table or list of the text in which a home's rows stand."""
        return next(
            (
                each
                for each in self.rewriter.spans.containers
                if each.home is not None and each.home.loop == home.loop
            ),
            None,
        )

    def place(self, new: int, pairs: Mapping[int, int], container: Container) -> int:
        """Return the line before which a new row goes: behind the row before it."""
        for before in range(new - 1, -1, -1):
            if before in pairs and self.found[pairs[before]].container is container:
                return self.end(self.found[pairs[before]])
        for old, found in enumerate(self.found):
            if found.container is container and old not in self.taken_out:
                if any(after > new for after, was in pairs.items() if was == old):
                    return self.body + found.start
        if container.shape == "table":
            return self.body + container.start + 2
        return self.body + container.start

    def end(self, found: Found) -> int:
        end = self.body + found.end
        while end > self.body + found.start + 1 and not self.edits.lines[end - 1].strip():
            end -= 1
        return end

    def first_rows(self, loop: str) -> None:
        """Put the first rows of a home where the text has neither table nor list."""
        home = next(h for h in self.rewriter.outline.rows if h.loop == loop)
        spots = self.first[loop]
        made = self.rewriter.written.made
        start = spots[0].start - (2 if home.columns else 0)
        lines = made.lines[start : spots[-1].end]
        placed = self.rewriter.spans.placeholders.get(self.known.name, ())
        cut = self.rewriter.spans.sections.get(home.section)
        here = next((span for span in placed if self.inside(span.start, cut)), None)
        if here is not None:
            self.edits.replace(here.start, here.end, lines)
            return
        at = self.body + cut.start if cut else len(self.edits.lines)
        while cut and at < len(self.edits.lines) and not self.edits.lines[at].strip():
            at += 1
        self.edits.insert_block(at, lines)

    def inside(self, line: int, cut: Any) -> bool:
        return cut is not None and cut.start <= line - self.body < cut.end

    # unknown and none

    def placeholders(self) -> None:
        """Take away what said that nothing is known, or say so where it now is."""
        made = self.rewriter.written.made
        spans = self.rewriter.spans.placeholders.get(self.known.name, ())
        for home in self.rewriter.outline.rows:
            if home.field != self.known.name:
                continue
            cut = self.rewriter.spans.sections.get(home.section)
            spot = next((s for s in made.loops if s.loop == home.loop), None)
            if cut is None or spot is None or home.section in self.rewriter.inserted:
                continue
            here = [span for span in spans if self.inside(span.start, cut)]
            if spot.placeholder is None:
                for span in here if home.loop not in self.first else here[1:]:
                    self.remove(span.start, span.end, home)
                continue
            said = made.lines[spot.placeholder[0] : spot.placeholder[1]]
            if here:
                self.edits.replace(here[0].start, here[0].end, said)
            else:
                container = self.container(home)
                at = self.body + (container.end if container else cut.start)
                while at > 0 and container and not self.edits.lines[at - 1].strip():
                    at -= 1
                self.edits.insert_block(at, said)

    def remove(self, start: int, end: int, home: Rows) -> None:
        """Take a placeholder away; with it the blank line that set it off a table."""
        if self.container(home) is None:
            self.edits.replace(start, end, [])
        else:
            self.edits.delete_block(start, end)


def matched(old: Sequence[Any], new: Sequence[Any]) -> dict[int, int]:
    """Match rows of two versions: new index to old, in one order.

    Rows with keys are the same when their keys are; others when they are equal, then
    when time or text is, then by their place between rows that match.
    """
    pairs: dict[int, int] = {}
    for identity in (_key, _whole, _time_and_text, _text):
        a = [identity(row) for row in old]
        b = [identity(row) for row in new]
        for at, name in enumerate(b):
            if name is None or at in pairs:
                continue
            for was, other in enumerate(a):
                if other == name and was not in pairs.values():
                    if _in_order(pairs, at, was):
                        pairs[at] = was
                        break
    left_old = [at for at in range(len(old)) if at not in pairs.values()]
    left_new = [at for at in range(len(new)) if at not in pairs]
    for at in left_new:
        for was in left_old:
            keyed = _key(old[was]) is not None and _key(new[at]) is not None
            if was not in pairs.values() and not keyed and _adjacent(pairs, at, was):
                pairs[at] = was
                break
    return pairs


def _in_order(pairs: Mapping[int, int], at: int, was: int) -> bool:
    return all((a < at) == (b < was) for a, b in pairs.items())


def _adjacent(pairs: Mapping[int, int], at: int, was: int) -> bool:
    return _in_order(pairs, at, was)


def _key(row: Any) -> Any:
    return getattr(row, "key", None)


def _whole(row: Any) -> Any:
    return repr(row)


def _time_and_text(row: Any) -> Any:
    return (row.at, row.text) if getattr(row, "at", None) else None


def _text(row: Any) -> Any:
    return row if isinstance(row, str) else getattr(row, "text", None) or None


def spliced(
    line: str, before: Sequence[str | None], after: Sequence[str | None]
) -> str:
    """Return a table's line with the cells that differ put in, the others as they are.

    `before` only has to tell whether a cell differs; None is a column of others'.
    """
    del before
    edges = [found.start() for found in _PIPE.finditer(line)]
    leading = bool(re.match(r"\s*\|", line))
    starts = edges if leading else [-1, *edges]
    ends = [*starts[1:], len(line)]
    out = line
    for at in reversed(range(min(len(after), len(starts)))):
        cell = after[at]
        if cell is None:
            continue
        start, end = starts[at] + 1, ends[at]
        now = out[start:end]
        if now.strip() == cell:
            continue
        width = len(now)
        padded = f" {cell} ".ljust(width) if width > len(now.strip()) + 2 else f" {cell} "
        out = out[:start] + (padded if cell or width < 2 else " ") + out[end:]  # noqa: PLR2004
    return out


def _is_elsewhere(container: Container) -> bool:
    return container.home is not None and container.home.section == -1

