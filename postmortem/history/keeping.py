"""What of a work tree is put back when a commit in it fails: HEAD, index, a message."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager, suppress
from secrets import token_hex
from typing import TYPE_CHECKING

from postmortem.history.claims import patiently
from postmortem.history.running import alter
from postmortem.history.words import Contended, failed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from postmortem.history.changes import Change
    from postmortem.history.heads import Head
    from postmortem.history.place import History

_LINK = "index.postmortem-"
_MESSAGE, _ASIDE = "COMMIT_EDITMSG", "COMMIT_EDITMSG.postmortem"


@contextmanager
def kept_message(history: History) -> Iterator[None]:
    """Put aside the message that a person may be writing, and put it back after.

    It is renamed, so that it is there even if this process is ended by force; then the
    next one puts it back.
    """
    file, aside = history.git_dir / _MESSAGE, history.git_dir / _ASIDE
    with suppress(FileNotFoundError):
        aside.replace(file)
    with suppress(FileNotFoundError):
        file.replace(aside)
    try:
        yield
    finally:
        try:
            aside.replace(file)
        except FileNotFoundError:
            file.unlink(missing_ok=True)


@contextmanager
def kept_index(
    history: History, change: Change, patience: float
) -> Iterator[Callable[[], None]]:
    """Put the index back as it was on any failure.

    Gives a function to call when we have changed it: only the very index that we left
    is replaced; if somebody has changed it since, our entries alone are put back.
    """
    index = history.git_dir / "index"
    for old in history.git_dir.glob(f"{_LINK}*"):
        old.unlink(missing_ok=True)
    link = history.git_dir / f"{_LINK}{token_hex(4)}"
    before = ours = _stamp(index)
    if before is not None:
        _second_name(index, link)

    def changed() -> None:
        nonlocal ours
        ours = _stamp(index)

    try:
        yield changed
    except BaseException:
        if ours != before:
            patiently(lambda: _put_back(history, change, link, ours), patience)
        raise
    finally:
        link.unlink(missing_ok=True)


@contextmanager
def switched(history: History, now: Head, branch: str) -> Iterator[None]:
    """Point HEAD at a new branch; on failure point it back, and drop the branch.

    Both stand at the same commit, so neither index nor work tree changes. The reflog
    learns of it when there is something to tell, and `git switch -` goes back.
    """
    ref = f"refs/heads/{branch}"
    if now.sha is not None:
        none = "0" * len(now.sha)
        args = ("-m", "branch: Created from HEAD", ref, now.sha, none)
        _written(history, "update-ref", *args)
    try:
        _written(history, "symbolic-ref", "-m", "postmortem: commit", "HEAD", ref)
        yield
    except BaseException:
        if now.branch is not None:
            old = f"refs/heads/{now.branch}"
            _written(history, "symbolic-ref", "-m", "postmortem: undone", "HEAD", old)
        elif now.sha is not None:
            _written(history, "update-ref", "--no-deref", "HEAD", now.sha)
        if now.sha is not None:
            alter(history.root, "update-ref", "-d", ref, now.sha)
        raise
    said = f"checkout: moving from {now.branch or now.sha} to {branch}"
    alter(history.root, "symbolic-ref", "-m", said, "HEAD", ref)


def _put_back(
    history: History, change: Change, link: Path, ours: tuple[int, int, int] | None
) -> None:
    """Replace the index as git does: under its lock, by renaming the lock."""
    index, lock = history.git_dir / "index", history.git_dir / "index.lock"
    try:
        held = os.open(lock, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    except FileExistsError:
        raise Contended(f"the index is locked by {str(lock)!r}") from None
    os.close(held)
    if _stamp(index) != ours:
        lock.unlink()
        _put_entries_back(history, change, link)
    elif link.exists():
        shutil.copyfile(link, lock)
        shutil.copystat(link, lock)
        lock.replace(index)
    else:
        index.unlink(missing_ok=True)
        lock.unlink()


def _put_entries_back(history: History, change: Change, link: Path) -> None:
    """Give our paths, and no others, the entries that they had."""
    old = b""
    if link.exists():
        args = ("ls-files", "--stage", "-z", "--", *change.pathspecs)
        old = alter(history.root, *args, env={"GIT_INDEX_FILE": str(link)}).out
    gone = [f"0 {'0' * 40}\t{path}\0".encode() for path in change.paths]
    args = ("update-index", "-z", "--index-info")
    alter(history.root, *args, stdin=b"".join(gone) + old)


def _written(history: History, *args: str) -> None:
    def attempt() -> None:
        ran = alter(history.root, "-c", "core.fsync=all", *args)
        if ran.code:
            raise failed(ran)

    patiently(attempt, 1.0)


def _second_name(file: Path, link: Path) -> None:
    """Keep what a file holds: git writes a new index beside it and never into it."""
    try:
        os.link(file, link)
    except OSError:
        shutil.copy2(file, link)


def _stamp(index: Path) -> tuple[int, int, int] | None:
    try:
        found = index.stat()
    except FileNotFoundError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size
