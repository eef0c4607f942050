"""What reading gathers on its way down a text: values, their places, and findings."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import tzinfo
from typing import Any

from postmortem import yamls
from postmortem.markdown import elsewhere, inline, values
from postmortem.markdown.cut import Cut
from postmortem.markdown.fields import STANDARD, Field
from postmortem.markdown.outline import Outline
from postmortem.markdown.reading import Span, Spans
from postmortem.markdown.rows import Found
from postmortem.markdown.synonyms import plain_heading
from postmortem.model import Finding, Other


class Gathering:
    """A text that is being read; the parts of the reader share it."""

    def __init__(
        self,
        text: str,
        outline: Outline,
        path: str | None,
        only: Collection[str] | None = None,
    ) -> None:
        self.outline, self.path, self.only = outline, path, only
        newline = "\r\n" if "\r\n" in text else "\n"
        text = text.replace("\r\n", "\n") if newline == "\r\n" else text
        self.split = yamls.split(text, path)
        self.lines = text.split("\n")
        self.body = self.split.body_line - 1
        """The first line of the body; blocks and cuts count from it."""
        self.body_lines = self.lines[self.body :]
        self.spans = Spans(lines=self.lines, newline=newline, body=self.body)
        self.env: dict[str, Any] = {}
        """The link definitions of the text."""
        self.found: list[Cut] = []
        self.findings: list[Finding] = []
        self.given: dict[str, Any] = {}
        """The standard fields that have a value."""
        self.extra: dict[str, Any] = {}
        self.others: list[Other] = []
        self.rows: dict[str, list[tuple[Any, Found]]] = {}
        self.empty: dict[str, list[Any]] = {}
        """What stands instead of rows: () for none, None for not known."""
        self.forms: dict[str, Field] = {}
        """The fields that rows were read for, undeclared ones too."""
        self.zone: tzinfo | None = None
        """The report's, where it names one."""

    def field(self, name: str) -> Field | None:
        """Return a field of the template, or a standard one that it leaves out."""
        return self.outline.fields.get(name) or STANDARD.get(name)

    def needs_front(self, name: str) -> bool:
        """Tell whether a field is in the front matter, or its times lean on that."""
        known = self.field(name)
        return known is None or not known.in_body or bool(known.parts)

    def wants(self, name: str) -> bool:
        """Tell whether a field of the body is to be read."""
        return self.only is None or name in self.only

    def keep(self, name: str, value: Any) -> None:
        """Keep a field's value; None is no value."""
        if value is None:
            return
        if name in STANDARD:
            self.given[name] = value
        else:
            self.extra[name] = value

    def report(
        self, code: str, message: str, line: int, column: int = 1, **more: Any
    ) -> None:
        """Add a finding; `line` is 1-based in the whole file."""
        self.findings.append(
            Finding(code=code, message=message, line=line, column=column, **more)
        )

    def span(self, start: int, end: int) -> Span:
        """Return the place in the whole file of lines that count from the body."""
        return Span(self.body + start, self.body + end)

    def says_unknown(self, text: str) -> bool:
        """Tell whether a text is the template's word for what is not known."""
        return values.says(text, self.outline.labels["unknown"])

    def says_none(self, text: str) -> bool:
        """Tell whether a text is the template's word for what is known to be none."""
        return values.says_none(text, self.outline.labels["none"])

    def is_elsewhere(self, here: Cut) -> bool:
        """Tell whether a heading begins the values that have no place."""
        label = plain_heading(self.outline.labels["elsewhere"])
        return (
            here.level == elsewhere.LEVEL
            and plain_heading(here.heading) == label
            and inline.BREAK not in here.heading
        )

    def run(self, found: Sequence[Cut], at: int, level: int) -> int:
        """Return the index behind the unmatched cuts of that level or deeper."""
        last = at + 1
        while (
            last < len(found)
            and found[last].section is None
            and found[last].level >= level
            and not self.is_elsewhere(found[last])
        ):
            last += 1
        return last
