"""A report's body cut into stretches: a heading, and what stands below it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from postmortem.markdown import cut, rejoining
from postmortem.markdown.cut import Cut
from postmortem.markdown.fields import everything
from postmortem.markdown.outline import Outline
from postmortem.markdown.reading import Reading, Spans
from postmortem.markdown.rows import LOOSE

SECTION, OTHER, LAST, LEFT = "section", "other", "last", "left"
"""A section of the outline; one that nobody knows; the heading of the last section;
and a field below that heading."""
TOP, TITLE = "", "title"


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """A heading with the lines below it, up to the next stretch."""

    kind: str
    names: tuple[str, ...] = ()
    """The fields that have their home here: its text first."""
    number: int | None = None
    """The section of the outline."""
    level: int
    heading: str
    head: tuple[str, ...] = ()
    """The heading's own lines."""
    body: tuple[str, ...] = ()
    """The lines below it, without the blank ones around them."""
    gap: int = 1
    """The blank lines between heading and body."""
    tail: int = 1
    """The blank lines behind it all."""
    held: frozenset[int] = frozenset()
    """The lines of the body that hold values, or say that there are none."""
    place: int = 0
    """Its number in its text."""
    text: bool = False
    """What it holds is prose."""
    unset: bool = False
    """Its prose is not known yet: whatever is there says nothing."""
    panels: frozenset[int] = frozenset()
    """The lines of the body that are derived as a whole, whatever they say."""
    said: frozenset[str] = frozenset()
    """What we write where its fields have no value."""
    derived: tuple[str, ...] = ()
    """What the template's derived lines look like."""
    shaped: bool = False
    """Its heading holds values."""
    stood: str = ""
    """Below what it stood, where an earlier layout had that place."""

    @property
    def key(self) -> tuple[str, object]:
        """What tells the same stretch of two texts of one template."""
        return (self.kind, self.number if self.kind == SECTION else self.names)

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields whose values stand below the heading."""
        return tuple(name for name in self.names if name != TITLE)

    @property
    def region(self) -> tuple[int, int]:
        """The lines of the body from the first to behind the last that is held."""
        if not self.held:
            return (len(self.body), len(self.body))
        return (min(self.held), max(self.held) + 1)

    @property
    def value(self) -> tuple[str, ...]:
        """The lines of its region."""
        start, end = self.region
        return self.body[start:end]


@dataclass(frozen=True, kw_only=True)
class _Begin:
    line: int
    below: int
    kind: str
    level: int
    heading: str
    names: tuple[str, ...] = ()
    number: int | None = None


def stretches(reading: Reading, outline: Outline) -> list[Stretch]:
    """Cut a text that was read with an outline."""
    spans = reading.spans
    begins = sorted(_begins(reading, outline), key=lambda each: each.line)
    ends = [*(each.line for each in begins[1:]), len(spans.lines)]
    held = _held(spans)
    return [
        replace(
            _stretch(begin, end, spans, held, outline),
            place=place,
            said=frozenset(_said(begin.names, outline)),
            unset=all(
                name == TITLE or reading.report.value(name) is None
                for name in begin.names
            ),
        )
        for place, (begin, end) in enumerate(zip(begins, ends, strict=True))
    ]


def _begins(reading: Reading, outline: Outline) -> Iterator[_Begin]:
    spans = reading.spans
    if 0 not in {found.level for found in spans.sections.values()}:
        yield _Begin(
            line=spans.body, below=spans.body, kind=SECTION, level=0, heading=TOP
        )
    for number, found in spans.sections.items():
        names = _names(outline, number)
        if spans.title is not None and spans.body + found.line == spans.title:
            names = (TITLE, *names)
        yield _begin(found, spans.body, SECTION, names, number)
    for found in spans.others:
        yield _begin(found, spans.body, OTHER)
    if spans.elsewhere is not None:
        start, end = spans.elsewhere
        heading, *inner = cut.cuts(spans.lines[start:end], {})[1:]
        yield _begin(heading, start, LAST)
        at = 0
        while at < len(inner):
            name = rejoining.named(outline, inner[at], spans.lines[start:end]).name
            yield _begin(inner[at], start, LEFT, (name,))
            level = inner[at].level
            at += 1
            while at < len(inner) and inner[at].level > level:
                at += 1


def _begin(
    found: Cut,
    body: int,
    kind: str,
    names: tuple[str, ...] = (),
    number: int | None = None,
) -> _Begin:
    return _Begin(
        line=body + max(found.line, 0),
        below=body + found.start,
        kind=kind,
        level=found.level,
        heading=found.heading,
        names=names,
        number=number,
    )


def _said(names: Iterable[str], outline: Outline) -> Iterator[str]:
    labels, known = outline.labels, everything(outline.fields)
    yield f"_{labels['unknown']}_"
    yield f"_{labels['none']}_"
    yield from (f"<!-- {known[name].question} -->" for name in names if name in known)


def _names(outline: Outline, number: int) -> tuple[str, ...]:
    text = outline.sections[number].text
    rows = [home.field for home in outline.rows if home.section == number]
    return tuple(dict.fromkeys([*([text] if text else []), *rows]))


def _held(spans: Spans) -> set[int]:
    """Return every line of the file that holds a value of the body."""
    ranges = list(spans.texts.values())
    ranges += [each for found in spans.placeholders.values() for each in found]
    lines = {at for start, end in ranges for at in range(start, end)}
    for each in spans.containers:
        if each.shape != LOOSE:
            lines |= set(range(spans.body + each.start, spans.body + each.end))
    for found in spans.rows.values():
        for row in found:
            lines |= set(range(spans.body + row.start, spans.body + row.end))
    return {at for at in lines if at < len(spans.lines) and spans.lines[at].strip()}


def _stretch(
    begin: _Begin, end: int, spans: Spans, held: set[int], outline: Outline
) -> Stretch:
    lines = spans.lines
    start, last = begin.below, end
    while start < last and not lines[start].strip():
        start += 1
    while last > start and not lines[last - 1].strip():
        last -= 1
    derived: tuple[str, ...] = ()
    shaped = False
    if begin.number is not None:
        section = outline.sections[begin.number]
        derived, shaped = section.derived, section.regex is not None
    texts = (spans.texts[name] for name in begin.names if name in spans.texts)
    return Stretch(
        kind=begin.kind,
        names=begin.names,
        number=begin.number,
        level=begin.level,
        heading=begin.heading,
        head=tuple(lines[begin.line : begin.below]),
        body=tuple(lines[start:last]),
        gap=start - begin.below if last > start else 1,
        tail=end - (last if last > start else begin.below),
        held=frozenset(at - start for at in held if start <= at < last),
        panels=frozenset(
            at - start
            for panel in spans.panels
            for at in range(spans.body + panel.start, spans.body + panel.end)
            if start <= at < last
        ),
        text=any(begin.line <= span.start <= end for span in texts),
        derived=derived,
        shaped=shaped,
    )
