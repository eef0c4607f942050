"""Derived lines of a text that are not what we would write: named, not changed."""

from __future__ import annotations

import hashlib
from typing import NamedTuple

from postmortem.markdown import derived, panel_edits
from postmortem.markdown.change import Change
from postmortem.markdown.context import context
from postmortem.markdown.reading import Reading
from postmortem.markdown.template import Template
from postmortem.model import Finding


class Judged(NamedTuple):
    """What was found, and what it was found by."""

    findings: tuple[Finding, ...]
    right: str
    """Tells everything by which nothing was found from all else; empty otherwise."""


def stale(
    text: str,
    template: Template,
    *,
    path: str | None = None,
    reading: Reading | None = None,
) -> tuple[Finding, ...]:
    """Return a finding for every derived line that is not what we would write.

    `reading` is what reading the text gave, where somebody has it.
    """
    return _found(Change(text, None, template, path, reading))


def judged(text: str, template: Template, reading: Reading, right: str) -> Judged:
    """Return the same, and what to ask with the next time.

    A text whose derived lines, and all that they are made from, are those by which
    nothing was found before is not written again to compare: that is the slow part.
    """
    change = Change(text, None, template, None, reading)
    basis = _basis(change)
    found = () if basis == right else _found(change)
    return Judged(found, "" if found else basis)


def _found(change: Change) -> tuple[Finding, ...]:
    found = (*derived.stale(change), *panel_edits.stale(change))
    return tuple(sorted(found, key=lambda each: each.line))


def _basis(change: Change) -> str:
    """Return what tells one comparison from any other.

    That is what the template is given, and the lines that hold no value of their own:
    more of a text is not compared.
    """
    spans, lines, labels = change.spans, change.edits.lines, change.outline.labels
    given = [context(change.new, change.known, labels, change.without_alone)]
    if change.changed:
        given.append(context(change.old, change.known, labels))
    free = [
        (number, [lines[at] for at in derived.free(change, cut)])
        for number, cut in spans.sections.items()
    ]
    panels = [
        (each.key, lines[spans.body + each.start : spans.body + each.end])
        for each in spans.panels
    ]
    parts = (change.outline.digest, sorted(change.changed), given, free, panels)
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:40]
