"""Many at once: each commit that is called one is there, and nothing is left over."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from postmortem.errors import Refused
from postmortem.history import Way, blob_id, commit
from tests.history.repos import BRANCH, REPORT, Repository, change

MANY = 12
ROOT = Path(__file__).parents[2]


def _start(repo: Repository, go: Path, *args: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.history.runner", str(repo.root), *args],
        cwd=ROOT,
        env=os.environ | {"GO": str(go)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("way", ["NEW_STAY", "HERE", "one branch"])
def test_twelve_at_once(busy: Repository, tmp_path: Path, way: str) -> None:
    """GIT-RACE12: twelve said to be made are twelve that can be reached."""
    paths = [f"postmortems/{number}.md" for number in range(MANY)]
    for path in paths:
        busy.write(path, f"# {path}\n")
    words: list[tuple[str, ...]] = [(way, path) for path in paths]
    if way == "one branch":
        for path in paths:
            busy.write(path, "# old\n")
        busy.git("switch", "-qc", "postmortem/all")
        busy.git("add", "postmortems")
        busy.git("commit", "-qm", "All", "--", "postmortems")
        busy.git("switch", "-q", "main")
        (busy.git_dir / "COMMIT_EDITMSG").write_text("half a message\n")
        words = [("NEW_STAY", path, "postmortem/all") for path in paths]
    go = tmp_path / "start"
    go.mkdir()
    index = busy.git("diff", "--cached", "--name-status")

    runs = [_start(busy, go, *each) for each in words]
    until = time.monotonic() + 60
    while len(list(go.glob("ready-*"))) < MANY and time.monotonic() < until:
        time.sleep(0.01)
    (go / "go").touch()
    said = [run.communicate(timeout=120) for run in runs]

    assert [out.split()[0] for out, _ in said] == ["OK"] * MANY, said
    reachable = set(busy.git("rev-list", "--branches").splitlines())
    assert {out.split()[1] for out, _ in said} <= reachable
    for path in paths:
        name = f"postmortem/{Path(path).stem}"
        branch = {"HERE": "main", "one branch": "postmortem/all"}.get(way, name)
        assert busy.blob(branch, path) == f"# {path}\n".encode()
    assert busy.git("worktree", "list", "--porcelain").count("worktree ") == 1
    assert busy.git("diff", "--cached", "--name-status") == index
    assert (busy.git_dir / "COMMIT_EDITMSG").read_text() == "half a message\n"
    busy.git("fsck", "--strict")
    assert not list(busy.git_dir.glob("*postmortem*"))


@pytest.mark.parametrize("hook", ["pre-commit", "post-index-change"])
def test_somebody_elses_commits_are_not_undone(repo: Repository, hook: str) -> None:
    """P4: a branch that is moved meanwhile, soon or late, keeps that."""
    commit(repo.history, repo.report(), way=Way.NEW_STAY)
    there = blob_id(repo.history, BRANCH, REPORT)
    other = "$(git commit-tree -p main -m theirs main^{tree})"
    script = f"unset GIT_INDEX_FILE; git update-ref refs/heads/{BRANCH} {other}"
    repo.hook(hook, script)

    with pytest.raises(Refused):
        commit(
            repo.history,
            replace(change(text=b"# Ours\n"), replaces=there),
            way=Way.NEW_STAY,
        )

    assert repo.git("log", "-1", "--format=%s", BRANCH) == "theirs"


def test_git_may_prune_work_trees_meanwhile(busy: Repository, tmp_path: Path) -> None:
    """GIT-WORKTREE: `git gc` runs behind any commit, and prunes what lacks a file."""
    until = tmp_path / "until"
    loop = f'while [ ! -e "{until}" ]; do git worktree prune; done'
    pruning = [subprocess.Popen(["sh", "-c", loop], cwd=busy.root) for _ in range(2)]
    made = []
    try:
        for number in range(40):
            path = f"postmortems/{number}.md"
            busy.write(path, f"# {number}\n")
            made.append(commit(busy.history, change(path), way=Way.NEW_STAY).sha)
    finally:
        until.touch()
        for each in pruning:
            each.wait(timeout=30)

    assert len(set(made)) == 40
    assert not (busy.git_dir / "worktrees").exists()
