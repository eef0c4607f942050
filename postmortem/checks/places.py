"""Where a field stands in a text, filled or not."""

from __future__ import annotations

from collections.abc import Sequence

from postmortem.markdown import Outline, Spans


def line_of(name: str, spans: Spans, outline: Outline) -> int:
    """Return the line of a field's value, placeholder or heading; 1-based.

    Where its section is missing, that of the nearest one before it that is there: the
    line to write it below. The first line is for what no section holds.
    """
    text = spans.texts.get(name)
    line = None if text and text.start == text.end else spans.line_of(name)
    held = spans.placeholders.get(name)
    if line is None and held:
        line = held[0].start + 1
    return line or heading_of(name, spans, outline) or _before(name, spans, outline)


def heading_of(name: str, spans: Spans, outline: Outline) -> int | None:
    """Return the line of the heading under which a field stands; 1-based."""
    cuts = [spans.sections.get(number) for number in _homes(name, outline)]
    found = next((cut for cut in cuts if cut is not None and cut.line >= 0), None)
    return spans.body + found.line + 1 if found else None


def missing(name: str, spans: Spans, outline: Outline) -> str | None:
    """Return the heading of a field's section, if the text has no such section."""
    homes = _homes(name, outline)
    if not homes or not spans.sections.keys().isdisjoint(homes):
        return None
    section = outline.sections[homes[0]]
    if not section.level or section.regex is not None:
        return None
    return f"{'#' * section.level} {section.heading}"


def _before(name: str, spans: Spans, outline: Outline) -> int:
    """Return the line of the last heading that stands before a field's section."""
    first = min(_homes(name, outline), default=0)
    above = [at for at, cut in spans.sections.items() if at < first and cut.line >= 0]
    return spans.body + spans.sections[max(above)].line + 1 if above else 1


def _homes(name: str, outline: Outline) -> Sequence[int]:
    """Return the numbers of the sections in which a field stands."""
    return [
        *(at for at, section in enumerate(outline.sections) if section.text == name),
        *(rows.section for rows in outline.rows if rows.field == name),
    ]
