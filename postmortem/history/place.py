"""Where a repository is: its work tree, its git folder, and what all trees share."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

import msgspec

from postmortem.errors import Missing, Refused
from postmortem.history.running import look
from postmortem.history.words import failed

_ASK = ("rev-parse", "--path-format=absolute")
_PLACES = ("--git-dir", "--git-common-dir", "--show-toplevel")
"""What belongs to a work tree alone, what all of them share, and the top of this one.
"""
_TRUE = "true"
_GIT = ".git"


class History(msgspec.Struct, frozen=True, kw_only=True):
    """The repository of a work tree."""

    root: Path
    """The top of the work tree, symlinks resolved."""
    git_dir: Path
    """What belongs to this work tree alone: HEAD, the index, a merge under way."""
    shared: Path
    """What all its work trees share: objects, refs, configuration, hooks."""

    def authors(self, limit: int = 300) -> tuple[str, ...]:
        """Return who made that many last commits; see `reading.authors`."""
        from postmortem.history.reading import authors

        return authors(self, limit)

    def inside(self, path: Path) -> str:
        """Return the path as git names it; raises Refused when it is elsewhere.

        Only the folders are resolved: what is named may itself be a symlink.
        """
        full = path.parent.resolve() / path.name
        try:
            return full.relative_to(self.root).as_posix()
        except ValueError:
            raise Refused(
                f"{str(path)!r} is outside the repository {str(self.root)!r}"
            ) from None

    def among(self, files: Iterable[Path]) -> Mapping[Path, str]:
        """Return what git names those of these files that are in the repository.

        Each of their folders is resolved once.
        """
        found: dict[Path, str] = {}
        folders: dict[Path, Path] = {}
        for path in files:
            if path.parent not in folders:
                folders[path.parent] = path.parent.resolve()
            folder = folders[path.parent]
            if folder.is_relative_to(self.root):
                found[path] = (folder / path.name).relative_to(self.root).as_posix()
        return found


def find(path: Path) -> History:
    """Return the repository in which a file or folder is, or would be.

    Raises Missing when there is none, Refused when it has no work tree or the path is
    git's own, Untrusted in git's words when it belongs to somebody else.
    """
    start = path.absolute()
    while not start.is_dir():
        start = start.parent
    start = start.resolve()
    bare, inside, *places = _said(start)
    if bare == _TRUE:
        raise Refused(
            f"the repository {_place(start, _PLACES[0])!r} is bare: it has no work"
            " tree",
            hint="clone it, and write the report in the clone",
        )
    if inside == _TRUE:
        raise Refused(
            f"{str(start)!r} is inside git's own folder",
            hint="go to the work tree of the repository",
        )
    if len(places) != len(_PLACES):  # one has a line break in its name
        places = [_place(start, option) for option in _PLACES]
    git_dir, shared, root = (Path(each).resolve() for each in places)
    own = root / _GIT
    if not (own.is_file() or own.resolve() == git_dir):
        raise Refused(
            f"the work tree of {str(git_dir)!r} is elsewhere, in {str(root)!r}",
            hint="core.worktree says so; `git worktree add` makes one that all know",
        )
    return History(root=root, git_dir=git_dir, shared=shared)


def shared_by(folder: Path) -> tuple[Path, Path] | None:
    """Return the top of the work tree, and what its repository shares, of a folder.

    As the files of git say it, without asking git: to tell one place from another, and
    for nothing else. None outside of repositories.
    """
    for top in (folder, *folder.parents):
        own = top / _GIT
        if own.is_dir():
            return top, own.resolve()
        if own.is_file():
            with suppress(OSError):
                git_dir = top / _said_in(own).removeprefix("gitdir: ")
                common = git_dir / "commondir"
                shared = git_dir / _said_in(common) if common.is_file() else git_dir
                return top, shared.resolve()
    return None


def outer(history: History) -> Path | None:
    """Return the top of the repository whose submodule this one is, if it is one."""
    ran = look(history.root, "rev-parse", "--show-superproject-working-tree")
    name = os.fsdecode(ran.out.removesuffix(b"\n"))
    return Path(name) if name else None


def git_version() -> tuple[int, ...]:
    """Return the version of the git that is used, such as (2, 39, 5)."""
    said = look(Path("/"), "version").out.decode("ascii", "replace")
    found = re.search(r"\d+(?:\.\d+)+", said)
    return tuple(map(int, found.group().split("."))) if found else ()


def _said(start: Path) -> list[str]:
    """Return whether it is bare, whether we are in git's own folder, and the places.

    Of a repository without a work tree only its first places.
    """
    args = ("--is-bare-repository", "--is-inside-git-dir", *_PLACES)
    ran = look(start, *_ASK, *args, check=False)
    if ran.code and re.search(rb"(?m)^fatal: not a git repository", ran.err):
        raise Missing(
            f"{str(start)!r} is not in a git repository",
            hint="`git init` makes one; with --no-git the report stays a file",
        )
    said = os.fsdecode(ran.out.removesuffix(b"\n")).split("\n")
    if ran.code and _TRUE not in said[:2]:
        raise failed(ran)
    return said


def _said_in(file: Path) -> str:
    return os.fsdecode(file.read_bytes()).strip("\r\n")


def _place(start: Path, option: str) -> str:
    return os.fsdecode(look(start, *_ASK, option).out.removesuffix(b"\n"))
