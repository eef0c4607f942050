"""Names of branches: those taken, those in the way, and those that are none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortem.errors import PostmortemError, Refused
from postmortem.history import Way, blob_id, branches, commit, read_blob, taken
from postmortem.history.refs import Branch, clash, free
from tests.history.repos import BRANCH, REPORT, TEXT, Repository, change

new_ways = pytest.mark.parametrize("way", [Way.NEW_STAY, Way.NEW_SWITCH])


@pytest.mark.parametrize(
    "name",
    [
        "-D",
        "--force",
        "HEAD",
        "@",
        "a..b",
        "a b",
        "x.lock",
        "a\nb",
        "a\x00b",
        ".x",
        "x.",
        "a//b",
        "/a",
        "a/",
        "a~1",
        "a^",
        "a:b",
        "a?",
        "a*",
        "a[b",
        "a\\b",
        "@{-1}",
        "refs/heads/x",
        "refs/remotes/origin/x",
        "",
        "bad\udcff",
    ],
    ids=ascii,
)
@new_ways
def test_what_is_no_name_makes_no_branch(repo: Repository, way: Way, name: str) -> None:
    """GIT-REFNAMES, SEC-ARGV: git is the judge, and nothing is made."""
    report = repo.report()
    before = repo.everything()

    with pytest.raises(Refused, match="is no name for a branch"):
        commit(repo.history, report, way=way, branch=name or " ")

    assert repo.everything() == before


@pytest.mark.parametrize(
    "name", ["pm", "Incident/2026.11.20_x", "a-b/c", "é", "x@y", "postmortem/x--y"]
)
@new_ways
def test_what_is_a_name_makes_one(repo: Repository, way: Way, name: str) -> None:
    """Whether git has to be asked or not."""
    commit(repo.history, repo.report(), way=way, branch=name)

    assert repo.blob(f"refs/heads/{name}") == TEXT


@pytest.mark.parametrize("where", ["local", "remote", "another tree", "other case"])
@new_ways
def test_a_name_that_is_taken_is_not_taken_again(
    repo: Repository, tmp_path: Path, way: Way, where: str
) -> None:
    """GIT-BRANCHEXISTS: the branch stays where it is, and a free name is given."""
    repo.git("branch", f"{BRANCH}-2")
    if where == "local":
        repo.git("branch", BRANCH)
    elif where == "remote":
        repo.git("update-ref", f"refs/remotes/origin/{BRANCH}", "HEAD")
    elif where == "another tree":
        repo.git("worktree", "add", "-q", "-b", BRANCH, str(tmp_path / "side"))
    else:
        repo.git("branch", BRANCH.replace("db", "DB"))
    report = repo.report()
    before = repo.everything()

    with pytest.raises(Refused) as caught:
        commit(repo.history, report, way=way)

    assert f"{BRANCH}-3" in str(caught.value)
    assert repo.everything() == before
    made = commit(repo.history, report, way=way, branch=f"{BRANCH}-3")
    assert repo.blob(made.branch) == TEXT


@pytest.mark.parametrize("packed", [False, True], ids=["loose", "packed"])
@new_ways
def test_a_branch_in_the_way_is_named(
    repo: Repository, way: Way, *, packed: bool
) -> None:
    """GIT-DF: git keeps branches like files, and the repository stays whole."""
    repo.git("branch", "postmortem")
    if packed:
        repo.git("pack-refs", "--all")
    report = repo.report()
    before = repo.everything()

    with pytest.raises(Refused, match="'postmortem' is in the way") as caught:
        commit(repo.history, report, way=way)

    assert "postmortems/2026-11-20-db-down" in str(caught.value)
    assert repo.everything() == before
    repo.git("fsck", "--strict")


def test_a_report_on_its_branch_gets_another_commit(repo: Repository) -> None:
    """Editing one found there commits there, and the work tree does not know of it."""
    commit(repo.history, repo.report(), way=Way.NEW_STAY)
    (repo.root / REPORT).unlink()
    there = blob_id(repo.history, BRANCH, REPORT)
    before = repo.everything(but=BRANCH)

    made = commit(
        repo.history,
        replace(change(text=b"# More\n"), replaces=there),
        way=Way.NEW_STAY,
    )

    assert repo.everything(but=BRANCH) == before
    assert not (repo.root / REPORT).exists()
    assert read_blob(repo.history, BRANCH, REPORT) == b"# More\n"
    assert repo.git("rev-list", "--count", f"main..{made.branch}") == "2"


def test_a_report_that_changed_there_is_not_written_over(repo: Repository) -> None:
    """What somebody else has committed on the branch is not undone."""
    commit(repo.history, repo.report(), way=Way.NEW_STAY)
    there = blob_id(repo.history, BRANCH, REPORT)
    commit(
        repo.history, replace(change(text=b"# B\n"), replaces=there), way=Way.NEW_STAY
    )

    with pytest.raises(Refused, match="has changed on"):
        commit(
            repo.history,
            replace(change(text=b"# C\n"), replaces=there),
            way=Way.NEW_STAY,
        )

    assert read_blob(repo.history, BRANCH, REPORT) == b"# B\n"


def test_committing_what_is_there_already_is_done(repo: Repository) -> None:
    """GIT-INTLATE: a second try after a late interruption makes no second commit."""
    first = commit(repo.history, repo.report(), way=Way.NEW_STAY)

    second = commit(repo.history, repo.report(), way=Way.NEW_STAY)

    assert second == replace(first, again=True)


def test_a_branch_that_is_checked_out_elsewhere_is_left_alone(
    repo: Repository, tmp_path: Path
) -> None:
    """GIT-BRANCHEXISTS: a commit would pull it from under that work tree."""
    commit(repo.history, repo.report(), way=Way.NEW_STAY)
    there = blob_id(repo.history, BRANCH, REPORT)
    side = tmp_path / "side"
    repo.git("worktree", "add", "-q", str(side), BRANCH)

    with pytest.raises(Refused, match="checked out in") as caught:
        commit(
            repo.history,
            replace(change(text=b"# B\n"), replaces=there),
            way=Way.NEW_STAY,
        )

    assert str(side) in str(caught.value)


def test_the_same_incident_twice(
    repo: Repository, make: Callable[..., Repository]
) -> None:
    """CON-SAMESLUG: who has fetched is told; who has not meets git's own conflict."""
    repo.git("clone", "-q", ".", "../one")
    one = Repository(repo.root.parent / "one")
    repo.git("clone", "-q", ".", "../two")
    two = Repository(repo.root.parent / "two")
    commit(one.history, one.report(), way=Way.NEW_STAY)
    assert taken(two.history, BRANCH, REPORT) is None
    one.git("push", "-q", "origin", BRANCH)
    commit(two.history, two.report(text=b"# Another\n"), way=Way.NEW_STAY)
    two.git("fetch", "-q")

    assert taken(two.history, "postmortem/else", REPORT) is not None
    (two.root / REPORT).unlink()
    two.git("switch", "-q", "-C", "main", f"origin/{BRANCH}")
    assert two.run("merge", BRANCH).returncode == 1
    assert two.git("status", "--porcelain") == f"AA {REPORT}"
    text = (two.root / REPORT).read_bytes()
    assert b"# Another" in text
    assert TEXT.splitlines()[0] in text


