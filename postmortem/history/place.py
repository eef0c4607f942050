"""Where a repository is: its work tree, its git folder, and what all trees share."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from postmortem.errors import Missing, PostmortemError, Refused
from postmortem.history.environment import scrubbed
from postmortem.history.running import At, look

if TYPE_CHECKING:
    from git import Repo


class History(msgspec.Struct, frozen=True, kw_only=True):
    """The repository of a work tree."""

    root: Path
    """The top of the work tree, symlinks resolved."""
    git_dir: Path
    """What belongs to this work tree alone: HEAD, the index, a merge under way."""
    shared: Path
    """What all its work trees share: objects, refs, configuration, hooks."""
    repo: Repo

    @property
    def git(self) -> At:
        """Git at the top of the work tree."""
        return self.git_at(self.root)

    def git_at(self, folder: Path) -> At:
        """Return a way to git in another folder."""
        return At(git=self.repo.git, folder=folder)

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
    repo = _opened(start)
    git_dir = Path(repo.git_dir).resolve()
    if repo.bare or repo.working_tree_dir is None:
        raise Refused(
            f"the repository {str(git_dir)!r} is bare: it has no work tree",
            hint="clone it, and write the report in the clone",
        )
    if start == git_dir or git_dir in start.parents:
        raise Refused(
            f"{str(start)!r} is inside git's own folder",
            hint="go to the work tree of the repository",
        )
    root = Path(repo.working_tree_dir).resolve()
    if _another_owner(root, git_dir):
        look(At(git=repo.git, folder=root), "rev-parse", "--git-dir")
    shared = Path(repo.common_dir).resolve()
    return History(root=root, git_dir=git_dir, shared=shared, repo=repo)


def outer(history: History) -> Path | None:
    """Return the top of the repository whose submodule this one is, if it is one."""
    ran = look(history.git, "rev-parse", "--show-superproject-working-tree")
    name = os.fsdecode(ran.out.removesuffix(b"\n"))
    return Path(name) if name else None


def git_version() -> tuple[int, ...]:
    """Return the version of the git that is used, such as (2, 39, 5)."""
    _installed()
    from git import Git

    with scrubbed():
        return Git().version_info


def _opened(start: Path) -> Repo:
    _installed()
    from git import Repo
    from git.exc import InvalidGitRepositoryError, WorkTreeRepositoryUnsupported

    try:
        with scrubbed():
            return Repo(start, search_parent_directories=True, expand_vars=False)
    except (InvalidGitRepositoryError, WorkTreeRepositoryUnsupported):
        raise Missing(
            f"{str(start)!r} is not in a git repository",
            hint="`git init` makes one; with --no-git the report stays a file",
        ) from None


def _installed() -> None:
    """Import GitPython, which looks for the program as it is imported."""
    try:
        with scrubbed():
            import git  # noqa: F401
    except ImportError as error:
        raise PostmortemError(
            "the program git is not found",
            hint="install git; with --no-git the report stays a file",
        ) from error


def _another_owner(*folders: Path) -> bool:
    if not hasattr(os, "geteuid"):
        return False
    return any(folder.stat().st_uid != os.geteuid() for folder in folders)
