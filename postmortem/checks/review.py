"""All rules over one report, and of what they find that which is to be said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from postmortem.checks.allowing import unallowed
from postmortem.checks.catalogue import rules
from postmortem.checks.grading import graded, levels
from postmortem.checks.rules import ERROR, LEVELS, OFF, Rule
from postmortem.checks.subject import Subject
from postmortem.model import Finding

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
    known = rules()
    broken = any(it.severity == ERROR and known[it.code].holds_drafts for it in found)
    groups = {"privacy"} if broken else {it.group for it in every} - {_STRUCTURE}
    rest = [each for each in every if each.group in groups]
    found += _found(subject, (each for each in rest if not each.last))
    kept = [*unallowed(found, subject)]
    kept += unallowed(_found(subject, (it for it in rest if it.last)), subject)
    order = {level: number for number, level in enumerate(LEVELS)}
    kept = [*silenced([*_once(kept)], subject)]
    kept.sort(key=lambda it: (it.line, it.column, order[it.severity], it.code))
    return tuple(dict.fromkeys(kept))


def leaks(subject: Subject) -> tuple[Finding, ...]:
    """Return what must stand in no file of a repository, be it a report or none."""
    from postmortem.checks.privacy.silence import silenced

    every = rules().values()
    asked = (it for it in every if it.group == "privacy" and it.holds_drafts)
    found = silenced([*unallowed(_found(subject, asked), subject)], subject)
    return tuple(sorted(found, key=lambda it: (it.line, it.column, it.code)))


def _found(subject: Subject, among: Iterable[Rule]) -> Iterator[Finding]:
    known = levels(subject)
    for each in among:
        level = known[each.code]
        if level != OFF:
            for finding in each.check(subject):
                yield graded(finding, each, level)


def _once(findings: Sequence[Finding]) -> Iterator[Finding]:
    """Leave out what language says of words that another rule has marked.

    And of a person in a factor, where the same words are said to end the chain of
    causes, as gravely.
    """
    known = rules()
    ends = [it for it in findings if it.code == _ENDS and it.field == "factors"]
    marked = {
        (it.line, it.column, it.length)
        for it in findings
        if it.length and known[it.code].group != "language"
    }
    for each in findings:
        place = (each.line, each.column, each.length)
        if each.code == _PERSON and any(_is_said_by(it, each) for it in ends):
            continue
        if place not in marked or known[each.code].group != "language":
            yield each


def _is_said_by(one: Finding, other: Finding) -> bool:
    """Tell whether a finding is about words of another one, and as grave."""
    apart = one.column - other.column
    return (
        one.line == other.line
        and -one.length < apart < other.length
        and LEVELS.index(one.severity) <= LEVELS.index(other.severity)
    )
