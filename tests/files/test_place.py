"""Nothing is written outside the folder, through a link, or into .git."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from postmortem import files
from postmortem.errors import Refused
from tests.files.folders import names


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a repository with a folder of reports, beside a place outside."""
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "victim.md").write_text("theirs")
    (tmp_path / "repo" / "postmortems").mkdir(parents=True)
    (tmp_path / "repo" / ".git" / "hooks").mkdir(parents=True)
    (tmp_path / "repo" / "docs").mkdir()
    return tmp_path / "repo"


@pytest.fixture(autouse=True)
def _nothing_outside_changes(root: Path) -> object:
    """Hold every test here to it."""
    yield
    assert (root.parent / "outside" / "victim.md").read_text() == "theirs"
    assert names(root.parent / "outside") == ["victim.md"]
    assert names(root / ".git") == ["hooks"]
    assert names(root / ".git" / "hooks") == []
    assert names(root / "docs") == []


def _refused(path: Path, root: Path, match: str | None = None) -> None:
    with pytest.raises(Refused, match=match):
        files.write(path, "ours", root=root)
    with pytest.raises(Refused, match=match):
        files.write(path, "ours", root=root, exclusive=True)


@pytest.mark.parametrize(
    "name",
    [
        "../outside/x.md",
        "postmortems/../../outside/victim.md",
        "postmortems/../x.md",
        "/outside.md",
        "..",
        ".",
        "",
        ".git/hooks/pre-commit",
        ".GIT/hooks/pre-commit",
        ".git /x",
        "git~1/x",
        "postmortems/.git",
        "a\0b",
    ],
)
def test_a_path_that_leaves_is_refused(root: Path, name: str) -> None:
    """However it is spelt."""
    _refused(root / name, root)


def test_a_relative_path_is_below_the_folder_or_refused(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both are seen from where the person stands."""
    monkeypatch.chdir(root)
    here = Path()

    files.write(Path("postmortems/r.md"), "ours", root=Path("postmortems"))
    files.write(Path("postmortems/s.md"), "ours", root=here)

    assert names(Path("postmortems")) == ["r.md", "s.md"]
    _refused(Path("x.md"), Path("postmortems"), "outside postmortems")


def test_a_linked_folder_is_refused(root: Path) -> None:
    """Whether it leads outside or inside, and wherever on the way it stands."""
    (root / "postmortems").rmdir()
    (root / "postmortems").symlink_to(root.parent / "outside")
    _refused(root / "postmortems" / "x.md", root, "symbolic link")
    _refused(root / "postmortems" / "sub" / "x.md", root, "symbolic link")

    (root / "postmortems").unlink()
    (root / "postmortems").symlink_to("docs")
    _refused(root / "postmortems" / "x.md", root, "symbolic link")


def test_a_linked_file_is_refused(root: Path) -> None:
    """One that leads somewhere, and one that leads nowhere."""
    (root / "postmortems" / "x.md").symlink_to(root.parent / "outside" / "victim.md")
    (root / "postmortems" / "y.md").symlink_to(root.parent / "outside" / "new.md")

    _refused(root / "postmortems" / "x.md", root, "symbolic link")
    _refused(root / "postmortems" / "y.md", root, "symbolic link")


def test_what_is_no_file_is_refused(root: Path) -> None:
    """A pipe, which would be waited for; a folder; a file where a folder would be."""
    os.mkfifo(root / "postmortems" / "pipe")
    (root / "file").write_text("x")

    _refused(root / "postmortems" / "pipe", root, "not a file")
    _refused(root / "postmortems", root, "not a file")
    _refused(root / "file" / "x.md", root, "not a folder")
    _refused(root, root, "the folder itself")


def test_a_folder_reached_by_a_link_is_the_folder(root: Path) -> None:
    """The repository may lie behind a link; links below it are refused all the same."""
    link = root.parent / "link"
    link.symlink_to(root)
    (root / "linked").symlink_to("docs")

    assert files.place(link / "a.md", link) == link / "a.md"
    assert files.place(root / "a.md", link) == root / "a.md"
    assert files.place(link / "a.md", root) == link / "a.md"
    _refused(link / "linked" / "a.md", root, "symbolic link")
    _refused(root / "linked" / "a.md", link, "symbolic link")


def test_a_path_beside_a_folder_of_like_name_is_outside(root: Path) -> None:
    """`postmortems-old` does not lie in `postmortems`."""
    _refused(root / "postmortems-old" / "x.md", root / "postmortems", "outside")
