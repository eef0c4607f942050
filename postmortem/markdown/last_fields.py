"""The last section's values put into it, each below the heading that it has there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from postmortem.markdown import elsewhere, instead, text_edits
from postmortem.markdown.blocks import HEADING
from postmortem.markdown.change import Change
from postmortem.markdown.reading import Span
from postmortem.markdown.rows import LOOSE
from postmortem.markdown.scanning import blocks
from postmortem.model import Report


class _Part(NamedTuple):
    """A heading of the section with what stands below it; lines count in the file."""

    start: int
    below: int
    end: int


def written(change: Change, report: Report) -> None:
    """Write the values of a record that changed where they stand in the last section.

    What people wrote beside them stays below the heading that it stands under.
    """
    new = _made(change, report)
    edits, span = change.edits, change.spans.elsewhere
    end = span.end if span else len(edits.lines)
    while end and not edits.lines[end - 1].strip():
        end -= 1
    heading = f"{'#' * elsewhere.LEVEL} {change.outline.labels['elsewhere']}"
    every = [line for lines in new.values() for line in ("", *lines)]
    if span is None:
        edits.insert(end, ["", heading, *every] if every else [])
        return
    old = _made(change, change.old)
    here = Span(span.start, end)
    parts = list(_parts(edits.lines, here))
    places = _places(change, parts)
    ours = [line for lines in old.values() for line in ("", *lines)]
    at = parts[0].end
    emptied = not every and not _others(change, parts, places, ours)
    if emptied:
        edits.delete_block(here.start, here.end)
        return
    for name in dict.fromkeys((*_order(change, report), *old)):
        found = places.get(name, [])
        if not found:
            if name in new:
                edits.insert_block(at, new[name])
            continue
        at = found[0].end
        if name in change.changed or old.get(name) != new.get(name):
            for number, part in enumerate(found):
                lines = new.get(name, [])[2:] if number == 0 else []
                _part(change, name, part, lines, old.get(name, []))


def _made(change: Change, report: Report) -> dict[str, list[str]]:
    """Return the lines of each value of a record that has its place in the section."""
    made = change.write(report).made
    found: dict[str, list[str]] = {}
    for name in _order(change, report):
        lines = elsewhere.lines(report, change.outline, made, {name})[2:]
        while lines and not lines[-1]:
            lines.pop()
        if lines:
            found[name] = lines
    return found


def _order(change: Change, report: Report) -> list[str]:
    return [known.name for known in elsewhere.body_fields(report, change.outline)]


def _parts(lines: list[str], here: Span) -> Iterator[_Part]:
    """Yield the section's own heading, and each one for which it is the next above."""
    found = [
        block
        for block in blocks(lines[here.start : here.end], {})
        if block.kind == HEADING
    ]
    level = found[1].level if len(found) > 1 else 0
    kept = found[:1]
    for block in found[1:]:
        if block.level <= level:
            kept.append(block)
            level = block.level
    ends = [block.start for block in kept[1:]] + [here.end - here.start]
    for block, last in zip(kept, ends, strict=True):
        start, below, end = (here.start + at for at in (block.start, block.end, last))
        while end > below and not lines[end - 1].strip():
            end -= 1
        yield _Part(start, below, end)


def _places(change: Change, parts: list[_Part]) -> dict[str, list[_Part]]:
    """Return the parts of the section that hold each field, by its values or name."""
    spans = change.spans
    at = [(name, max(it.start - 1, 0)) for name, it in spans.texts.items()]
    at += [(each.field, spans.body + each.start) for each in spans.containers]
    at += [(name, it.start) for name, each in spans.placeholders.items() for it in each]
    found: dict[str, list[_Part]] = {}
    for part in parts[1:]:
        named = [name for name, line in at if part.start <= line < part.end]
        said = change.edits.lines[part.start].strip("# ")
        named += [
            name for name, known in change.known.items() if said in (known.label, name)
        ][:1]
        for name in named[:1]:
            found.setdefault(name, []).append(part)
    return found


def _part(
    change: Change, name: str, part: _Part, new: list[str], old: list[str]
) -> None:
    """Put the lines of a value below their heading; without any, that goes too."""
    edits, gone = change.edits, _gone(change, name)
    below = Span(part.below, part.end)
    new = new or _notes(change, name, below)
    if new or text_edits.others(edits, below, old, gone):
        text_edits.blocks_of(edits, below, new, old, gone)
    else:
        edits.delete_block(part.start, part.end)


def _notes(change: Change, name: str, below: Span) -> list[str]:
    """Return people's comments beside what says that nothing is known, or none is."""
    notes: list[str] = []
    if name in change.spans.texts and name in change.changed:
        notes = change.notes_of(name)
    for start, end in change.spans.placeholders.get(name, ()):
        if below.start <= start < below.end:
            said = "\n".join(change.edits.lines[start:end])
            notes += instead.notes(said, change.known.get(name))
    return [line for note in notes for line in ("", *note.split("\n"))][1:]


def _gone(change: Change, name: str) -> list[Span]:
    """Return the places of what was said of a field, and is no longer."""
    spans = change.spans
    gone = list(spans.placeholders.get(name, ()))
    if name in spans.texts:
        gone.append(spans.texts[name])
    if not change.new.value(name):
        gone += [
            Span(spans.body + each.start, spans.body + each.end)
            for each in spans.containers
            if each.field == name and each.shape != LOOSE
        ]
    return gone


def _others(
    change: Change, parts: list[_Part], places: dict[str, list[_Part]], old: list[str]
) -> bool:
    """Tell whether people wrote something into the section, or a heading."""
    held = {part: name for name, found in places.items() for part in found}
    for number, part in enumerate(parts):
        name = held.get(part, "")
        if number and name not in change.changed:
            return True
        below = Span(part.below, part.end)
        gone = _gone(change, name)
        if text_edits.others(change.edits, below, old, gone):
            return True
        if _notes(change, name, below):
            return True
    return False
