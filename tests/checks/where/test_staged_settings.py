"""A commit is judged by the settings and the baseline that are staged with it."""

from __future__ import annotations

import pytest

from tests.checks.where.place import CLEAN, ID, PATH, WEAK, stage_text
from tests.commands.stage import Stage

SETTINGS, BASELINE = ".postmortem.yaml", ".postmortem-baseline.json"
OFF = "checks: {PM204: off}\n"
ON = "checks: {PM204: error}\n"


@pytest.fixture
def weak(repository: Stage) -> Stage:
    """Return a repository in which a weak report is staged, and settings committed."""
    repository.repo.commit(SETTINGS, ON)
    stage_text(repository, WEAK)
    return repository


@pytest.mark.parametrize("parts", [(), (PATH,), (SETTINGS, PATH)])
def test_leave_that_is_not_staged_is_none(weak: Stage, parts: tuple[str, ...]) -> None:
    """The commit would not have it, and a pipeline would say so."""
    weak.write(SETTINGS, OFF)

    said = weak.run("check", "--staged", *parts)

    assert said.code == 1
    assert "PM204" in said.out
    weak.repo.git("add", SETTINGS)
    assert weak.run("check", "--staged", *parts).code == 0


def test_what_is_tried_out_in_the_work_tree_holds_up_nothing(weak: Stage) -> None:
    """Not even where nobody can read it."""
    stage_text(weak, OFF, SETTINGS)
    weak.write(SETTINGS, ON)

    assert weak.run("check", "--staged").code == 0
    (weak.root / SETTINGS).unlink()
    assert weak.run("check", "--staged").code == 0


def test_it_is_said_that_what_is_here_does_not_hold(weak: Stage) -> None:
    """Whoever has just changed it looks for the reason."""
    weak.write(SETTINGS, OFF)

    told = weak.run("check", "--staged").err

    assert f"{SETTINGS} holds as it is staged\n" in told
    weak.repo.git("add", SETTINGS)
    assert "holds" not in weak.run("check", "--staged").err


@pytest.mark.parametrize("text", ["way: sideways\n", "folders: [../elsewhere]\n"])
def test_what_nobody_can_use_here_holds_up_nothing(weak: Stage, text: str) -> None:
    """The commit has other settings."""
    weak.write(SETTINGS, text)

    assert weak.run("check", "--staged").code == 1
    stage_text(weak, OFF, SETTINGS)
    assert weak.run("check", "--staged").code == 0


def test_settings_that_the_commit_takes_out_hold_no_more(weak: Stage) -> None:
    """A copy that is left gives no leave."""
    weak.repo.git("rm", "--quiet", "--cached", SETTINGS)
    weak.write(SETTINGS, OFF)

    said = weak.run("check", "--staged")

    assert said.code == 1
    assert f"{SETTINGS} holds no more: the commit takes it out\n" in said.err


def test_the_nearest_are_those_that_are_staged(weak: Stage) -> None:
    """One that is gone here holds, and one that is new here does not."""
    path, own = "services/pay/postmortems/2026-03-04-late.md", "services/pay"
    text = WEAK.replace(ID, "2026-03-04-late")
    stage_text(weak, OFF, SETTINGS)
    stage_text(weak, ON, f"{own}/{SETTINGS}")
    stage_text(weak, text, path)
    weak.write(path, text)

    assert weak.run("check", "--staged", path).code == 1
    weak.repo.git("update-index", "--force-remove", f"{own}/{SETTINGS}")
    stage_text(weak, ON, SETTINGS)
    weak.write(f"{own}/{SETTINGS}", OFF)
    assert weak.run("check", "--staged", path).code == 1


def test_settings_that_are_nowhere_staged_hold_as_they_are(repository: Stage) -> None:
    """Whoever keeps them out of the repository wants them all the same."""
    stage_text(repository, WEAK)
    repository.write(SETTINGS, OFF)

    assert repository.run("check", "--staged").code == 0


def test_staged_settings_that_cannot_be_read_are_a_mistake(weak: Stage) -> None:
    """They are about to break everything, and say where."""
    stage_text(weak, "way: sideways\n", SETTINGS)

    said = weak.run("check", "--staged")

    assert said.code == 2
    assert f"{SETTINGS}:1:6: " in said.err


def test_a_staged_code_that_no_rule_has_is_told_of(weak: Stage) -> None:
    """It is on a line of what is staged."""
    stage_text(weak, "# ours\nchecks: {PM999: off}\n", SETTINGS)

    said = weak.run("check", "--staged")

    assert f"{SETTINGS}:2:10: there is no rule PM999" in said.err


def test_folders_are_those_that_are_staged(weak: Stage) -> None:
    """A report in another one is looked at with the settings that name it."""
    moved = f"incidents/{ID}.md"
    stage_text(weak, "folders: [incidents]\n", SETTINGS)
    stage_text(weak, WEAK, moved)

    said = weak.run("check", "--staged")

    assert said.code == 1
    assert [it.split(":")[0] for it in said.out.splitlines()[::2]] == [moved]
    stage_text(weak, "folders: [elsewhere]\n", SETTINGS)
    assert weak.run("check", "--staged").code == 0


def test_the_baseline_is_the_staged_one(repository: Stage) -> None:
    """One that is written, and not added, lets nothing through."""
    repository.write(PATH, WEAK)
    repository.repo.git("add", "-A")
    empty = '{"version": 1, "reports": {}}\n'
    repository.repo.commit(BASELINE, empty)
    stage_text(repository, WEAK.replace("# Checkout", "# The checkout", 1))
    repository.run("check", "--write-baseline")

    assert repository.run("check", "--staged").code == 1
    repository.repo.git("add", BASELINE)
    repository.write(BASELINE, empty)
    assert repository.run("check", "--staged").code == 0
    assert repository.run("check", "--staged", "--no-baseline").code == 1
    assert repository.run("check", "--staged", "--baseline", BASELINE).code == 1


def test_a_baseline_that_the_commit_takes_out_knows_nothing(repository: Stage) -> None:
    """The next clone has none."""
    repository.write(PATH, WEAK)
    repository.run("check", "--write-baseline")
    repository.repo.git("add", "-A")
    repository.repo.git("commit", "--quiet", "-m", "known")
    stage_text(repository, WEAK.replace("# Checkout", "# The checkout", 1))
    assert repository.run("check", "--staged").code == 0

    repository.repo.git("rm", "--quiet", "--cached", BASELINE)

    assert repository.run("check", "--staged").code == 1


def test_a_file_that_is_only_to_be_added_is_not_staged(repository: Stage) -> None:
    """Git has a name of it, and nothing else."""
    repository.write(PATH, WEAK)
    repository.run("check", "--write-baseline")
    repository.repo.git("add", PATH)
    repository.repo.git("add", "--intent-to-add", BASELINE)

    assert repository.run("check", "--staged").code == 0


def test_they_are_no_reports(repository: Stage) -> None:
    """Where the top of the repository is the folder of reports, too."""
    repository.write(SETTINGS, "folders: [.]\n")
    repository.write(BASELINE, '{"version": 1, "reports": {}}\n')
    repository.write(f"{ID}.md", CLEAN)
    repository.repo.git("add", "-A")

    said = repository.run("check", "--staged")

    assert (said.code, said.out) == (0, "")
