"""Text to record: tolerant of what people and formatters do, silent about no loss."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cached_property

from postmortem.errors import PostmortemError
from postmortem.markdown import (
    conflict,
    cut,
    fields,
    foreign,
    front,
    inline,
    patterns,
    prose,
    rejoining,
    row_reading,
    text_reading,
    values,
)
from postmortem.markdown.cut import Cut
from postmortem.markdown.fields import STANDARD
from postmortem.markdown.gathering import Gathering
from postmortem.markdown.outline import Outline, Section
from postmortem.markdown.reading import Reading
from postmortem.markdown.synonyms import plain_heading
from postmortem.model import Other, Report

AGAIN = "PM004"
"""The finding that says that a section is there a second time."""


def read(
    text: str,
    outline: Outline,
    *,
    path: str | None = None,
    only: Collection[str] | None = None,
) -> Reading:
    """Read a report back: the record, the place of every value, and findings.

    Nothing that a person writes raises: what cannot be read is a finding on its line,
    and stays in the text. `path` is for messages alone; with `only`, other fields of
    the body are passed over. Raises PostmortemError for a text over `prose.LARGEST`
    characters.
    """
    if len(text) > prose.LARGEST:
        message = f"the report has {len(text)} characters, {prose.LARGEST} are read"
        hint = "move logs to a file beside the report, and link them"
        raise PostmortemError(message, path=path, hint=hint)
    into = Gathering(text, outline, path, only)
    if only is None or "title" in only or any(map(into.needs_front, only)):
        front.read(into)
    known = outline.name != foreign.NAME
    into.found = cut.cuts(into.body_lines, into.env, bold=not known)
    for each in conflict.conflicts(into.body_lines, into.found):
        line = into.body + each.line + 1
        front.unreadable(into, each.message, line, each.hint)
    cut.match(into.found, outline)
    into.spans.panels = [panel for each in into.found for panel in each.panels]
    _body(into, into.found)
    row_reading.collect(into)
    if outline.name == foreign.NAME:
        _unlabelled(into)
    report = Report(**into.given, extra=into.extra, other=tuple(into.others))
    into.findings.sort(key=lambda finding: (finding.line, finding.column))
    return Reading(report, into.spans, tuple(into.findings))


def _body(into: Gathering, found: Sequence[Cut]) -> None:
    """Go down the cuts: sections of the template, the last one, and unknown ones."""
    above = _Above(found)
    at = 0
    while at < len(found):
        here = found[at]
        if here.section is not None:
            at = _section(into, found, at, here.section)
        elif into.is_elsewhere(here):
            last = into.run(found, at, here.level + 1)
            into.spans.elsewhere = into.span(max(here.line, 0), found[last - 1].end)
            _elsewhere(into, found[at + 1 : last])
            at = last
        elif here.level == 0:
            at += 1
        else:
            at = _unknown(into, found, at, above)


def _section(into: Gathering, found: Sequence[Cut], at: int, number: int) -> int:
    """Read a section that the template has; return the index behind it."""
    here = found[at]
    section = into.outline.sections[number]
    into.spans.sections[number] = here
    if here.line >= 0 and section.regex is not None and into.outline.title:
        _title(into, here)
    last = at + 1
    if section.text:
        last = into.run(found, at, section.prose_level)
        _text(into, section, section.text, found[at:last])
    homes = [home for home in into.outline.rows if home.section == number]
    if into.run(found, at, here.level + 1) == at + 1:  # else they say what is theirs
        homes = [home for home in homes if into.wants(home.field)]
    if homes:
        last = max(last, at + row_reading.read_section(into, homes, found[at:]))
    return last


def _title(into: Gathering, here: Cut) -> None:
    found = patterns.read(into.outline.title, here.heading)
    if into.spans.title is not None or found is None:
        return
    into.spans.title = into.body + here.line
    title = inline.canonical(found.get("title", ""))
    if title and not into.says_unknown(title) and not values.unset(title):
        into.keep("title", title)


def _text(into: Gathering, section: Section, name: str, run: Sequence[Cut]) -> None:
    if into.wants(name):
        text_reading.read(into, name, run, section.before, section.after)


def _unknown(into: Gathering, found: Sequence[Cut], at: int, above: _Above) -> int:
    """Keep a section that the template does not know; return the index behind it."""
    here = found[at]
    last = into.run(found, at, here.level + 1)
    run = found[at:last]
    text = text_reading.canonical(into, run, here.start, run[-1].end)
    heading = inline.canonical(here.heading)
    if above.has(at):
        message = f"the section {heading!r} is here twice; what stands here is not read"
        hint = "join the two under one heading"
        into.report(AGAIN, message, into.body + here.line + 1, hint=hint)
    into.others.append(Other(heading=heading, text=text, level=here.level))
    into.spans.others.append(here)
    return last


class _Above:
    """What stands above each heading, to tell that one is there a second time."""

    def __init__(self, found: Sequence[Cut]) -> None:
        self.found = found

    def has(self, at: int) -> bool:
        """Tell whether a section beside this heading, above it, has the same one."""
        here = self.found[at]
        plain = plain_heading(here.heading)
        if inline.BREAK in here.heading:
            return False
        for number in self._sections.get(here.level, ()):
            same = number < at and plain_heading(self.found[number].heading) == plain
            if same:
                return self._borders[at] < number
        return False

    @cached_property
    def _sections(self) -> Mapping[int, Sequence[int]]:
        """The sections of the template of each level, the last first."""
        found: dict[int, list[int]] = {}
        for number, each in reversed(list(enumerate(self.found))):
            if each.section is not None:
                found.setdefault(each.level, []).append(number)
        return found

    @cached_property
    def _borders(self) -> Sequence[int]:
        """The nearest heading above each one that is of a higher level."""
        borders: list[int] = []
        last: dict[int, int] = {}
        for at, each in enumerate(self.found):
            borders.append(
                max((last.get(it, -1) for it in range(each.level)), default=-1)
            )
            last[each.level] = at
        return borders


def _elsewhere(into: Gathering, inner: Sequence[Cut]) -> None:
    """Read the values that the template has no place for."""
    at = 0
    while at < len(inner):
        here = inner[at]
        last = into.run(inner, at, here.level + 1)
        known = rejoining.named(into.outline, here, into.body_lines)
        if known.kind == fields.TEXT:
            run = [*inner[at:last]]
            if into.field(known.name) is None:
                run[0] = rejoining.unmarked(here, into.body_lines)
            text_reading.read(into, known.name, run)
        else:
            home = rejoining.home_of(known)
            row_reading.read(into, [home], here, {known.name: known})
        at = last


def _unlabelled(into: Gathering) -> None:
    """Take what a foreign report says in other ways than by headings."""
    told = list(foreign.labelled(into.found))
    extra = {name: said for name, said in into.extra.items() if name in STANDARD}
    told += [(name, said) for name, said in extra.items() if isinstance(said, str)]
    for name in extra:
        del into.extra[name]
    for name, text in told:
        known = STANDARD[name]
        if name not in into.given and known.kind == fields.TEXT:
            into.keep(name, prose.canonical(text, level=3))
    for name, node in foreign.facts(into.spans.front):
        if name not in into.given:
            front.scalar(into, name, node)
