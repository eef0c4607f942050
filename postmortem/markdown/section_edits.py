"""Headings put into a text: the title, and sections that changed values need."""

from __future__ import annotations

import re

from postmortem.markdown.change import Change

_UNDERLINE = re.compile(r"\s{0,3}(=+|-+)\s*")


def title(change: Change) -> None:
    """Put a changed title into its heading."""
    if not change.differs("title") or not change.outline.title:
        return
    spot = next(
        each
        for each in change.written.made.sections
        if each.raw is not None
        and any(mark.of == ("title",) for mark in each.raw.values)
    )
    new = change.written.made.lines[spot.line]
    at = change.spans.title
    if at is None:
        change.edits.insert_block(change.spans.body, [new])
        return
    end = at + 1
    following = change.edits.lines[end : end + 1]
    if following and _UNDERLINE.fullmatch(following[0]):
        end += 1
    change.edits.replace(at, end, [new])


def missing(change: Change) -> None:
    """Insert sections that hold changed values and are not in the text."""
    made = change.written.made
    wanted = {
        change.section_of(section)
        for section, name in (
            *((spot.section, spot.field) for spot in made.texts),
            *((spot.section, spot.field) for spot in made.loops),
        )
        if change.differs(name)
    }
    for section in sorted(each for each in wanted if each is not None):
        if section not in change.spans.sections and section not in change.inserted:
            _insert(change, section)


def _insert(change: Change, section: int) -> None:
    """Insert a section, below the one that it belongs to."""
    spot = change.spot_of(section)
    if spot is None:
        return
    sections = change.written.made.sections
    start = max(sections[spot].line, 0)
    last = sections[spot + 1].line if spot + 1 < len(sections) else None
    lines = change.written.made.lines[start:last]
    change.inserted.add(section)
    parent = change.outline.sections[section].parent
    if (
        parent is not None
        and parent not in change.spans.sections
        and parent not in change.inserted
        and change.outline.sections[parent].level > 1
    ):
        _insert(change, parent)
    while lines and not lines[-1]:
        lines.pop()
    change.edits.insert_block(_place_of(change, section), lines)


def _place_of(change: Change, section: int) -> int:
    """Return the line before which a section that is missing belongs."""
    for later in range(section + 1, len(change.outline.sections)):
        cut = change.spans.sections.get(later)
        if cut is not None and cut.line >= 0:
            return change.spans.body + cut.line
    if change.spans.elsewhere is not None:
        return change.spans.elsewhere.start
    return len(change.edits.lines) - (not change.edits.lines[-1])
