"""A changed record put into a text that people have edited: the smallest diff that does it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from difflib import SequenceMatcher
from typing import Any

from postmortem import yamls
from postmortem.errors import Refused
from postmortem.markdown import blocks, canon, compose, elsewhere, inline, prose, reader, writer
from postmortem.markdown.compose import SectionSpot
from postmortem.markdown.discovery import line_regex
from postmortem.markdown.fields import Field
from postmortem.markdown.outline import Outline
from postmortem.markdown.reading import Reading, Span
from postmortem.markdown.row_edits import RowEditor
from postmortem.markdown.splices import Edits
from postmortem.markdown.template import Template, everything
from postmortem.markdown.values import tree
from postmortem.markdown.writer import Written
from postmortem.model import STANDARD, Finding, Report, keyed


def rewrite(
    text: str, report: Report, template: Template, *, path: str | None = None
) -> str:
    """Return the text with the record's changes put in.

    Only the lines of changed values change, and the derived lines that they lead to.
    Rows gain their keys. Raises Refused when a change cannot be put into this text
    so that it reads back; nothing is lost then, and the message says what to do.
    """
    return _Rewriter(text, report, template, path).rewritten()


def refresh(text: str, template: Template, *, path: str | None = None) -> str:
    """Return the text with its derived lines as the record now makes them."""
    reading = reader.read(text, template.outline, path=path)
    return _Rewriter(text, reading.report, template, path, reading).rewritten()


def stale(
    text: str, template: Template, *, path: str | None = None
) -> tuple[Finding, ...]:
    """Return a finding for every derived line that is not what we would write."""
    reading = reader.read(text, template.outline, path=path)
    rewriter = _Rewriter(text, reading.report, template, path, reading)
    return tuple(rewriter.stale())


class _Rewriter:
    def __init__(
        self,
        text: str,
        report: Report,
        template: Template,
        path: str | None,
        reading: Reading | None = None,
    ) -> None:
        self.text, self.template, self.path = text, template, path
        self.outline: Outline = template.outline
        self.reading = reading or reader.read(text, self.outline, path=path)
        self.old = self.reading.report
        self.spans = self.reading.spans
        self.new = self.wanted(report)
        self.known = everything(self.outline.fields)
        self.edits = Edits(lines=list(self.spans.lines))
        self.changed = self.differing(self.old, self.new)
        self.written = self.write(self.new, self.changed)

    def differing(self, one: Report, two: Report) -> set[str]:
        """Return the names of the fields in which two records differ."""
        names = {*STANDARD, *one.extra, *two.extra}
        return {name for name in names if one.value(name) != two.value(name)}

    def wanted(self, report: Report) -> Report:
        """Return the record that the text is to hold: canonical where it differs."""
        reference = self.old.template or self.outline.reference
        gone = sorted(_keys(self.old) - _keys(report))
        if gone:
            kept = tuple(key for key in report.retired or () if key not in gone)
            report = report.replace(retired=(*kept, *gone))
        names = {*report.__struct_fields__, *report.extra, *self.old.extra}
        changed = {
            name
            for name in names - {"extra", "other", "template"}
            if report.value(name) != self.old.value(name)
        }
        if report.other != self.old.other:
            changed.add("other")
        made = canon.canonical(report, self.outline, changed)
        return keyed(made.replace(template=reference))

    def write(self, report: Report, only: Collection[str] | None = None) -> Written:
        outline = self.outline
        made = compose.compose(
            self.template.rendered(report),
            report,
            self.known,
            outline.labels,
            outline,
            only,
        )
        return Written("", made, report)

    def rewritten(self) -> str:
        if self.old.other != self.new.other:
            self.others()
        self.title()
        self.missing_sections()
        self.texts()
        self.rows()
        self.hidden()
        self.elsewhere()
        for start, end, new in self.derived():
            self.edits.replace(start, end, new)
        text = "\n".join(self.edits.applied())
        text = yamls.splice(
            text, self.scalars(), order=writer.order(self.outline), path=self.path
        )
        self.check(text)
        return text if self.spans.newline == "\n" else _with_newline(self.text, text)

    def check(self, text: str) -> None:
        """Read the text back before it is given away.

        Front matter is read back by its own splice; derived lines hold no values.
        """
        if not self.changed_body():
            return
        back, spans, _ = reader.read(
            text, self.outline, path=self.path, only=self.changed
        )
        lost = sorted(
            name for name in self.changed if back.value(name) != self.new.value(name)
        )
        if back.other != self.new.other:
            lost.append("the sections that the template does not know")
        if spans.sections.keys() != self.spans.sections.keys() | self.inserted:
            lost.append("a section")
        if not lost:
            return
        line = self.spans.line_of(lost[0])
        message = f"{', '.join(lost)} cannot be changed here so that it reads back"
        hint = "change it in an editor; what is in the file is untouched"
        raise Refused(message, path=self.path, line=line, hint=hint)

    def changed_body(self) -> bool:
        """Tell whether a value changed that has its home in the body."""
        return self.old.other != self.new.other or any(
            name == "title" or (self.known.get(name) or _PROSE).in_body
            for name in self.changed
        )

    # front matter and title

    def scalars(self) -> dict[str, Any]:
        changes: dict[str, Any] = {}
        new = dict(writer.scalars(self.new, self.outline))
        for name in dict.fromkeys((*self.spans.front, *new)):
            known = self.known.get(name)
            if name == "title" and self.outline.title:
                continue
            if known is not None and known.in_body:
                continue
            if self.old.value(name) != self.new.value(name):
                changes[name] = tree(known, self.new.value(name))
        return changes

    def title(self) -> None:
        if self.old.title == self.new.title or not self.outline.title:
            return
        spot = next(
            each
            for each in self.written.made.sections
            if each.raw is not None
            and any(mark.of == ("title",) for mark in each.raw.values)
        )
        new = self.written.made.lines[spot.line]
        at = self.spans.title
        if at is None:
            self.edits.insert_block(self.spans.body, [new])
        else:
            end = at + 1
            following = self.edits.lines[end : end + 1]
            if following and re.fullmatch(r"\s{0,3}(=+|-+)\s*", following[0]):
                end += 1
            self.edits.replace(at, end, [new])

    # sections

    def spot(self, section: int) -> int | None:
        """Return the composed section that an outline's section was written as."""
        wanted = self.outline.sections[section]
        for at, each in enumerate(self.written.made.sections):
            if (each.level, each.heading) == (wanted.level, wanted.heading):
                return at
        return None

    def section_of(self, spot: int) -> int | None:
        """Return the outline's section that a composed section is."""
        made = self.written.made.sections[spot]
        for at, each in enumerate(self.outline.sections):
            if (each.level, each.heading) == (made.level, made.heading):
                return at
        return None

    def missing_sections(self) -> None:
        """Insert sections that hold changed values and are not in the text."""
        self.inserted: set[int] = set()
        made = self.written.made
        wanted = {
            self.section_of(spot.section)
            for spot in made.texts
            if self.old.value(spot.field) != self.new.value(spot.field)
        } | {
            self.section_of(spot.section)
            for spot in made.loops
            if self.old.value(spot.field) != self.new.value(spot.field)
        }
        for section in sorted(each for each in wanted if each is not None):
            if section in self.spans.sections or section in self.inserted:
                continue
            self.insert_section(section)

    def insert_section(self, section: int) -> None:
        spot = self.spot(section)
        if spot is None:
            return
        sections = self.written.made.sections
        start = max(sections[spot].line, 0)
        last = sections[spot + 1].line if spot + 1 < len(sections) else None
        lines = self.written.made.lines[start:last]
        self.inserted.add(section)
        parent = self.outline.sections[section].parent
        if parent is not None and parent not in self.spans.sections:
            if parent not in self.inserted and self.outline.sections[parent].level > 1:
                self.insert_section(parent)
        while lines and not lines[-1]:
            lines.pop()
        self.edits.insert_block(self.place_of(section), lines)

    def place_of(self, section: int) -> int:
        """Return the line before which a section that is missing belongs."""
        for later in range(section + 1, len(self.outline.sections)):
            cut = self.spans.sections.get(later)
            if cut is not None and cut.line >= 0:
                return self.spans.body + cut.line
        if self.spans.elsewhere is not None:
            return self.spans.elsewhere.start
        return len(self.edits.lines) - (not self.edits.lines[-1])

    # texts

    def texts(self) -> None:
        for spot in self.written.made.texts:
            old, new = self.old.value(spot.field), self.new.value(spot.field)
            span = self.spans.texts.get(spot.field)
            section = self.section_of(spot.section)
            if old == new or section in self.inserted or span is None:
                continue
            if self.spans.elsewhere and span.start >= self.spans.elsewhere.start:
                continue
            made = self.written.made.lines[spot.start : spot.end]
            if span.start == span.end:
                self.edits.insert_block(self.text_place(section), made)
            elif old and new:
                self.changed_blocks(span, prose.written(new))
            else:
                self.edits.replace(span.start, span.end, made)

    def text_place(self, section: int | None) -> int:
        cut = self.spans.sections[section or 0]
        return self.spans.body + cut.start

    def changed_blocks(self, span: Span, new: Sequence[str]) -> None:
        """Replace the blocks of a text that changed; the others keep their layout."""
        lines = self.edits.lines[span.start : span.end]
        before = list(_blocks(lines))
        after = list(_blocks(new))
        matcher = SequenceMatcher(
            a=[each[0] for each in before], b=[each[0] for each in after], autojunk=False
        )
        for kind, a1, a2, b1, b2 in matcher.get_opcodes():
            if kind == "equal":
                continue
            made: list[str] = []
            for _, _, block in after[b1:b2]:
                made += ["", *block] if made else block
            if a1 == a2:
                at = before[a1][1].start if a1 < len(before) else before[-1][1].end
                self.edits.insert_block(span.start + at, made)
            elif not made:
                self.edits.delete_block(
                    span.start + before[a1][1].start, span.start + before[a2 - 1][1].end
                )
            elif a2 - a1 == b2 - b1 == 1 and _tables(before[a1], after[b1]):
                self.changed_rows(span.start + before[a1][1].start, before[a1], after[b1])
            else:
                self.edits.replace(
                    span.start + before[a1][1].start,
                    span.start + before[a2 - 1][1].end,
                    made,
                )

    def changed_rows(self, start: int, before: _Block, after: _Block) -> None:
        """Replace the lines of a table that changed."""
        old, new = before[0].split("\n"), after[0].split("\n")
        matcher = SequenceMatcher(a=old, b=new, autojunk=False)
        for kind, a1, a2, b1, b2 in matcher.get_opcodes():
            if kind != "equal":
                self.edits.replace(start + a1, start + a2, after[2][b1:b2])

    # rows

    def rows(self) -> None:
        for name, known in self.known.items():
            if not known.parts or self.old.value(name) == self.new.value(name):
                continue
            if any(spot.field == name for spot in self.written.made.loops):
                RowEditor(self, known).edit()

    def hidden(self) -> None:
        """Keep values in the text's own section where the template now shows none.

        A condition may hide the section of a value that is no longer known, or none;
        the section in the text stays, and says so.
        """
        self.kept: set[str] = set()
        shown = {spot.field for spot in self.written.made.texts}
        shown |= {spot.field for spot in self.written.made.loops}
        for name in sorted(self.changed - shown):
            known = self.known.get(name)
            value = self.new.value(name)
            if known is None or not known.in_body or value:
                continue
            said = compose.placeholder(value, known, self.outline.labels)
            spans = self.places(name)
            if not spans:
                continue
            self.kept.add(name)
            self.edits.replace(spans[0].start, spans[0].end, said)
            for span in spans[1:]:
                self.edits.replace(span.start, span.end, [])

    def places(self, name: str) -> list[Span]:
        """Return where a field's value stands in the text, but for the last section."""
        end = self.spans.elsewhere.start if self.spans.elsewhere else None
        spans = [self.spans.texts[name]] if name in self.spans.texts else []
        spans += self.spans.placeholders.get(name, [])
        for each in self.spans.containers:
            if each.field == name:
                start = self.spans.body + each.start
                last = self.spans.body + each.end
                while last > start and not self.edits.lines[last - 1].strip():
                    last -= 1
                spans.append(Span(start, last))
        return [span for span in spans if end is None or span.start < end]

    # what has no place

    def others(self) -> None:
        message = "sections that the template does not know are changed in an editor"
        raise Refused(message, path=self.path)

    def elsewhere(self) -> None:
        if not self.elsewhere_changed():
            return
        whole = self.write(self.new).made
        new = elsewhere.lines(self.of_last_section(), self.outline, whole)
        while new and not new[-1]:
            new.pop()
        span = self.spans.elsewhere
        end = span.end if span else len(self.edits.lines)
        while end and not self.edits.lines[end - 1].strip():
            end -= 1
        if span is None:
            self.edits.insert(end, ["", *new])
        elif new:
            self.changed_blocks(Span(span.start, end), new)
        else:
            self.edits.delete_block(span.start, end)

    def of_last_section(self) -> Report:
        """Return the record without the values that keep their place in the text."""
        report = self.new
        for name in self.kept:
            report = report.with_value(name, None)
        return report

    def elsewhere_changed(self) -> bool:
        """Tell whether a value in the last section changed, or ought to be there."""
        if not self.changed_body():
            return False
        changed = self.changed - self.kept
        new = elsewhere.lines(self.new, self.outline, self.written.made, changed)
        if new or self.spans.elsewhere is None:
            return bool(new)
        first = self.spans.elsewhere.start
        texts = {
            name for name, span in self.spans.texts.items() if span.start >= first
        }
        rows = {
            each.field
            for each in self.spans.containers
            if self.spans.body + each.start >= first
        }
        if not self.changed & (texts | rows):
            return False
        old = self.write(self.old, self.changed).made
        return new != elsewhere.lines(self.old, self.outline, old, changed)

    # derived

    def derived(self) -> Iterator[tuple[int, int, list[str]]]:
        """Yield the replacements that make the derived lines what we would write."""
        old: Written | None = None
        for number, spot in enumerate(self.written.made.sections):
            section = self.section_of(number)
            cut = self.spans.sections.get(section) if section is not None else None
            if cut is None or section is None:
                continue
            looks = self.outline.sections[section].derived
            if not looks:
                continue
            wanted = self.wanted_lines(spot, looks)
            found = self.found_lines(cut.start, cut.end, looks)
            have = [_bare(self.edits.lines[at]) for at in found]
            want = [_bare(line) for line in wanted]
            if have == want:
                continue
            if not found:
                old = old or self.write(self.old)
                was = next(
                    (each for each in old.made.sections if _same(each, spot)), None
                )
                if was and self.lines_of(old, was, looks):
                    continue
                at, block = self.new_place(number, spot, looks, wanted)
                yield at, at, block
                continue
            matcher = SequenceMatcher(a=have, b=want, autojunk=False)
            for kind, a1, a2, b1, b2 in matcher.get_opcodes():
                if kind == "equal":
                    continue
                start = found[a1] if a1 < len(found) else found[-1] + 1
                end = found[a2 - 1] + 1 if a2 > a1 else start
                yield start, end, wanted[b1:b2]

    def wanted_lines(self, spot: SectionSpot, looks: Sequence[str]) -> list[str]:
        return self.lines_of(self.written, spot, looks)

    def lines_of(
        self, written: Written, spot: SectionSpot, looks: Sequence[str]
    ) -> list[str]:
        return [
            written.made.lines[line]
            for line, raw in spot.own
            if raw.values and line_regex(raw) in looks
        ]

    def found_lines(self, start: int, end: int, looks: Sequence[str]) -> list[int]:
        """Return the lines of a section that look like its derived ones."""
        body = self.spans.body
        rows = {
            line
            for each in self.spans.rows.values()
            for row in each
            for line in range(body + row.start, body + row.end)
        }
        texts = {
            line
            for span in self.spans.texts.values()
            for line in range(span.start, span.end)
        }
        return [
            at
            for at in range(body + start, min(body + end, len(self.edits.lines)))
            if at not in rows
            and at not in texts
            and any(re.fullmatch(look, _bare(self.edits.lines[at])) for look in looks)
        ]

    def new_place(
        self, number: int, spot: SectionSpot, looks: Sequence[str], wanted: list[str]
    ) -> tuple[int, list[str]]:
        """Say where derived lines go that the text does not have yet."""
        section = self.section_of(number)
        cut = self.spans.sections[section or 0]
        first = next(
            line for line, raw in spot.own if raw.values and line_regex(raw) in looks
        )
        home = any(
            each.section == number and each.start < first
            for each in (*self.written.made.texts, *self.written.made.rows)
        ) or any(
            each.section == number and each.line < first
            for each in self.written.made.loops
        )
        at = self.spans.body + (cut.end if home else cut.start)
        while home and at > 0 and not self.edits.lines[at - 1].strip():
            at -= 1
        block = list(wanted)
        if at > 0 and self.edits.lines[at - 1].strip():
            block.insert(0, "")
        if at < len(self.edits.lines) and self.edits.lines[at].strip():
            block.append("")
        return at, block

    def stale(self) -> Iterator[Finding]:
        for start, end, new in self.derived():
            if start == end:
                continue
            for offset, line in enumerate(self.edits.lines[start:end]):
                said = new[offset] if offset < len(new) else "nothing"
                yield Finding(
                    code="PM110",
                    message=f"this line is derived, and ought to say: {_plain(said)}",
                    line=start + offset + 1,
                    hint="change the facts that it comes from, or run refresh",
                )
                del line


