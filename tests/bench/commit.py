"""The commit step, beside git's own `add` and `commit --only` with the same fsync."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

from postmortem import history
from postmortem.history import Change, Way
from tests.bench.paired import Pair

TEXT = b"---\nid: x\n---\n\n# X\n\nText.\n"
FSYNC = ("-c", "core.fsync=all")
PROMISES = ((10, 1.3, 3.0), (20_000, 1.3, 1.5))
"""Files in the repository; the ratios promised here, and on a new branch."""


def pairs() -> Iterator[Pair]:
    """Compare both ways of committing, in a small and a large repository."""
    for files, here, aside in PROMISES:
        for way, at_most in ((Way.HERE, here), (Way.NEW_STAY, aside)):
            with tempfile.TemporaryDirectory() as folder:
                root = repository(Path(folder), files)
                number = count()
                yield Pair(
                    name=f"commit {way.value}, {files} files",
                    ours=committer(root, way, number),
                    theirs=plain(root, number),
                    at_most=at_most,
                    rounds=11,
                )


def repository(root: Path, files: int) -> Path:
    """Make a repository with that many files in it, one commit old."""
    git(root, "init", "--quiet", "--initial-branch=main")
    git(root, "config", "user.name", "on-call")
    git(root, "config", "user.email", "on-call@example.invalid")
    for number in range(files):
        path = root / f"d{number % 100}" / f"f{number}.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"{number}\n", encoding="utf-8")
    (root / "postmortems").mkdir()
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message=begin")
    return root


def committer(root: Path, way: Way, number: Iterator[int]) -> Callable[[], object]:
    """Return what commits one new report our way."""
    found = history.find(root)

    def run() -> object:
        path = f"postmortems/2025-05-24-{next(number)}.md"
        (root / path).write_bytes(TEXT)
        change = Change(path=path, content=TEXT, message="Add postmortem: X\n")
        return history.commit(found, change, way=way)

    return run


def plain(root: Path, number: Iterator[int]) -> Callable[[], object]:
    """Return what commits one new report with two git commands."""

    def run() -> None:
        path = f"postmortems/2025-05-24-{next(number)}.md"
        (root / path).write_bytes(TEXT)
        git(root, *FSYNC, "add", "--", path)
        git(root, *FSYNC, "commit", "--quiet", "--message=Add", "--only", "--", path)

    return run


def git(root: Path, *arguments: str) -> None:
    """Run git in the repository; raises when it fails."""
    subprocess.run(["git", *arguments], cwd=root, check=True, stdin=subprocess.DEVNULL)
