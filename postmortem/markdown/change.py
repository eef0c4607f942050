"""A change of a record, and the text that it is put into: what all its edits share."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cached_property

from postmortem.errors import Problem, Problems
from postmortem.markdown import canon, instead, keying, reader
from postmortem.markdown.compose import compose
from postmortem.markdown.fields import STANDARD as STANDARD_FIELDS
from postmortem.markdown.fields import Field
from postmortem.markdown.front import NOTHING_READ
from postmortem.markdown.outline import Outline
from postmortem.markdown.panels import PanelSpan, parted
from postmortem.markdown.reading import Reading
from postmortem.markdown.scanning import blocks
from postmortem.markdown.splices import Edits
from postmortem.markdown.straying import rows_in_strays
from postmortem.markdown.template import Template
from postmortem.markdown.writer import Written
from postmortem.model import STANDARD, Action, Factor, Finding, Report

PLAIN = "plain"
"""Each row is put where its neighbours stand."""
BESIDE = "beside"
"""New rows go beside tables and lists of people's own, and rows there gain no key."""
GATHERED = "gathered"
"""Rows that people added beside a table are put into it."""

_PROSE = Field(name="prose")


class Change:
    """The old record with its places, the new one as it is written, and the edits."""

    def __init__(
        self,
        text: str,
        report: Report | None,
        template: Template,
        path: str | None,
        reading: Reading | None = None,
        way: str = PLAIN,
    ) -> None:
        self.template, self.path, self.way = template, path, way
        self.outline: Outline = template.outline
        reading = reading or reader.read(text, self.outline, path=path)
        self.old, self.spans, findings = reading
        _check_front(findings, path)
        self.new = self._wanted(self.old if report is None else report)
        self.known = template.known
        self.edits = Edits(lines=list(self.spans.lines))
        self.changed = self._differing(self.new)
        """The names of the fields in which the records differ."""
        self.inserted: set[int] = set()
        """The sections of the outline that are put into the text."""
        self.whole = False
        """Whether lines of values that did not change were written anew."""
        self.kept: set[str] = set()
        """The fields whose section stays though the template would hide it."""

    def _differing(self, report: Report) -> set[str]:
        """Return the names of the fields in which a record differs from the old one."""
        old = self.old
        if report is old:
            return set()
        names = {*STANDARD, *old.extra, *report.extra}
        return {name for name in names if old.value(name) != report.value(name)}

    def differs(self, name: str) -> bool:
        """Tell whether the records differ in a field."""
        return name in self.changed

    def _wanted(self, report: Report) -> Report:
        """Return the record that the text is to hold: canonical where it differs.

        Rows that are written gain keys, and the others where nothing else is asked for.
        """
        old = self.old
        asked = keying.as_they_were(old, report)
        if self._differing(asked):
            report = asked
        else:
            old = report
        reference = self.old.template or self.outline.reference
        gone = sorted(_keys(self.old) - _keys(report))
        if gone:
            kept = tuple(key for key in report.retired or () if key not in gone)
            report = report.replace(retired=(*kept, *gone))
        changed = self._differing(report) - {"extra", "other", "template"}
        if report.other != self.old.other:
            changed.add("other")
        for name in changed & self.spans.texts.keys():
            report = self._noted(report, name)
        made = canon.canonical(report, self.outline, changed)
        gathered = changed.intersection(keying.KEYED if self.way == GATHERED else ())
        moved = rows_in_strays(self.outline, self.spans, gathered)
        made = keying.as_they_were(old, made, moved, strict=self.way == BESIDE)
        return made.replace(template=reference)

    def _noted(self, report: Report, name: str) -> Report:
        """Return the record with the comments that stood where a text was not known.

        They belong to what is written in the same section.
        """
        said = report.value(name)
        notes = [note for note in self.notes_of(name) if said and note not in said]
        if not notes:
            return report
        return report.with_value(name, "\n\n".join((said, *notes)))

    def notes_of(self, name: str) -> list[str]:
        """Return the comments that people put where a text is not known, or none."""
        known = self.outline.fields.get(name) or STANDARD_FIELDS.get(name)
        said, labels = self.old.value(name), self.outline.labels
        if known is None or not instead.waits(said, labels):
            return []
        span = self.spans.texts[name]
        lines = self.spans.lines[span.start : span.end]
        found = parted(blocks(lines, {}))[0]
        taken = [line for each in found for line in lines[each.start : each.end]]
        return instead.notes("\n".join(taken), known)

    @cached_property
    def written(self) -> Written:
        """The new record, as far as it differs, as the template lays it out.

        Where only facts differ, what stands alone is left out: no line tells of it.
        """
        return self.write(self.new, self.changed, self.without_alone)

    @property
    def without_alone(self) -> Collection[str]:
        """The fields that no line depends on, unless one of the body changes."""
        return () if self.in_body else self.outline.alone

    @cached_property
    def alone(self) -> bool:
        """Tell whether no line depends on what changed, but for its own."""
        return (
            bool(self.changed)
            and self.old.other == self.new.other
            and self.changed.issubset(self.outline.alone)
            and all(map(self._stays, self.changed))
        )

    def _stays(self, name: str) -> bool:
        """Tell whether a field's value has its place in the text, before and after."""
        known = self.known[name]
        if not known.in_body or known.parts:
            return not known.parts
        span, last = self.spans.texts.get(name), self.spans.elsewhere
        return (
            bool(self.old.value(name) and self.new.value(name))
            and not self.panels_in(name)
            and span is not None
            and span.start < span.end
            and (last is None or span.start < last.start)
        )

    def panels_in(self, name: str) -> list[PanelSpan]:
        """Return the panels of the text among the lines of a field's text."""
        span, body = self.spans.texts.get(name), self.spans.body
        return [
            panel
            for panel in self.spans.panels
            if span and span.start <= body + panel.start < span.end
        ]

    def write(
        self,
        report: Report,
        only: Collection[str] | None = None,
        without: Collection[str] = (),
    ) -> Written:
        """Write a record's body; with `only`, the values of those fields alone.

        The fields of the body among `without` are written as if they were not known.
        """
        made = compose(
            self.template.rendered(report, without),
            report,
            self.known,
            self.outline.labels,
            self.outline,
            only,
        )
        return Written("", made, report)

    @property
    def in_body(self) -> bool:
        """Tell whether a value changed that has its home in the body."""
        return self.old.other != self.new.other or any(
            name == "title" or (self.known.get(name) or _PROSE).in_body
            for name in self.changed
        )

    def spot_of(self, section: int) -> int | None:
        """Return the composed section that an outline's section was written as."""
        wanted = self.outline.sections[section]
        for at, each in enumerate(self.written.made.sections):
            if (each.level, each.heading) == (wanted.level, wanted.heading):
                return at
        return None

    def section_of(self, spot: int) -> int | None:
        """Return the outline's section that a composed section is."""
        made = self.written.made.sections[spot]
        return self._sections.get((made.level, made.heading))

    @cached_property
    def _sections(self) -> Mapping[tuple[int, str], int]:
        """The first section of the outline with each level and heading."""
        sections = self.outline.sections
        return {
            (each.level, each.heading): at
            for at, each in reversed(list(enumerate(sections)))
        }


def _check_front(findings: Collection[Finding], path: str | None) -> None:
    """Refuse to change a text with a conflict, or with facts that cannot be read."""
    problems = tuple(
        Problem(
            message=each.message,
            path=path,
            line=each.line,
            column=each.column,
            hint=each.hint,
        )
        for each in findings
        if each.code in NOTHING_READ
    )
    if problems:
        raise Problems(problems)


def _keys(report: Report) -> set[str]:
    rows: tuple[Factor | Action, ...] = (
        *(report.factors or ()),
        *(report.actions or ()),
    )
    return {row.key for row in rows if row.key is not None}
