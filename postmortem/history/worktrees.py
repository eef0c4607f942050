"""Private work trees: made for one commit, gone after it, and after a crash as well.

Each is a folder below git's own, beside a file that its maker holds locked as long as
it lives. Who finds one whose file nobody holds removes it, and nothing else.
"""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING

from postmortem.errors import PostmortemError
from postmortem.history.claims import claimed, patiently
from postmortem.history.environment import hooks_see
from postmortem.history.heads import reftable
from postmortem.history.running import Running, alter
from postmortem.history.words import failed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from postmortem.history.place import History

HOME = "postmortem-worktrees"
_OWNER = ".owner"
_YOUNG = ".admin"


@dataclass(frozen=True, kw_only=True)
class Private:
    """A linked work tree of our own."""

    tree: Path
    admin: Path
    """Its folder in `worktrees`, with its HEAD and its index."""
    born: Running | None
    """Git making the branch meanwhile; ended before anything is committed."""

    def settle(self) -> None:
        """Wait until the branch is there; raises when it cannot be."""
        if self.born is not None:
            self.born.end()


@dataclass(frozen=True, kw_only=True)
class Birth:
    """The branch that a private work tree is for."""

    branch: str
    start: str | None
    """The commit to begin at; None for a branch without any before it."""
    new: bool
    """Whether the branch is made with it, and goes when there is no commit on it."""

    @property
    def exclusive(self) -> bool:
        """Whether git has made sure that nobody else commits on the branch."""
        return self.new and self.start is not None


@contextmanager
def private(
    history: History, birth: Birth, *, patience: float, fsync: tuple[str, ...]
) -> Iterator[Private]:
    """Make a work tree without files on a branch; remove it whatever happens.

    A branch that is new goes too unless a commit has been made on it.
    """
    home = history.shared / HOME
    name = f"{os.getpid()}-{token_hex(4)}"
    owner = _own(home, name, birth)
    tree = home / name
    born: Running | None = None
    try:
        born = patiently(lambda: _make(history, tree, birth, fsync), patience)
        yield Private(tree=tree, admin=_admin(tree), born=born)
    except BaseException:
        if born is not None:
            born.end(check=False)
        _remove(history, tree)
        _forget(history, birth)
        raise
    else:
        _remove(history, tree)
    finally:
        os.close(owner)
        (home / f"{name}{_OWNER}").unlink(missing_ok=True)
        with suppress(OSError):
            home.rmdir()


def clean(history: History) -> None:
    """Remove what runs of ours have left that were ended by force."""
    home = history.shared / HOME
    for claim in home.glob(f"*{_OWNER}"):
        with suppress(FileNotFoundError):
            _clean_one(history, claim)
    with suppress(OSError):
        home.rmdir()


def _clean_one(history: History, claim: Path) -> None:
    place = os.open(claim, os.O_RDWR)
    try:
        if not claimed(place):
            return
        branch, start, new = (claim.read_text("utf-8").split("\n") + [""] * 3)[:3]
        _remove(history, claim.with_suffix(""))
        birth = Birth(branch=branch, start=start or None, new=bool(new))
        _unlock(history, birth)
        _forget(history, birth)
        claim.unlink(missing_ok=True)
    finally:
        os.close(place)


