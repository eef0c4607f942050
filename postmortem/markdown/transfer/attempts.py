"""A text in another layout, tried until it reads back as the same record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from postmortem import yamls
from postmortem.errors import Problem, Problems, Refused
from postmortem.markdown import (
    canon,
    conflict,
    elsewhere,
    foreign,
    inline,
    prose,
    reader,
    writer,
)
from postmortem.markdown.front import NOTHING_READ
from postmortem.markdown.reading import Reading
from postmortem.markdown.template import Template
from postmortem.markdown.transfer import noting
from postmortem.markdown.transfer.additions import Lines
from postmortem.markdown.transfer.blending import Blend, Merge
from postmortem.markdown.transfer.fitting import fitted
from postmortem.markdown.transfer.layout import Layout
from postmortem.markdown.transfer.row_notes import Notes
from postmortem.markdown.transfer.stretches import LEFT, stretches
from postmortem.markdown.values import tree
from postmortem.model import STANDARD, Report

ATTEMPTS = 5
_ALL = 2
"""Every section of people's own is raised, not only those with deep headings."""


@dataclass(frozen=True, kw_only=True)
class Transferred:
    """A report as another template lays it out."""

    text: str
    conflicts: int
    """How many places have git's marks, for a person to settle."""
    elsewhere: tuple[str, ...]
    """The fields that stand under the last heading."""
    apart: tuple[str, ...]
    """The headings of sections that the template does not know."""


