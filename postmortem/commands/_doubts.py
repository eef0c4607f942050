"""What cannot be so in a report: said when it is written, and nobody is kept back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortem.commands._streams import tell

if TYPE_CHECKING:
    from postmortem.env import Env
    from postmortem.model import Report

_RULES = ("PM111", "PM307", "PM409")
"""The checks of which a record alone says enough: moments in order, keys that lead."""


def tell_doubts(env: Env, report: Report) -> None:
    """Say which moments are in an impossible order, and which keys name no row."""
    for doubt in doubts(env, report):
        tell(env, f"look again: {doubt}")


def doubts(env: Env, report: Report) -> list[str]:
    """Return what cannot be so, a line each, in the words of the checks."""
    from postmortem.checks import Subject
    from postmortem.checks.catalogue import rules
    from postmortem.markdown import Spans, foreign

    subject = Subject(
        path="",
        text="",
        report=report,
        outline=foreign.outline(""),
        spans=Spans(lines=[""], newline="\n", body=0),
        now=env.now,
    )
    known = rules()
    return [it.message for code in _RULES for it in known[code].check(subject)]
