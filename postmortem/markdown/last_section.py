"""What the template shows no more, or never did: kept in the text, or at its end."""

from __future__ import annotations

from postmortem.escape import uncommented
from postmortem.markdown import elsewhere, instead, last_fields
from postmortem.markdown.change import Change
from postmortem.markdown.page import placeholder
from postmortem.markdown.reading import Span
from postmortem.model import Report


def hidden(change: Change) -> None:
    """Keep values in the text's own section where the template now shows none.

    A condition may hide the section of a value that is no longer known, or none; the
    section in the text stays, and says so.
    """
    made = change.written.made
    shown = {spot.field for spot in made.texts} | {spot.field for spot in made.loops}
    for name in sorted(change.changed - shown):
        known = change.known.get(name)
        value = change.new.value(name)
        if known is None or not known.in_body or value:
            continue
        spans = _places(change, name)
        if not spans:
            continue
        change.kept.add(name)
        first, *others = spans
        said = placeholder(value, known, change.outline.labels)
        notes = change.notes_of(name) if first == change.spans.texts.get(name) else []
        kept = [line for note in notes for line in ("", *note.split("\n"))]
        change.edits.replace(first.start, first.end, [*said, *kept])
        for span in others:
            change.edits.replace(span.start, span.end, [])


def _places(change: Change, name: str) -> list[Span]:
    """Return where a field's value stands in the text, but for the last section."""
    spans = change.spans
    found = [spans.texts[name]] if name in spans.texts else []
    found += spans.placeholders.get(name, [])
    for each in spans.containers:
        if each.field == name:
            start, end = spans.body + each.start, spans.body + each.end
            while end > start and not change.edits.lines[end - 1].strip():
                end -= 1
            found.append(Span(start, end))
    last = spans.elsewhere
    return [span for span in found if last is None or span.start < last.start]


def rewritten(change: Change) -> None:
    """Write the last section anew, where a value in it changed."""
    if _changed(change):
        change.whole = True
        last_fields.written(change, _unkept(change))
    _noted(change)


def _noted(change: Change) -> None:
    """Keep people's comments beside what said that no rows are known, below the new."""
    asked: dict[Span, list[str]] = {}
    for name, places in change.spans.placeholders.items():
        for span in places:
            asked.setdefault(span, []).append(name)
    made = change.edits.made
    for span, names in asked.items():
        found = "\n".join(change.edits.lines[span.start : span.end])
        notes = instead.notes(found, *map(change.known.get, names))
        for at, (start, end, new) in enumerate(made if notes else ()):
            if start <= span.start and span.end <= end:
                made[at] = (
                    start,
                    end,
                    _with(notes, new, change.edits.lines[start:end]),
                )


def _with(notes: list[str], new: list[str], old: list[str]) -> list[str]:
    """Return new lines with notes below them; the old ones, if but notes differ."""
    said = "\n".join(new)
    if uncommented(said).split() == uncommented("\n".join(old)).split():
        return old
    kept = list(new)
    for note in notes:
        if note not in said:
            kept += ["", *note.split("\n")] if any(kept) else note.split("\n")
    return [*kept, ""] if old and not old[-1].strip() and kept != new else kept


def _unkept(change: Change) -> Report:
    """Return the record without the values that keep their place in the text."""
    report = change.new
    for name in change.kept:
        report = report.with_value(name, None)
    return report


def _changed(change: Change) -> bool:
    """Tell whether a value in the last section changed, or ought to be there."""
    if not change.in_body:
        return False
    outline, spans = change.outline, change.spans
    changed = change.changed - change.kept
    new = elsewhere.lines(change.new, outline, change.written.made, changed)
    if new or spans.elsewhere is None:
        return bool(new)
    first = spans.elsewhere.start
    held = {name for name, span in spans.texts.items() if span.start >= first}
    held |= {
        each.field for each in spans.containers if spans.body + each.start >= first
    }
    held |= {
        name
        for name, found in spans.placeholders.items()
        if any(span.start >= first for span in found)
    }
    if not change.changed & held:
        return False
    old = change.write(change.old, change.changed).made
    return new != elsewhere.lines(change.old, outline, old, changed)