class Attempts:
    """The three texts, and attempts to make one of them that reads back."""

    def __init__(
        self,
        text: str,
        new: Template,
        old: Template | None,
        merge: Merge,
        path: str | None,
    ) -> None:
        self.new, self.old, self.merge, self.path = new, old, merge, path
        outline = old.outline if old else foreign.outline(text)
        self.file = reader.read(text, outline, path=path)
        _check(self.file, path)
        record, left = fitted(self.file.report, new.outline)
        self.record = record.replace(other=())
        self.wanted = self._written()
        known = self.file.report.replace(other=())
        base = reader.read(writer.write(known, old), outline) if old else None
        self.notes = Notes(self.file, base, new.outline.fields)
        noted = self._noted()
        self.unfit = left
        """The fields that are of another kind in the new template."""
        self.layout = Layout(
            file=stretches(self.file, outline),
            base=stretches(base, outline) if base else (),
            new=stretches(self.wanted, new.outline),
            noted=stretches(noted, new.outline),
            record=self.record,
            last=new.outline.labels["elsewhere"],
            left=left | self.notes.homeless,
            insert=old is None or old.outline.digest == new.outline.digest,
            remember=old is not None and old.name != new.name,
        )

    def made(self) -> Transferred:
        """Return the first attempt that reads back, with its conflicts marked."""
        strict: set[str] = set()
        raised = 0
        for _ in range(ATTEMPTS):
            text = self._attempt(strict, theirs, raised)
            wrong, moved = self._differences(text)
            if not wrong and not moved:
                return self._transferred(strict, raised)
            if wrong <= strict and raised == _ALL:
                break
            raised = min(_ALL, raised + (moved or wrong <= strict))
            strict |= wrong
        lost = ", ".join(sorted(wrong)) or "a section that the template does not know"
        message = f"{lost} cannot be laid out by {self.new.name} so that it reads back"
        hint = "change it in an editor; what is in the file is untouched"
        raise Refused(message, path=self.path, hint=hint)

    def _transferred(self, strict: set[str], raised: int) -> Transferred:
        text = self._attempt(strict, self.merge, raised)
        newline = self.file.spans.newline
        back = reader.read(text, self.new.outline)
        held = [each for each in stretches(back, self.new.outline) if each.kind == LEFT]
        return Transferred(
            text=text if newline == "\n" else text.replace("\n", newline),
            conflicts=sum(each.message == conflict.MESSAGE for each in back.findings),
            elsewhere=tuple(dict.fromkeys(each.names[0] for each in held)),
            apart=tuple(each.heading for each in self.layout.kept_apart()),
        )

    def _attempt(self, strict: set[str], merge: Merge, raised: int) -> str:
        """Return the new text; conflicts are whatever `merge` makes of them."""
        blend = Blend(
            merge=merge,
            same_name=self.old is not None and self.old.name == self.new.name,
            strict=strict,
            noted=[name for name, notes in self.notes.of.items() if notes],
            stuck=self.notes.stuck,
        )
        spans = self.file.spans
        front, blank = spans.lines[: spans.body], 0
        while (
            spans.body + blank < len(spans.lines) - 1
            and not spans.lines[spans.body + blank].strip()
        ):
            blank += 1
        body = self.layout.lines(blend, raised=raised)
        text = "\n".join([*front, *[""] * blank, *body, ""])
        order = writer.order(self.new.outline)
        return yamls.splice(text, self._front(), order=order, path=self.path)

    def _front(self) -> dict[str, Any]:
        """Return what changes in the front matter."""
        have = self.file.spans.front.keys()
        want = self.wanted.spans.front.keys()
        changes: dict[str, Any] = {"template": self.new.outline.reference}
        for name in want - have:
            changes[name] = tree(None, self.wanted.report.value(name))
        for name in have - want:
            known = self.new.outline.fields.get(name)
            homed = self._is_title(name) or (known is not None and known.in_body)
            if homed and self.wanted.report.value(name) is not None:
                changes[name] = None
        for name in have & want - {"template"}:
            was = tree(None, self.file.report.value(name))
            value = tree(None, self.wanted.report.value(name))
            if value != was and value is not None:
                changes[name] = value
        return changes

    def _is_title(self, name: str) -> bool:
        """Tell whether a key of the front matter says what the title does."""
        said = str(self.file.spans.front[name].value or "")
        return name == "title" and inline.canonical(said) == self.wanted.report.title

    def _written(self) -> Reading:
        """Return the record as the new template writes it, read back."""
        text = writer.write(self.record, self.new)
        short = dict(self._short_texts())
        if short:
            gone = dict.fromkeys(short)
            text = yamls.splice(text, gone)
            heading = f"## {self.new.outline.labels['elsewhere']}"
            if heading not in text.split("\n"):
                text += f"\n{heading}\n"
            for name, said in short.items():
                lines = prose.written(prose.canonical(said, level=elsewhere.LEVEL + 2))
                text += "\n".join(["", f"### {name}", "", *lines, ""])
        return reader.read(text, self.new.outline)

    def _short_texts(self) -> Iterable[tuple[str, str]]:
        """Yield short texts of the body that the new template does not declare.

        As values of nobody they would have their home in the front matter; who wrote
        them looks for them in the body.
        """
        old = self.old.outline.fields if self.old else {}
        for name, value in self.record.extra.items():
            known = old.get(name)
            homed = known.in_body if known else name in self.file.spans.texts
            if not homed or name in self.new.outline.fields:
                continue
            if value and isinstance(value, str) and not elsewhere.in_body(value):
                yield name, value

    def _noted(self) -> Reading:
        text = "\n".join(noting.written(self.notes, self.wanted))
        return reader.read(text, self.new.outline)

    # whether it reads back

    def _differences(self, text: str) -> tuple[set[str], bool]:
        """Return the fields that read back otherwise, and whether sections do."""
        outline = self.new.outline
        back = canon.canonical(reader.read(text, outline).report, outline)
        want = canon.canonical(self.wanted.report, outline)
        adopted = {
            name for at in self.layout.adopted for name in self.layout.new[at].names
        }
        names = {*STANDARD, *back.extra, *want.extra} - adopted - self.unfit
        wrong = {
            name for name in names if not _same(want.value(name), back.value(name))
        }
        return wrong, self._sections_differ(back)

    def _sections_differ(self, back: Report) -> bool:
        """Tell whether other sections are unknown than those that were kept apart."""
        apart = [each for each in self.layout.kept_apart() if each.kind != "last"]
        return len(back.other) != len(apart)


def _same(want: Any, back: Any) -> bool:
    """Tell whether a value is what is wanted; a table may have columns of people."""
    if want == back or not isinstance(want, tuple) or not isinstance(back, tuple):
        return bool(want == back)
    return len(want) == len(back) and all(
        isinstance(one, Mapping)
        and isinstance(two, Mapping)
        and all(two.get(part) == said for part, said in one.items())
        for one, two in zip(want, back, strict=True)
    )


def _check(found: Reading, path: str | None) -> None:
    """Refuse a text with a conflict, or with front matter that cannot be read."""
    problems = tuple(
        Problem(
            message=each.message,
            path=path,
            line=each.line,
            column=each.column,
            hint=each.hint,
        )
        for each in found.findings
        if each.code in NOTHING_READ
    )
    if problems:
        raise Problems(problems)


def theirs(_file: Lines, _old: Lines, new: Lines) -> list[str]:
    """Settle a conflict by what the new template writes, to try the rest."""
    return list(new)
