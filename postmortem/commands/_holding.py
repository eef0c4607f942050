"""What holds a report up on its way to a commit: errors of the checks, before it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from postmortem.errors import Problem, Problems, Refused

if TYPE_CHECKING:
    from postmortem.archive import Entry
    from postmortem.commands._desk import Desk
    from postmortem.model import Finding
    from postmortem.prompts import Prompts

Excuse = Callable[[Problems, int], bool]
"""Asks somebody whether to go on all the same, with so many errors."""

_MOST = 20
"""Errors that are told one by one."""
_OPTION = "--allow-findings commits it all the same"


def check_findings(
    desk: Desk,
    entry: Entry,
    path: str,
    excuse: Excuse | None = None,
    text: str | None = None,
    *,
    allowed: bool = False,
) -> bool:
    """Refuse a report in which a check finds errors, unless somebody excuses them.

    Returns whether somebody does, or whether they are `allowed` from the first.

    Raises Problems, all of them with their lines, the command that shows them and what
    goes on. Nobody excuses a secret or what cannot be read: that is refused although
    errors are `allowed`, and without a question. `text` is looked at in the place of
    what is saved.
    """
    from postmortem.checks.outputs.written import folded
    from postmortem.checks.results import is_barred
    from postmortem.commands._checking import holding_up

    errors = holding_up(desk, entry, text)
    barred = [each for each in errors if is_barred(each)]
    others = [] if allowed else [each for each in errors if not is_barred(each)]
    told = (*barred, *folded(others))
    if not told:
        return allowed
    found = [_problem(each, path) for each in told[:_MOST]]
    shows = f"`postmortem check {entry.id}` shows them with what to mend"
    if len(told) > _MOST:
        shows = f"and {len(told) - _MOST} more; {shows}"
    if excuse is not None and not barred:
        if excuse(Problems(tuple(found)), len(others)):
            return True
        raise Refused("nothing is committed", hint=shows)
    if barred:
        last = len(barred[:_MOST]) - 1
        found[last] = _with_hint(found[last], _way_out(barred[last]))
    else:
        shows = f"{shows};\n{_OPTION}"
    raise Problems((*found[:-1], _with_hint(found[-1], shows)))


def excuse_at(prompts: Prompts) -> Excuse:
    """Return a question that takes a yes that is typed, below what was found."""

    def _excused(found: Problems, many: int) -> bool:
        prompts.say(str(found))
        what = "this error" if many == 1 else f"these {many} errors"
        return prompts.yes(f"Commit it with {what}?")

    return _excused


def _problem(error: Finding, path: str) -> Problem:
    message = f"{error.code} {error.message}"
    return Problem(message=message, path=path, line=error.line, column=error.column)


def _way_out(barred: Finding) -> str:
    """Return what to do about something that nobody can excuse here."""
    from postmortem.checks.results import is_leak

    if not is_leak(barred):
        return barred.hint or ""
    return (
        "take it out, or record the decision on its line, or alone in its section:\n"
        f"<!-- postmortem: allow {barred.code} because … -->"
    )


def _with_hint(problem: Problem, hint: str) -> Problem:
    """Return a problem with one more hint below it."""
    from dataclasses import replace

    hints = (problem.hint, hint)
    return replace(problem, hint="\n".join(each for each in hints if each))
