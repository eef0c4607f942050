"""Findings as people read them: a line each, the words marked where there is room."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from postmortem.checks.results import Result, counts
from postmortem.checks.rules import HINT
from postmortem.escape import single_line
from postmortem.model import Finding

_INDENT = "  "
_MARGIN = 16
"""Columns that are shown of what stands before the marked words of a long line."""


def lines(result: Result, *, width: int | None = None) -> Iterator[str]:
    """Yield the findings of a report; with a width the words that each is about.

    `postmortems/x.md:47:5: warning PM412 action A2 has no due date`
    """
    path = single_line(result.path)
    for finding in result.findings:
        message = single_line(finding.message)
        place = f"{path}:{finding.line}:{finding.column}"
        yield f"{place}: {finding.severity} {finding.code} {message}"
        if width is not None and finding.line in result.lines:
            yield from excerpt(result.lines[finding.line], finding, width)
        if finding.hint:
            yield f"{_INDENT}{single_line(finding.hint)}"


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

    `hidden` hints were not shown, `known` findings are in the baseline.
    """
    many = len(results)
    found = counts(results)
    found[HINT] += hidden
    said = [f"{count} {level}{'s' * (count != 1)}" for level, count in found.items()]
    named = [each for each, count in zip(said, found.values(), strict=True) if count]
    line = f"{many} report{'s' * (many != 1)} checked: {', '.join(named) or 'clean'}"
    if hidden:
        line += " (--hints shows the hints)"
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
