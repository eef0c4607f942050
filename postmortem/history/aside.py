"""Commit on another branch, with nothing in the person's work tree being touched."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from typing import TYPE_CHECKING

from postmortem.errors import PostmortemError
from postmortem.history import configuration, sparse
from postmortem.history.changes import (
    COMMIT,
    NEVER,
    Change,
    Commit,
    Terms,
    concluded,
    refusal,
)
from postmortem.history.claims import alone
from postmortem.history.heads import resolved
from postmortem.history.rules import same_hooks, same_rules
from postmortem.history.running import alter, look
from postmortem.history.standing import Way
from postmortem.history.surveys import Survey, surveyed
from postmortem.history.targets import target
from postmortem.history.watching import watch
from postmortem.history.words import Contended
from postmortem.history.worktrees import Birth, Private, clean, private

if TYPE_CHECKING:
    from postmortem.history.place import History
    from postmortem.history.words import Ran

FSYNC = ("-c", "core.fsync=all,-index")
"""All that remains is on the disk before we say so; the index is thrown away."""
_QUIET = ("-c", "core.fsmonitor=false", "-c", "submodule.recurse=false")
_UNFETCHED = {"GIT_LFS_SKIP_SMUDGE": "1"}
"""Large files that only their pointers are here for are not worth a download."""


def commit_aside(history: History, change: Change, branch: str, terms: Terms) -> Commit:
    """Commit on a new branch, or on the report's own, in a private work tree.

    HEAD, index, work tree, what is half done and COMMIT_EDITMSG stay as they are. Only
    a report's file that is on disk follows the commit when a hook has rewritten it.
    """
    for path in change.paths:
        target(history, path)
    clean(history)
    survey = surveyed(history, change, branch)
    if survey.birth.exclusive:
        return _made(history, change, survey, terms)
    with alone(history.shared, terms.deadline):
        return _made(history, change, surveyed(history, change, branch), terms)


def _made(history: History, change: Change, survey: Survey, terms: Terms) -> Commit:
    birth, patience = survey.birth, terms.patience
    if survey.again and birth.start is not None:
        return _commit(change, birth, birth.start, content=change.content, again=True)
    who = configuration.known(survey.config, change.author)
    with private(history, birth, patience=patience, fsync=FSYNC) as place:
        filled = _filled(history, place, survey, change, terms)
        options = (*NEVER, *FSYNC, *_QUIET, *filled)
        same_hooks(history, place.tree, survey.hooks)
        same_rules(history, place.tree, change)
        _written(history, place, change)
        place.settle()
        _added(place, change, options, terms)

        def run() -> Ran:
            return watch(
                place.tree,
                *options,
                *COMMIT,
                stdin=change.message.encode("utf-8", "replace"),
                env={**change.told, **who},
                deadline=terms.deadline,
                interactive=terms.interactive,
                progress=terms.progress,
            )

        sha = concluded(history, birth.branch, birth.start, run)
        if not birth.exclusive:
            _onto(history, birth, sha)
        content = _as_committed(place, change, sha)
    _follow(history, change, content)
    return _commit(change, birth, sha, content=content)


def _onto(history: History, birth: Birth, sha: str) -> None:
    """Take a commit back that is on another one than its files are from.

    Git compares the branch with where it stood when `git commit` began; somebody may
    have moved it just before, and their change would be undone by ours.
    """
    parent = resolved(history, f"{sha}^")
    if parent == birth.start:
        return
    ref = f"refs/heads/{birth.branch}"
    alter(history.root, *FSYNC, "update-ref", ref, parent or "", sha)
    raise Contended(
        f"somebody has committed on {birth.branch!r} at the same moment",
        hint="try again",
    )


def _filled(
    history: History, place: Private, survey: Survey, change: Change, terms: Terms
) -> tuple[str, ...]:
    """Put the files to begin with into the work tree; return the options for it."""
    start = survey.birth.start
    if start is None:
        return ()
    options: tuple[str, ...] = ()
    small = sparse.size(history.git_dir) <= sparse.LARGE
    if not small or survey.config.true("core.sparsecheckout"):
        if sparse.crowded(survey.levels):
            options = sparse.SCATTERED
            said = sparse.scattered(change.paths, survey.hooks)
        else:
            options = sparse.SPARSE
            said = sparse.cone(survey.levels[""], change.paths, survey.hooks)
        patterns = place.admin / "info" / "sparse-checkout"
        patterns.parent.mkdir(exist_ok=True)
        patterns.write_bytes(os.fsencode(said))
    args = (*NEVER, *FSYNC, *_QUIET, *options, "read-tree", "-m", "-u", start)
    ran = alter(place.tree, *args, env=_UNFETCHED, deadline=terms.deadline)
    if ran.code:
        raise refusal(ran)
    return options


def _written(history: History, place: Private, change: Change) -> None:
    """Put the report and what goes with it into the private work tree."""
    for path in change.paths:
        copy, mine = place.tree / path, history.root / path
        copy.parent.mkdir(parents=True, exist_ok=True)
        if path == change.path:
            copy.write_bytes(change.content)
        elif mine.is_file():
            shutil.copy(mine, copy)
        else:
            copy.unlink(missing_ok=True)


def _added(
    place: Private, change: Change, options: tuple[str, ...], terms: Terms
) -> None:
    force = ("--force",) if change.force else ()
    args = (*options, "add", "--sparse", *force, "--", *change.pathspecs)
    ran = alter(place.tree, *args, deadline=terms.deadline)
    if ran.code:
        raise refusal(ran)


def _as_committed(place: Private, change: Change, sha: str) -> bytes:
    """Return the text that the commit has, as a work tree shows it."""
    try:
        if (place.tree / change.path).read_bytes() == change.content:
            return change.content
    except OSError:
        pass
    args = ("cat-file", "--filters", f"{sha}:{change.path}")
    ran = look(place.tree, *args, check=False)
    return change.content if ran.code else ran.out


def _follow(history: History, change: Change, content: bytes) -> None:
    """Give the report's file what a hook made of it, if it is still as it was."""
    if content == change.content:
        return
    from postmortem.files import read, write

    file = history.root / change.path
    with suppress(PostmortemError):  # the commit is made, whatever becomes of the file
        seen = read(file)
        if seen.text.encode("utf-8") == change.content:
            write(file, content, root=history.root, expected=seen)


def _commit(
    change: Change, birth: Birth, sha: str, *, content: bytes, again: bool = False
) -> Commit:
    return Commit(
        sha=sha,
        branch=birth.branch,
        path=change.path,
        way=Way.NEW_STAY,
        content=content,
        rewritten=content != change.content,
        again=again,
    )
