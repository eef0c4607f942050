"""The git of the reports: commits that are git's own, and nobody's work touched.

A part of it is loaded when it is asked for: reading takes a few of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortem.lazy import exported

if TYPE_CHECKING:
    from postmortem.history.changes import Change, Commit, Terms
    from postmortem.history.commits import commit
    from postmortem.history.comparing import contents, fork_point, other_contents
    from postmortem.history.configuration import Identity, identity
    from postmortem.history.earlier import Then, past
    from postmortem.history.heads import Head, head
    from postmortem.history.messages import message
    from postmortem.history.objects import blob_id, read_blob
    from postmortem.history.place import History, find, git_version, outer, shared_by
    from postmortem.history.pushing import Pushed, push, remotes
    from postmortem.history.reading import Found, reports_on_branches, taken
    from postmortem.history.refs import Branch, branches
    from postmortem.history.staging import (
        INDEX,
        Index,
        Staged,
        everywhere,
        staged,
        touched,
    )
    from postmortem.history.standing import (
        Proposal,
        State,
        Way,
        is_protected,
        propose,
        state,
    )
    from postmortem.history.worktrees import clean

__all__ = [
    "INDEX",
    "Branch",
    "Change",
    "Commit",
    "Found",
    "Head",
    "History",
    "Identity",
    "Index",
    "Proposal",
    "Pushed",
    "Staged",
    "State",
    "Terms",
    "Then",
    "Way",
    "blob_id",
    "branches",
    "clean",
    "commit",
    "contents",
    "everywhere",
    "find",
    "fork_point",
    "git_version",
    "head",
    "identity",
    "is_protected",
    "message",
    "other_contents",
    "outer",
    "past",
    "propose",
    "push",
    "read_blob",
    "remotes",
    "reports_on_branches",
    "shared_by",
    "staged",
    "state",
    "taken",
    "touched",
]

if not TYPE_CHECKING:
    __getattr__, __dir__ = exported(
        __name__,
        {
            **dict.fromkeys(("Change", "Commit", "Terms"), "changes"),
            "commit": "commits",
            **dict.fromkeys(("contents", "fork_point", "other_contents"), "comparing"),
            **dict.fromkeys(("Identity", "identity"), "configuration"),
            **dict.fromkeys(("Then", "past"), "earlier"),
            **dict.fromkeys(("Head", "head"), "heads"),
            "message": "messages",
            **dict.fromkeys(
                ("History", "find", "git_version", "outer", "shared_by"), "place"
            ),
            **dict.fromkeys(("Pushed", "push", "remotes"), "pushing"),
            **dict.fromkeys(("blob_id", "read_blob"), "objects"),
            **dict.fromkeys(("Found", "reports_on_branches", "taken"), "reading"),
            **dict.fromkeys(("Branch", "branches"), "refs"),
            **dict.fromkeys(("INDEX", "Index", "Staged"), "staging"),
            **dict.fromkeys(("everywhere", "staged", "touched"), "staging"),
            **dict.fromkeys(("Proposal", "State", "Way"), "standing"),
            **dict.fromkeys(("is_protected", "propose", "state"), "standing"),
            "clean": "worktrees",
        },
    )
