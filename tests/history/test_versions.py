"""What a folder held before, and lines merged as git merges them."""

from __future__ import annotations

from pathlib import Path

from postmortem.history.merging import merged
from postmortem.history.versions import versions
from tests.history.repos import Repository

LABELS = ("a.md", "old", "new")


def test_every_content_of_a_folder_once_the_latest_first(repo: Repository) -> None:
    """Folders below it count, other folders do not, nor does a link."""
    repo.commit("t/a.j2", "1")
    repo.commit("t/b/c.j2", "2")
    repo.commit("elsewhere", "3")
    (repo.root / "t/link").symlink_to("/etc/passwd")
    repo.git("add", "t/link")
    repo.commit("t/a.j2", "4")

    assert list(versions(repo.history, "t")) == [
        {"a.j2": b"4", "b/c.j2": b"2"},
        {"a.j2": b"1", "b/c.j2": b"2"},
        {"a.j2": b"1"},
    ]


def test_the_folder_may_be_the_whole_tree(repo: Repository) -> None:
    """Then each commit is a content."""
    repo.commit("a.j2", "1")

    assert next(iter(versions(repo.history, "")))["a.j2"] == b"1"


def test_other_branches_count_and_gone_folders_do_not(repo: Repository) -> None:
    """A commit in which the folder is gone has no content of it."""
    repo.git("checkout", "-qb", "side")
    repo.commit("t/a.j2", "side")
    repo.git("checkout", "-q", "-")
    repo.commit("t/a.j2", "1")
    repo.git("rm", "-q", "t/a.j2")
    repo.git("commit", "-qm", "Take it out")

    found = list(versions(repo.history, "t"))

    assert sorted(found, key=str) == [{"a.j2": b"1"}, {"a.j2": b"side"}]


def test_without_a_commit_there_is_none(tmp_path: Path) -> None:
    """A new repository has no earlier content."""
    repo = Repository(tmp_path)
    repo.git("init", "-q")

    assert list(versions(repo.history, "t")) == []


def test_changes_of_two_places_are_joined() -> None:
    """No repository is needed."""
    base = ["one", "two", "three", "four"]

    found = merged(["1", *base[1:]], base, [*base[:3], "4"], LABELS)

    assert found == ["1", "two", "three", "4"]


def test_changes_of_one_place_are_marked() -> None:
    """All three texts stand between the marks."""
    assert merged(["ours"], ["base"], ["theirs é"], LABELS) == [
        *("<<<<<<< a.md", "ours", "||||||| old", "base"),
        *("=======", "theirs é", ">>>>>>> new"),
    ]
