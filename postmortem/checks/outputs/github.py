"""Findings as GitHub shows them: on the lines of a pull request, and in its summary.

https://docs.github.com/actions/reference/workflow-commands-for-github-actions
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from postmortem.checks.catalogue import rules
from postmortem.checks.outputs.written import folded
from postmortem.checks.results import Result
from postmortem.checks.rules import ERROR, HINT, LEVELS, WARNING
from postmortem.escape import single_line
from postmortem.model import Finding

MOST = 10
"""Annotations of a level that GitHub shows for one step; more are dropped."""

_NAMES = {ERROR: "error", WARNING: "warning", HINT: "notice"}
_MARKUP = re.compile(r"([\\`*_\[\]<>#|~&@])")

_Placed = tuple[str, Finding]


def commands(results: Sequence[Result]) -> str:
    """Return the workflow commands, errors first, no more than GitHub shows.

    Within a level there is one of each rule before the next of any.
    """
    shown, _ = _parted(results)
    return "".join(f"{_command(path, finding)}\n" for path, finding in shown)


def rest(results: Sequence[Result]) -> str:
    """Return lines for the log on the findings that did not fit, folded away."""
    _, left = _parted(results)
    if not left:
        return ""
    lines = "".join(
        f"- {single_line(path)}:{finding.line}: {finding.severity} {finding.code}"
        f" {single_line(finding.message)}\n"
        for path, finding in _folded(left)
    )
    return f"::group::{len(left)} more findings\n{lines}::endgroup::\n"


def summary(results: Sequence[Result]) -> str:
    """Return Markdown on the findings that did not fit; empty when all did."""
    _, left = _parted(results)
    if not left:
        return ""
    rows = "".join(
        f"| {finding.severity} | {_cell(path)}:{finding.line} | {finding.code} |"
        f" {_cell(finding.message)} |\n"
        for path, finding in _folded(left)
    )
    return (
        f"### {len(left)} more findings in reports\n\n"
        f"| Level | Where | Rule | What |\n| --- | --- | --- | --- |\n{rows}"
    )


def _parted(results: Sequence[Result]) -> tuple[list[_Placed], list[_Placed]]:
    """Return the findings that are shown as annotations, and those that are left."""
    shown: list[_Placed] = []
    left: list[_Placed] = []
    for level in LEVELS:
        found = [
            (each.path, finding)
            for each in results
            for finding in each.findings
            if finding.severity == level
        ]
        first = _spread(found)
        shown += (found[at] for at in first)
        left += (each for at, each in enumerate(found) if at not in first)
    return shown, left


def _folded(left: Sequence[_Placed]) -> Iterator[_Placed]:
    """Yield what is left with one for many rows that lack the same thing."""
    for path, those in groupby(left, key=lambda it: it[0]):
        yield from ((path, each) for each in folded([it for _, it in those]))


def _spread(found: Sequence[_Placed]) -> list[int]:
    """Return which findings of a level have room, as positions, the first shown first.

    Reports take turns. In its turn a report shows what it has shown least of, by code;
    of several codes the one that all reports together have shown least of.
    """
    paths: Counter[str] = Counter()
    own: Counter[tuple[str, str]] = Counter()
    codes: Counter[str] = Counter()
    chosen: list[int] = []
    left = [*range(len(found))]

    def _turn(at: int) -> tuple[int, int, int]:
        path, finding = found[at]
        return paths[path], own[path, finding.code], codes[finding.code]

    while left and len(chosen) < MOST:
        at = min(left, key=_turn)
        path, finding = found[at]
        paths[path] += 1
        own[path, finding.code] += 1
        codes[finding.code] += 1
        left.remove(at)
        chosen.append(at)
    return chosen


def _command(path: str, finding: Finding) -> str:
    known = rules().get(finding.code)
    title = f"{finding.code} {known.name}" if known else finding.code
    said = ",".join(f"{name}={_property(it)}" for name, it in _places(path, finding))
    words = single_line(finding.message)
    message = f"{words}\n{single_line(finding.hint)}" if finding.hint else words
    level = _NAMES[finding.severity]
    return f"::{level} {said},title={_property(title)}::{_message(message)}"


def _places(path: str, finding: Finding) -> Iterator[tuple[str, str]]:
    yield "file", path
    yield "line", str(finding.line)
    yield "col", str(finding.column)
    if finding.length:
        yield "endColumn", str(finding.column + finding.length)


def _message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")


def _cell(text: str) -> str:
    return _MARKUP.sub(r"\\\1", single_line(text))
