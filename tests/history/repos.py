"""A repository to try things on, and all of it that we must not change."""

from __future__ import annotations

import hashlib
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from postmortem.history import Change, History, find

REPORT = "postmortems/2026-11-20-db-down.md"
BRANCH = "postmortem/2026-11-20-db-down"
TEXT = b"# The database was down\n\nIt is up again.\n"
_GENTLE = {"GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C", "LANGUAGE": "C"}
_KEPT = (
    *("MERGE_HEAD", "MERGE_MSG", "CHERRY_PICK_HEAD", "REVERT_HEAD", "BISECT_LOG"),
    *("rebase-merge", "rebase-apply", "sequencer", "COMMIT_EDITMSG", "config"),
    *("info", "HEAD", "config.worktree", "index.lock", "postmortem-worktrees"),
    "worktrees",
)


@dataclass(frozen=True)
class Repository:
    """A work tree of git."""

    root: Path

    @property
    def history(self) -> History:
        """What `find` makes of it."""
        return find(self.root)

    @property
    def git_dir(self) -> Path:
        """The folder of git that belongs to it."""
        return Path(self.git("rev-parse", "--absolute-git-dir"))

    def git(self, *args: str, stdin: bytes | None = None) -> str:
        """Run git and return what it says, without the last line break."""
        done = self.run(*args, stdin=stdin)
        assert done.returncode == 0, (args, done.stderr)
        return done.stdout.decode("utf-8", "replace").removesuffix("\n")

    def run(
        self, *args: str, stdin: bytes | None = None
    ) -> subprocess.CompletedProcess[bytes]:
        """Run git, whatever comes of it."""
        return subprocess.run(
            ["git", *args],
            cwd=self.root,
            input=stdin,
            capture_output=True,
            check=False,
            env=os.environ | _GENTLE,
            timeout=60,
        )

    def write(self, path: str, text: str | bytes = "text\n") -> Path:
        """Write a file of the work tree."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return file

    def commit(self, path: str, text: str | bytes = "text\n") -> str:
        """Write and commit a file; return the commit."""
        self.write(path, text)
        self.git("add", "--", path)
        self.git("commit", "-qm", f"Write {path}")
        return self.git("rev-parse", "HEAD")

    def report(self, path: str = REPORT, text: bytes = TEXT) -> Change:
        """Write a report into the work tree; return the change that commits it."""
        self.write(path, text)
        return change(path, text)

    def hook(self, name: str, script: str, folder: str = ".git/hooks") -> Path:
        """Write a hook that git runs."""
        file = self.write(f"{folder}/{name}", f"#!/bin/sh\n{script}\n")
        file.chmod(0o755)
        return file

    def blob(self, rev: str, path: str = REPORT) -> bytes:
        """Return the bytes that a path has in a commit."""
        return self.run("cat-file", "blob", f"{rev}:{path}").stdout

    def paths(self, rev: str) -> set[str]:
        """Return the paths that a commit changes."""
        args = ("diff-tree", "--root", "--no-commit-id", "--name-only", "-r", rev)
        return set(self.git(*args).splitlines())

    def status(self) -> str:
        """Return what `git status` says to programs."""
        return self.git("status", "--porcelain=v2", "--untracked-files=all")

    def refs(self) -> dict[str, str]:
        """Return every ref and where it stands."""
        said = self.git("for-each-ref", "--format=%(refname) %(objectname)")
        return dict(line.split(" ", 1) for line in said.splitlines())

    def everything(self, *, but: str | None = None) -> dict[str, object]:
        """Return the state of it all, the branch `but` and its report excepted."""
        refs = self.refs()
        if but is not None:
            refs.pop(f"refs/heads/{but}", None)
        return {
            "head": self.run("rev-parse", "HEAD").stdout,
            "symbolic": self.run("symbolic-ref", "-q", "HEAD").stdout,
            "refs": refs,
            "status": self.status(),
            "stash": self.git("stash", "list"),
            "trees": self.git("worktree", "list", "--porcelain"),
            "index": _hash(self.git_dir / "index"),
            "files": _files(self.root),
            **{name: _files(self.git_dir / name) for name in _KEPT},
        }


def change(path: str = REPORT, text: bytes = TEXT, message: str = "Add it\n") -> Change:
    """Return a change that commits a report."""
    return Change(path=path, content=text, message=message)


def _files(place: Path) -> dict[str, str]:
    if not place.is_dir():
        return {place.name: _hash(place)}
    return {
        str(file.relative_to(place)): _hash(file)
        for file in sorted(place.rglob("*"))
        if file.is_file() and ".git" not in file.relative_to(place).parts
    }


def _hash(file: Path) -> str:
    if not file.is_file():
        return ""
    return hashlib.sha256(file.read_bytes()).hexdigest()
