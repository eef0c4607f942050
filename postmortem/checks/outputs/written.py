"""Findings as people read them: a line each, the words marked where there is room."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from postmortem.checks.results import Result, counts
from postmortem.checks.rules import HINT
from postmortem.escape import single_line
from postmortem.model import Finding

_INDENT = "  "
_MARGIN = 16
"""Columns that are shown of what stands before the marked words of a long line."""
_ROWS = frozenset(("PM103", "PM117", "PM401", "PM404", "PM405", "PM412"))
"""Rules of which whole lists and tables lack the same thing."""
_MANY = 4
"""So many rows that lack the same are one line."""
_MOST = 10
"""Lines that are named in it, or stretches of lines."""


def lines(result: Result, *, width: int | None = None) -> Iterator[str]:
    """Yield the findings of a report; with a width the words that each is about.

    `postmortems/x.md:47:5: warning PM412 action A2 has no due date`
    """
    path = single_line(result.path)
    for finding in folded(result.findings):
        message = single_line(finding.message)
        place = f"{path}:{finding.line}:{finding.column}"
        yield f"{place}: {finding.severity} {finding.code} {message}"
        if width is not None and finding.line in result.lines:
            yield from excerpt(result.lines[finding.line], finding, width)
        if finding.hint:
            yield f"{_INDENT}{single_line(finding.hint)}"


def folded(findings: Sequence[Finding]) -> Iterator[Finding]:
    """Yield the findings of a report; one for many rows that lack the same thing.

    It stands on the first of them and names the lines of the others. This is for people
    who read all of them: what compares or counts findings wants each row's own.
    """
    kinds = [_kind(each) for each in findings]
    alike: dict[tuple[str | None, ...] | None, list[int]] = {}
    for finding, kind in zip(findings, kinds, strict=True):
        alike.setdefault(kind, []).append(finding.line)
    many = {kind: its for kind, its in alike.items() if kind and len(its) >= _MANY}
    for finding, kind in zip(findings, kinds, strict=True):
        if kind not in many:
            yield finding
        elif its := many[kind]:
            more = (
                f"{len(its) - 1} more rows like it{_named(set(its) - {finding.line})}"
            )
            yield finding.replace(message=f"{finding.message}, and {more}")
            many[kind] = []


def _kind(finding: Finding) -> tuple[str | None, ...] | None:
    """Return what is the same of rows that lack the same thing; None of what is not.

    That is the message without what it quotes of the row, and the number in its key.
    """
    if finding.code not in _ROWS:
        return None
    said = re.sub(r"'[^']*'|\d+", "", finding.message)
    return (finding.code, finding.severity, finding.field, finding.hint, said)


def _named(lines: Collection[int]) -> str:
    """Return the lines in order, those that follow one another as a stretch."""
    runs: list[list[int]] = []
    for line in sorted(lines):
        if runs and line == runs[-1][-1] + 1:
            runs[-1].append(line)
        else:
            runs.append([line])
    said = [f"{it[0]}-{it[-1]}" if it[1:] else f"{it[0]}" for it in runs[:_MOST]]
    if len(runs) > _MOST:
        said.append("…")
    return f": line{'s' * (len(lines) > 1)} {', '.join(said)}" if said else ""


def excerpt(line: str, finding: Finding, width: int) -> Iterator[str]:
    """Yield the part of a line that holds what a finding is about, and its mark."""
    start = finding.column - 1
    end = start + max(finding.length, 1)
    room = max(width - len(_INDENT) - 1, 20)
    first = max(0, start - _MARGIN) if end > room else 0
    shown = line[first : first + room]
    before = _plain(shown[: start - first])
    marked = _plain(shown[start - first : end - first])
    after = _plain(shown[end - first :])
    if marked.strip():
        yield f"{_INDENT}{before}{marked}{after}".rstrip()
        yield f"{_INDENT}{' ' * _width(before)}{'^' * max(_width(marked), 1)}"


def told(results: Sequence[Result], *, hidden: int = 0, known: int = 0) -> str:
    """Return one line on what was found: how many of each level in how many reports.

    `hidden` hints were not shown, `known` findings are in the baseline. Nothing is said
    of no report: that is not clean.
    """
    if not results:
        return ""
    many = sum(not each.aside for each in results)
    others = len(results) - many
    found = counts(results)
    found[HINT] += hidden
    said = [f"{count} {level}{'s' * (count != 1)}" for level, count in found.items()]
    named = [each for each, count in zip(said, found.values(), strict=True) if count]
    what = f"{many or 'no'} report{'s' * (many > 1)} checked"
    line = f"{what}: {', '.join(named) or 'clean'}"
    if hidden:
        line += " (--hints shows the hints)"
    if others:
        line += f"; {others} other file{'s have' if others > 1 else ' has'} secrets"
    return f"{line}; {known} more in the baseline" if known else line


def _plain(text: str) -> str:
    """Return text of the width that it is counted as: one column for each tab."""
    from postmortem.escape import terminal

    return terminal(text.replace("\t", " ").replace("\n", " "))


def _width(text: str) -> int:
    if text.isascii():
        return len(text)
    from wcwidth import wcswidth

    return max(wcswidth(text), 0)
