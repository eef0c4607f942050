"""The git of the reports: commits that are git's own, and nobody's work touched."""

from __future__ import annotations

from postmortem.history.changes import Change, Commit, Terms
from postmortem.history.commits import commit
from postmortem.history.configuration import Identity, identity
from postmortem.history.heads import Head, head
from postmortem.history.messages import message
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
from postmortem.history.state import Proposal, State, Way, is_protected, propose, state
from postmortem.history.worktrees import clean

__all__ = [
    "Branch",
    "Change",
    "Commit",
    "Found",
    "Head",
    "History",
    "Identity",
    "Proposal",
    "Pushed",
    "State",
    "Terms",
    "Way",
    "blob_id",
    "branches",
    "clean",
    "commit",
    "find",
    "git_version",
    "head",
    "identity",
    "is_protected",
    "message",
    "outer",
    "propose",
    "push",
    "read_blob",
    "remotes",
    "reports_on_branches",
    "state",
    "taken",
]
