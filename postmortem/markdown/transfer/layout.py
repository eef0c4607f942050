"""The stretches of the new layout, with what the file has of each, put in order."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace

from postmortem.markdown.transfer import additions, headings, pairing, places
from postmortem.markdown.transfer.blending import Blend
from postmortem.markdown.transfer.stretches import (
    LAST,
    LEFT,
    OTHER,
    SECTION,
    Stretch,
)
from postmortem.model import Report

NOTES = "Notes"
"""The heading of lines that have none in the new layout."""


@dataclass(kw_only=True)
class Layout:
    """Three texts as stretches; `base` is empty where the old template is not known."""

    file: Sequence[Stretch]
    base: Sequence[Stretch]
    new: Sequence[Stretch]
    noted: Sequence[Stretch]
    """The new ones with the notes that people made on rows."""
    record: Report
    last: str
    """What the new template calls its last heading."""
    left: Collection[str] = ()
    """The fields that are of another kind now, or whose rows cannot have their notes:
    their sections stay as they are."""
    insert: bool = False
    """A section that the file lacks is put in, whoever took it out."""
    remember: bool = False
    """Sections of people say where they stood, as it may be wanted again."""
    pairs: pairing.Pairs = field(init=False)

    def __post_init__(self) -> None:
        self.file = [places.told(each) for each in self.file]
        ours = [
            each if not self._is_left(each) else _unknown(each) for each in self.file
        ]
        self.pairs = pairing.pairs(self.new, ours, self.record)

    @property
    def adopted(self) -> tuple[int, ...]:
        """The new stretches that take up a section that nobody knew."""
        return tuple(
            at for at, was in self.pairs.items() if self.file[was].kind == OTHER
        )

    def lines(self, blend: Blend, *, raised: int = 0) -> list[str]:
        """Return the lines of the new body.

        `raised` says which sections that nobody knows stand behind all others, as if we
        had written them: none of them, those below level 2, or all.
        """
        page = _Page()
        placed = self._placed(raised)
        for at in range(len(self.new) + 1):
            for each in placed.get(at, ()):
                page.add(each, each.place)
            if at == len(self.new) or self._taken_out(at):
                continue
            was = self.pairs.get(at)
            if was is None:
                page.add(self.noted[at])
            else:
                page.add(self._blended(blend, at, self.file[was]), was)
        return page.lines

    def kept_apart(self) -> list[Stretch]:
        """Return the sections that the new template does not have, in their order."""
        return list(self._apart())

    def _blended(self, blend: Blend, at: int, file: Stretch) -> Stretch:
        new, old = self.new[at], self._was(file)
        head, more = blend.heading(file, old, new)
        body = blend.body(file, old, new, self.noted[at])
        body = additions.joined(more, body) if more else body
        return Stretch(
            kind=new.kind,
            level=new.level,
            heading=new.heading,
            head=tuple(head),
            body=tuple(body),
            gap=file.gap if file.body else 1,
            tail=file.tail,
            place=file.place,
        )

    def _was(self, file: Stretch) -> Stretch | None:
        return next((each for each in self.base if each.key == file.key), None)

    def _is_left(self, each: Stretch) -> bool:
        return each.kind in (SECTION, LEFT) and any(n in self.left for n in each.names)

    def _taken_out(self, at: int) -> bool:
        """Tell whether people took a section out that both templates write alike."""
        if self.insert or at in self.pairs or self.new[at].kind != SECTION:
            return False
        deeper = at + 1 < len(self.new) and self.new[at + 1].level > self.new[at].level
        alike = (self.new[at].head, self.new[at].body)
        gone = [each for each in self.base if (each.head, each.body) == alike]
        keys = {each.key for each in self.file}
        return not deeper and bool(gone) and all(each.key not in keys for each in gone)

    def _apart(self) -> Iterator[Stretch]:
        """Yield the stretches of the file that have no pair and say something."""
        at_of = {was: at for at, was in self.pairs.items()}
        for number, each in enumerate(self.file):
            if number in at_of:
                if not additions.has_room(each, self.new[at_of[number]]):
                    hand = additions.hand(each, self._was(each))
                    if hand:
                        yield _notes(each, hand)
            elif each.kind == OTHER or self._is_left(each):
                yield _unknown(each)
            elif not (hand := additions.hand(each, self._was(each))):
                if headings.beyond(each, self._was(each), None):
                    yield _unknown(each, ())
            elif each.kind == LAST:
                yield replace(_unknown(each, hand), head=(f"## {self.last}",))
            else:
                yield _unknown(each, hand) if each.head else _notes(each, hand)

    def _placed(self, raised: int) -> dict[int, list[Stretch]]:
        """Return those by the new stretch before which they go."""
        end = next(
            (at for at, each in enumerate(self.new) if each.kind in (LAST, LEFT)),
            len(self.new),
        )
        placed: dict[int, list[Stretch]] = {}
        for each in self._apart():
            last = each.kind == LAST
            up = not last and raised >= (1 if each.level > places.LEVEL else 2)
            at = len(self.new) if last else end if up else self._place(each, end)
            spelled = places.raised(each) if up else each
            if stood := self._stood_below(each, at, moved=up or at == end):
                spelled = places.marked(spelled, stood, each)
            placed.setdefault(at, []).append(spelled)
        return placed

    def _place(self, each: Stretch, end: int) -> int:
        """Return where a section goes: behind what is above it, or before the next.

        Where both are elsewhere in the new layout, it stays behind what was above them;
        what is behind all stays there.
        """
        at_of = {was: at for at, was in self.pairs.items() if at < end}
        above = [number for number in at_of if number < each.place]
        named = self._named(each.stood, end)
        if named is None and (not above or self._is_at_end(each)):
            return end
        behind = first = (at_of[max(above)] if named is None else named) + 1
        while behind < end and self.new[behind].level > each.level:
            behind += 1
        if named is not None:
            return behind
        below = each.place + 1
        while below < len(self.file) and self.file[below].kind == OTHER:
            below += 1
        next_to = all(
            one.kind == OTHER for one in self.file[max(above) + 1 : each.place]
        )
        fits = below in at_of and self.new[at_of[below]].level <= each.level
        return at_of[below] if fits and not (next_to and behind == first) else behind

    def _is_at_end(self, each: Stretch) -> bool:
        """Tell whether nothing of the old template is behind it."""
        return all(one.kind != SECTION for one in self.file[each.place + 1 :])

    def _named(self, name: str, end: int) -> int | None:
        """Return the new stretch below which a section says that its place is."""
        found = (at for at in range(end) if places.is_called(self.new[at], name))
        return next(found, None) if name else None

    def _stood_below(self, each: Stretch, at: int, *, moved: bool) -> str:
        """Return below what a section stood, where it does not stand there now.

        One that is `moved` behind all others says so wherever it is.
        """
        if each.kind == LAST or (self.file[each.place].kind != OTHER and not moved):
            return ""
        if not each.stood and self._is_at_end(each):
            return ""
        name = each.stood or (self._above(each) if self.remember else "")
        there = at > 0 and places.is_called(self.new[at - 1], name)
        return "" if there and not moved else name

    def _above(self, each: Stretch) -> str:
        """Return the name of the section of the old template that is above another."""
        before = self.file[: each.place]
        known = next((one for one in reversed(before) if one.kind != OTHER), None)
        if known is None or known.kind != SECTION:
            return ""
        return places.name_of(known, self.file)


def _unknown(each: Stretch, body: Sequence[str] | None = None) -> Stretch:
    """Return a stretch as a section that nobody knows; the last heading stays."""
    return Stretch(
        kind=LAST if each.kind == LAST else OTHER,
        level=max(each.level, 1),
        heading=each.heading,
        head=each.head,
        body=each.body if body is None else tuple(body),
        gap=each.gap,
        tail=each.tail,
        place=each.place,
        stood=each.stood,
    )


def _notes(each: Stretch, body: Sequence[str]) -> Stretch:
    """Return lines that stood where now a text stands, as a section of their own."""
    notes = replace(each, level=2, heading=NOTES, head=(f"## {NOTES}",), gap=1)
    return _unknown(notes, body)


class _Page:
    """The lines so far; between stretches that were neighbours nothing changes."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.last: int | None = None
        self.tail = 1

    def add(self, each: Stretch, was: int | None = None) -> None:
        """Put a stretch behind the others; `was` is its number in the file."""
        blank = [""] * (each.gap if each.head and each.body else 0)
        lines = [*each.head, *blank, *each.body]
        if lines:
            next_to = was is not None and self.last is not None and was == self.last + 1
            between = self.tail if next_to else 1
            self.lines += [*([""] * between if self.lines else []), *lines]
            self.tail = each.tail
        self.last = was
