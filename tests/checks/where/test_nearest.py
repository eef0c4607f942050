"""What is named is checked by the settings nearest to it, wherever somebody stands."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.checks.where.place import CLEAN, ID, PATH, WEAK, stage_text
from tests.commands.stage import Stage

PAID = "2026-03-04-payments-late"
OWN = f"services/pay/postmortems/{PAID}.md"
SCALE = "severities: [P1, P2]\n"
TEXT = WEAK.replace("severity: SEV-2", "severity: P2").replace(ID, PAID)
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


def test_the_nearest_hold_where_others_name_the_folder_too(several: Stage) -> None:
    """So it is the same whether it is named or not, and told once."""
    several.write(".postmortem.yaml", f"folders: [postmortems, {Path(OWN).parent}]\n")

    for parts in ((), (".",), ("services",), (OWN,)):
        for words in ((), ("--staged",)):
            several.repo.git("add", "-A")
            said = several.run("check", *words, *parts)
            assert said.code == 1
            assert said.out.count("PM204") == 1
            assert "PM606" not in said.out


def test_a_folder_that_only_others_name_is_theirs(several: Stage) -> None:
    """Nobody would look at its reports."""
    several.write(".postmortem.yaml", "folders: [postmortems, services/pay]\n")
    (several.root / OWN).rename(several.root / f"services/pay/{PAID}.md")

    assert "PM606" in several.run("check").out


@pytest.mark.parametrize("start", ["services/pay", "services", ".."])
def test_a_path_is_enough_from_anywhere(several: Stage, start: str) -> None:
    """From below, beside and outside of it; git's history is that of the report."""
    several.write(".postmortem.yaml", SCALE)
    several.repo.commit(PATH, CLEAN.replace("status: in-review", "status: draft"))
    closed = WEAK.replace("status: in-review", "status: closed")
    several.write(PATH, closed.replace("SEV-2", "P2"))
    stage = _from(several, (several.root / start).resolve())

    said = stage.run("check", str(several.root / PATH), "--fail-on", "warning")

    assert said.code == 1
    assert "PM801" in said.out
    assert "PM606" not in said.out


@pytest.mark.parametrize("parts", [(), (".",), ("services",)])
def test_places_below_are_meant_with_what_is_above(
    several: Stage, parts: tuple[str, ...]
) -> None:
    """A hook and a pipeline of the top are those of all of it."""
    whole = several.run("check", *parts)
    staged = several.run("check", "--staged", *parts)
    several.repo.git("commit", "--quiet", "-m", "all")

    assert (whole.code, staged.code) == (1, 1)
    assert f"{OWN}:" in whole.out
    assert f"{OWN}:" in staged.out
    assert "no report" not in whole.err
    if not parts:
        assert several.run("check", "--staged").out == ""


def test_a_branch_answers_for_all_places(several: Stage) -> None:
    """It is said once that nothing has changed, if nothing has."""
    several.repo.git("commit", "--quiet", "-m", "all")
    since = ("check", "--changed-since", "HEAD~1")

    assert f"{OWN}:" in several.run(*since).out
    none = several.run("check", "--changed-since", "HEAD")
    assert (none.code, none.err) == (0, "no report has changed since HEAD\n")


def test_one_place_that_cannot_be_read_silences_no_other(several: Stage) -> None:
    """All mistakes at once."""
    several.write(".postmortem.yaml", "way: sideways\n")

    said = several.run("check", PATH, OWN)

    assert said.code == 2
    assert "PM204" in said.out
    assert "'sideways' is no choice" in said.err


def test_nothing_is_known_of_half_of_the_places(several: Stage) -> None:
    """What cannot be read is mended first."""
    (several.root / "services/pay/postmortems/bad.md").write_bytes(b"\xff\xfe\n")

    said = several.run("check", PATH, "services/pay", "--write-baseline")

    assert said.code == 2
    assert not list(several.root.rglob(".postmortem-baseline.json"))


def test_another_repository_inside_is_named_from_where_one_stands(
    several: Stage,
) -> None:
    """Annotations would stand on the outer one's file of that name."""
    inner = several.root / "mod"
    inner.mkdir()
    several.repo.git("init", "--quiet", str(inner))
    several.write(f"mod/{PATH}", WEAK)

    said = several.run("check", f"mod/{PATH}", "--format", "gitlab")
    outside = _from(several, several.root.parent)
    other = outside.run("check", f"work/mod/{PATH}", "--format", "gitlab")

    assert {it["location"]["path"] for it in json.loads(said.out)} == {f"mod/{PATH}"}
    assert {it["location"]["path"] for it in json.loads(other.out)} == {PATH}


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

    good = CLEAN.replace("severity: SEV-2", "severity: P2")
    several.write(OWN, good.replace(ID, PAID))
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


def test_an_id_may_be_of_a_place_below(several: Stage) -> None:
    """Where this one has none; by the settings there, and beside others."""
    said = several.run("check", PAID, ID, "zzz")

    assert said.code == 2
    assert f"{OWN}:" in said.out
    assert "PM606" not in said.out
    assert "2 reports checked" in said.err
    assert "no report has 'zzz' in its id" in said.err
    (several.root / "services/pay/postmortems" / f"{ID}.md").write_text(WEAK)
    assert "services/pay" not in several.run("check", ID).out


def test_an_id_of_two_places_below_is_that_of_two_reports(several: Stage) -> None:
    """Neither is taken for the other."""
    several.write("services/buy/.postmortem.yaml", SCALE)
    several.write(OWN.replace("pay/", "buy/"), TEXT)
    several.repo.git("add", "-A")

    said = several.run("check", PAID)

    assert said.code == 2
    assert f"'{PAID}' fits 2 reports\n" in said.err
    assert f"services/buy/postmortems/{PAID}.md, {OWN}" in said.err


def test_a_path_that_is_not_there_hides_none_beside_it(several: Stage) -> None:
    """Each has the settings nearest to it."""
    said = several.run("check", OWN.replace(PAID, "nosuch"), OWN)

    assert said.code == 2
    assert "PM606" not in said.out
    assert "there is no such file" in said.err


def test_another_command_says_whose_a_report_is(several: Stage) -> None:
    """It works in one place alone."""
    said = several.run("show", OWN)

    assert said.code == 2
    assert "this is in no folder of reports" in said.err
    assert f"the settings of {several.root / 'services/pay'} hold there" in said.err
