"""What a rule looks at: one report as it was read, and what is known around it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cached_property
from itertools import accumulate
from typing import Any

import msgspec

from postmortem.checks import passages as room
from postmortem.checks import places
from postmortem.checks.allowing import Allowance, allowances
from postmortem.checks.around import Around
from postmortem.checks.masking import masked
from postmortem.checks.passages import Passage
from postmortem.checks.rules import DRAFT, FINAL, REVIEW, STAGES
from postmortem.checks.vocabulary import Vocabulary
from postmortem.checks.windows import lowered
from postmortem.markdown import Outline, Spans, foreign
from postmortem.model import Finding, Report
from postmortem.settings import Settings

NOT_REQUIRED = "not-required"
"""The status of a report that nobody finishes: nothing needs to be complete."""
_GRAVE = 2
"""How many of the gravest levels of a scale count as grave."""


class Subject(msgspec.Struct, kw_only=True, dict=True):
    """One report that is checked."""

    path: str
    text: str
    """The whole file, with LF at the ends of its lines."""
    report: Report
    outline: Outline
    spans: Spans
    given: Sequence[Finding] = ()
    """What reading it found, and its derived lines that are out of date."""
    now: datetime
    settings: Settings = msgspec.field(default_factory=Settings)
    around: Around = msgspec.field(default_factory=Around)
    shared: dict[Callable[..., Any], Any] = msgspec.field(default_factory=dict)
    """What `rules.once` keeps: by the function that has worked it out."""

    @cached_property
    def lines(self) -> Sequence[str]:
        """The lines of the text, without their ends."""
        return self.text.split("\n")

    @cached_property
    def starts(self) -> Sequence[int]:
        """Where each line begins in the text; one more, behind the end."""
        return [0, *accumulate(len(line) + 1 for line in self.lines)]

    @cached_property
    def masked(self) -> str:
        """The text with quotes, code, links and comments masked; as long as it."""
        return masked(self.text)

    @cached_property
    def lowered(self) -> str:
        """The same in small letters, as long: there patterns need no second case."""
        return lowered(self.masked)

    def small(self, passage: Passage) -> str:
        """Return the author's own words of a passage in small letters, as long."""
        return self.lowered[passage.start : passage.end]

    @cached_property
    def words(self) -> Vocabulary:
        """The words of that, whatever line they are on."""
        return Vocabulary(self.lowered.replace("\n", " "))

    @cached_property
    def passages(self) -> Sequence[Passage]:
        """The stretches that its authors wrote, in the order of the file."""
        return tuple(room.passages(self))

    @cached_property
    def begins(self) -> Sequence[int]:
        """Where each of the passages begins."""
        return [passage.start for passage in self.passages]

    @cached_property
    def allowed(self) -> Sequence[Allowance]:
        """The comments in it that allow findings, reason or not."""
        return allowances(self)

    def passages_of(self, *names: str) -> Sequence[Passage]:
        """Return the passages of these fields."""
        return [passage for passage in self.passages if passage.field in names]

    @property
    def foreign(self) -> bool:
        """Whether no template of ours laid it out: it was read by its headings."""
        return self.outline.name == foreign.NAME

    def keeps(self, name: str, part: str) -> bool:
        """Tell whether the template has a place for a part of a field's rows."""
        return part in self.outline.parts.get(name, ())

    @property
    def today(self) -> date:
        """The day on which it is checked, in UTC."""
        return self.now.astimezone(UTC).date()

    @cached_property
    def stage(self) -> str:
        """How far the report is: DRAFT, REVIEW or FINAL."""
        statuses = [each.casefold() for each in self.settings.statuses]
        status = (self.report.status or "").casefold()
        if status not in statuses or status == NOT_REQUIRED:
            return DRAFT
        at = statuses.index(status)
        if FINAL in statuses and at >= statuses.index(FINAL):
            return FINAL
        return REVIEW if at else DRAFT

    @cached_property
    def required(self) -> bool:
        """Whether anybody waits for this report to be complete."""
        return (self.report.status or "").casefold() != NOT_REQUIRED

    def reached(self, stage: str) -> bool:
        """Tell whether the report is at that stage or behind it."""
        return stage in self._reached

    @cached_property
    def _reached(self) -> Sequence[str]:
        return STAGES[: STAGES.index(self.stage) + 1]

    @cached_property
    def grave(self) -> bool:
        """Whether its severity is one of the two gravest levels of the scale."""
        levels = [each.name.casefold() for each in self.settings.severities[:_GRAVE]]
        return (self.report.severity or "").casefold() in levels

    def has(self, name: str) -> bool:
        """Tell whether the report's template asks for a field.

        A report that is read by its headings is asked for what it has a heading for.
        """
        if self.foreign:
            return name in self.outline.placed() or name in self.spans.front
        return name in self.outline.fields

    def place(self, offset: int) -> tuple[int, int]:
        """Return the 1-based line and column of a character of the text."""
        line = bisect_right(self.starts, offset, hi=len(self.lines)) - 1
        return line + 1, offset - self.starts[line] + 1

    def line_of(self, name: str) -> int:
        """Return the line on which a field stands, or would; see `places`."""
        return places.line_of(name, self.spans, self.outline)

    def finding(
        self,
        message: str,
        *,
        field: str | None = None,
        heading: str | None = None,
        line: int | None = None,
        hint: str | None = None,
        severity: str = "",
    ) -> Finding:
        """Return a finding about a field, all that is under its heading, or a line."""
        if heading:
            line = places.heading_of(heading, self.spans, self.outline) or line
        field = field or heading
        at = line or (self.line_of(field) if field else 1)
        said = self.lines[at - 1] if at <= len(self.lines) else ""
        bare = said.strip()
        return Finding(
            code="",
            message=message,
            line=at,
            column=len(said) - len(said.lstrip()) + 1 if bare else 1,
            length=len(bare),
            severity=severity,
            field=field,
            hint=hint,
        )

    def marked(
        self,
        passage: Passage,
        found: re.Match[str] | tuple[int, int],
        message: str,
        *,
        hint: str | None = None,
        suggestion: str | None = None,
        severity: str = "",
    ) -> Finding:
        """Return a finding about words of a passage, given as a match or as offsets."""
        start, end = found if isinstance(found, tuple) else found.span()
        return self.span(
            passage.start + start,
            passage.start + end,
            message,
            field=passage.field or None,
            hint=hint,
            suggestion=suggestion,
            severity=severity,
        )

    def span(self, start: int, end: int, message: str, **more: Any) -> Finding:
        """Return a finding about characters of the whole text; `more` as Finding's."""
        line, column = self.place(start)
        length = min(end, self.starts[line] - 1) - start
        values: Mapping[str, Any] = {"severity": "", **more}
        return Finding(
            code="",
            message=message,
            line=line,
            column=column,
            length=max(length, 0),
            **values,
        )

    def at_row(
        self, name: str, number: int, message: str, part: str = "text", **more: Any
    ) -> Finding:
        """Return a finding about a row, on the words of one of its parts.

        `more` as Finding's: hint, suggestion, severity.
        """
        rows, body = self.spans.rows.get(name, []), self.spans.body
        if number >= len(rows):
            more.pop("suggestion", None)
            return self.finding(message, field=name, **more)
        found = rows[number]
        start = self.starts[body + found.start]
        end = self.starts[body + found.end] - 1
        words = found.parts.get(part) or ""
        at = self.text.find(words, start, end) if words else -1
        if at < 0:
            words = self.lines[body + found.start].strip()
            at = self.text.find(words, start)
        return self.span(at, at + len(words), message, field=name, **more)
