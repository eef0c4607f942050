"""From marked text to the lines of a report, and where in them each value stands."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache

from postmortem.markdown import fields, inline, lettering, panels, prose
from postmortem.markdown.fields import Field
from postmortem.markdown.lines import RawLine, raw_lines
from postmortem.markdown.outline import Outline
from postmortem.markdown.page import Page
from postmortem.markdown.pieces import HEADING
from postmortem.markdown.row_writer import RowWriter
from postmortem.markdown.spots import Composition, PanelSpot, SectionSpot, TextSpot
from postmortem.markdown.tagging import Mark
from postmortem.model import Report

_FENCE = re.compile(r"\s*(`{3,}|~{3,})")


def compose(
    tagged: str,
    report: Report,
    form: Mapping[str, Field],
    labels: Mapping[str, str],
    outline: Outline | None = None,
    only: Collection[str] | None = None,
) -> Composition:
    """Write the body. Without an outline every loop and text is taken for a home.

    With `only`, the values of other fields are left out: their lines stand for them.
    """
    page = Page(report=report, form=form, labels=labels, outline=outline, only=only)
    composer = _Composer(page)
    for line in raw_lines(tagged):
        composer.add(line)
    return composer.finished()


class _Composer:
    """Writes a page line by line; rows it leaves to their own writer."""

    def __init__(self, page: Page) -> None:
        self.page, self.made, self.report = page, page.made, page.report
        self.made.sections.append(SectionSpot(level=0, heading="", raw=None, line=-1))
        self.rows = RowWriter(page)
        self.fence = ""
        """The marks of the code block that is open."""

    def add(self, line: RawLine) -> None:
        """Write one line, with the loops that begin and end on it."""
        if not line.marks:
            self.page.blank()
            return
        if line.shown:
            self.turn(line.marks[: line.shown])
        text = self.text_of(line) if line.values else None
        if text:
            self.write_text(text)
        elif line.values and not self.fence and is_panel(line):
            self.write_panel(line)
        elif line.blank:
            self.page.blank()
        elif line.row and not line.nested and self.rows.is_home(line):
            self.rows.write(line)
        elif self.is_heading(line):
            self.write_heading(line)
        else:
            self.write_own(line)
        if line.shown < len(line.marks) - 1:
            self.turn(line.marks[line.shown :])

    def turn(self, turns: Sequence[Mark]) -> None:
        """Begin and end the loops that do so here."""
        for mark in turns:
            if mark.kind == "loop":
                self.rows.begin(mark.of[0], mark.of[1])
            elif mark.kind == "end":
                self.rows.close(mark.of[1])

    def finished(self) -> Composition:
        """Return what was made, without blank lines at its end."""
        while self.made.lines and not self.made.lines[-1]:
            self.made.lines.pop()
        return self.made

    def text_of(self, line: RawLine) -> str | None:
        """Return the field whose text is alone on this line, at its home."""
        values = line.values
        if len(values) != 1 or line.literal.strip() or line.nested or line.row:
            return None
        mark = values[0]
        known = self.page.form.get(mark.of[0]) if mark.kind == "field" else None
        if known is None or known.kind != fields.TEXT:
            return None
        if any(spot.field == known.name for spot in self.made.texts):
            return None
        return known.name

    def write_text(self, name: str) -> None:
        """Write a field's text, or what stands for it, between blank lines."""
        self.page.blank()
        lines = self.made.lines
        start = len(lines)
        value = self.report.value(name)
        if self.page.passes_over(name):
            lines.append(".")
        elif value:
            lines += prose.written(value)
        else:
            lines += self.page.placeholder(name)
        self.made.texts.append(
            TextSpot(field=name, start=start, end=len(lines), section=self.page.section)
        )
        self.page.blank()

    def write_panel(self, line: RawLine) -> None:
        """Write a panel between its comments; nothing where it shows nothing."""
        mark = line.values[0]
        by, *names = mark.of
        self.page.blank()
        lines = self.made.lines
        spot = PanelSpot(
            key="", start=len(lines), end=0, section=self.page.section, raw=line
        )
        if mark.said:
            lines += panels.framed(by, names, mark.said)
            spot.key = lines[spot.start]
        spot.end = len(lines)
        self.made.panels.append(spot)
        self.page.blank()

    def is_heading(self, line: RawLine) -> bool:
        """Tell whether a line is a heading of the template."""
        first = line.marks[line.shown]
        return (
            first.kind == "literal"
            and first.said.startswith("#")
            and not self.fence
            and line.row is None
            and HEADING.match(first.said) is not None
        )

    def write_heading(self, line: RawLine) -> None:
        """Write a heading: a section begins."""
        level, heading, text = _heading(line.literal)
        at = len(self.made.lines)
        self.made.sections.append(
            SectionSpot(level=level, heading=heading, raw=line, line=at)
        )
        self.made.lines.append(self.valued(line) if line.values else text)

    def valued(self, line: RawLine) -> str:
        """Spell a heading with values in it, such as the title."""
        text = self.spelled(line)
        titled = any(m.kind == "field" and m.of == ("title",) for m in line.values)
        if titled and not self.report.title:
            text = f"{text} _{self.page.labels['unknown']}_"
        return _headed(text)

    def spelled(self, line: RawLine) -> str:
        """Spell a line of the template's own, without blanks at its end."""
        if not line.values:
            return line.literal.rstrip()
        return lettering.spelled(line.marks, self.report).rstrip()

    def write_own(self, line: RawLine) -> None:
        """Write a line of the template's own, derived values and all."""
        text = self.spelled(line)
        if not text.strip():
            self.page.blank()
            return
        fence = _FENCE.match(line.literal)
        if fence and not self.fence:
            self.fence = fence[1]
        elif fence and line.literal.strip().startswith(self.fence):
            self.fence = ""
        if text.lstrip().startswith("|"):
            text = lettering.tidy(text)
        self.made.sections[-1].own.append((len(self.made.lines), line))
        self.made.lines.append(text)


@lru_cache(maxsize=1024)
def _heading(literal: str) -> tuple[int, str, str]:
    """Return the level of a template's heading, what it says, and the line it makes."""
    found = HEADING.match(literal)
    level = len(found[1]) if found else 1
    said = literal[found.end() :] if found else literal
    return level, " ".join(said.split()), _headed(literal.rstrip())


def _headed(text: str) -> str:
    marks, space, rest = text.partition(" ")
    title = inline.heading(" ".join(rest.split()))
    return f"{marks}{space}{title}".rstrip()


def is_panel(line: RawLine) -> bool:
    """Tell whether a line is a panel, and nothing else."""
    kinds = [mark.kind for mark in line.values]
    return kinds == ["panel"] and not line.literal.strip()
