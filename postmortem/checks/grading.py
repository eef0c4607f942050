"""How grave a finding is: by its rule, the team's settings, and the report's stage."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from postmortem.checks.rules import (
    DRAFT,
    ERROR,
    LEVELS,
    OFF,
    STAGES,
    WARNING,
    Rule,
)
from postmortem.checks.subject import Subject
from postmortem.model import Finding


def levels(subject: Subject) -> Mapping[str, str]:
    """Return the level that each rule's findings have in this report, or OFF.

    A draft is held up by nothing but secrets and unreadable structure, whatever the
    settings say: other errors are warnings until it is in review.
    """
    asked = frozenset(subject.settings.checks.items())
    return _levels(asked, subject.stage, required=subject.required)


@lru_cache(maxsize=64)
def _levels(
    asked: frozenset[tuple[str, str]], stage: str, *, required: bool
) -> Mapping[str, str]:
    from postmortem.checks.catalogue import rules

    wanted = dict(asked)
    return {
        code: _level(each, wanted.get(code, each.severity), stage, required=required)
        for code, each in rules().items()
    }


def _level(rule: Rule, wanted: str, stage: str, *, required: bool) -> str:
    if wanted == OFF or (rule.since != DRAFT and not required):
        return OFF
    if STAGES.index(stage) < STAGES.index(rule.since):
        return max(wanted, rule.before, key=LEVELS.index)
    if wanted == ERROR and stage == DRAFT and not rule.holds_drafts:
        return WARNING
    return wanted


def speaks(code: str, subject: Subject, *others: str) -> bool:
    """Tell whether other rules may leave a thing to one that speaks of it too.

    It is on, as grave here as they are, and no comment keeps back what it finds.
    """
    order, known = (*LEVELS, OFF), levels(subject)
    own, *theirs = (order.index(known[each]) for each in (code, *others))
    kept_back = any(code in each.codes for each in subject.allowed)
    return order[own] != OFF and not kept_back and own <= min(theirs, default=own)


def graded(finding: Finding, rule: Rule, level: str) -> Finding:
    """Return a finding with its rule's code, at that level or its own lower one.

    Its own is one that is not what its rule has anyway: reading says that of each.
    """
    named = finding.severity in LEVELS and finding.severity != rule.severity
    own = finding.severity if named else level
    lower = max(own, level, key=LEVELS.index)
    return finding.replace(code=finding.code or rule.code, severity=lower)