_PROSE = Field(name="prose")


def _keys(report: Report) -> set[str]:
    return {
        row.key
        for row in (*(report.factors or ()), *(report.actions or ()))
        if row.key is not None
    }


def _same(one: SectionSpot, two: SectionSpot) -> bool:
    return (one.level, one.heading) == (two.level, two.heading)


def _bare(line: str) -> str:
    return re.sub(r"^[*+]\s+", "- ", " ".join(line.split()))


def _plain(line: str) -> str:
    return inline.plain(re.sub(r"^[-*]\s+", "", line))


_Block = tuple[str, Span, list[str]]


def _tables(before: _Block, after: _Block) -> bool:
    """Tell whether two blocks are tables of the same columns, a line a row."""
    old, new = before[0].split("\n"), after[0].split("\n")
    return (
        old[0].startswith("| ")
        and old[:2] == new[:2]
        and len(old) == len(before[2])
        and len(new) == len(after[2])
    )


def _blocks(lines: Sequence[str]) -> Iterator[_Block]:
    """Yield the blocks of prose: canonical form, span, and lines as they stand."""
    env: dict[str, Any] = {}
    for block in blocks.blocks(lines, env):
        end = block.end
        while end > block.start and not lines[end - 1].strip():
            end -= 1
        said = prose.spelled([block], lines, env=env, span=(block.start, end))
        yield said, Span(block.start, end), list(lines[block.start : end])


def _with_newline(old: str, text: str) -> str:
    del old
    return text.replace("\n", "\r\n")
