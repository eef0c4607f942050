"""What a branch takes out, or gives leave to, is told to whoever reviews it."""

from __future__ import annotations

import os

import pytest

from tests.checks.where.place import CLEAN, ID, PATH
from tests.commands.stage import Stage

OTHER = "postmortems/2026-03-04-other.md"
SINCE = ("check", "--changed-since", "main")
OLD = CLEAN.replace(", due 2099-03-20", "")


@pytest.fixture
def branch(repository: Stage) -> Stage:
    """Return a branch of a repository with two reports and settings."""
    repository.repo.commit(OTHER, CLEAN.replace(ID, "2026-03-04-other"))
    repository.repo.commit(".postmortem.yaml", "checks: {PM405: off}\n")
    repository.repo.commit("postmortems/README.md", "# All of them\n")
    repository.repo.git("switch", "-qc", "work")
    return repository


def test_a_deleted_report_is_told(branch: Stage) -> None:
    """It ends with what it would end with; a page beside reports is none."""
    branch.repo.git("rm", "-q", OTHER, "postmortems/README.md")

    said = branch.run(*SINCE)

    assert (said.code, said.out) == (0, "")
    assert f"{OTHER} is deleted on this branch\n" in said.err
    assert "README" not in said.err
    assert "deleted" not in branch.run(*SINCE, "--format", "github").err


@pytest.mark.parametrize("how", ["mv", "rename", "again"])
def test_a_report_with_another_name_is_not_deleted(branch: Stage, how: str) -> None:
    """Nor one that has come back."""
    if how == "mv":
        branch.repo.git("mv", OTHER, "postmortems/2026-03-04-another.md")
    elif how == "rename":
        branch.run("rename", "2026-03-04-other", "--id", "2026-03-04-another")
        branch.repo.git("rm", "-q", "--cached", OTHER)
    else:
        branch.repo.git("rm", "-q", "--cached", OTHER)

    assert "deleted" not in branch.run(*SINCE).err


def test_rules_that_are_turned_off_or_lowered_are_named(branch: Stage) -> None:
    """Those that are graver, or as they were, are not."""
    checks = "checks: {PM701: off, PM204: off, PM203: hint, PM412: error}\n"
    branch.write(".postmortem.yaml", checks)

    said = branch.run(*SINCE)

    assert said.code == 0
    assert "this branch turns off PM204, PM701, lowers PM203\n" in said.err
    assert "this branch" in branch.run(*SINCE, "--format", "gitlab").err
    github = branch.run(*SINCE, "--format", "github").out
    assert "::notice::this branch turns off PM204, PM701, lowers PM203\n" in github


def test_what_a_branch_adds_to_the_baseline_is_counted(branch: Stage) -> None:
    """With a file that was not there, and with one that was."""
    branch.write(PATH, OLD)
    branch.run("check", "--write-baseline")
    assert "this branch adds 1 finding to the baseline\n" in branch.run(*SINCE).err

    branch.repo.git("add", "-A")
    branch.repo.git("commit", "-qm", "known")
    branch.repo.git("switch", "-qc", "later")
    branch.write(PATH, OLD.replace(", due 2099-03-27", ""))
    branch.run("check", "--write-baseline")
    said = branch.run("check", "--changed-since", "work")
    assert "this branch adds 1 finding to the baseline\n" in said.err


def test_a_folder_that_is_left_is_told(branch: Stage) -> None:
    """Its reports are not looked at any more."""
    branch.write(".postmortem.yaml", "folders: [docs/pm]\n")
    branch.write("docs/pm/2026-03-05-x.md", CLEAN)

    assert "looks into postmortems no more" in branch.run(*SINCE).err


def test_a_branch_that_changes_nothing_of_it_hears_nothing(branch: Stage) -> None:
    """Settings that say the same in other words are the same."""
    branch.write(".postmortem.yaml", "checks:\n  PM405: off\n  PM412: warning\n")
    branch.write(PATH, OLD)

    assert "this branch" not in branch.run(*SINCE).err


