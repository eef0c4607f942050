"""A folder that the settings mistype is a mistake: nobody would look into it."""

from __future__ import annotations

import pytest

from tests.checks.where.place import CLEAN, ID, PATH
from tests.commands.stage import Stage

OWN = f"docs/incidents/{ID}.md"


@pytest.fixture
def moved(repository: Stage) -> Stage:
    """Return a repository with its report in a folder of its own."""
    repository.repo.git("rm", "-q", PATH)
    repository.repo.commit(OWN, CLEAN)
    return repository


@pytest.mark.parametrize("words", [(), ("--changed-since", "main")])
@pytest.mark.parametrize("name", ["docs/incident", "doc/incidents", "Docs/incidnets"])
def test_a_folder_that_is_mistyped_ends_with_two(
    moved: Stage, name: str, words: tuple[str, ...]
) -> None:
    """It names the one that is there, and says it once."""
    moved.write(".postmortem.yaml", f"folders: [{name}]\n")

    said = moved.run("check", *words)

    assert said.code == 2
    assert (
        f".postmortem.yaml: `folders:` has {name}, which is not there\n"
        "  did you mean docs/incidents?\n"
    ) in said.err
    assert "there is no folder" not in said.err


@pytest.mark.parametrize(
    "folders",
    ["docs/incidents, docs/incident", "docs/incidents, notes", "docs/incidents, image"],
)
def test_a_folder_like_no_other_is_not_made_yet(moved: Stage, folders: str) -> None:
    """So is one beside another that is named, and one of no Markdown."""
    moved.write(".postmortem.yaml", f"folders: [{folders}]\n")
    moved.write("images/a.txt", "a line\n")

    said = moved.run("check")

    assert said.code == 0
    assert "there is no folder" in said.err


def test_nothing_is_known_by_a_baseline_of_it(moved: Stage) -> None:
    """It would know of no report."""
    moved.write(".postmortem.yaml", "folders: [docs/incident]\n")

    assert moved.run("check", "--write-baseline").code == 2
    assert not (moved.root / ".postmortem-baseline.json").exists()


def test_without_a_report_a_folder_that_may_have_them_is_told(moved: Stage) -> None:
    """With the word of the settings that names it."""
    said = moved.run("check")

    assert said.code == 0
    assert "there is Markdown in docs/incidents: to look into it, name it" in said.err
    assert "`folders:` in .postmortem.yaml" in said.err
    moved.write(".postmortem.yaml", "folders: [docs/incidents]\n")
    assert moved.run("check").err == "1 report checked: clean\n"


def test_what_is_passed_over_in_a_named_folder_is_told(moved: Stage) -> None:
    """One report there is not all that there is."""
    for name in ("2020-01-01-a", "2020-01-02-b", "README"):
        moved.write(f"docs/incidents/{name}.md", "# Long ago\n")

    said = moved.run("check", "docs/incidents")

    assert said.code == 0
    assert "1 report checked" in said.err
    assert "2 Markdown files are not looked at in docs/incidents, without" in said.err
    assert "not looked at" not in moved.run("check", OWN).err
    moved.write(".postmortem.yaml", "folders: [docs/incidents]\n")
    assert "3 reports checked" in moved.run("check", "docs/incidents").err
    assert "not looked at" not in moved.run("check", "docs/incidents").err
