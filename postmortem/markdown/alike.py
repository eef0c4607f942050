"""Headings and words of a template that say the same, so that they cannot be told."""

from __future__ import annotations

from collections.abc import Iterator

from postmortem.markdown import values
from postmortem.markdown.outline import LABELS, Outline
from postmortem.markdown.showing import Mistake, Shown
from postmortem.markdown.synonyms import plain_heading
from postmortem.markdown.template import Template


def alike(template: Template, seen: Shown) -> Iterator[Mistake]:
    """Yield labels and headings of which a reader could not say which one it is."""
    walk = _Walk(template.outline, seen)
    yield from walk.labels()
    yield from walk.headings()


class _Walk:
    """One look at each kind of likeness."""

    def __init__(self, outline: Outline, seen: Shown) -> None:
        self.outline, self.seen = outline, seen

    def labels(self) -> Iterator[Mistake]:
        """Find words of ours that say the same, or nothing, or are a heading too."""
        said = {name: self.outline.labels.get(name, "") for name in LABELS}
        unknown, none = said["unknown"], said["none"]
        if plain_heading(unknown) == plain_heading(none):
            yield self.seen.mistake(
                f"the labels 'unknown' and 'none' are both {unknown!r}",
                place=None,
                hint="a reader has to tell not known yet from known to be none",
            )
        for name in ("unknown", "none", "elsewhere"):
            if values.unset(said[name]):
                yield self.seen.mistake(
                    f"the label {name!r} says nothing",
                    place=None,
                    hint=f"the usual one is {LABELS[name]!r}",
                )
        for section in self.outline.sections:
            if plain_heading(section.heading) == plain_heading(said["elsewhere"]):
                yield self.seen.mistake(
                    f"the heading {section.heading!r} is the one under which values "
                    "without a place are kept",
                    place=self.seen.line_of_heading(section.heading),
                    hint="reword the heading, or the label 'elsewhere'",
                )

    def headings(self) -> Iterator[Mistake]:
        """Find sections with a field that are called the same, at the same place."""
        first: dict[tuple[str, ...], int] = {}
        for number, section in enumerate(self.outline.sections):
            way = self.way(number)
            before = first.setdefault(way, number)
            fields = (*self.below(before), *self.below(number))
            if before == number or not fields:
                continue
            again = sum(
                other.heading == section.heading
                for other in self.outline.sections[:number]
            )
            yield self.seen.mistake(
                f"two sections are called {section.heading!r}, and nothing tells them "
                "apart",
                place=self.seen.line_of_heading(section.heading, again),
                fields=fields,
                hint="reword one of them",
            )

    def below(self, number: int) -> Iterator[str]:
        """Yield the fields whose home is in a section, or below it."""
        for at, section in enumerate(self.outline.sections):
            here: int | None = at
            while here is not None and here != number:
                here = self.outline.sections[here].parent
            if here == number:
                if section.text:
                    yield section.text
                yield from (row.field for row in self.outline.rows if row.section == at)

    def way(self, number: int) -> tuple[str, ...]:
        """Return a section's level and the headings that lead to it."""
        section = self.outline.sections[number]
        above = () if section.parent is None else self.way(section.parent)
        return (*above, f"{section.level} {plain_heading(section.heading)}")
