"""The state of a work tree, and the way to commit that it calls for."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from postmortem.history import Proposal, State, Way, propose, state
from tests.history.repos import REPORT, Repository


def test_a_quiet_work_tree_is_not_dirty(repo: Repository) -> None:
    """What git does not know, and what is ours, is no change."""
    repo.write("unknown.txt")
    repo.commit(REPORT)
    repo.write(REPORT, "changed\n")
    sha = repo.git("rev-parse", "HEAD")

    assert state(repo.history, ours=[REPORT]) == State(
        branch="main", sha=sha, dirty=False
    )
    assert state(repo.history).dirty is True


@pytest.mark.parametrize("how", ["staged", "changed", "deleted", "new", "moved"])
def test_what_git_tracks_and_is_changed_is_dirty(repo: Repository, how: str) -> None:
    """Staged or not."""
    readme = repo.root / "README"
    match how:
        case "staged":
            repo.write("README", "x\n")
            repo.git("add", "README")
        case "changed":
            repo.write("README", "x\n")
        case "deleted":
            readme.unlink()
        case "new":
            repo.write("x y\nz", "x\n")
            repo.git("add", "-A")
        case _:
            repo.git("mv", "README", "READ ME")

    assert state(repo.history).dirty is True
    assert state(repo.history, changes=False).dirty is None


def test_looking_does_not_touch_the_index(repo: Repository) -> None:
    """P5: not even to remember that a date has changed."""
    (repo.root / "README").touch()
    before = (repo.git_dir / "index").read_bytes()

    state(repo.history)

    assert (repo.git_dir / "index").read_bytes() == before


def test_head_is_read_however_it_is_kept(
    repo: Repository, make: Callable[..., Repository]
) -> None:
    """Packed, loose, detached, unborn, or in the way that git had it long ago."""
    sha = repo.git("rev-parse", "HEAD")
    repo.git("pack-refs", "--all")
    assert state(repo.history) == State(branch="main", sha=sha, dirty=False)
    head = repo.git_dir / "HEAD"
    head.unlink()
    head.symlink_to("refs/heads/main")
    assert state(repo.history).branch == "main"
    repo.git("switch", "-q", "--detach")
    assert state(repo.history) == State(branch=None, sha=sha, dirty=False)
    empty = make("empty", empty=True)
    assert state(empty.history) == State(branch="main", sha=None, dirty=False)


def _clean(**changes: object) -> State:
    known: dict[str, object] = {"branch": "main", "sha": "1" * 40, "dirty": False}
    return State(**(known | changes))  # type: ignore[arg-type] # by name


@pytest.mark.parametrize(
    "known, way, reason",
    [
        (_clean(), Way.NEW_SWITCH, "nothing else is changed here"),
        (_clean(dirty=True), Way.NEW_STAY, "other files are changed here"),
        (_clean(dirty=None), Way.NEW_STAY, "other files are changed here"),
        (_clean(branch=None), Way.NEW_STAY, "HEAD is on no branch here"),
        (_clean(operation="merge"), Way.NEW_STAY, "a merge is under way here"),
        (_clean(branch="pm/x"), Way.HERE, "'pm/x' is the report's own branch"),
        (_clean(sha=None), Way.HERE, "this is the repository's first commit"),
        (_clean(sha=None, dirty=True), Way.NEW_STAY, "other files are changed here"),
    ],
    ids=range(8),
)
def test_one_way_is_proposed_and_why(known: State, way: Way, reason: str) -> None:
    """As the design says."""
    assert propose(known, branch="pm/x") == Proposal(way=way, reason=reason)


def test_a_first_commit_on_a_protected_branch_is_not_proposed() -> None:
    """GIT-PROTECT: it would be refused."""
    assert propose(_clean(sha=None), protected=["ma*"]).way is Way.NEW_SWITCH
