"""What git says of a place that is not as usual, and how it is told apart."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from postmortem.errors import Missing, PostmortemError, Refused, Untrusted
from postmortem.history import find, git_version, shared_by
from postmortem.history.running import Running, alter, look
from postmortem.history.words import NoGit
from tests.history.repos import Repository

PROGRAM = "GIT_PYTHON_GIT_EXECUTABLE"


def _program(tmp_path: Path, script: str, mode: int = 0o755) -> str:
    path = tmp_path / "program"
    path.write_text(script)
    path.chmod(mode)
    return str(path)


def test_a_work_tree_that_is_elsewhere_is_refused(repo: Repository) -> None:
    """GIT-WORKTREE: git started there would ask another repository, or none."""
    elsewhere = repo.root.parent / "elsewhere"
    elsewhere.mkdir()
    repo.git("config", "core.worktree", str(elsewhere))

    with pytest.raises(Refused, match="is elsewhere"):
        find(repo.root)

    repo.git("config", "core.worktree", str(repo.root))
    assert find(repo.root).root == repo.root.resolve()


def test_a_folder_of_git_that_is_elsewhere_is_none(
    make: Callable[..., Repository], tmp_path: Path
) -> None:
    """As `--separate-git-dir` makes it, and a symbolic link."""
    one = make("one")
    one.git("init", "-q", "--separate-git-dir", str(tmp_path / "kept"))
    assert find(one.root).git_dir == (tmp_path / "kept").resolve()

    other = make("other")
    (other.root / ".git").rename(tmp_path / "moved")
    (other.root / ".git").symlink_to(tmp_path / "moved")
    assert find(other.root).git_dir == (tmp_path / "moved").resolve()


def test_a_bare_repository_is_named_whole(make: Callable[..., Repository]) -> None:
    """Its name may have a line break."""
    bare = make("a\nb.git", "--bare", empty=True)

    with pytest.raises(Refused, match=r"a\\nb\.git' is bare"):
        find(bare.root)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
def test_words_in_the_name_of_a_folder_are_no_answer(
    make: Callable[..., Repository],
) -> None:
    """What git says of another's repository has its name in it."""
    repo = make("fatal: not a git repository")
    assert find(repo.root).root == repo.root.resolve()
    os.chown(repo.root, 12345, 12345)

    with pytest.raises(Untrusted, match="dubious ownership"):
        find(repo.root)


def test_what_git_says_beside_its_answer_is_none(
    repo: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A wrapper, or a trace, may talk on the other stream."""
    script = "#!/bin/sh\necho 'fatal: not a git repository' >&2\nexec git \"$@\"\n"
    monkeypatch.setenv(PROGRAM, _program(tmp_path, script))

    assert find(repo.root).root == repo.root.resolve()


def test_a_broken_repository_is_not_taken_for_none(repo: Repository) -> None:
    """Its owner learns what is wrong with it."""
    (repo.root / ".git" / "config").write_text("[core")

    with pytest.raises(PostmortemError, match="bad config") as caught:
        find(repo.root)

    assert not isinstance(caught.value, (Missing, Refused, NoGit))


@pytest.mark.parametrize(
    "script, mode",
    [("no program", 0o755), ("#!/nowhere\n", 0o755), ("#!/bin/sh\n", 0o644)],
)
def test_what_cannot_be_run_is_no_git(
    repo: Repository,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    script: str,
    mode: int,
) -> None:
    """GIT-NOGIT: the program that the variable names is the one that counts."""
    monkeypatch.setenv(PROGRAM, _program(tmp_path, script, mode))

    with pytest.raises(NoGit):
        find(repo.root)


def test_the_program_that_is_named_is_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As GitPython runs it."""
    script = "#!/bin/sh\necho git version 9.8.7.windows.1\n"
    monkeypatch.setenv(PROGRAM, _program(tmp_path, script))

    assert git_version() == (9, 8, 7)


def test_what_looks_is_told_what_it_may_know(
    repo: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """English, no standard input, nothing of another call; so is what alters."""
    monkeypatch.setenv("LC_ALL", "xx_YY.UTF-8")
    monkeypatch.setenv("LANGUAGE", "xx")
    monkeypatch.setenv("GIT_DIR", "/nowhere")
    script = '#!/bin/sh\necho "$LC_ALL/$LANGUAGE/$GIT_DIR/$GIT_OPTIONAL_LOCKS"\ncat\n'
    monkeypatch.setenv(PROGRAM, _program(tmp_path, script))

    assert look(repo.root, "status").out == b"C/C//0\n"
    assert look(repo.root, "status", stdin=b"in").out == b"C/C//0\nin"
    assert os.environ["GIT_DIR"] == "/nowhere"


def test_what_only_looks_needs_no_library(repo: Repository) -> None:
    """And what alters has it; both run the same program."""
    code = (
        "import sys; from pathlib import Path\n"
        "from postmortem.history.running import alter, look\n"
        f"folder = Path({str(repo.root)!r})\n"
        "look(folder, 'rev-parse', 'HEAD'); print('git' in sys.modules)\n"
        "alter(folder, 'update-ref', 'refs/heads/x', 'HEAD')\n"
        "print('git' in sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.split() == ["False", "True"]
    assert repo.git("rev-parse", "x") == repo.git("rev-parse", "HEAD")


def test_what_alters_may_lock(repo: Repository) -> None:
    """And says how it ended."""
    assert alter(repo.root, "update-ref", "refs/heads/x", "HEAD").code == 0
    with Running(repo.root, "rev-parse", "x") as running:
        assert running.end().code == 0


def test_work_trees_share_a_folder(make: Callable[..., Repository]) -> None:
    """As git says it, without asking it; a submodule has its own."""
    repo, other = make("repo"), make("other")
    repo.git("worktree", "add", "-q", "../tree")
    repo.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", "../other")
    tree = repo.root.parent / "tree"

    for root in (repo.root, tree, repo.root / "other", other.root):
        history = find(root)
        assert shared_by(root.resolve()) == (history.root, history.shared)
    assert shared_by(repo.root.resolve() / "a" / "b") == shared_by(repo.root.resolve())
    assert shared_by(Path("/")) is None
