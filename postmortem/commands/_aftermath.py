"""What is said once a report is committed: where it is, and what comes next."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from postmortem.commands._consent import agreed
from postmortem.commands._streams import answer, tell
from postmortem.errors import Refused

if TYPE_CHECKING:
    from postmortem.commands._desk import Desk
    from postmortem.env import Env
    from postmortem.history import History, Way
    from postmortem.model import Report
    from postmortem.settings import Place


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """Where a report is committed now."""

    branch: str | None
    """None when it is in the history of a HEAD that is on no branch."""
    way: Way
    again: bool = False
    """Whether this very text was there before."""
    rewritten: bool = False
    """Whether a hook has changed the text."""
    left: str | None = None
    """The branch that somebody was on, where they are on another one now."""


def told(
    desk: Desk,
    history: History,
    outcome: Outcome,
    report: Report | None = None,
    *,
    aside: bool = False,
) -> None:
    """Say where the report is and what to do next; `aside` on stderr."""
    from postmortem.history import Way

    env = desk.env
    (tell if aside else answer)(env, _where(outcome))
    if outcome.rewritten:
        tell(env, "a hook has changed the report; the file is as it was committed")
    if outcome.branch is None or (outcome.again and outcome.way is Way.HERE):
        return
    steps = [*_pushing(history, desk.place, outcome.branch)]
    steps += _into_review(report, desk.place.settings.statuses) if report else ()
    lines = ["next: " + "\n      ".join(steps)]
    if outcome.left:
        lines.append(f"back: {shlex.join(('git', 'switch', outcome.left))}")
    said = "\n".join(lines)
    if aside:
        tell(env, said, exact=True)
    else:
        answer(env, said)


def push(env: Env, history: History, place: Place, outcome: Outcome) -> None:
    """Push the branch if somebody says yes; raises Refused with the server's words."""
    from postmortem import history as room

    if outcome.branch is None:
        raise Refused(
            "HEAD is on no branch, so there is none to push",
            hint="git switch -c NAME makes one",
        )
    name = _remote(history, place)
    address = room.remotes(history).get(name or "", "")
    where = f"{name} ({address})" if address else "the remote"
    if not agreed(env, f"push {outcome.branch} to {where}?"):
        tell(env, "not pushed")
        return
    pushed = room.push(
        history,
        outcome.branch,
        remote=name,
        deadline=float(place.settings.deadline),
        interactive=True,
        progress=lambda line: tell(env, line),
    )
    tell(env, f"pushed {pushed.branch} to {pushed.remote} ({pushed.url})")


def _where(outcome: Outcome) -> str:
    from postmortem.history import Way

    branch = outcome.branch or "HEAD"
    if outcome.again:
        return f"{branch} has this report already, as it is; nothing was to commit"
    match outcome.way:
        case Way.NEW_SWITCH:
            return f"committed on {branch}; you are on it now"
        case Way.NEW_STAY:
            return f"committed on {branch}; your checkout is unchanged"
    return f"committed on {branch}"


def _pushing(history: History, place: Place, branch: str) -> Iterator[str]:
    """Yield the commands after which others see the branch."""
    name = _remote(history, place)
    if name is None:
        yield "git remote add origin ADDRESS"
    yield shlex.join(("git", "push", "-u", name or "origin", branch))


def _into_review(report: Report, statuses: Sequence[str]) -> Iterator[str]:
    """Yield what takes a report out of the first status, where it is in that one."""
    first, *later = statuses
    if later and (report.status or first).casefold() == first.casefold():
        words = ("postmortem", "set", report.id or "", f"status={later[0]}")
        yield shlex.join(words)


def _remote(history: History, place: Place) -> str | None:
    """Return the remote of the settings, else the only one; None when there is none."""
    from postmortem import history as room

    names = room.remotes(history)
    wanted = place.settings.remote
    if wanted in names or not names:
        return wanted if names else None
    return next(iter(names)) if len(names) == 1 else wanted
