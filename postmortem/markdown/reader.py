"""Text to record: tolerant of what people and formatters do, silent about no loss."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from postmortem import errors, moments, yamls
from postmortem.errors import PostmortemError
from postmortem.markdown import (
    convert,
    cut,
    elsewhere,
    fields,
    foreign,
    inline,
    loose_events,
    prose,
    rows,
    values,
)
from postmortem.markdown.convert import Clock
from postmortem.markdown.blocks import COMMENT, PARAGRAPH, Block
from postmortem.markdown.cut import Cut
from postmortem.markdown.fields import STANDARD, Field, plain_heading
from postmortem.markdown.outline import Outline, Rows
from postmortem.markdown.reading import Reading, Span, Spans
from postmortem.model import Finding, Moment, Other, Report

if TYPE_CHECKING:
    from datetime import tzinfo

    from postmortem.markdown.rows import Container, Found

ELSEWHERE_LEVEL = 2
_TITLE_LABEL = re.compile(
    r"^(?:post-?\s?mortem|incident(?: report| review)?|retrospective)\s*[:\u2013\u2014-]\s*",
    re.IGNORECASE,
)


def read(
    text: str,
    outline: Outline,
    *,
    path: str | None = None,
    only: Collection[str] | None = None,
) -> Reading:
    """Read a report back: the record, the place of every value, and findings.

    Nothing that a person writes raises: what cannot be read is a finding on its line,
    and stays in the text. `path` is for messages alone; with `only`, other fields of the
    body are passed over. Raises PostmortemError for a
    text over `prose.LARGEST` characters.
    """
    if len(text) > prose.LARGEST:
        message = f"the report has {len(text)} characters, {prose.LARGEST} are read"
        hint = "move logs to a file beside the report, and link them"
        raise PostmortemError(message, path=path, hint=hint)
    return Reader(text, outline, path, only).reading()


class Reader:
    def __init__(
        self,
        text: str,
        outline: Outline,
        path: str | None,
        only: Collection[str] | None = None,
    ) -> None:
        self.outline, self.path, self.only = outline, path, only
        newline = "\r\n" if "\r\n" in text else "\n"
        self.text = text.replace("\r\n", "\n") if newline == "\r\n" else text
        self.split = yamls.split(self.text, path)
        self.lines = self.text.split("\n")
        self.body = self.split.body_line - 1
        self.spans = Spans(lines=self.lines, newline=newline, body=self.body)
        self.findings: list[Finding] = []
        self.given: dict[str, Any] = {}
        self.extra: dict[str, Any] = {}
        self.others: list[Other] = []
        self.env: dict[str, Any] = {}
        self.rows: dict[str, list[tuple[Any, Found]]] = {}
        self.empty: dict[str, list[Any]] = {}
        self.forms: dict[str, Field] = {}
        """The fields that rows were read for, undeclared ones too."""
        self.zone: tzinfo | None = None

    def reading(self) -> Reading:
        self.front_matter()
        body = list(self.lines[self.body :])
        found = cut.cuts(body, self.env)
        cut.match(found, self.outline)
        self.body_lines = body
        self.found = found
        self.walk(found)
        self.collect_rows()
        if self.outline.name == foreign.NAME:
            self.unlabelled(found)
        report = Report(**self.given, extra=self.extra, other=tuple(self.others))
        self.findings.sort(key=lambda finding: (finding.line, finding.column))
        return Reading(report, self.spans, tuple(self.findings))

    def field(self, name: str) -> Field | None:
        return self.outline.fields.get(name) or STANDARD.get(name)

    def set(self, name: str, value: Any) -> None:
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

    def unlabelled(self, found: Sequence[Cut]) -> None:
        """Take what a foreign report says in other ways than by headings."""
        for name, text in foreign.labelled(found):
            known = STANDARD[name]
            if name not in self.given and known.kind == fields.TEXT:
                self.set(name, prose.canonical(text, level=3))
        for name, node in foreign.facts(self.spans.front):
            if name not in self.given:
                self.scalar(name, node)

    # front matter

    def front_matter(self) -> None:
        if self.split.problem:
            self.problem(self.split.problem)
        try:
            node = yamls.load(self.split.front or "", self.path, self.split.front_line)
        except errors.Problems as error:
            for problem in error.problems:
                self.problem(problem)
            return
        entries = node.entries
        self.spans.front = entries
        if "zone" in entries:
            self.scalar("zone", entries["zone"])
            self.zone = self.known_zone(entries["zone"].line)
        near: datetime | None = None
        for name, entry in entries.items():
            if name != "zone":
                self.scalar(name, entry, near)
                value = self.given.get(name)
                near = value.at if isinstance(value, Moment) else near

    def problem(self, problem: errors.Problem) -> None:
        self.report(
            "PM001",
            problem.message,
            problem.line or 1,
            problem.column or 1,
            severity="error",
            hint=problem.hint,
        )

    def known_zone(self, line: int) -> tzinfo | None:
        name = self.given.get("zone")
        try:
            return moments.zone(name) if name else None
        except PostmortemError as error:
            first = error.problems[0]
            self.report(
                "PM101", first.message, line, field="zone", hint=first.hint
            )
            return None

    def scalar(
        self, name: str, node: yamls.Node, near: datetime | None = None
    ) -> None:
        known = self.field(name)
        if known is None:
            value = _raw(node.tree())
            if value is not None:
                self.extra[name] = value
            return
        if known.in_body:
            self.report(
                "PM002",
                f"{name} has its home in the body, under its own heading",
                node.line,
                field=name,
            )
            self.extra[name] = _raw(node.tree())
            return
        try:
            value = values.scalar(known, node.tree(), zone=self.zone, near=near)
        except PostmortemError as error:
            first = error.problems[0]
            self.report(
                "PM102",
                f"{name}: {first.message}",
                node.line,
                node.column,
                field=name,
                hint=first.hint,
                severity="error",
            )
            return
        self.set(name, value)

    # body

    def walk(self, found: Sequence[Cut]) -> None:
        at = 0
        while at < len(found):
            here = found[at]
            if here.section is None and self.is_elsewhere(here):
                last = self.run(found, at, here.level + 1)
                self.elsewhere(found[at + 1 : last], here, found[last - 1].end)
                at = last
            elif here.section is not None:
                at = self.section(found, at)
            elif here.level == 0:
                at += 1
            else:
                at = self.unknown(found, at)

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

    def section(self, found: Sequence[Cut], at: int) -> int:
        here = found[at]
        assert here.section is not None
        section = self.outline.sections[here.section]
        self.spans.sections[here.section] = here
        if here.line >= 0 and section.regex is not None and self.outline.title:
            self.title(here)
        last = at + 1
        if section.text:
            last = self.run(found, at, section.prose_level)
        if section.text and (self.only is None or section.text in self.only):
            self.text_of(section.text, found[at:last], section.before, section.after)
        homes = [
            home
            for home in self.outline.rows
            if home.section == here.section
            and (self.only is None or home.field in self.only)
        ]
        if homes:
            self.rows_of(homes, here)
        return last

    def title(self, here: Cut) -> None:
        found = rows.patterns.read(self.outline.title, here.heading)
        if self.spans.title is not None or found is None:
            return
        self.spans.title = self.body + here.line
        title = inline.canonical(found.get("title", ""))
        if title and not self.says_unknown(title) and not values.unset(title):
            self.set("title", title)

    def says_unknown(self, text: str) -> bool:
        return values.says(text, self.outline.labels["unknown"])

    def says_none(self, text: str) -> bool:
        return values.says(text, self.outline.labels["none"])

    def unknown(self, found: Sequence[Cut], at: int) -> int:
        """Keep a section that the template does not know."""
        here = found[at]
        last = self.run(found, at, here.level + 1)
        text = self.prose(found[at:last], here.start, found[last - 1].end)
        heading = inline.canonical(here.heading)
        self.others.append(Other(heading=heading, text=text, level=here.level))
        return last

    # texts

    def text_of(
        self,
        name: str,
        run: Sequence[Cut],
        before: Sequence[str] = (),
        after: Sequence[str] = (),
    ) -> None:
        start, end = self.inside(run[0].start, run[-1].end, before, after)
        if start >= end:
            self.spans.texts[name] = Span(self.body + start, self.body + start)
            return
        text = self.without_question(name, self.prose(run, start, end))
        self.spans.texts[name] = Span(self.body + start, self.body + end)
        text = values.answered(text, self.outline.labels["unknown"])
        if self.says_none(text):
            self.set(name, ())
        elif text and not self.says_unknown(text) and not values.unset(text):
            self.set(name, text)

    def inside(
        self, start: int, end: int, before: Sequence[str], after: Sequence[str]
    ) -> tuple[int, int]:
        """Narrow a run of lines to those that are not blank and not the template's."""
        lines = self.body_lines
        while start < end and (
            not lines[start].strip()
            or any(re.fullmatch(own, lines[start].strip()) for own in before)
        ):
            start += 1
        while end > start and (
            not lines[end - 1].strip()
            or any(re.fullmatch(own, lines[end - 1].strip()) for own in after)
        ):
            end -= 1
        return start, end

    def without_question(self, name: str, text: str) -> str:
        known = self.field(name)
        if known is None or "<!--" not in text:
            return text
        question = re.escape(f"<!-- {known.question} -->")
        return re.sub(rf"\s*{question}\s*", "\n\n", text).strip()

    def prose(self, run: Sequence[Cut], start: int, end: int) -> str:
        """Return the canonical form of the lines `start` up to `end` of a run of cuts."""
        found = [
            each
            for each in self.with_headings(run)
            if start <= each.start < end
        ]
        return prose.spelled(
            found, self.body_lines, env=self.env, span=(start, end), level=1
        )

    def with_headings(self, run: Sequence[Cut]) -> Iterator[Block]:
        for number, each in enumerate(run):
            if number and each.own is not None:
                yield each.own
            yield from each.blocks

    # rows

    def rows_of(
        self, homes: Sequence[Rows], here: Cut, form: dict[str, Field] | None = None
    ) -> None:
        names = {home.field for home in homes}
        if form is None:
            form = {name: known for name in names if (known := self.field(name))}
        self.forms |= form
        zone = self.heading_zone(here)
        clock = Clock(zone=zone, near=self.near(here))
        held = {home.field: False for home in homes}
        derived: tuple[str, ...] = ()
        if here.section is not None:
            derived = self.outline.sections[here.section].derived
        for each in rows.read(here.blocks, homes, form, clock.is_time, derived):
            if isinstance(each, rows.Container):
                self.container(each, clock, zone)
                continue
            held[each.container.field] = True
            self.row(each, clock, form[each.container.field])
        loose = [name for name in names if not held[name]]
        if loose:
            self.no_rows(loose, here, homes, form, clock)

    def container(
        self, each: Container, clock: Clock, zone: tzinfo | None
    ) -> None:
        self.spans.containers.append(each)
        clock.zone = zone
        clock.previous = None
        for head, parts in zip(each.heads, each.columns, strict=False):
            if "at" in parts:
                clock.zone = self.zone_in(head, each.start) or zone
        if clock.zone is None and each.home is not None:
            clock.zone = self.filter_zone(each.home)
        clock.zone = clock.zone or self.zone

    def filter_zone(self, home: Rows) -> tzinfo | None:
        """Return the zone that the template's own time filter prints in."""
        lines = [item.first for item in home.items]
        lines += [line for column in home.columns for line in column.patterns]
        filters = {
            piece.filter for line in lines for piece in line if piece.text == "at"
        }
        return moments.zone("UTC") if "utc" in filters else None

    def row(self, each: Found, clock: Clock, known: Field) -> None:
        home = each.container.home
        parts = {**each.parts, **(home.fixed if home else {})}
        value, troubles = convert.row(known, parts, clock)
        line = self.body + each.start + 1
        for trouble in troubles:
            first = trouble.error.problems[0]
            self.report(
                "PM103",
                f"{first.message}",
                line,
                self.column(line, each.parts.get(trouble.part, "")),
                field=known.name,
                hint=first.hint,
            )
        if value is not None:
            self.rows.setdefault(known.name, []).append((value, each))

    def column(self, line: int, said: str) -> int:
        return max(0, self.lines[line - 1].find(said)) + 1 if said else 1

    def no_rows(
        self,
        names: Iterable[str],
        here: Cut,
        homes: Sequence[Rows],
        form: dict[str, Field],
        clock: Clock,
    ) -> None:
        """Read what a section without rows says: unknown, none, or paragraphs."""
        for name in names:
            for number, block in enumerate(here.blocks):
                if block.kind != PARAGRAPH:
                    continue
                text = block.content
                end = block.end
                for below in here.blocks[number + 1 : number + 2]:
                    if below.kind == COMMENT and below.start == end:
                        end = below.end
                said = re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL).strip()
                span = Span(self.body + block.start, self.body + end)
                if self.says_none(said) or self.says_unknown(said) or values.unset(text):
                    known_none = self.says_none(said)
                    self.empty.setdefault(name, []).append(() if known_none else None)
                    self.spans.placeholders.setdefault(name, []).append(span)
        for name in names:
            if form[name].kind == fields.EVENTS and name not in self.empty:
                self.loose_events(name, here, clock)
        del homes

    def loose_events(self, name: str, here: Cut, clock: Clock) -> None:
        """Read events from what is neither a table nor a list."""
        at = self.found.index(here)
        run = self.found[at : self.run(self.found, at, here.level + 1)]
        container = rows.Container(
            field=name, home=None, shape="loose", start=here.start, end=run[-1].end
        )
        clock.zone = clock.zone or self.zone
        for parts, start, end in loose_events.events(
            run, self.body_lines, clock.is_time
        ):
            each = rows.Found(parts=parts, container=container, start=start, end=end)
            self.row(each, clock, self.forms[name])

    def collect_rows(self) -> None:
        for name, found in self.rows.items():
            known = self.forms[name]
            pairs = elsewhere.merged(known, found)
            if self.outline.splits(name):
                pairs = convert.in_key_order(known, pairs)
            self.spans.rows[name] = [each for _, each in pairs]
            self.set(name, tuple(value for value, _ in pairs))
        for name, said in self.empty.items():
            if name not in self.rows and () in said:
                self.set(name, ())

    # zones

    def heading_zone(self, here: Cut) -> tzinfo | None:
        found = self.zone_in(here.heading, here.line)
        for block in here.blocks[:2]:
            if found is None and block.kind == PARAGRAPH:
                text = block.content
                if re.search(r"\btimes?\b", text, re.IGNORECASE):
                    found = self.zone_in(text, block.start)
        return found

    def zone_in(self, text: str, line: int) -> tzinfo | None:
        try:
            return moments.column_zone(text)
        except PostmortemError as error:
            first = error.problems[0]
            self.report(
                "PM101", first.message, self.body + line + 1, hint=first.hint
            )
            return None

    def near(self, here: Cut) -> datetime | None:
        """Return an instant of the day that the times of a section are of."""
        day = self.day_in(here.heading)
        if day is not None:
            return day
        for name in ("onset", "detected", "resolved"):
            value = self.given.get(name)
            if isinstance(value, Moment):
                return value.at
        return self.day_in(str(self.extra.get("date") or ""))

    def day_in(self, text: str) -> datetime | None:
        """Return noon of a day that a heading or fact names, in its zone; else None."""
        if not any(character.isdigit() for character in text):
            return None
        try:
            day = moments.read_day(text.strip("()# "))
        except PostmortemError:
            return None
        zone = self.zone or moments.zone("UTC")
        return datetime(day.year, day.month, day.day, 12, tzinfo=zone)

    # elsewhere

    def elsewhere(self, inner: Sequence[Cut], here: Cut, end: int) -> None:
        self.spans.elsewhere = Span(self.body + max(here.line, 0), self.body + end)
        elsewhere.read(self, inner)


def _raw(tree: Any) -> Any:
    """Return what an unknown key holds, with lists as tuples; None for nothing."""
    if isinstance(tree, list):
        return tuple(_raw(each) for each in tree)
    if isinstance(tree, dict):
        return {key: _raw(each) for key, each in tree.items()}
    return tree
