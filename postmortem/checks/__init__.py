"""The review that bites before people do: rules over one report, findings on its lines.

A rule is a function with `@rule` over a `Subject`; `check` runs them all, grades what
they find by settings and status, and leaves out what the report allows with a reason.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from postmortem.checks.allowing import unallowed
from postmortem.checks.around import Around, Leak
from postmortem.checks.beginning import subject_of
from postmortem.checks.catalogue import rules
from postmortem.checks.grading import graded, level_of
from postmortem.checks.rules import (
    ERROR,
    GROUPS,
    HINT,
    LEVELS,
    OFF,
    STAGES,
    WARNING,
    Rule,
    rule,
)
from postmortem.checks.subject import Subject
from postmortem.model import Finding

__all__ = [
    "ERROR",
    "GROUPS",
    "HINT",
    "LEVELS",
    "OFF",
    "STAGES",
    "WARNING",
    "Around",
    "Leak",
    "Rule",
    "Subject",
    "check",
    "rule",
    "rules",
    "subject_of",
]


_STRUCTURE = "structure"
_PERSON, _ENDS = "PM501", "PM302"
"""A person in the words, and a chain of causes that ends with one."""


def check(subject: Subject) -> tuple[Finding, ...]:
    """Return everything that the rules find in a report, from top to bottom.

    What cannot be read is not judged: then structure and privacy alone are looked at.
    """
    from postmortem.checks.privacy.silence import silenced

    every = rules().values()
    found = [*_found(subject, (it for it in every if it.group == _STRUCTURE))]
    broken = any(finding.severity == ERROR for finding in found)
    groups = {"privacy"} if broken else {it.group for it in every} - {_STRUCTURE}
    rest = [each for each in every if each.group in groups]
    found += _found(subject, (each for each in rest if not each.last))
    kept = [*unallowed(found, subject)]
    kept += unallowed(_found(subject, (it for it in rest if it.last)), subject)
    order = {level: number for number, level in enumerate(LEVELS)}
    kept = [*silenced([*_once(kept, subject)], subject)]
    kept.sort(key=lambda it: (it.line, it.column, order[it.severity], it.code))
    return tuple(dict.fromkeys(kept))


def _found(subject: Subject, among: Iterable[Rule]) -> Iterator[Finding]:
    for each in among:
        level = level_of(each, subject)
        if level != OFF:
            for finding in each.check(subject):
                yield graded(finding, each, level)


def _once(findings: Sequence[Finding], subject: Subject) -> Iterator[Finding]:
    """Leave out what language says of words that another rule has marked.

    And of a person in a factor, where the chain of causes is said to end with one.
    """
    known = rules()
    ended = {_passage(it, subject) for it in findings if it.code == _ENDS}
    marked = {
        (it.line, it.column, it.length)
        for it in findings
        if it.length and known[it.code].group != "language"
    }
    for each in findings:
        place = (each.line, each.column, each.length)
        if each.code == _PERSON and ended and _passage(each, subject) in ended:
            continue
        if place not in marked or known[each.code].group != "language":
            yield each


def _passage(finding: Finding, subject: Subject) -> int:
    """Return the number of the passage in which a finding stands."""
    at = subject.starts[finding.line - 1] + finding.column - 1
    return bisect_right(subject.begins, at)
