"""Finding the repository of a path, or saying in a line why there is none."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from postmortem.errors import Missing, PostmortemError, Refused, Untrusted
from postmortem.history import Way, commit, find, git_version, outer
from tests.history.repos import BRANCH, REPORT, TEXT, Repository, change

_SET = (
    *("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY"),
    *("GIT_COMMON_DIR", "GIT_CONFIG_PARAMETERS", "GIT_PREFIX", "GIT_NAMESPACE"),
)


def test_a_path_that_is_not_there_yet_has_a_repository(repo: Repository) -> None:
    """A report is looked for before it is written."""
    history = find(repo.root / "postmortems" / "not" / "yet.md")

    assert history.root == repo.root.resolve()
    assert history.git_dir == history.shared == (repo.root / ".git").resolve()


def test_no_repository_is_missing(tmp_path: Path) -> None:
    """GIT-NOREPO: the hint says how to go on without."""
    with pytest.raises(Missing, match="not in a git repository") as caught:
        find(tmp_path / "home")

    assert "--no-git" in str(caught.value)


def test_a_bare_repository_is_refused(make: Callable[..., Repository]) -> None:
    """GIT-BARE: there is no work tree to write a report in."""
    bare = make("bare.git", "--bare", empty=True)

    with pytest.raises(Refused, match="is bare"):
        find(bare.root)


@pytest.mark.parametrize("inside", ["", "hooks", "refs/heads"])
def test_gits_own_folder_is_refused(repo: Repository, inside: str) -> None:
    """GIT-INGITDIR: git itself would say that it must be run in a work tree."""
    with pytest.raises(Refused, match="git's own folder"):
        find(repo.root / ".git" / inside)


def test_no_git_at_all_is_said(tmp_path: Path, repo: Repository) -> None:
    """GIT-NOGIT: the line says how to go on without."""
    code = (
        "from pathlib import Path; from postmortem.errors import PostmortemError\n"
        "from postmortem.history import find\n"
        f"try: find(Path({str(repo.root)!r}))\n"
        "except PostmortemError as error: print(error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"PATH": str(tmp_path / "nothing")},
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
    )

    assert done.stdout.startswith("the program git is not found"), done.stderr
    assert "--no-git" in done.stdout


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
def test_somebody_elses_repository_is_not_trusted(
    repo: Repository, git_home: Path
) -> None:
    """GIT-SAFEDIR: git's own words, no hook, and no change to safe.directory."""
    config = (git_home / "gitconfig").read_bytes()
    history, report = repo.history, repo.report()
    for place in (repo.root, repo.root / ".git"):
        os.chown(place, 12345, 12345)

    with pytest.raises(Untrusted, match="dubious ownership"):
        find(repo.root)
    for way in Way:
        with pytest.raises(Untrusted, match="dubious ownership"):
            commit(history, report, way=way)

    assert (git_home / "gitconfig").read_bytes() == config
    assert not (repo.root / ".git/refs/heads/postmortem").exists()


@pytest.mark.parametrize(
    "name",
    [
        "with space",
        "é",
        "line\nbreak",
        "$HOME",
        "~",
        "-x",
        "[x]*?",
        ":(top)x",
        'tab\t"quote',
        "bad\udcffbyte",
    ],
    ids=ascii,
)
def test_the_name_of_the_folder_does_not_matter(
    make: Callable[..., Repository], name: str
) -> None:
    """GIT-NAMES: no expansion, no pattern, no option, in every way to commit."""
    repo = make(name)

    aside = commit(repo.history, repo.report(), way=Way.NEW_STAY)
    here = commit(repo.history, repo.report("postmortems/b.md"), way=Way.HERE)
    new = commit(repo.history, repo.report("postmortems/c.md"), way=Way.NEW_SWITCH)

    assert [aside.branch, here.branch, new.branch] == [BRANCH, "main", "postmortem/c"]
    assert repo.blob(BRANCH) == repo.blob("main", "postmortems/b.md") == TEXT
    assert len(repo.git("worktree", "list", "--porcelain").split("\n\n")) == 1


