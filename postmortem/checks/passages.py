"""The stretches of a report that its authors wrote, each with its place in the text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import TYPE_CHECKING

import msgspec

from postmortem.markdown.blocks import PARAGRAPH

if TYPE_CHECKING:
    from postmortem.checks.subject import Subject

OTHER = ""
"""The field of a passage in a section that the template does not know."""

_SAID = ("text", "evidence", "done_when")
"""The parts of rows that hold sentences."""


class Passage(msgspec.Struct, frozen=True, kw_only=True):
    """One stretch of authored text: a field's prose, or a part of a row."""

    field: str
    """The field's name; OTHER in a section that the template does not know."""
    text: str
    """As it stands in the file, line breaks and markup included."""
    masked: str
    """The same with quotes, code, links and comments masked by `masking.FILLER`."""
    start: int
    """Where it begins in the subject's text, in characters."""
    part: str = ""
    """For a row the part of it: text, evidence, done_when."""
    row: int | None = None
    """For a row its number in the record, from 0."""
    key: str | None = None
    """For a factor or action its key."""

    @property
    def end(self) -> int:
        """Where it ends in the subject's text."""
        return self.start + len(self.text)

    def words(self, found: re.Match[str]) -> str:
        """Return what was found in a text as long as its own, as it is written."""
        return self.text[found.start() : found.end()]

    def search(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """Yield the matches of a pattern in the author's own words."""
        return pattern.finditer(self.masked)


def passages(subject: Subject) -> Iterator[Passage]:
    """Yield every passage of a report, in the order of the file."""
    found = [*_title(subject), *_texts(subject), *_rows(subject), *_others(subject)]
    found += _beside(subject)
    yield from sorted(found, key=lambda passage: passage.start)


def _made(
    subject: Subject,
    name: str,
    start: int,
    end: int,
    row: tuple[str, int | None, str | None] = ("", None, None),
) -> Passage:
    part, number, key = row
    return Passage(
        field=name,
        text=subject.text[start:end],
        masked=subject.masked[start:end],
        start=start,
        part=part,
        row=number,
        key=key,
    )


def _title(subject: Subject) -> Iterator[Passage]:
    line, title = subject.spans.title, subject.report.title
    if line is None or not title:
        return
    start = subject.text.find(title, subject.starts[line], subject.starts[line + 1])
    if start >= 0:
        yield _made(subject, "title", start, start + len(title))


def _texts(subject: Subject) -> Iterator[Passage]:
    for name, span in subject.spans.texts.items():
        if span.end > span.start and isinstance(subject.report.value(name), str):
            end = subject.starts[span.end] - 1
            yield _made(subject, name, subject.starts[span.start], end)


def _rows(subject: Subject) -> Iterator[Passage]:
    body = subject.spans.body
    for name, rows in subject.spans.rows.items():
        values = subject.report.value(name) or ()
        for number, (found, value) in enumerate(zip(rows, values, strict=False)):
            start = subject.starts[body + found.start]
            end = subject.starts[body + found.end] - 1
            known = subject.outline.fields.get(name)
            said = known.parts if known and known.columns else _SAID
            for part in said:
                words = found.parts.get(part) or ""
                at = subject.text.find(words, start, end) if words else -1
                key = getattr(value, "key", None)
                if at >= 0:
                    to = at + len(words)
                    yield _made(subject, name, at, to, (part, number, key))
                elif words and part == "text":  # it runs over several lines
                    at = max(subject.text.find(words.split()[0], start, end), start)
                    yield _made(subject, name, at, end, (part, number, key))


def _others(subject: Subject) -> Iterator[Passage]:
    """Yield the sections that the template does not know, each up to the next one."""
    spans, body = subject.spans, subject.spans.body
    stops = [cut.line for cut in (*spans.sections.values(), *spans.others)]
    if spans.elsewhere:
        stops.append(spans.elsewhere.start - body)
    stops.sort()
    for cut in spans.others:
        number = bisect_right(stops, cut.line)
        first = body + cut.start
        end = body + stops[number] if number < len(stops) else len(subject.lines)
        if end > first:
            yield _made(subject, OTHER, subject.starts[first], subject.starts[end] - 1)


def _beside(subject: Subject) -> Iterator[Passage]:
    """Yield the paragraphs that are no part of the record.

    They stand beside rows, where rows are looked for, or above the first section.
    """
    spans, body, homes = subject.spans, subject.spans.body, _homes(subject)
    known = subject.outline.sections
    held = {
        line
        for each in chain(spans.texts.values(), *spans.placeholders.values())
        for line in range(each.start, each.end)
    }
    held.update(_loose(subject))
    for number, cut in spans.sections.items():
        if known[number].text:
            continue
        looks, name = known[number].derived, homes.get(number, OTHER)
        for block in cut.blocks:
            first, last = body + block.start, body + block.end
            if block.kind != PARAGRAPH or not held.isdisjoint(range(first, last)):
                continue
            said = " ".join(line.strip() for line in subject.lines[first:last])
            if not any(re.fullmatch(look, said) for look in looks):
                yield _made(
                    subject, name, subject.starts[first], subject.starts[last] - 1
                )


def _homes(subject: Subject) -> Mapping[int, str]:
    """Say of each section of the text that is for rows, and has none, for whose."""
    homes: dict[int, str] = {}
    for each in subject.outline.rows:
        if each.section in subject.spans.sections:
            other = homes.setdefault(each.section, each.field) != each.field
            told = other or subject.report.value(each.field)
            homes[each.section] = OTHER if told else each.field
    return homes


def _loose(subject: Subject) -> Iterator[int]:
    """Yield the lines of rows that are neither a table's nor a list's."""
    for each in chain(*subject.spans.rows.values()):
        if each.container.shape == "loose":
            start, end = each.start, each.end
            yield from range(subject.spans.body + start, subject.spans.body + end)
