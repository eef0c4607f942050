"""The rule about what gitleaks finds: that program looks, and this says where."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from postmortem.checks.privacy.secrets import known
from postmortem.checks.rules import ERROR, rule

if TYPE_CHECKING:
    from postmortem.checks.subject import Subject
    from postmortem.model import Finding

_LONGEST = 60
"""Characters of a name that somebody's own settings of gitleaks may have made up."""


@rule(code="PM702", name="a secret that gitleaks sees", group="privacy", severity=ERROR)
def leak(subject: Subject) -> Iterator[Finding]:
    """Yield what gitleaks has found, where PM701 has nothing already."""
    if not subject.around.leaks:
        return
    taken = [(it.start, it.end) for it in known(subject)]
    for each in sorted(subject.around.leaks, key=lambda it: (it.start, it.rule)):
        if any(start < each.end and each.start < end for start, end in taken):
            continue
        taken.append((each.start, each.end))
        yield subject.span(
            each.start,
            each.end,
            f"gitleaks: {each.rule[:_LONGEST]}",
            hint="revoke it where it was issued, then take it out of here; "
            "whoever can read the repository has it",
        )