@pytest.mark.parametrize("way", Way)
def test_what_another_git_left_in_the_environment_is_not_obeyed(
    repo: Repository,
    make: Callable[..., Repository],
    monkeypatch: pytest.MonkeyPatch,
    way: Way,
) -> None:
    """GIT-ENV: run from a hook or an alias, it is the repository of the path."""
    other = make("other")
    before = other.everything()
    for name, value in {
        "GIT_DIR": other.root / ".git",
        "GIT_WORK_TREE": other.root,
        "GIT_INDEX_FILE": other.root / ".git/index",
        "GIT_OBJECT_DIRECTORY": other.root / ".git/objects",
        "GIT_COMMON_DIR": other.root / ".git",
        "GIT_CONFIG_PARAMETERS": "'core.bare=true'",
        "GIT_PREFIX": "nowhere/",
        "GIT_NAMESPACE": "elsewhere",
    }.items():
        monkeypatch.setenv(name, str(value))

    made = commit(find(repo.root), repo.report(), way=way)

    for name in _SET:
        monkeypatch.delenv(name)
    assert repo.blob(made.branch) == TEXT
    assert other.everything() == before


def test_a_submodule_is_a_repository_of_its_own(
    repo: Repository, make: Callable[..., Repository]
) -> None:
    """GIT-SUBMOD: it can be told which one a path is in, and each gets commits."""
    make("lib")
    repo.git("submodule", "add", "-q", "../lib", "lib")
    repo.git("commit", "-qm", "Add lib")
    inner = Repository(repo.root / "lib")

    assert find(inner.root / "x.md").root == inner.root.resolve()
    assert outer(inner.history) == repo.root.resolve()
    assert outer(repo.history) is None
    made = commit(inner.history, inner.report(), way=Way.NEW_STAY)
    assert inner.blob(made.sha) == TEXT
    before = repo.everything(but="postmortem/outer")
    made = commit(repo.history, repo.report("postmortems/outer.md"), way=Way.NEW_STAY)
    assert repo.paths(made.sha) == {"postmortems/outer.md"}
    (repo.root / "postmortems/outer.md").unlink()
    assert repo.everything(but="postmortem/outer") == before


@pytest.mark.parametrize("way", Way)
def test_a_path_inside_a_submodule_is_refused(
    repo: Repository, make: Callable[..., Repository], way: Way
) -> None:
    """GIT-SUBTARGET: the outer repository is left whole, whatever the way."""
    make("lib")
    repo.git("submodule", "add", "-q", "../lib", "postmortems")
    repo.git("commit", "-qm", "Add postmortems")
    report = repo.report()
    before = repo.everything()

    with pytest.raises(Refused, match="repository of its own"):
        commit(repo.history, report, way=way)

    repo.git("fsck", "--strict")
    assert repo.everything() == before


@pytest.mark.parametrize("way", Way)
@pytest.mark.parametrize("inside", [True, False], ids=["inside", "outside"])
def test_a_folder_that_is_a_symlink_is_refused(
    repo: Repository, tmp_path: Path, way: Way, *, inside: bool
) -> None:
    """SEC-SYMDIR: nothing is written through it, neither inside nor outside."""
    real = (repo.root if inside else tmp_path) / "real"
    real.mkdir()
    (repo.root / "postmortems").symlink_to(real)

    with pytest.raises(Refused, match="is a symlink"):
        commit(repo.history, change(), way=way)

    assert list(real.iterdir()) == []


@pytest.mark.parametrize(
    "path",
    [
        "../x.md",
        "/x.md",
        "a/../../x.md",
        ".git/hooks/pre-commit",
        "",
        ".",
        "a//b.md",
        "a/.GIT/x",
        "a\nb.md",
        "a\x00b.md",
        "./x.md",
        "a\\b.md",
        "git~1/config",
    ],
)
@pytest.mark.parametrize("way", Way)
def test_a_path_that_leaves_the_repository_is_refused(
    repo: Repository, way: Way, path: str
) -> None:
    """SEC-PATH: plumbing would take some of these."""
    with pytest.raises(Refused):
        commit(repo.history, change(path), way=way)


def test_the_version_is_known() -> None:
    """COMPAT-GITVER: numbers, to compare."""
    assert git_version() >= (2, 34)


def test_a_path_outside_is_refused(repo: Repository, tmp_path: Path) -> None:
    """What git would call it is only known inside."""
    assert repo.history.inside(repo.root / REPORT) == REPORT
    with pytest.raises(PostmortemError, match="outside the repository"):
        repo.history.inside(tmp_path / "x.md")
    files = [repo.root / REPORT, repo.root / "x.md", tmp_path / "x.md"]
    assert repo.history.among(files) == {files[0]: REPORT, files[1]: "x.md"}
