"""What the rules about words and promises say of one answer, right after it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cached_property
from typing import Any

import msgspec

from postmortem.checks.catalogue import rules
from postmortem.checks.grading import graded, levels
from postmortem.checks.outputs.written import folded
from postmortem.checks.passages import Passage
from postmortem.checks.rules import ERROR, LEVELS, WARNING
from postmortem.checks.subject import Subject
from postmortem.markdown import Outline, Spans
from postmortem.model import Action, Finding, Report
from postmortem.settings import Settings

_GROUPS = ("privacy", "language")
_PROMISES = ("PM402", "PM403", "PM410", "PM411")
"""Rules about what an action says."""
_OWNED = "PM401"
_LACKS = (_OWNED, "PM412")
"""Rules about what it does not say, which counts when nobody is asked any more."""
_PARTS = ("text", "evidence", "done_when")


class Remark(msgspec.Struct, frozen=True, kw_only=True):
    """One finding about what was typed."""

    finding: Finding
    words: str
    """Those that it marks; of a row that lacks something the message says which."""
    row: Any = None
    """The row that it is about."""


class _Typed(Subject, kw_only=True):
    """An answer that is looked at as a report would be, and nothing around it."""

    name: str
    pieces: Sequence[tuple[str, int | None]] = ()
    """Part and number of the row of each line of the text."""
    stretches: Sequence[str] = ()

    @cached_property
    def passages(self) -> Sequence[Passage]:
        """One for each piece."""
        found, at = [], 0
        for text, (part, row) in zip(self.stretches, self.pieces, strict=True):
            end = at + len(text)
            found.append(
                Passage(
                    field=self.name,
                    text=text,
                    masked=self.masked[at:end],
                    start=at,
                    part=part,
                    row=row,
                )
            )
            at = end + 1
        return tuple(found)

    def piece_at(self, line: int, column: int) -> int:
        """Return which piece has that character, counted from 0."""
        at = self.starts[line - 1] + column - 1
        starts = [each.start for each in self.passages]
        return max((n for n, start in enumerate(starts) if start <= at), default=0)


class Listening(msgspec.Struct, frozen=True, kw_only=True):
    """What stays the same from one answer to the next."""

    outline: Outline
    settings: Settings
    now: datetime

    def said(self, name: str, before: Report, after: Report) -> list[Remark]:
        """Return what is found in a field's new words, the gravest first."""
        value, old = after.value(name), before.value(name)
        if value == old:
            return []
        if isinstance(value, str):
            return self._found(name, [value], [("", None)], (), after)
        if not isinstance(value, tuple):
            return []
        rows = [row for row in value if row not in (old or ())]
        pieces, texts = [], []
        for number, row in enumerate(rows):
            was = _same(row, old or ())
            for part, text in _texts(row):
                if text and text != dict(_texts(was)).get(part):
                    pieces.append((part, number))
                    texts.append(text)
        return self._found(name, texts, pieces, rows, after)

    def left(self, name: str, rows: Sequence[Any], report: Report) -> list[Remark]:
        """Return what rows still lack; each is looked up as it is now, by its key."""
        keys = {row.key for row in rows if isinstance(row, Action)} - {None}
        actions = tuple(it for it in report.value(name) or () if _key(it) in keys)
        if not actions:
            return []
        subject = self._subject(name, [], [], actions, report)
        return _sorted(self._remarks(subject, _LACKS, actions))

    def _found(
        self,
        name: str,
        texts: Sequence[str],
        pieces: Sequence[tuple[str, int | None]],
        rows: Sequence[Any],
        report: Report,
    ) -> list[Remark]:
        actions = tuple(row for row in rows if isinstance(row, Action))
        subject = self._subject(name, texts, pieces, actions, report)
        every = rules()
        codes = [code for code, it in every.items() if it.group in _GROUPS]
        if actions:
            codes += _PROMISES
            codes += [_OWNED] if all(each.owner for each in actions) else []
        return _sorted(self._remarks(subject, codes, rows))

    def _subject(
        self,
        name: str,
        texts: Sequence[str],
        pieces: Sequence[tuple[str, int | None]],
        actions: tuple[Action, ...],
        report: Report,
    ) -> _Typed:
        text = "\n".join(texts)
        return _Typed(
            path="",
            text=text,
            report=Report(
                status=report.status, severity=report.severity, actions=actions or None
            ),
            outline=self.outline,
            spans=Spans(lines=text.split("\n"), newline="\n", body=0),
            now=self.now,
            settings=self.settings,
            name=name,
            pieces=pieces,
            stretches=texts,
        )

    def _remarks(
        self, subject: _Typed, codes: Sequence[str], rows: Sequence[Any]
    ) -> Iterator[Remark]:
        every, known = rules(), levels(subject)
        for code in codes:
            rule, level = every[code], known[code]
            if level not in (ERROR, WARNING):
                continue
            found = [graded(it, rule, level) for it in rule.check(subject)]
            grave = [it for it in found if it.severity in (ERROR, WARNING)]
            for finding in folded(grave):
                yield _remark(subject, finding, rows)


def _remark(subject: _Typed, finding: Finding, rows: Sequence[Any]) -> Remark:
    line = subject.lines[finding.line - 1] if finding.line else ""
    start = finding.column - 1
    words = line[start : start + finding.length]
    number: int | None = None
    if subject.pieces:
        number = subject.pieces[subject.piece_at(finding.line, finding.column)][1]
    row = rows[number] if number is not None else rows[0] if len(rows) == 1 else None
    return Remark(finding=finding, words=words, row=row)


def _sorted(remarks: Iterator[Remark]) -> list[Remark]:
    """Put the gravest first, and of those what must not be there at all."""
    group = {code: it.group for code, it in rules().items()}

    def _order(it: Remark) -> tuple[int, bool, bool]:
        its = group[it.finding.code]
        grave = LEVELS.index(it.finding.severity)
        return grave, its != "privacy", its == "language"

    return sorted(remarks, key=_order)


def _same(row: Any, rows: Sequence[Any]) -> Any:
    """Return what a row was before, by its key."""
    key = _key(row)
    return next((it for it in rows if key and _key(it) == key), None)


def _key(row: Any) -> str | None:
    return getattr(row, "key", None)


def _texts(row: Any) -> Iterator[tuple[str, str]]:
    """Yield the parts of a row that hold sentences."""
    if isinstance(row, str):
        yield "text", row
    elif isinstance(row, dict):
        yield from ((name, text) for name, text in row.items() if text)
    else:
        for part in _PARTS:
            if text := getattr(row, part, None):
                yield part, text
