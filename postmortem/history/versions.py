"""What a folder held in earlier commits, read without a checkout."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from postmortem.history.heads import head
from postmortem.history.objects import LINK, SUBMODULE, TREE, Thing, entries, things
from postmortem.history.running import look

if TYPE_CHECKING:
    from postmortem.history.place import History

MOST = 1000
"""Commits that are looked at."""
_AT_ONCE = 50


def versions(
    history: History, folder: str, limit: int = MOST
) -> Iterator[Mapping[str, bytes]]:
    """Yield every content that a folder had, the latest first, each once.

    It is by the path of each file below the folder; symbolic links and submodules are
    left out. `folder` is as git names it; commits of all branches, fetched ones too.
    """
    if head(history).sha is None:
        return
    words = (f"-n{limit}", "--full-history", "HEAD", "--branches", "--remotes")
    ran = look(history.root, "rev-list", *words, "--", folder or ".")
    commits = ran.out.decode("ascii").split()
    seen: set[str] = set()
    for at in range(0, len(commits), _AT_ONCE):
        names = [f"{sha}:{folder}" for sha in commits[at : at + _AT_ONCE]]
        for tree in things(history.root, names):
            if tree is not None and tree.kind == "tree" and tree.id not in seen:
                seen.add(tree.id)
                yield _files(history, tree)


def _files(history: History, tree: Thing) -> Mapping[str, bytes]:
    """Return the files of a tree and of those below it."""
    found: dict[str, bytes] = {}
    level: Sequence[tuple[str, Thing | None]] = [("", tree)]
    while level:
        inner = [
            (f"{path}{entry.name}", entry)
            for path, each in level
            for entry in entries(each)
            if entry.mode not in (LINK, SUBMODULE)
        ]
        held = things(history.root, [entry.id for _, entry in inner]) if inner else ()
        level = []
        for (path, entry), thing in zip(inner, held, strict=True):
            if entry.mode == TREE:
                level = [*level, (f"{path}/", thing)]
            elif thing is not None:
                found[path] = thing.content
    return found
