"""What is named is checked by the settings nearest to it, wherever somebody stands."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.checks.where.place import CLEAN, ID, PATH, WEAK, stage_text
from tests.commands.stage import Stage

OWN = f"services/pay/{PATH}"
SCALE = "severities: [P1, P2]\n"
TEXT = WEAK.replace("severity: SEV-2", "severity: P2")
"""Nobody says how it was noticed, PM204; its severity is one of SCALE alone, PM606."""


@pytest.fixture
def several(repository: Stage) -> Stage:
    """Return a repository in which a service has settings and reports of its own."""
    repository.write("services/pay/.postmortem.yaml", SCALE)
    repository.write(OWN, TEXT)
    repository.repo.git("add", "-A")
    return repository


def _from(stage: Stage, folder: Path) -> Stage:
    return replace(stage, root=folder)


@pytest.mark.parametrize("part", [OWN, "services/pay", "services/pay/postmortems"])
@pytest.mark.parametrize("words", [(), ("--staged",)], ids=["saved", "staged"])
def test_a_part_of_the_repository_has_settings_of_its_own(
    several: Stage, part: str, words: tuple[str, ...]
) -> None:
    """The pre-commit framework starts its hooks at the top, and names files."""
    said = several.run("check", *words, part)

    assert said.code == 1
    assert f"{OWN}:" in said.out
    assert "error PM204 " in said.out
    assert "PM606" not in said.out


def test_settings_of_the_top_hold_where_there_are_no_nearer(several: Stage) -> None:
    """Without its own, the same report has no such severity."""
    (several.root / "services/pay/.postmortem.yaml").unlink()

    assert "PM606" in several.run("check", OWN).out


def test_folders_that_the_settings_name_are_theirs(several: Stage) -> None:
    """So it is the same whether they are named or not."""
    several.write(".postmortem.yaml", "folders: [postmortems, services/pay]\n")
    (several.root / OWN).rename(several.root / f"services/pay/{ID}.md")

    named = several.run("check", "services/pay")

    assert "PM606" in named.out
    assert named.out.strip() in several.run("check").out


@pytest.mark.parametrize("start", ["services/pay", "services", ".."])
def test_a_path_is_enough_from_anywhere(several: Stage, start: str) -> None:
    """From below, beside and outside of it; git's history is that of the report."""
    several.write(".postmortem.yaml", SCALE)
    several.repo.commit(PATH, CLEAN.replace("status: in-review", "status: draft"))
    several.write(PATH, TEXT.replace("status: in-review", "status: closed"))
    stage = _from(several, (several.root / start).resolve())

    said = stage.run("check", str(several.root / PATH), "--fail-on", "warning")

    assert said.code == 1
    assert "PM801" in said.out
    assert "PM606" not in said.out


def test_several_places_give_one_answer(several: Stage) -> None:
    """One document, with paths from the top on; one line of how many there are."""
    several.write(PATH, WEAK)

    text = several.run("check", PATH, OWN)
    told = several.run("check", PATH, OWN, "--format", "json")
    codes = several.run("check", PATH, OWN, "--format", "gitlab")

    assert (text.code, text.err.count("checked")) == (1, 1)
    assert "2 reports checked: 2 errors" in text.err
    assert [it["path"] for it in json.loads(told.out)["reports"]] == [PATH, OWN]
    assert {it["location"]["path"] for it in json.loads(codes.out)} == {PATH, OWN}


def test_a_commit_is_held_up_by_any_of_them(several: Stage) -> None:
    """The good one beside it changes nothing, in whatever order they are named."""
    stage_text(several, CLEAN)
    for parts in ((PATH, OWN), (OWN, PATH)):
        assert several.run("check", "--staged", *parts).code == 1

    several.write(OWN, CLEAN.replace("severity: SEV-2", "severity: P2"))
    several.repo.git("add", "-A")

    assert several.run("check", "--staged", OWN, PATH).code == 0


def test_each_has_a_baseline_of_its_own(several: Stage) -> None:
    """What one of them knows says nothing of the others."""
    several.write(PATH, WEAK)

    said = several.run("check", PATH, OWN, "--write-baseline")

    assert said.out.count("wrote ") == 2
    assert (several.root / "services/pay/.postmortem-baseline.json").is_file()
    assert several.run("check", PATH, OWN).code == 0
    assert _from(several, several.root / "services/pay").run("check").code == 0


def test_one_baseline_is_not_that_of_several(several: Stage) -> None:
    """The same path would mean two reports."""
    said = several.run("check", PATH, OWN, "--baseline", "known.json")

    assert said.code == 2
    assert "a baseline is of one of them" in said.err
