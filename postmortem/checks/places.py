"""Where a field stands in a text, filled or not, and which parts its rows have."""

from __future__ import annotations

from collections.abc import Mapping

from postmortem.markdown import Outline, Spans, patterns


def line_of(name: str, spans: Spans, outline: Outline) -> int | None:
    """Return the line of a field's value, placeholder or heading; 1-based."""
    text = spans.texts.get(name)
    line = None if text and text.start == text.end else spans.line_of(name)
    held = spans.placeholders.get(name)
    if line is None and held:
        line = held[0].start + 1
    return line or heading_of(name, spans, outline)


def heading_of(name: str, spans: Spans, outline: Outline) -> int | None:
    """Return the line of the heading under which a field stands; 1-based."""
    numbers = [
        *(at for at, section in enumerate(outline.sections) if section.text == name),
        *(rows.section for rows in outline.rows if rows.field == name),
    ]
    cuts = [spans.sections.get(number) for number in numbers]
    found = next((cut for cut in cuts if cut is not None and cut.line >= 0), None)
    return spans.body + found.line + 1 if found else None


def parts(outline: Outline) -> Mapping[str, set[str]]:
    """Return the parts of each field's rows that the template has a place for."""
    found: dict[str, set[str]] = {}
    for rows in outline.rows:
        lines = [line for column in rows.columns for line in column.patterns]
        for item in rows.items:
            lines += [item.first, *item.rest]
        told = {name for line in lines for name in patterns.names(line)}
        found.setdefault(rows.field, set()).update(told, rows.fixed)
    return found
