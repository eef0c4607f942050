"""What state a work tree is in, and which way to commit it calls for."""

from __future__ import annotations

import os
from dataclasses import dataclass
from enum import Enum
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from postmortem.errors import PostmortemError
from postmortem.history.heads import head, operation
from postmortem.history.running import look

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from postmortem.history.place import History

_FIELDS = {"1": 8, "u": 10}
"""How many fields stand before the path in a line of `git status --porcelain=v2`."""


class Way(Enum):
    """How a commit is made."""

    NEW_SWITCH = "new branch, switch to it"
    NEW_STAY = "new branch, stay here"
    HERE = "on the current branch"


@dataclass(frozen=True, kw_only=True)
class State:
    """The state of a work tree."""

    branch: str | None
    """None when HEAD is detached."""
    sha: str | None
    """None when there is no commit yet."""
    operation: str | None = None
    """What is half done: merge, rebase, cherry-pick, revert, bisect or am."""
    dirty: bool | None = None
    """Whether anything else that git tracks is changed; None when nobody looked.
    Files that git does not know are no change: no way to commit touches them."""

    @property
    def detached(self) -> bool:
        """Whether HEAD names a commit and no branch."""
        return self.branch is None

    @property
    def unborn(self) -> bool:
        """Whether there is no commit yet."""
        return self.sha is None


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """A way to commit, and why this one."""

    way: Way
    reason: str
    """A sentence without a full stop, for the person who decides."""


def state(
    history: History, *, ours: Collection[str] = (), changes: bool = True
) -> State:
    """Return the state of the work tree; the paths that are `ours` do not count.

    Looking for changes reads every file's date, and runs the clean filter of those that
    seem changed: `changes=False` leaves it out.
    """
    now = head(history)
    return State(
        branch=now.branch,
        sha=now.sha,
        operation=operation(history),
        dirty=_dirty(history, ours) if changes else None,
    )


def propose(
    state: State, *, branch: str | None = None, protected: Collection[str] = ()
) -> Proposal:
    """Return the way that a state calls for; `branch` is the report's own.

    Where nothing has been committed yet there is nothing to branch from.
    """
    if state.operation is not None:
        reason = f"a {state.operation} is under way here"
        return Proposal(way=Way.NEW_STAY, reason=reason)
    if state.detached:
        return Proposal(way=Way.NEW_STAY, reason="HEAD is on no branch here")
    if branch is not None and state.branch == branch:
        reason = f"{branch!r} is the report's own branch"
        return Proposal(way=Way.HERE, reason=reason)
    if state.dirty is not False:
        return Proposal(way=Way.NEW_STAY, reason="other files are changed here")
    if state.unborn and not is_protected(state.branch, protected):
        return Proposal(way=Way.HERE, reason="this is the repository's first commit")
    return Proposal(way=Way.NEW_SWITCH, reason="nothing else is changed here")


def is_protected(branch: str | None, protected: Collection[str]) -> bool:
    """Tell whether a branch is one of those, which may be patterns (`release/*`)."""
    return branch is not None and any(fnmatchcase(branch, name) for name in protected)


def _dirty(history: History, ours: Collection[str]) -> bool | None:
    """Tell whether a tracked file is changed; None when git cannot say it in time.

    `core.fsmonitor` may name a program, which is not run.
    """
    args = (
        *("-c", "core.fsmonitor=false", "status", "--porcelain=v2", "-z"),
        *("--untracked-files=no", "--no-renames", "--ignore-submodules=dirty"),
    )
    try:
        out = look(history.root, *args).out
    except PostmortemError:
        return None
    return any(path not in ours for path in _changed(os.fsdecode(out)))


def _changed(said: str) -> Iterator[str]:
    for line in said.split("\0"):
        fields = _FIELDS.get(line[:1])
        if fields is not None:
            yield line.split(" ", fields)[fields]
