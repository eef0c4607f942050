"""A commit on another branch: everything else is as it was, whatever was under way."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from postmortem.errors import Refused
from postmortem.history import Way, commit, state
from tests.history.repos import BRANCH, REPORT, TEXT, Repository


def _aside(repo: Repository) -> str:
    """Commit a report aside; return the commit, having compared all the rest."""
    report = repo.report()
    before = repo.everything()

    made = commit(repo.history, report, way=Way.NEW_STAY)

    assert repo.everything(but=BRANCH) == before
    assert repo.git("rev-parse", BRANCH) == made.sha
    assert repo.paths(made.sha) == {REPORT}
    assert repo.blob(made.sha) == TEXT
    repo.git("fsck", "--strict")
    return made.sha


def test_staged_changed_and_unknown_files_stay(busy: Repository) -> None:
    """GIT-STAGED, GIT-ITA, CR-EDITMSG: a commit has the report, and nothing else."""
    _aside(busy)

    assert busy.git("log", "-1", "--format=%an %ae", BRANCH) == (
        "The on-call engineer oncall@example.com"
    )


def test_the_least_usual_configuration_changes_nothing(
    busy: Repository, hostile: Path
) -> None:
    """GIT-I18N: nothing that git says is read in another language, or in colour."""
    ran = hostile / "pre-commit"
    ran.write_text("#!/bin/sh\ntouch hooked\n")
    ran.chmod(0o755)

    sha = _aside(busy)

    assert "gpgsig -----BEGIN PGP SIGNATURE-----" in busy.git("cat-file", "-p", sha)
    assert "encoding" not in busy.git("cat-file", "-p", sha)


def _conflict(repo: Repository) -> None:
    repo.git("switch", "-qc", "other")
    repo.commit("README", "theirs\n")
    repo.git("switch", "-q", "main")
    repo.commit("README", "ours\n")


def test_a_merge_with_conflicts_stays(repo: Repository) -> None:
    """GIT-MERGECONF: nothing of ours is left staged in an unmerged index."""
    _conflict(repo)
    assert repo.run("merge", "other").returncode == 1

    _aside(repo)

    assert state(repo.history).operation == "merge"


def test_a_resolved_merge_becomes_a_merge(repo: Repository) -> None:
    """GIT-MERGED: the person's next `git commit` has two parents."""
    _conflict(repo)
    repo.run("merge", "other")
    repo.write("README", "both\n")
    repo.git("add", "README")

    _aside(repo)

    repo.git("commit", "-qm", "Merge")
    assert len(repo.git("log", "-1", "--format=%p").split()) == 2


def test_a_rebase_with_conflicts_goes_on(repo: Repository) -> None:
    """GIT-REBASE: the list of what is to do is unchanged, and it can be continued."""
    _conflict(repo)
    assert repo.run("rebase", "other").returncode == 1

    _aside(repo)

    assert state(repo.history).operation == "rebase"
    repo.write("README", "both\n")
    repo.git("add", "README")
    repo.git("-c", "core.editor=true", "rebase", "--continue")
    assert state(repo.history).operation is None


def test_a_rebase_that_stops_to_edit_gets_no_commit(repo: Repository) -> None:
    """GIT-REBASE: a commit there would end up in the person's branch."""
    repo.commit("a.txt")
    repo.commit("b.txt")
    editor = "sed -i '1s/pick/edit/'"
    repo.git("-c", f"sequence.editor={editor}", "rebase", "-qi", "HEAD~1")

    _aside(repo)

    repo.git("rebase", "--continue")
    assert len(repo.git("log", "--format=%h").splitlines()) == 3


@pytest.mark.parametrize("verb", ["cherry-pick", "revert"])
def test_a_pick_under_way_stays(repo: Repository, verb: str) -> None:
    """GIT-CHERRY, GIT-REVERT: the pick is known, and can be continued."""
    _conflict(repo)
    what = "other" if verb == "cherry-pick" else "main~1"
    assert repo.run(verb, what).returncode == 1

    _aside(repo)

    assert state(repo.history).operation == verb
    repo.git(verb, "--abort")


def test_a_bisection_stays(repo: Repository) -> None:
    """GIT-BISECT: HEAD is on no branch, and the good and the bad are known still."""
    for name in "abc":
        repo.commit(name)
    repo.git("bisect", "start", "HEAD", "HEAD~3")

    _aside(repo)

    assert state(repo.history).operation == "bisect"
    repo.git("bisect", "good")