def test_an_id_is_taken_by_branch_or_by_file(repo: Repository) -> None:
    """P15: here or on any remote."""
    assert taken(repo.history, BRANCH, REPORT) is None
    repo.git("update-ref", f"refs/remotes/some/where/{BRANCH}", "HEAD")
    assert taken(repo.history, BRANCH, REPORT) == f"some/where/{BRANCH}"
    assert taken(repo.history, "postmortem/other", REPORT) is None
    repo.commit(REPORT)
    repo.git("branch", "far")
    repo.git("reset", "-q", "--hard", "HEAD~1")
    assert taken(repo.history, "postmortem/other", REPORT) == "far"


def test_branches_are_read_with_their_work_trees(
    repo: Repository, tmp_path: Path
) -> None:
    """A line break in the name of a folder is no end of a line."""
    side = tmp_path / "si\nde"
    repo.git("worktree", "add", "-q", "-b", "side", str(side))
    repo.git("update-ref", "refs/remotes/origin/main", "HEAD")
    repo.git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main")
    sha = repo.git("rev-parse", "HEAD")

    assert branches(repo.history) == (
        Branch(name="main", sha=sha, checked_out=repo.root),
        Branch(name="side", sha=sha, checked_out=side),
        Branch(name="origin/main", sha=sha, local=False),
    )


_NAMES = st.lists(st.sampled_from(["pm", "pm-2", "pms", "x", "X", "x-2"]), min_size=1)


@given(
    wanted=_NAMES.map("/".join),
    existing=st.lists(st.tuples(_NAMES.map("/".join), st.booleans()), max_size=30),
)
def test_there_is_always_a_free_name(
    wanted: str, existing: list[tuple[str, bool]]
) -> None:
    """The name that an error offers can be had."""
    listed = tuple(
        Branch(name=name if local else f"origin/{name}", sha="0", local=local)
        for name, local in existing
    )

    found = free(wanted, listed)

    assert clash(found, listed) is None
    assert found == wanted or clash(wanted, listed) is not None


def test_an_unreadable_repository_is_said(repo: Repository) -> None:
    """GIT-RO: the place for private work trees cannot be made; the report is kept."""
    (repo.git_dir / "postmortem-worktrees").write_text("in the way")

    with pytest.raises(PostmortemError, match="cannot be written"):
        commit(repo.history, repo.report(), way=Way.NEW_STAY)

    assert (repo.root / REPORT).read_bytes() == TEXT
    assert set(repo.refs()) == {"refs/heads/main"}
