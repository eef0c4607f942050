"""What holds a report up on its way to a commit: errors of the checks, before it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from postmortem.errors import Problem, Problems, Refused

if TYPE_CHECKING:
    from postmortem.archive import Entry
    from postmortem.commands._desk import Desk
    from postmortem.prompts import Prompts

Excuse = Callable[[Problems], bool]
"""Asks somebody whether to go on all the same."""

_MOST = 20
"""Errors that are told one by one."""


def check_findings(
    desk: Desk,
    entry: Entry,
    path: str,
    excuse: Excuse | None = None,
    text: str | None = None,
) -> None:
    """Refuse a report in which a check finds errors, unless somebody excuses them.

    Raises Problems, all of them with their lines, the command that shows them and the
    option that goes on. `text` is looked at in the place of what is saved.
    """
    from postmortem.commands._checking import holding_up

    errors = holding_up(desk, entry, text)
    if not errors:
        return
    found = [
        Problem(
            message=f"{each.code} {each.message}",
            path=path,
            line=each.line,
            column=each.column,
        )
        for each in errors[:_MOST]
    ]
    shows = f"`postmortem check {entry.id}` shows them with what to mend"
    if len(errors) > _MOST:
        shows = f"and {len(errors) - _MOST} more; {shows}"
    if excuse is not None:
        if excuse(Problems(tuple(found))):
            return
        raise Refused("nothing is committed", hint=shows)
    hint = f"{shows};\n--allow-findings commits it all the same"
    raise Problems((*found[:-1], _with_hint(found[-1], hint)))


def excuse_at(prompts: Prompts) -> Excuse:
    """Return a question that takes a yes typed in full, below what was found."""

    def _excused(found: Problems) -> bool:
        prompts.say(str(found))
        many = len(found.problems)
        what = "this error" if many == 1 else f"these {many} errors"
        return prompts.yes(f"Commit it with {what}?")

    return _excused


def _with_hint(problem: Problem, hint: str) -> Problem:
    from dataclasses import replace

    return replace(problem, hint=hint)