def test_patches_being_applied_stay(repo: Repository, tmp_path: Path) -> None:
    """GIT-AM: it is told from a rebase, which keeps its files in the same place."""
    _conflict(repo)
    patch = tmp_path / "x.patch"
    patch.write_text(repo.git("format-patch", "-1", "--stdout", "other") + "\n")
    assert repo.run("am", str(patch)).returncode != 0

    _aside(repo)

    assert state(repo.history).operation == "am"
    repo.git("am", "--abort")


def test_a_detached_head_stays_where_it_is(repo: Repository) -> None:
    """GIT-DETACHED: the new branch is made, and HEAD is on none."""
    repo.commit("a.txt")
    repo.git("switch", "-q", "--detach", "HEAD~1")

    _aside(repo)

    assert state(repo.history).detached


@pytest.mark.parametrize("options", [(), ("--object-format=sha256",)], ids=str)
def test_a_repository_without_a_commit_gets_a_first_one(
    make: Callable[..., Repository], options: tuple[str, ...]
) -> None:
    """GIT-UNBORN: on the branch, and main has none still."""
    repo = make("empty", *options, empty=True)
    repo.write("a.txt")
    repo.git("add", "a.txt")
    report = repo.report()
    (repo.root / ".git/COMMIT_EDITMSG").write_text("half\n")
    before = repo.everything()

    made = commit(repo.history, report, way=Way.NEW_STAY)

    assert repo.everything(but=BRANCH) == before
    assert state(repo.history).unborn
    assert repo.git("rev-list", "--count", BRANCH) == "1"
    assert repo.paths(made.sha) == {REPORT}
    repo.git("fsck", "--strict")


def test_a_repository_of_the_newer_hash_works(make: Callable[..., Repository]) -> None:
    """GIT-SHA256: in all three ways, with ids of the newer hash."""
    repo = make("wide", "--object-format=sha256")

    sha = _aside(repo)
    here = commit(repo.history, repo.report("postmortems/b.md"), way=Way.HERE)
    new = commit(repo.history, repo.report("postmortems/c.md"), way=Way.NEW_SWITCH)

    assert {len(sha), len(here.sha), len(new.sha)} == {64}


@pytest.mark.parametrize("options", [(), ("--object-format=sha256",)], ids=str)
def test_a_reftable_repository_works(
    repo: Repository, make: Callable[..., Repository], options: tuple[str, ...]
) -> None:
    """GIT-REFTABLE: refs that only git can read, since git 2.45."""
    tried = repo.run("init", "-q", "--ref-format=reftable", "../tried")
    if tried.returncode:
        pytest.skip("this git has no reftable")
    wide = make("wide", "--ref-format=reftable", *options)

    _aside(wide)
    commit(wide.history, wide.report("postmortems/b.md"), way=Way.HERE)
    new = commit(wide.history, wide.report("postmortems/c.md"), way=Way.NEW_SWITCH)

    assert wide.git("branch", "--show-current") == new.branch
    empty = make("empty", "--ref-format=reftable", *options, empty=True)
    assert commit(empty.history, empty.report(), way=Way.NEW_STAY).branch == BRANCH


@pytest.mark.parametrize(
    "setup",
    [
        ("sparse-checkout", "set", "--cone", "docs"),
        ("sparse-checkout", "set", "--cone", "--sparse-index", "docs"),
        ("sparse-checkout", "set", "--no-cone", "/docs/"),
        ("update-index", "--split-index"),
        ("update-index", "--index-version", "4"),
        ("update-index", "--untracked-cache"),
    ],
    ids=" ".join,
)
def test_every_kind_of_index_works(repo: Repository, setup: tuple[str, ...]) -> None:
    """GIT-SPARSE, GIT-SPARSEIDX, GIT-SPLITIDX, GIT-IDXV4: the cone stays as it is."""
    for path in ("docs/a", "src/b", "postmortems/old.md"):
        repo.commit(path)
    repo.git(*setup)

    _aside(repo)


@pytest.mark.parametrize("setup", ["true", "{}"], ids=["built in", "a hook"])
def test_no_file_system_monitor_is_started(
    repo: Repository, tmp_path: Path, setup: str
) -> None:
    """GIT-FSMONITOR: neither git's daemon nor the person's program for our tree."""
    program = repo.hook("monitor", f"echo \"$PWD\" >> {tmp_path}/asked; printf '/\\0'")
    repo.git("config", "core.fsmonitor", setup.format(program))
    repo.status()
    (tmp_path / "asked").unlink(missing_ok=True)
    report = repo.report()

    made = commit(repo.history, report, way=Way.NEW_STAY)

    assert not (tmp_path / "asked").exists()
    assert repo.paths(made.sha) == {REPORT}
    repo.run("fsmonitor--daemon", "stop")


