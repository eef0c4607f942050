"""The one door to a commit: which way, on which branch, and what must hold first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortem.history.aside import commit_aside
from postmortem.history.changes import Change, Commit, Terms
from postmortem.history.heads import head
from postmortem.history.inplace import commit_in_place
from postmortem.history.standing import Way

if TYPE_CHECKING:
    from postmortem.history.place import History

PREFIX = "postmortem/"
_USUAL = Terms()


def commit(
    history: History,
    change: Change,
    *,
    way: Way,
    branch: str | None = None,
    terms: Terms = _USUAL,
) -> Commit:
    """Commit a report, with the person's hooks, signature, identity and filters.

    `branch` is where it goes on a new branch, by default `postmortem/` and the name of
    the file. Who is on that branch already commits on it whatever the way is. A branch
    that exists gets a commit only if the change says which text there it replaces. In
    place the report's file must be on disk as it is to be committed, or not at all.

    Raises Refused, in words that say what to do, when git or a hook says no, when
    somebody is in the way, or when a rule of the repository could not apply; and
    Interrupted after Ctrl-C. Then file, branches and index are as they were.
    """
    name = branch or f"{PREFIX}{change.path.rsplit('/', 1)[-1].removesuffix('.md')}"
    if way is Way.HERE or head(history).branch == name:
        return commit_in_place(history, change, terms, branch=name, new=False)
    if way is Way.NEW_SWITCH:
        return commit_in_place(history, change, terms, branch=name, new=True)
    return commit_aside(history, change, name, terms)
