"""What files were in another commit: the one before, or where a branch began."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from postmortem.errors import Missing
from postmortem.history.objects import id_of, ids, things
from postmortem.history.refs import branches
from postmortem.history.running import Running, look
from postmortem.history.staging import told

if TYPE_CHECKING:
    from postmortem.history.place import History
    from postmortem.history.refs import Branch

_MOST = 400
"""Files that are new, or gone, up to which git compares each with each."""

_MAIN = ("main", "master", "trunk", "develop")
"""What the branch is called that others leave; who types one may mean another."""


class Moves(msgspec.Struct, frozen=True, kw_only=True):
    """What became of files that a commit has; paths are as git names them."""

    renamed: Mapping[str, str]
    """What each file was called there, by what it is called now."""
    gone: frozenset[str]
    """Files that no other one has come of."""


def fork_point(history: History, rev: str) -> str:
    """Return the id of the commit from which HEAD and another commit both come.

    Raises Missing where there is no such commit, or none that both come from.
    """
    sha = _commit(history, rev)
    if sha is None:
        raise _unknown(history, rev)
    ran = look(history.root, "merge-base", "HEAD", sha, check=False)
    base = ran.out.decode("ascii", "replace").strip()
    if ran.code or not base:
        raise _unborn(history) or Missing(
            f"HEAD and {rev!r} have no commit in common here",
            hint="fetch more of the history: git fetch --unshallow, or fetch-depth: 0",
        )
    return base


def _commit(history: History, rev: str) -> str | None:
    """Return the id of a commit; None where there is none."""
    args = ("--verify", "--quiet", "--end-of-options", f"{rev}^{{commit}}")
    found = look(history.root, "rev-parse", *args, check=False)
    return found.out.decode("ascii", "replace").strip() or None


def _unborn(history: History) -> Missing | None:
    """Return the error for a repository without a commit, if it is one."""
    if _commit(history, "HEAD"):
        return None
    said = "there is no commit here yet, so nothing has changed since one"
    return Missing(said, hint="leave --changed-since out")


def _unknown(history: History, rev: str) -> Missing:
    """Return the error for what is no commit, with the branch that may be meant."""
    fetch = "fetch it first: git fetch origin, or fetch-depth: 0 in a workflow"
    near = _nearest(rev, branches(history))
    hint = f"did you mean {near}? else {fetch}" if near else fetch
    unknown = Missing(f"git knows no commit {rev!r}", hint=hint)
    return _unborn(history) or unknown


def _nearest(rev: str, known: Sequence[Branch]) -> str | None:
    """Return the branch that was probably meant: here, or known of a remote."""
    from difflib import get_close_matches

    word = rev.rpartition("/")[2]
    own = {it.name.rpartition("/")[2]: it.name for it in reversed(known)}
    close = (word, *get_close_matches(word, own, 1), *(_MAIN if word in _MAIN else ()))
    return next((own[it] for it in close if it in own), None)


def moves(history: History, rev: str, pattern: str, index: str | None = None) -> Moves:
    """Return which files of that pattern the index does not have as a commit has them.

    What is alike, but not the same, is renamed as well. `index` is as in `staged`.
    Nothing is known where git cannot read what it has to compare.
    """
    args = (
        *("-c", "core.fsmonitor=false", "diff-index", "--cached", "--raw", "-z"),
        *("-M", f"-l{_MOST}", "--diff-filter=DRT", rev, "--", f":(glob){pattern}"),
    )
    ran = Running(history.root, *args, env=told(history, index)).end(check=False)
    words = iter(() if ran.code else os.fsdecode(ran.out).split("\0")[:-1])
    renamed, gone = {}, set()
    for word in words:
        old = next(words)
        if word.rpartition(" ")[2].startswith("R"):
            renamed[next(words)] = old
        else:
            gone.add(old)
    return Moves(renamed=renamed, gone=frozenset(gone))


def other_contents(
    history: History, rev: str, held: Mapping[str, bytes]
) -> Mapping[str, bytes]:
    """Return the bytes that a commit has at those paths where it has other ones.

    Those that are the same are told by their ids, and not read.
    """
    paths = [path for path in held if "\n" not in path]
    there = ids(history.root, [f"{rev}:{path}" for path in paths])
    others = [
        path
        for path, sha in zip(paths, there, strict=True)
        if sha is not None and sha != id_of(held[path], sha)
    ]
    found = contents(history, rev, others) if others else ()
    pairs = zip(others, found, strict=True)
    return {path: content for path, content in pairs if content is not None}


def contents(
    history: History, rev: str, paths: Sequence[str]
) -> tuple[bytes | None, ...]:
    """Return the bytes that each path has in a commit; None for one that is not there.

    All of them in one run of git; no filter runs.
    """
    askable = [path for path in paths if "\n" not in path]
    found = things(history.root, [f"{rev}:{path}" for path in askable])
    held = {
        path: thing.content
        for path, thing in zip(askable, found, strict=True)
        if thing is not None and thing.kind == "blob"
    }
    return tuple(held.get(path) for path in paths)
