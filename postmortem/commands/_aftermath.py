"""What is said once a report is committed: where it is, and what comes next."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING

from postmortem.commands._consent import agreed
from postmortem.commands._streams import answer, tell
from postmortem.errors import Refused

if TYPE_CHECKING:
    from postmortem.env import Env
    from postmortem.history import History, Way
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


def told(
    env: Env, history: History, place: Place, outcome: Outcome, *, aside: bool = False
) -> None:
    """Say where the report is and what to do next; `aside` on stderr."""
    from postmortem.history import Way

    say = tell if aside else answer
    say(env, _where(outcome))
    if outcome.rewritten:
        tell(env, "a hook has changed the report; the file is as it was committed")
    if outcome.branch is None or (outcome.again and outcome.way is Way.HERE):
        return
    name = _remote(history, place)
    words = ["git", "push", "-u", name or "origin", outcome.branch]
    if name is None:
        say(env, "next: git remote add origin ADDRESS")
        say(env, f"      {shlex.join(words)}")
    else:
        say(env, f"next: {shlex.join(words)}")


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


def _remote(history: History, place: Place) -> str | None:
    """Return the remote of the settings, else the only one; None when there is none."""
    from postmortem import history as room

    names = room.remotes(history)
    wanted = place.settings.remote
    if wanted in names or not names:
        return wanted if names else None
    return next(iter(names)) if len(names) == 1 else wanted
