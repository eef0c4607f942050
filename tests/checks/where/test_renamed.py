"""A report that is called otherwise is no new one, and has lost what it has lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.where.place import CLEAN, ID, PATH, SECRET, WEAK
from tests.commands.stage import Stage

NEW_ID = "2026-03-02-checkout-slow"
NEW = f"postmortems/{NEW_ID}.md"
BODY = CLEAN.partition("---\n\n")[2]
GONE = f"{NEW}:1:1: error PM003 the front matter is gone"
SINCE = ("check", "--changed-since", "main")


@pytest.fixture
def branch(repository: Stage) -> Stage:
    """Return a branch of a repository with a weak report and a file beside it."""
    repository.repo.commit(PATH, WEAK)
    repository.repo.commit(f"postmortems/{ID}/log.txt", f"token {SECRET}\n")
    repository.repo.git("switch", "-qc", "work")
    return repository


@pytest.mark.parametrize("text", [WEAK, WEAK.replace(ID, NEW_ID)])
@pytest.mark.parametrize("committed", [True, False])
def test_what_was_weak_under_another_name_is_not_told_again(
    branch: Stage, text: str, *, committed: bool
) -> None:
    """As git sees it, be it committed or only added; with the files beside it."""
    branch.repo.git("mv", PATH, NEW)
    branch.repo.git("mv", f"postmortems/{ID}", f"postmortems/{NEW_ID}")
    branch.write(NEW, text)
    if committed:
        branch.repo.git("commit", "-qam", "another name")

    said = branch.run(*SINCE)

    assert (said.code, said.out) == (0, "")
    assert "PM204" in branch.run("check").out


@pytest.mark.parametrize("times", [1, 2])
def test_a_report_that_was_renamed_says_so_itself(branch: Stage, times: int) -> None:
    """What git was not told of stands among its aliases."""
    branch.run("rename", ID, "--id", "2026-03-02-another")
    if times > 1:
        branch.run("rename", "2026-03-02-another", "--id", NEW_ID)
    assert branch.repo.git("diff", "--cached", "--name-only") == ""

    said = branch.run(*SINCE)

    assert "PM204" not in said.out
    assert "PM703" not in said.out
    assert said.code == 0


def test_what_is_new_in_a_renamed_report_is_told(branch: Stage) -> None:
    """And nothing else of it."""
    branch.repo.git("mv", PATH, NEW)
    branch.write(NEW, WEAK.replace(", due 2099-03-20", ""))

    said = branch.run(*SINCE)

    assert said.out.count(f"{NEW}:") == 1
    assert "warning PM412" in said.out


@pytest.mark.parametrize("committed", [True, False])
def test_a_name_hides_no_front_matter_that_is_gone(
    branch: Stage, *, committed: bool
) -> None:
    """Nothing would be asked of the report any more."""
    branch.repo.git("mv", PATH, NEW)
    branch.write(NEW, WEAK.partition("---\n\n")[2])
    branch.repo.git("add", "-A")
    if committed:
        branch.repo.git("commit", "-qm", "another name")

    said = branch.run(*SINCE)

    assert said.code == 1
    assert GONE in said.out


def test_a_hook_sees_through_a_name(repository: Stage) -> None:
    """Before it is committed, with the names of files and without."""
    repository.repo.git("mv", PATH, NEW)
    repository.write(NEW, BODY)
    repository.repo.git("add", "-A")

    for words in ((), (NEW,)):
        said = repository.run("check", "--staged", *words)
        assert said.code == 1
        assert GONE in said.out


def test_a_copy_is_a_new_report(branch: Stage) -> None:
    """The first one is still there."""
    branch.repo.commit(NEW, WEAK.replace(ID, NEW_ID))

    said = branch.run(*SINCE)

    assert said.code == 1
    assert f"{NEW}:" in said.out


def test_to_look_for_names_runs_nothing(branch: Stage, tmp_path: Path) -> None:
    """Neither a file monitor, a filter, nor what a diff would be made by."""
    canary = tmp_path / "ran"
    for key in (
        *("core.fsmonitor", "diff.external", "diff.x.textconv", "diff.x.command"),
        *("filter.x.clean", "filter.x.smudge", "filter.x.process"),
    ):
        branch.repo.git("config", key, f"touch {canary}")
    branch.write(".gitattributes", "*.md filter=x diff=x\n")
    (branch.root / PATH).rename(branch.root / NEW)
    branch.repo.run("-c", "core.fsmonitor=", "add", "-A")
    canary.unlink(missing_ok=True)

    branch.run(*SINCE)
    branch.run("check", "--staged")

    assert not canary.exists()


def test_what_is_alike_is_no_rename(branch: Stage) -> None:
    """Reports of one template are alike: one is deleted, and another one is begun."""
    title = WEAK[WEAK.index("\n# ") :].splitlines()[1]
    branch.repo.git("rm", "-q", PATH)
    branch.write(NEW, WEAK.replace(ID, NEW_ID).replace(title, "# Payroll ran twice"))
    branch.repo.git("add", "-A")
    branch.repo.git("commit", "-qm", "another one")

    said = branch.run(*SINCE)

    assert said.code == 1
    assert "PM204" in said.out
    assert f"{PATH} is deleted on this branch" in said.err


def test_an_old_report_was_one_report(branch: Stage) -> None:
    """Others that say they were called so are new."""
    branch.repo.git("mv", PATH, NEW)
    for name in ("b", "c"):
        text = WEAK.replace(f"id: {ID}", f"id: {name}\naliases: [{ID}]")
        branch.write(f"postmortems/2026-03-05-{name}.md", text)
    branch.repo.git("add", "-A")
    branch.repo.git("commit", "-qm", "copies")

    assert branch.run(*SINCE).out.count("PM204") == 2


@pytest.mark.parametrize("how", ["moved", "a link"])
def test_a_report_that_nobody_finds_any_more_is_told(branch: Stage, how: str) -> None:
    """Moved out of the folders, or a name of another file."""
    branch.repo.git("rm", "-rq", f"postmortems/{ID}")
    (branch.root / "docs").mkdir()
    branch.repo.git("mv", PATH, "docs/a.md")
    if how == "a link":
        (branch.root / PATH).parent.mkdir(exist_ok=True)
        (branch.root / PATH).symlink_to("../other.txt")
        branch.repo.git("add", "-A")
    branch.repo.git("commit", "-qm", how)

    assert f"{PATH} is deleted on this branch" in branch.run(*SINCE).err
