"""The git of the reports: commits that are git's own, and nobody's work touched."""

from __future__ import annotations

from postmortem.history.changes import Change, Commit, Terms
from postmortem.history.commits import commit
from postmortem.history.comparing import contents, fork_point
from postmortem.history.configuration import Identity, identity
from postmortem.history.heads import Head, head
from postmortem.history.messages import message
from postmortem.history.past import Then, past
from postmortem.history.place import History, find, git_version, outer
from postmortem.history.pushing import Pushed, push, remotes
from postmortem.history.reading import (
    Found,
    blob_id,
    read_blob,
    reports_on_branches,
    taken,
)
from postmortem.history.refs import Branch, branches
from postmortem.history.staging import INDEX, Index, Staged, staged
from postmortem.history.state import Proposal, State, Way, is_protected, propose, state
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
    "find",
    "fork_point",
    "git_version",
    "head",
    "identity",
    "is_protected",
    "message",
    "outer",
    "past",
    "propose",
    "push",
    "read_blob",
    "remotes",
    "reports_on_branches",
    "staged",
    "state",
    "taken",
]
