"""Ended by force, interrupted late, or on a disk that loses what is not synced."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from postmortem.errors import Interrupted, Refused
from postmortem.history import Terms, Way, clean, commit
from tests.history.repos import BRANCH, REPORT, TEXT, Repository

ROOT = Path(__file__).parents[2]
_HANG = "echo $$ > {0}/pid; mv {0}/pid {0}/in; exec sleep 300"
needs_strace = pytest.mark.skipif(not shutil.which("strace"), reason="no strace")


def _words(repo: Repository, way: Way) -> list[str]:
    runner = [sys.executable, "-m", "tests.history.runner"]
    return [*runner, str(repo.root), way.name, REPORT]


def _run(repo: Repository, way: Way, *before: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*before, *_words(repo, way)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def _wait(there: Callable[[], bool]) -> None:
    until = time.monotonic() + 30
    while not there() and time.monotonic() < until:
        time.sleep(0.01)
    assert there()


@pytest.mark.parametrize("way", Way)
def test_a_run_that_is_killed_is_finished_by_the_next(
    busy: Repository, tmp_path: Path, way: Way
) -> None:
    """GIT-WTCLEAN: its work tree and branch go, and nobody else's."""
    busy.git("worktree", "add", "-q", str(tmp_path / "postmortem-side"), "-b", "side")
    gone = tmp_path / "on a stick"
    busy.git("worktree", "add", "-q", str(gone), "-b", "stick")
    gone.rename(tmp_path / "unplugged")
    hook = busy.hook("pre-commit", _HANG.format(tmp_path))
    ran = busy.hook("post-checkout", f"touch {tmp_path}/checked")
    busy.write(REPORT, f"# {REPORT}\n")
    trees = _trees(busy)
    run = subprocess.Popen(_words(busy, way), cwd=ROOT)
    _wait((tmp_path / "in").exists)
    run.kill()
    run.wait()
    os.kill(int((tmp_path / "in").read_text()), signal.SIGKILL)
    time.sleep(0.3)
    hook.unlink()
    if way is not Way.NEW_STAY:
        (busy.git_dir / "index.lock").unlink(missing_ok=True)

    done = _run(busy, way)

    assert done.stdout.startswith("OK"), done.stdout + done.stderr
    assert _trees(busy) == trees
    assert not list(busy.git_dir.glob("*postmortem*"))
    assert not (tmp_path / "checked").exists()
    assert ran.exists()
    assert (busy.git_dir / "COMMIT_EDITMSG").read_text() == "half a message\n"


def _trees(repo: Repository) -> list[str]:
    said = repo.git("worktree", "list", "--porcelain").splitlines()
    return [line for line in said if line.startswith(("worktree ", "prunable "))]


