"""A rule: a small function from a subject to findings, with what is said about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

import msgspec

if TYPE_CHECKING:
    from typing import TypedDict, Unpack

    from postmortem.checks.subject import Subject
    from postmortem.model import Finding

    class _More(TypedDict, total=False):
        """What a rule can say of itself."""

        severity: str
        since: str
        before: str
        last: bool


ERROR, WARNING, HINT, OFF = "error", "warning", "hint", "off"
LEVELS = (ERROR, WARNING, HINT)
"""The gravest first."""

DRAFT, REVIEW, FINAL = "draft", "in-review", "final"
STAGES = (DRAFT, REVIEW, FINAL)
"""How far a report is, whatever a team calls its statuses."""

GROUPS = MappingProxyType(
    {
        "structure": "PM0",
        "facts": "PM1",
        "completeness": "PM2",
        "causes": "PM3",
        "actions": "PM4",
        "language": "PM5",
        "form": "PM6",
        "privacy": "PM7",
        "workflow": "PM8",
    }
)
"""Each group, and how the codes of its rules begin."""

T = TypeVar("T")

Check = Callable[["Subject"], Iterable["Finding"]]
"""Yields findings made by `subject.finding`, `subject.marked` or `subject.at_row`. It
never raises, prints, or looks at anything but the subject."""


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """One check; its page is `pages/<code>.md`."""

    code: str
    """Never changes, and is never used for another rule."""
    name: str
    """What it is about, in a few words, without a full stop."""
    group: str
    severity: str = WARNING
    """From its stage on."""
    since: str = DRAFT
    before: str = HINT
    """What its findings are at most before that stage."""
    check: Check
    last: bool = False
    """Whether it looks at what the others have found."""

    @property
    def holds_drafts(self) -> bool:
        """Whether it holds up even a draft: a secret, what nobody can read or place."""
        return self.severity == ERROR and self.since == DRAFT


def rule(
    *, code: str, name: str, group: str, **more: Unpack[_More]
) -> Callable[[Check], Rule]:
    """Make a rule of the function below; see `Rule`."""

    def made(check: Check) -> Rule:
        return Rule(code=code, name=name, group=group, check=check, **more)

    return made


def is_private(code: str) -> bool:
    """Tell whether a rule is about what must not stand in a report at all."""
    return code.startswith(GROUPS["privacy"])


def once(work: Callable[[Subject], T]) -> Callable[[Subject], T]:
    """Make a function work once for each subject, however many rules ask it."""

    @wraps(work)
    def known(subject: Subject) -> T:
        if work not in subject.shared:
            subject.shared[work] = work(subject)
        found: T = subject.shared[work]
        return found

    return known
