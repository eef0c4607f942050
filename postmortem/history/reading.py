"""What the repository holds, read without running anything that it brings along."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from postmortem.errors import Missing, Refused
from postmortem.history.heads import head
from postmortem.history.refs import branches
from postmortem.history.running import Running, look

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from postmortem.history.place import History
    from postmortem.history.running import At

SUFFIX = ".md"
TREE, LINK, SUBMODULE = "40000", "120000", "160000"


@dataclass(frozen=True, kw_only=True)
class Found:
    """A report that is on a branch."""

    branch: str
    path: str
    """From the top of the repository, with `/`."""
    blob: str
    """Git's id of its bytes there."""


@dataclass(frozen=True, kw_only=True)
class Thing:
    """An object of git with its bytes."""

    id: str
    kind: str
    """blob, tree, commit or tag."""
    content: bytes


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A line of a tree."""

    mode: str
    name: str
    id: str


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
    base, *trees = things(history.git, wanted)
    known = {entry.name: entry.id for entry in entries(base)}
    return tuple(
        Found(branch=branch.name, path=f"{place}/{name}".lstrip("/"), blob=blob)
        for branch, tree in zip(mine, trees, strict=True)
        for name, blob in _reports(tree)
        if name not in known
        or (known[name] != blob and _named_after(name, branch.name, prefix))
    )


def read_blob(history: History, rev: str, path: str) -> bytes:
    """Return the bytes that a path has in a commit or on a branch, as git keeps them.

    No filter runs. Raises Missing when there is no such file.
    """
    (found,) = things(history.git, [f"{rev}:{path}"])
    if found is None or found.kind != "blob":
        raise Missing(f"there is no {path!r} in {rev!r}")
    return found.content


def blob_id(history: History, rev: str, path: str) -> str | None:
    """Return git's id of the bytes that a path has there; None when it has none."""
    (found,) = things(history.git, [f"{rev}:{path}"])
    return found.id if found is not None and found.kind == "blob" else None


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
    lines = look(history.git, *args, stdin=b"".join(wanted)).out.splitlines()
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
    ran = look(history.git, "rev-list", f"-n{limit}", *args, "HEAD")
    names = map(str.strip, ran.out.decode("utf-8", "replace").split("\n"))
    return tuple(name for name, _ in Counter(filter(None, names)).most_common())


def things(git: At, names: Sequence[str]) -> tuple[Thing | None, ...]:
    """Return what each name (`HEAD:folder`, an id) stands for, in one run of git."""
    return listed(asked(git, names).end().out, len(names))


def asked(git: At, names: Sequence[str]) -> Running:
    """Ask git for objects by name."""
    if any("\n" in name for name in names):
        raise Refused("a path with a line break in it cannot be asked for")
    lines = "".join(f"{name}\n" for name in names)
    return Running(git, "cat-file", "--batch", stdin=os.fsencode(lines))


def listed(out: bytes, many: int) -> tuple[Thing | None, ...]:
    """Return the objects that `git cat-file --batch` wrote."""
    found: list[Thing | None] = []
    at = 0
    for _ in range(many):
        end = out.index(b"\n", at)
        words = out[at:end].rsplit(b" ", 2)
        at = end + 1
        if len(words) < 3 or not words[2].isdigit():  # noqa: PLR2004 - id, kind, size
            found.append(None)
            continue
        size = int(words[2])
        content = out[at : at + size]
        at += size + 1
        name, kind = words[0].decode("ascii"), words[1].decode("ascii")
        found.append(Thing(id=name, kind=kind, content=content))
    return tuple(found)


def entries(tree: Thing | None) -> Iterator[Entry]:
    """Yield the lines of a tree; nothing for what is none."""
    if tree is None or tree.kind != "tree":
        return
    raw, size, at = tree.content, len(tree.id) // 2, 0
    while at < len(raw):
        end = raw.index(b"\0", at)
        mode, name = raw[at:end].split(b" ", 1)
        at = end + 1 + size
        yield Entry(
            mode=mode.decode("ascii"),
            name=os.fsdecode(name),
            id=raw[at - size : at].hex(),
        )


def _reports(tree: Thing | None) -> Iterator[tuple[str, str]]:
    for entry in entries(tree):
        if entry.name.endswith(SUFFIX) and entry.mode.startswith("100"):
            yield entry.name, entry.id


def _named_after(name: str, branch: str, prefix: str) -> bool:
    mine, report = branch.removeprefix(prefix), name.removesuffix(SUFFIX)
    number = mine.removeprefix(f"{report}-")
    return mine == report or (number != mine and number.isdigit())
