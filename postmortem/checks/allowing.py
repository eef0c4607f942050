"""Findings that a report's authors have decided to live with, each with its reason.

`<!-- postmortem: allow PM412 because … -->` at the end of a line is about that line;
alone on its line or behind a heading it is about the section that it stands in, and
before the second heading about the whole report, front matter included; but what
privacy finds it is about above that heading alone, since a credential can be added to
any line later. Keys narrow it to rows of the section: `allow PM412 A2 because …`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import msgspec

from postmortem.checks.rules import is_private
from postmortem.model import Finding

if TYPE_CHECKING:
    from postmortem.checks.subject import Subject

WORD = "postmortem: allow"
_COMMENT = re.compile(
    r"<!--\s*postmortem:\s*allow\b(?P<what>(?:(?!-->|\bbecause\b).)*)"
    r"(?:\bbecause\b(?P<why>(?:(?!-->).)*))?-->",
    re.IGNORECASE | re.DOTALL,
)
_OURS = re.compile(r"<!--\s*postmortem", re.IGNORECASE)
_CODE = re.compile(r"\bPM\d{3}\b", re.IGNORECASE)
_KEY = re.compile(r"\b[A-Z]\d+\b")
_HEADING = re.compile(r"(#{1,6})(?:\s|$)")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-{2,})\s*")
_UNDERLINED = re.compile(r"(?!\d+[.)]\s)[\w\"'(\[]")
"""How the words of a heading begin that has a line below it."""
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")


class Allowance(msgspec.Struct, kw_only=True):
    """One comment that allows findings."""

    start: int
    """Where it stands in the text."""
    end: int
    words: str
    """What it names, as it is written."""
    codes: frozenset[str]
    keys: frozenset[str]
    reason: str
    first: int
    """The first line that it is about, 1-based."""
    last: int
    last_private: int
    """The last line of which it keeps back what privacy finds."""
    used: set[str] = msgspec.field(default_factory=set)
    """The codes of the findings that it has kept back."""

    def covers(self, finding: Finding, key: str | None) -> bool:
        """Tell whether it is about a finding on the row of that key."""
        last = self.last_private if is_private(finding.code) else self.last
        return (
            finding.code in self.codes
            and self.first <= finding.line <= last
            and (not self.keys or key in self.keys)
        )


def allowances(subject: Subject) -> Sequence[Allowance]:
    """Return the comments of a report that allow something, reason or not."""
    found = [*_COMMENT.finditer(subject.text)]
    headings = tuple(_headings(subject)) if found else ()
    return [
        _allowance(subject, each, headings)
        for each in found
        if not _in_code(subject, each.start())
    ]


def mistyped(subject: Subject) -> Iterator[tuple[int, int, str]]:
    """Yield comments that were to allow something and do not: both ends, and a code.

    They begin as ours do and name a rule.
    """
    text = subject.text
    for found in _OURS.finditer(text):
        start, least = found.span()
        following = text.find("<!--", least)
        end = text.find("-->", least, following if following > 0 else len(text)) + 3
        code = _CODE.search(text, least, end) if end > least else None
        allows = code and _COMMENT.match(text, start, end)
        if code and not allows and not _in_code(subject, start):
            yield start, end, code[0].upper()


def unallowed(findings: Iterable[Finding], subject: Subject) -> Iterator[Finding]:
    """Yield the findings that no comment with a reason is about."""
    allowed = subject.allowed
    keys = _keys(subject) if any(each.keys for each in allowed) else {}
    for finding in findings:
        key = keys.get(finding.line)
        covering = [
            each for each in allowed if each.reason and each.covers(finding, key)
        ]
        for each in covering:
            each.used.add(finding.code)
        if not covering:
            yield finding


def _allowance(
    subject: Subject,
    found: re.Match[str],
    headings: Sequence[tuple[int, int]],
) -> Allowance:
    line, _ = subject.place(found.start())
    said = subject.lines[line - 1]
    inner = _COMMENT.sub("", said).strip()
    own = bool(inner) and line not in {at for at, _ in headings}
    section = (line, line, line) if own else _section(line, headings, subject)
    first, last, last_private = section
    return Allowance(
        start=found.start(),
        end=found.end(),
        words=" ".join(found["what"].split()),
        codes=frozenset(code.upper() for code in _CODE.findall(found["what"])),
        keys=frozenset(_KEY.findall(_CODE.sub("", found["what"]))),
        reason=" ".join((found["why"] or "").replace("…", "").split()),
        first=first,
        last=last,
        last_private=last_private,
    )


def _section(
    line: int, headings: Sequence[tuple[int, int]], subject: Subject
) -> tuple[int, int, int]:
    """Return the first and last line of the section in which a line stands.

    And the last one for what privacy finds.
    """
    above = [(at, level) for at, level in headings if at <= line]
    if len(above) <= 1 and all(level == 1 for _, level in above):
        every = len(subject.lines)
        return 1, every, headings[1][0] - 1 if len(headings) > 1 else every
    first, level = above[-1]
    behind = (at for at, other in headings if at > line and other <= level)
    last = next(behind, len(subject.lines) + 1) - 1
    return first, last, last


def _headings(subject: Subject) -> Iterator[tuple[int, int]]:
    """Yield the lines of headings, 1-based, and their levels; not those in code."""
    fence = before = ""
    body = subject.spans.body
    for number, line in enumerate(subject.lines[body:], body + 1):
        mark = _FENCE.match(line)
        if mark and (not fence or mark[1].startswith(fence)):
            fence = "" if fence else mark[1]
        elif not fence and (found := _HEADING.match(line)):
            yield number, len(found[1])
        elif not fence and _UNDERLINE.fullmatch(line) and _UNDERLINED.match(before):
            yield number - 1, 1 if "=" in line else 2
        before = line


def _in_code(subject: Subject, at: int) -> bool:
    """Tell whether a comment is shown as code: only its `<` is looked at."""
    line, column = subject.place(at)
    before = subject.lines[line - 1][: column - 1]
    if before.count("`") % 2:
        return True
    fence = ""
    for each in subject.lines[: line - 1]:
        mark = _FENCE.match(each)
        if mark and (not fence or mark[1].startswith(fence)):
            fence = "" if fence else mark[1]
    return bool(fence)


def _keys(subject: Subject) -> dict[int, str]:
    """Return the key of the row that each line belongs to."""
    body, found = subject.spans.body, {}
    for name in ("factors", "actions"):
        values = subject.report.value(name) or ()
        rows = subject.spans.rows.get(name, ())
        for value, row in zip(values, rows, strict=False):
            for line in range(body + row.start, body + row.end):
                found[line + 1] = value.key
    return found
