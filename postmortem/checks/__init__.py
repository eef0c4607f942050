"""The review that bites before people do: rules over one report, findings on its lines.

A rule is a function with `@rule` over a `Subject`; `check` runs them all, grades what
they find by settings and status, and leaves out what the report allows with a reason.
A part of it is loaded when it is asked for: what was found before needs no rule.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortem.lazy import exported

if TYPE_CHECKING:
    from postmortem.checks.around import Around, Attached, Leak
    from postmortem.checks.beginning import subject_of
    from postmortem.checks.review import check, leaks
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

__all__ = [
    "ERROR",
    "GROUPS",
    "HINT",
    "LEVELS",
    "OFF",
    "STAGES",
    "WARNING",
    "Around",
    "Attached",
    "Leak",
    "Rule",
    "Subject",
    "check",
    "leaks",
    "rule",
    "subject_of",
]

if not TYPE_CHECKING:
    __getattr__, __dir__ = exported(
        __name__,
        {
            **dict.fromkeys(("Around", "Attached", "Leak"), "around"),
            "subject_of": "beginning",
            **dict.fromkeys(("check", "leaks"), "review"),
            **dict.fromkeys(
                ("ERROR", "GROUPS", "HINT", "LEVELS", "OFF", "STAGES"), "rules"
            ),
            **dict.fromkeys(("WARNING", "Rule", "rule"), "rules"),
            "Subject": "subject",
        },
    )
