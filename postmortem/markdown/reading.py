"""What reading gives: the record, where each value stands, and what is amiss."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import msgspec

from postmortem import yamls
from postmortem.markdown.cut import Cut
from postmortem.markdown.panels import PanelSpan
from postmortem.markdown.rows import Container, Found
from postmortem.model import Finding, Report


class Span(NamedTuple):
    """Lines of a text, counted from 0 in the whole file; `end` is behind the last."""

    start: int
    end: int


class Spans(msgspec.Struct, kw_only=True):
    """Where each value of a report stands in its text."""

    lines: list[str]
    """The text without its line ends."""
    newline: str
    body: int
    """The first line of the body."""
    front: Mapping[str, yamls.Node] = msgspec.field(default_factory=dict)
    """The keys of the front matter; their places count from its own start."""
    title: int | None = None
    """The line of the title."""
    texts: dict[str, Span] = msgspec.field(default_factory=dict)
    """The lines of each text, without the template's own lines around it."""
    rows: dict[str, list[Found]] = msgspec.field(default_factory=dict)
    """The rows of each field in the order of the record; lines count in the body."""
    containers: list[Container] = msgspec.field(default_factory=list)
    placeholders: dict[str, list[Span]] = msgspec.field(default_factory=dict)
    """Where a list or table says that it is not known, or known to be none."""
    panels: list[PanelSpan] = msgspec.field(default_factory=list)
    """What is derived as a whole, from top to bottom; lines count in the body."""
    sections: dict[int, Cut] = msgspec.field(default_factory=dict)
    """The cut that each section of the outline was found to be."""
    elsewhere: Span | None = None
    """The section of values that the template has no place for."""
    others: list[Cut] = msgspec.field(default_factory=list)
    """The headings of the sections that nobody knows, in the record's order."""

    def line_of(self, name: str) -> int | None:
        """Return the 1-based line on which a field's value begins, where it has one."""
        if name == "title" and self.title is not None:
            return self.title + 1
        if name in self.front:
            return self.front[name].line
        if name in self.texts:
            return self.texts[name].start + 1
        if self.rows.get(name):
            return self.body + self.rows[name][0].start + 1
        return None


class Reading(NamedTuple):
    """The answer of `read`."""

    report: Report
    spans: Spans
    findings: tuple[Finding, ...]