def test_cleaning_leaves_the_living_alone(busy: Repository, tmp_path: Path) -> None:
    """GIT-WTCLEAN: who holds its file is at work."""
    busy.hook("pre-commit", f"touch {tmp_path}/in; sleep 1")
    busy.write(REPORT, f"# {REPORT}\n")
    run = subprocess.Popen(
        _words(busy, Way.NEW_STAY), cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    _wait((tmp_path / "in").exists)

    clean(busy.history)

    assert run.communicate()[0].startswith("OK")


@needs_strace
@pytest.mark.parametrize("which", range(1, 9))
def test_git_killed_at_any_of_its_renames(
    busy: Repository, which: int, tmp_path: Path
) -> None:
    """GIT-KILLCOMMIT: whatever locks it leaves, the next run is not in doubt."""
    inject = f"inject=rename,link,unlink:signal=KILL:when={which}"
    script = tmp_path / "git"
    real = shutil.which("git")
    script.write_text(
        "#!/bin/sh\ncase \" $* \" in *' commit '*)\n"
        f"  exec strace -qq -o /dev/null -e trace=rename,link,unlink -e {inject} "
        f'{real} "$@";;\nesac\nexec {real} "$@"\n'
    )
    script.chmod(0o755)
    busy.write(REPORT, f"# {REPORT}\n")
    before = busy.everything(but=BRANCH)
    env = f"PATH={tmp_path}:{os.environ['PATH']}"

    first = _run(busy, Way.NEW_STAY, "env", env)
    middle = busy.everything(but=BRANCH)
    second = _run(busy, Way.NEW_STAY)

    assert middle == before
    assert second.stdout.startswith("OK"), (first, second)
    assert busy.everything(but=BRANCH) == before
    assert busy.git("rev-list", "--count", f"main..{BRANCH}") == "1"
    if first.stdout.startswith("OK"):
        assert first.stdout == second.stdout


@needs_strace
def test_both_killed_at_once_leave_a_lock_that_is_ours(
    busy: Repository, tmp_path: Path
) -> None:
    """GIT-KILLCOMMIT: a lock on the branch that was made for this report goes."""
    busy.hook("pre-commit", _HANG.format(tmp_path))
    busy.write(REPORT, f"# {REPORT}\n")
    run = subprocess.Popen(_words(busy, Way.NEW_STAY), cwd=ROOT)
    _wait((tmp_path / "in").exists)
    run.kill()
    run.wait()
    (busy.git_dir / f"refs/heads/{BRANCH}.lock").touch()
    (busy.git_dir / "hooks/pre-commit").unlink()

    done = _run(busy, Way.NEW_STAY)

    assert done.stdout.startswith("OK"), done.stdout
    os.kill(int((tmp_path / "in").read_text()), signal.SIGKILL)


@pytest.mark.parametrize("way", Way)
def test_ctrl_c_after_the_commit_is_no_failure(busy: Repository, way: Way) -> None:
    """GIT-INTLATE: what is committed is said to be."""
    report = busy.report()
    busy.hook("post-commit", f"kill -INT {os.getpid()}; sleep 20")

    made = commit(busy.history, report, way=way)

    assert busy.git("rev-parse", made.branch) == made.sha
    assert (busy.git_dir / "COMMIT_EDITMSG").read_text() == "half a message\n"


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("way", Way)
def test_ctrl_c_before_the_commit_leaves_nothing(busy: Repository, way: Way) -> None:
    """P5: as after every other failure."""
    report = busy.report()
    busy.hook("pre-commit", f"kill -INT {os.getpid()}; sleep 20")
    before = busy.everything()

    with pytest.raises(Interrupted, match="before anything was committed"):
        commit(busy.history, report, way=way)

    assert busy.everything() == before


@pytest.mark.parametrize("way", Way)
def test_a_deadline_after_the_commit_is_no_failure(busy: Repository, way: Way) -> None:
    """GIT-INTLATE: a hook that hangs when all is done."""
    report = busy.report()
    busy.hook("post-commit", "sleep 20")

    made = commit(busy.history, report, way=way, terms=Terms(deadline=1.0))

    assert busy.git("rev-parse", made.branch) == made.sha


@needs_strace
@pytest.mark.parametrize("way", Way)
def test_a_commit_is_on_the_disk(repo: Repository, tmp_path: Path, way: Way) -> None:
    """CR-FSYNC: the text, its folders, the commit and the branch, before it is said."""
    log = tmp_path / "trace"
    repo.write(REPORT, f"# {REPORT}\n")

    done = _run(
        repo, way, "strace", "-f", "-qq", "-y", "-e", "trace=fsync", "-o", str(log)
    )

    assert done.stdout.startswith("OK")
    synced = re.findall(r"fsync\(\d+<([^>]*)>", log.read_text())
    assert sum("/objects/" in name for name in synced) >= 4
    assert sum("/refs/heads/" in name for name in synced) >= 1


def test_a_failed_commit_can_be_tried_until_it_works(repo: Repository) -> None:
    """P3: neither branch nor work tree of an earlier try is in the way."""
    hook = repo.hook("pre-commit", "exit 1")
    report = repo.report()
    for _ in range(3):
        with pytest.raises(Refused):
            commit(repo.history, report, way=Way.NEW_STAY)
    hook.unlink()

    assert repo.blob(commit(repo.history, report, way=Way.NEW_STAY).sha) == TEXT