def test_a_linked_work_tree_of_the_persons_is_like_any_other(
    repo: Repository, tmp_path: Path
) -> None:
    """GIT-WTCLEAN: it and the main one stay, and only ours comes and goes."""
    repo.git("worktree", "add", "-q", "-b", "side", str(tmp_path / "side"))
    side = Repository(tmp_path / "side")
    before = repo.everything(but=BRANCH)

    _aside(side)

    assert repo.everything(but=BRANCH) == before


def test_settings_of_one_work_tree_alone_hold(repo: Repository, tmp_path: Path) -> None:
    """P6: hooks that config.worktree names run, though it is another tree's file."""
    repo.hook("pre-commit", "echo no >&2; exit 1", folder=str(tmp_path / "hooks"))
    repo.git("config", "extensions.worktreeConfig", "true")
    repo.git("config", "--worktree", "core.hooksPath", str(tmp_path / "hooks"))
    report = repo.report()

    with pytest.raises(Refused, match="no"):
        commit(repo.history, report, way=Way.NEW_STAY)

    assert repo.git("worktree", "list", "--porcelain").count("worktree ") == 1
    assert set(repo.refs()) == {"refs/heads/main"}


@pytest.mark.parametrize("crowd", ["src/{}/f", "{}"], ids=["deep", "in one folder"])
def test_a_large_repository_is_not_checked_out(
    repo: Repository, tmp_path: Path, crowd: str
) -> None:
    """GIT-HUGE: a hook finds the dot files, the report and its folder; no more."""
    for number in range(1100):
        repo.write(crowd.format(number))
    repo.write(".config/settings")
    repo.write("postmortems/.rules")
    repo.write(".dotfile")
    repo.git("add", "-A")
    repo.git("commit", "-qm", "All")
    repo.hook(
        "pre-commit",
        f"find . -type f | sort > {tmp_path}/seen\n"
        f"git diff --cached --name-status > {tmp_path}/changed\n"
        "unset GIT_CONFIG_PARAMETERS GIT_CONFIG_COUNT\n"
        f"git diff --cached --name-status >> {tmp_path}/changed\n"
        f"git diff --name-status >> {tmp_path}/changed\n"
        f"git ls-files | wc -l >> {tmp_path}/changed",
    )

    _aside(repo)

    seen = set((tmp_path / "seen").read_text().splitlines())
    assert {"./.dotfile", "./postmortems/.rules", f"./{REPORT}"} <= seen
    assert len(seen) < 10
    changed = (tmp_path / "changed").read_text().splitlines()
    assert changed[:-1] == [f"A\t{REPORT}"] * 2
    assert int(changed[-1]) == 1105


def test_files_that_go_with_it_are_committed(repo: Repository) -> None:
    """Attachments come as they are on disk, and what is gone there is deleted."""
    repo.commit("postmortems/old.md")
    (repo.root / "postmortems/old.md").unlink()
    image = repo.write(f"{REPORT.removesuffix('.md')}/graph.png", b"\x89PNG\r\n\0")
    others = (f"{REPORT.removesuffix('.md')}/graph.png", "postmortems/old.md")
    report = repo.report()

    for way, branch in ((Way.NEW_STAY, BRANCH), (Way.HERE, "main")):
        from dataclasses import replace

        made = commit(repo.history, replace(report, others=others), way=way)
        assert made.branch == branch
        assert repo.paths(made.sha) == {REPORT, *others}
        assert repo.blob(made.sha, others[0]) == image.read_bytes()


def test_a_folder_that_is_a_link_in_the_commit_is_refused(repo: Repository) -> None:
    """SEC-SYMDIR: what the branch has on the way counts as much as the work tree."""
    (repo.root / "postmortems").symlink_to("docs")
    repo.git("add", "postmortems")
    repo.git("commit", "-qm", "A link")
    (repo.root / "postmortems").unlink()
    report = repo.report()
    before = repo.everything()

    with pytest.raises(Refused, match="is a symlink"):
        commit(repo.history, report, way=Way.NEW_STAY)

    assert repo.everything() == before
