"""What the repository holds, read without running anything that it brings along."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import msgspec

from postmortem.history.heads import head
from postmortem.history.objects import entries, things
from postmortem.history.refs import branches
from postmortem.history.running import look

if TYPE_CHECKING:
    from collections.abc import Iterator

    from postmortem.history.objects import Thing
    from postmortem.history.place import History

SUFFIX = ".md"


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """A report that is on a branch."""

    branch: str
    path: str
    """From the top of the repository, with `/`."""
    blob: str
    """Git's id of its bytes there."""


def reports_on_branches(
    history: History, folder: str, prefix: str = "postmortem/"
) -> tuple[Found, ...]:
    """Return the reports that local branches of that prefix hold and HEAD does not.

    A branch has all reports that there were when it was made: only those count that
    HEAD lacks, and, changed, the one that the branch is named after.
    """
    mine = [
        branch
        for branch in branches(history)
        if branch.local and branch.name.startswith(prefix)
    ]
    if not mine:
        return ()
    place = folder.strip("/")
    wanted = [f"HEAD:{place}", *(f"{branch.sha}:{place}" for branch in mine)]
    base, *trees = things(history.root, wanted)
    known = {entry.name: entry.id for entry in entries(base)}
    return tuple(
        Found(branch=branch.name, path=f"{place}/{name}".lstrip("/"), blob=blob)
        for branch, tree in zip(mine, trees, strict=True)
        for name, blob in _reports(tree)
        if name not in known
        or (known[name] != blob and _named_after(name, branch.name, prefix))
    )


def taken(history: History, branch: str, path: str) -> str | None:
    """Return the branch on which an id is taken, here or on a remote; None if on none.

    It is by a branch of that name, and by a file of that path on any branch.
    """
    existing = branches(history)
    for other in existing:
        if other.called(branch):
            return other.name
    wanted = [f"{other.sha}:{path}\n".encode() for other in existing]
    args = ("cat-file", "--batch-check=%(objecttype)")
    lines = look(history.root, *args, stdin=b"".join(wanted)).out.splitlines()
    for other, line in zip(existing, lines, strict=True):
        if line == b"blob":
            return other.name
    return None


def authors(history: History, limit: int = 300) -> tuple[str, ...]:
    """Return who made the last commits: names, the most frequent first, then latest.

    Who has several of them has the one that `.mailmap` gives.
    """
    if head(history).sha is None:
        return ()
    # Not `log`, which would run gpg where log.showSignature is set.
    args = ("--no-commit-header", "--encoding=UTF-8", "--format=%aN")
    ran = look(history.root, "rev-list", f"-n{limit}", *args, "HEAD")
    names = map(str.strip, ran.out.decode("utf-8", "replace").split("\n"))
    return tuple(name for name, _ in Counter(filter(None, names)).most_common())


def _reports(tree: Thing | None) -> Iterator[tuple[str, str]]:
    for entry in entries(tree):
        if entry.name.endswith(SUFFIX) and entry.mode.startswith("100"):
            yield entry.name, entry.id


def _named_after(name: str, branch: str, prefix: str) -> bool:
    mine, report = branch.removeprefix(prefix), name.removesuffix(SUFFIX)
    number = mine.removeprefix(f"{report}-")
    return mine == report or (number != mine and number.isdigit())
