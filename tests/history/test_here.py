"""A commit in the person's own work tree: this path, and on failure nothing at all."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from postmortem.errors import Refused
from postmortem.history import Terms, Way, commit, propose, state
from tests.history.repos import BRANCH, REPORT, TEXT, Repository

in_place = pytest.mark.parametrize("way", [Way.HERE, Way.NEW_SWITCH])


def _rest(repo: Repository) -> list[str]:
    return [line for line in repo.status().splitlines() if REPORT not in line]


@in_place
def test_what_else_is_staged_stays_staged(busy: Repository, way: Way) -> None:
    """GIT-STAGED, GIT-ITA, CR-EDITMSG: in place, too, one path is committed."""
    rest, report = _rest(busy), busy.report()

    made = commit(busy.history, report, way=way)

    assert busy.paths("HEAD") == {REPORT}
    assert busy.git("rev-parse", "HEAD") == made.sha
    assert busy.status().splitlines() == rest
    assert (busy.git_dir / "COMMIT_EDITMSG").read_text() == "half a message\n"
    assert made.branch == busy.git("branch", "--show-current")
    assert made.branch == (BRANCH if way is Way.NEW_SWITCH else "main")


@in_place
def test_the_least_usual_configuration_changes_nothing(
    busy: Repository, hostile: Path, way: Way
) -> None:
    """GIT-I18N: the commit is signed, and the rest is as it was."""
    rest, report = _rest(busy), busy.report()

    made = commit(busy.history, report, way=way)

    assert "gpgsig" in busy.git("cat-file", "-p", made.sha)
    assert busy.status().splitlines() == rest


@in_place
@pytest.mark.parametrize("known", [False, True], ids=["new", "staged before"])
def test_a_failure_puts_everything_back(
    busy: Repository, way: Way, *, known: bool
) -> None:
    """P5: HEAD, the branch, the index to the byte, and the message being written."""
    report = busy.report()
    if known:
        busy.write(REPORT, "an older text\n")
        busy.git("add", REPORT)
        report = busy.report()
    busy.hook("pre-commit", "echo 'not today' >&2; exit 1")
    before = busy.everything()

    with pytest.raises(Refused, match="not today") as caught:
        commit(busy.history, report, way=way)

    assert "commit again" in str(caught.value)
    assert busy.everything() == before
    assert not list(busy.git_dir.glob("index.*"))


def test_a_failure_keeps_what_somebody_staged_meanwhile(busy: Repository) -> None:
    """P4: only our own entry is taken back when the index has changed since."""
    report = busy.report()
    script = 'env -u GIT_INDEX_FILE GIT_DIR="$PWD/.git" git update-index --add u.txt'
    busy.hook("pre-commit", "exit 1")
    busy.git("config", "core.hooksPath", ".git/hooks")
    lock = busy.git_dir / "index.lock"
    busy.hook("pre-commit", f"rm -f {lock}; {script}; exit 1")

    with pytest.raises(Refused):
        commit(busy.history, report, way=Way.HERE)

    assert REPORT not in busy.git("diff", "--cached", "--name-only").splitlines()
    assert "u.txt" in busy.git("diff", "--cached", "--name-only").splitlines()
    assert "a.txt" in busy.git("diff", "--cached", "--name-only").splitlines()


def test_going_back_is_one_word(repo: Repository) -> None:
    """After the switch `git switch -` is on main again."""
    commit(repo.history, repo.report(), way=Way.NEW_SWITCH)

    repo.git("switch", "-q", "-")

    assert repo.git("branch", "--show-current") == "main"


@in_place
@pytest.mark.parametrize("what", ["merge", "rebase", "cherry-pick", "bisect"])
def test_nothing_is_committed_into_what_is_half_done(
    repo: Repository, way: Way, what: str
) -> None:
    """GIT-REBASE, GIT-CHERRY, GIT-BISECT: it would become part of it."""
    for name in ("a", "b"):
        repo.commit(name)
    repo.git("switch", "-qc", "other", "HEAD~1")
    repo.commit("b", "theirs\n")
    start = {"bisect": ("bisect", "start", "main", "main~2")}
    repo.run(*start.get(what, (what, "main")))
    report = repo.report()
    before = repo.everything()

    with pytest.raises(Refused, match=f"a {what} is under way"):
        commit(repo.history, report, way=way)

    assert repo.everything() == before
    assert propose(state(repo.history)).way is Way.NEW_STAY


def test_nothing_is_committed_on_no_branch(repo: Repository) -> None:
    """GIT-DETACHED: where nobody would find it again."""
    repo.git("switch", "-q", "--detach")
    report = repo.report()
    before = repo.everything()

    with pytest.raises(Refused, match="on no branch"):
        commit(repo.history, report, way=Way.HERE)

    assert repo.everything() == before


def test_from_no_branch_one_can_switch_to_a_new_one(repo: Repository) -> None:
    """GIT-DETACHED: a failure there leaves HEAD on none as well."""
    repo.git("switch", "-q", "--detach")
    hook = repo.hook("pre-commit", "exit 1")
    report = repo.report()
    before = repo.everything()
    with pytest.raises(Refused):
        commit(repo.history, report, way=Way.NEW_SWITCH)
    assert repo.everything() == before
    hook.unlink()

    made = commit(repo.history, report, way=Way.NEW_SWITCH)

    assert repo.git("branch", "--show-current") == made.branch == BRANCH


@in_place
@pytest.mark.parametrize("options", [(), ("--object-format=sha256",)], ids=str)
def test_the_first_commit_of_all(
    make: Callable[..., Repository], way: Way, options: tuple[str, ...]
) -> None:
    """GIT-UNBORN: a root commit, and after a failure still none."""
    repo = make("empty", *options, empty=True)
    hook = repo.hook("pre-commit", "exit 1")
    report = repo.report()
    before = repo.everything()
    with pytest.raises(Refused):
        commit(repo.history, report, way=way)
    assert repo.everything() == before
    hook.unlink()

    made = commit(repo.history, report, way=way)

    assert repo.git("rev-list", "--count", "HEAD") == "1"
    assert repo.git("rev-parse", made.branch) == made.sha
    assert repo.status() == ""


@pytest.mark.parametrize("name", ["main", "release/1.0"])
def test_a_protected_branch_gets_no_commit(repo: Repository, name: str) -> None:
    """GIT-PROTECT: a new branch is proposed instead."""
    repo.git("branch", "-m", name)
    report = repo.report()
    terms = Terms(protected=("main", "release/*"))
    before = repo.everything()

    with pytest.raises(Refused, match="is protected") as caught:
        commit(repo.history, report, way=Way.HERE, terms=terms)

    assert BRANCH in str(caught.value)
    assert repo.everything() == before
    made = commit(repo.history, report, way=Way.NEW_SWITCH, terms=terms)
    assert made.branch == BRANCH


def test_on_the_reports_own_branch_every_way_is_here(repo: Repository) -> None:
    """A run that was killed after the switch is finished by the next."""
    commit(repo.history, repo.report(), way=Way.NEW_SWITCH)

    made = commit(repo.history, repo.report(text=b"# More\n"), way=Way.NEW_STAY)

    assert (made.way, made.branch) == (Way.HERE, BRANCH)
    assert repo.blob("HEAD") == b"# More\n"
    assert propose(state(repo.history), branch=BRANCH).way is Way.HERE


def test_a_file_that_changed_since_is_not_committed(repo: Repository) -> None:
    """GIT-NOOVERWRITE: nor is it written over."""
    report = repo.report()
    repo.write(REPORT, "by another hand\n")

    with pytest.raises(Refused, match="changed since it was read"):
        commit(repo.history, report, way=Way.HERE)

    assert (repo.root / REPORT).read_text() == "by another hand\n"


def test_a_report_that_is_nowhere_yet_is_written(repo: Repository) -> None:
    """File first: what is committed in place is on disk."""
    report = repo.report()
    (repo.root / REPORT).unlink()

    commit(repo.history, report, way=Way.HERE)

    assert (repo.root / REPORT).read_bytes() == TEXT
    assert repo.status() == ""


def test_the_same_text_twice_is_nothing_to_commit(repo: Repository) -> None:
    """It is said so, and nothing else is taken into the commit."""
    commit(repo.history, repo.report(), way=Way.HERE)
    repo.write("README", "changed\n")
    repo.git("add", "README")

    with pytest.raises(Refused, match="nothing to commit"):
        commit(repo.history, repo.report(), way=Way.HERE)


@pytest.mark.parametrize(
    "setup",
    [
        ("sparse-checkout", "set", "--cone", "docs"),
        ("sparse-checkout", "set", "--cone", "--sparse-index", "docs"),
        ("update-index", "--split-index"),
        ("update-index", "--index-version", "4"),
        ("config", "core.fsmonitor", "true"),
    ],
    ids=" ".join,
)
@in_place
def test_every_kind_of_index_works(
    repo: Repository, way: Way, setup: tuple[str, ...]
) -> None:
    """GIT-SPARSE, GIT-SPARSEIDX, GIT-SPLITIDX, GIT-IDXV4, GIT-FSMONITOR: in place."""
    for path in ("docs/a", "src/b", "src/c"):
        repo.commit(path)
    repo.git(*setup)
    hook = repo.hook("pre-commit", "exit 1")
    report = repo.report()
    before = repo.everything()
    with pytest.raises(Refused):
        commit(repo.history, report, way=way)
    assert repo.everything() == before
    hook.unlink()

    made = commit(repo.history, report, way=way)

    assert repo.paths(made.sha) == {REPORT}
    assert repo.status() == ""
    assert (repo.root / REPORT).read_bytes() == TEXT
    repo.run("fsmonitor--daemon", "stop")


def test_a_lock_that_is_in_the_way_is_named(repo: Repository) -> None:
    """GIT-LOCK: with its age, and it is not removed."""
    lock = repo.git_dir / "index.lock"
    lock.touch()
    os.utime(lock, (lock.stat().st_mtime - 100,) * 2)
    report = repo.report()
    before = repo.everything()

    with pytest.raises(Refused) as caught:
        commit(repo.history, report, way=Way.HERE, terms=Terms(patience=0.1))

    assert str(lock) in str(caught.value)
    assert "100 s old" in str(caught.value)
    assert lock.exists()
    assert repo.everything() == before


def test_a_lock_does_not_matter_elsewhere(repo: Repository) -> None:
    """GIT-LOCK: a private work tree has an index of its own."""
    (repo.git_dir / "index.lock").touch()
    (repo.git_dir / "HEAD.lock").touch()

    commit(repo.history, repo.report(), way=Way.NEW_STAY)

    assert repo.blob(BRANCH) == TEXT


def test_a_lock_that_goes_is_waited_for(repo: Repository) -> None:
    """GIT-LOCK: another git command takes a moment, and then it is our turn."""
    import threading

    lock = repo.git_dir / "index.lock"
    lock.touch()
    report = repo.report()
    timer = threading.Timer(0.3, lock.unlink)
    timer.start()

    commit(repo.history, report, way=Way.HERE)

    timer.join()
    assert repo.blob("main") == TEXT


def test_a_message_that_a_killed_run_put_aside_comes_back(repo: Repository) -> None:
    """CR-EDITMSG: nobody's words are lost with our process."""
    (repo.git_dir / "COMMIT_EDITMSG.postmortem").write_text("theirs\n")
    (repo.git_dir / "COMMIT_EDITMSG").write_text("ours\n")
    (repo.git_dir / "index.postmortem-0000").touch()

    commit(repo.history, repo.report(), way=Way.HERE)

    assert (repo.git_dir / "COMMIT_EDITMSG").read_text() == "theirs\n"
    assert not list(repo.git_dir.glob("*postmortem*"))
