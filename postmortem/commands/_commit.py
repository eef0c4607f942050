"""The commit of a report, and what has to be known to replace it later."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from postmortem.commands._aftermath import Outcome
from postmortem.commands._consent import somebody
from postmortem.commands._streams import tell
from postmortem.errors import PostmortemError

if TYPE_CHECKING:
    from pathlib import Path

    from postmortem.commands._ways import Goal
    from postmortem.env import Env
    from postmortem.history import Change, History, Terms, Way
    from postmortem.settings import Settings

_SUBMITTED = "submitted"


def commit_report(
    env: Env,
    history: History,
    settings: Settings,
    goal: Goal,
    way: Way,
    change: Change,
) -> Outcome:
    """Commit on a branch; the text that an earlier submit put there may be replaced.

    Raises what `history.commit` does.
    """
    from postmortem import history as room

    replaces = _submitted(env, history, goal)
    before = room.head(history)
    made = room.commit(
        history,
        change if replaces is None else _replacing(change, replaces),
        way=way,
        branch=goal.branch,
        terms=_terms(env, settings),
    )
    blob = room.blob_id(history, made.sha, goal.paths[0])
    if blob is not None:
        _remember(env, history, goal, blob)
    switched = made.way is room.Way.NEW_SWITCH and before.sha is not None
    return Outcome(
        branch=made.branch,
        way=made.way,
        again=made.again,
        rewritten=made.rewritten,
        left=before.branch if switched else None,
    )


def _replacing(change: Change, blob: str) -> Change:
    from dataclasses import replace

    return replace(change, replaces=blob)


def _terms(env: Env, settings: Settings) -> Terms:
    from postmortem.history import Terms

    return Terms(
        deadline=float(settings.deadline),
        protected=settings.protected,
        interactive=somebody(env),
        progress=(lambda line: tell(env, line)) if somebody(env) else None,
    )


def _submitted(env: Env, history: History, goal: Goal) -> str | None:
    """Return the id of the text that an earlier submit of ours left on the branch.

    Another text there is somebody else's, and is not replaced.
    """
    from postmortem import files

    with suppress(PostmortemError):
        return files.read_private(_record(env, history, goal)).decode("ascii").strip()
    return None


def _remember(env: Env, history: History, goal: Goal, blob: str) -> None:
    from postmortem import files

    with suppress(PostmortemError):
        path = _record(env, history, goal)
        files.write_private(path, f"{blob}\n", root=env.state_dir)


def _record(env: Env, history: History, goal: Goal) -> Path:
    import hashlib

    said = "\0".join((str(history.shared), goal.branch, goal.paths[0]))
    name = hashlib.sha256(said.encode("utf-8", "surrogateescape")).hexdigest()[:24]
    return env.state_dir / _SUBMITTED / name
