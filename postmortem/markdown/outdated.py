"""Derived lines of a text that are not what we would write: named, not changed."""

from __future__ import annotations

from postmortem.markdown import derived, panel_edits
from postmortem.markdown.change import Change
from postmortem.markdown.reading import Reading
from postmortem.markdown.template import Template
from postmortem.model import Finding


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
    change = Change(text, None, template, path, reading)
    found = (*derived.stale(change), *panel_edits.stale(change))
    return tuple(sorted(found, key=lambda each: each.line))