def _own(home: Path, name: str, birth: Birth) -> int:
    """Write and hold the file that says whose the work tree is; return it open.

    It gets its name when it is held, so that nobody takes it for an abandoned one.
    """
    said = f"{birth.branch}\n{birth.start or ''}\n{'new' if birth.new else ''}\n"
    young = home / f"{name}.young"
    while True:
        try:
            home.mkdir(mode=0o700, exist_ok=True)
            place = os.open(young, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        except FileNotFoundError:  # another run has just removed the empty folder
            continue
        except OSError as error:
            raise PostmortemError(
                f"git's folder cannot be written: {error.strerror}",
                path=str(home),
                hint="the report stays as it is on disk",
            ) from error
        break
    claimed(place)
    os.write(place, said.encode("utf-8"))
    young.rename(home / f"{name}{_OWNER}")
    return place


def _make(
    history: History, tree: Path, birth: Birth, fsync: tuple[str, ...]
) -> Running | None:
    """Make the work tree without files, so that no hook of the person's runs.

    Its few files are described in gitrepository-layout(5); to write them takes a tenth
    of the time of `git worktree add`, and needs no commit to begin at. Git adds it
    where it keeps more for each work tree than those files.
    """
    if reftable(history) or (history.git_dir / "config.worktree").exists():
        _made_by_git(history, tree, birth, fsync)
        return None
    _registered(history, tree, birth)
    if not birth.new or birth.start is None:
        return None
    ref, none = f"refs/heads/{birth.branch}", "0" * len(birth.start)
    said = ("-m", "branch: Created for a report")
    update = (*fsync, "update-ref", *said, ref, birth.start, none)
    return Running(history.root, *update, env=hooks_see(interactive=False), alters=True)


def _registered(history: History, tree: Path, birth: Birth) -> None:
    """Make the folder of a work tree, and the one by which git knows it.

    That one is whole, and locked, when it gets its name: `git gc` runs behind anybody's
    commit, and prunes at once what lacks a file.
    """
    admins = history.shared / "worktrees"
    young = tree.with_name(f"{tree.name}{_YOUNG}")
    young.mkdir()
    (young / "locked").write_text("a report is being committed\n", "ascii")
    (young / "HEAD").write_text(f"ref: refs/heads/{birth.branch}\n", "utf-8")
    (young / "commondir").write_text("../..\n", "ascii")
    (young / "gitdir").write_bytes(os.fsencode(f"{tree}/.git\n"))
    tree.mkdir(mode=0o700)
    (tree / ".git").write_bytes(os.fsencode(f"gitdir: {admins / tree.name}\n"))
    while True:
        admins.mkdir(exist_ok=True)
        try:
            young.rename(admins / tree.name)
        except FileNotFoundError:  # another run has just removed the empty folder
            if young.exists():
                continue
            raise
        return


def _made_by_git(
    history: History, tree: Path, birth: Birth, fsync: tuple[str, ...]
) -> None:
    add = (*fsync, "worktree", "add", "--quiet")
    if birth.start is None:
        _run(history.root, *add, "--orphan", "-b", birth.branch, str(tree))
    elif birth.new:
        new = ("--no-checkout", "--no-track", "-b", birth.branch)
        _run(history.root, *add, *new, str(tree), birth.start)
    else:
        _run(history.root, *add, "--no-checkout", str(tree), birth.branch)


def _run(folder: Path, *args: str) -> None:
    ran = alter(folder, *args)
    if ran.code:
        raise failed(ran)


def _admin(tree: Path) -> Path:
    said = os.fsdecode((tree / ".git").read_bytes()).rstrip("\r\n")
    return (tree / said.removeprefix("gitdir: ")).resolve()


def _remove(history: History, tree: Path) -> None:
    """Remove a work tree of ours and its folder in `worktrees`, known by its path.

    `git worktree prune` would take others' too that only seem to be gone.
    """
    admins = history.shared / "worktrees"
    for said in admins.glob("*/gitdir"):
        with suppress(OSError):
            place = Path(os.fsdecode(said.read_bytes()).rstrip("\r\n"))
            if place.parent.name == tree.name and place.parent.resolve() == tree:
                shutil.rmtree(said.parent, ignore_errors=True)
    shutil.rmtree(tree.with_name(f"{tree.name}{_YOUNG}"), ignore_errors=True)
    shutil.rmtree(tree, ignore_errors=True)
    with suppress(OSError):
        admins.rmdir()


def _forget(history: History, birth: Birth) -> None:
    """Delete a branch that was made for nothing, if it still stands where it began."""
    if birth.new and birth.start is not None:
        ref = f"refs/heads/{birth.branch}"
        alter(history.root, "update-ref", "-d", ref, birth.start)


def _unlock(history: History, birth: Birth) -> None:
    """Remove the lock that git held, when it was ended with us, on our new branch."""
    if birth.new:
        lock = history.shared / "refs" / "heads" / f"{birth.branch}.lock"
        lock.unlink(missing_ok=True)