@pytest.mark.parametrize("then", ["checks: [", "checks: {PM405: loud}\n"])
def test_settings_that_could_not_be_read_are_the_usual_ones(
    branch: Stage, then: str
) -> None:
    """The branch may be what mends them."""
    branch.repo.commit(".postmortem.yaml", then)
    branch.repo.git("switch", "-qc", "mended")
    branch.write(".postmortem.yaml", "checks: {PM405: off}\n")

    said = branch.run("check", "--changed-since", "work")

    assert said.code == 0
    assert "this branch turns off PM405\n" in said.err


@pytest.mark.parametrize("above", [True, False])
def test_settings_that_are_new_below_leave_nothing(
    branch: Stage, *, above: bool
) -> None:
    """Those above them hold on, for all that they held for; the usual ones as well."""
    if not above:
        branch.repo.git("rm", "-q", ".postmortem.yaml")
        branch.repo.git("commit", "-qm", "no settings")
        branch.repo.git("branch", "-f", "main")
    there = branch.root / "services" / "n"
    branch.write("services/n/.postmortem.yaml", "folders: [reports]\n")
    branch.repo.git("add", "-A")
    branch.repo.git("commit", "-qm", "settings of a service")

    said = Stage(root=there, home=branch.home).run(*SINCE)

    assert said.code == 0
    assert "no more" not in said.err


def test_settings_that_are_new_below_are_less_than_those_above(branch: Stage) -> None:
    """PM405 was off for the service too."""
    checks = "folders: [reports]\nchecks: {PM405: off, PM204: off}\n"
    branch.write("services/n/.postmortem.yaml", checks)

    said = Stage(root=branch.root / "services/n", home=branch.home).run(*SINCE)

    assert "this branch turns off PM204\n" in said.err


def test_the_first_settings_of_the_top_may_leave_the_usual_folder(
    repository: Stage,
) -> None:
    """It was looked into without them."""
    repository.repo.git("switch", "-qc", "work")
    repository.write(".postmortem.yaml", "folders: [reports]\n")

    assert "looks into postmortems no more" in repository.run(*SINCE).err


def test_a_folder_that_never_was_is_not_left(branch: Stage) -> None:
    """Where settings come first, the usual folder is not given up."""
    branch.repo.git("switch", "-q", "main")
    branch.repo.git("rm", "-q", "-r", "postmortems", ".postmortem.yaml")
    branch.repo.git("commit", "-qm", "without any")
    branch.repo.git("switch", "-qc", "adopting")
    branch.write(".postmortem.yaml", "folders: [docs]\n")
    branch.repo.commit(f"docs/{ID}.md", CLEAN)

    assert "no more" not in branch.run(*SINCE).err


def test_a_commit_that_git_does_not_know_is_near_another(branch: Stage) -> None:
    """Where a remote alone has the branch, or it has another name."""
    branch.repo.git("update-ref", "refs/remotes/origin/main", "main")
    branch.repo.git("branch", "-qD", "main")
    said = branch.run(*SINCE)
    assert said.code == 2
    assert "git knows no commit 'main'\n  did you mean origin/main?" in said.err

    branch.repo.git("update-ref", "-d", "refs/remotes/origin/main")
    assert "did you mean" not in branch.run(*SINCE).err
    branch.repo.git("branch", "trunk")
    assert "did you mean trunk?" in branch.run(*SINCE).err
    assert "did you mean work?" in branch.run(*SINCE[:2], "origin/wrok").err


def test_before_the_first_commit_nothing_has_changed(branch: Stage) -> None:
    """Nothing is to be fetched."""
    branch.repo.git("switch", "-q", "--orphan", "other")

    for ref in ("HEAD", "main", "nosuch"):
        said = branch.run(*SINCE[:2], ref)
        assert said.code == 2
        assert "there is no commit here yet" in said.err
        assert "fetch" not in said.err


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
def test_somebody_elses_repository_is_not_trusted(branch: Stage) -> None:
    """It is one all the same, and git says what to do."""
    for place in (branch.root, branch.root / ".git"):
        os.chown(place, 12345, 12345)

    said = branch.run(*SINCE)

    assert said.code == 4
    assert "dubious ownership" in said.err
    assert "no git repository" not in said.err
