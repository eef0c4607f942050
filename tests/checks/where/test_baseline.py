"""What a baseline knows of the reports that nobody has looked at stays known."""

from __future__ import annotations

import json

import pytest

from tests.checks.where.place import CLEAN, ID, PATH
from tests.commands.stage import Stage

FILE = ".postmortem-baseline.json"
OTHER_ID = "2026-03-04-other"
OTHER = f"postmortems/{OTHER_ID}.md"
OLD = CLEAN.replace(", due 2099-03-20", "")
"""Action A2 has no day on which it is due: a warning, PM412."""
OLDER = OLD.replace(", due 2099-03-27", "")


@pytest.fixture
def known(repository: Stage) -> Stage:
    """Return a repository with a finding in each of two reports, all of them known."""
    repository.write(PATH, OLD)
    repository.write(OTHER, OLD.replace(ID, OTHER_ID))
    repository.repo.git("add", "-A")
    repository.repo.git("commit", "-qm", "two old reports")
    assert repository.run("check", "--write-baseline").out.endswith("(2 findings)\n")
    return repository


def test_of_reports_that_are_named_alone_what_is_known_is_replaced(
    known: Stage,
) -> None:
    """The others are known as they were; and it is said how many are whose."""
    known.write(PATH, OLDER)

    said = known.run("check", "--write-baseline", ID)

    assert said.out == f"wrote {FILE} (3 findings; 2 of them of {ID})\n"
    assert {name: len(marks) for name, marks in marks_of(known).items()} == {
        PATH: 2,
        OTHER: 1,
    }
    known.write(PATH, CLEAN)
    assert (
        "(1 finding; 0 of them of" in known.run("check", "--write-baseline", PATH).out
    )
    assert list(marks_of(known)) == [OTHER]


def test_what_a_branch_brings_is_added(known: Stage) -> None:
    """Asked twice, it is known once; what was known before stays."""
    known.repo.git("switch", "-qc", "work")
    known.write(PATH, OLDER)
    before = marks_of(known)

    said = known.run("check", "--write-baseline", "--changed-since", "main")

    assert said.out == f"wrote {FILE} (3 findings; 1 of them new)\n"
    assert set(before[PATH]) < set(marks_of(known)[PATH])
    assert marks_of(known)[OTHER] == before[OTHER]
    again = known.run("check", "--write-baseline", "--changed-since", "main")
    assert again.out == f"wrote {FILE} (3 findings; 0 of them new)\n"
    assert "PM412" not in known.run("check").out


def test_a_baseline_of_all_knows_no_file_that_is_gone(known: Stage) -> None:
    """It is written anew."""
    (known.root / OTHER).unlink()

    known.run("check", "--write-baseline")

    assert list(marks_of(known)) == [PATH]


def test_what_is_no_baseline_is_not_taken_for_an_empty_one(known: Stage) -> None:
    """Whatever it holds would be lost; all of it can still be written anew."""
    known.write(FILE, "{}")

    assert known.run("check", "--write-baseline", ID).code == 2
    assert (known.root / FILE).read_text("utf-8") == "{}"
    assert known.run("check", "--write-baseline").code == 0


def marks_of(stage: Stage) -> dict[str, list[str]]:
    """Return what the file knows."""
    told = json.loads((stage.root / FILE).read_text("utf-8"))
    reports: dict[str, list[str]] = told["reports"]
    return reports


def test_a_path_is_the_same_however_it_is_typed(known: Stage) -> None:
    """From another folder, and through one."""
    known.write(PATH, OLDER)
    (known.root / "other").mkdir()
    there = Stage(root=known.root / "other", home=known.home)

    assert there.run("check", "--write-baseline", f"../{PATH}").code == 0

    assert set(marks_of(known)) == {PATH, OTHER}
    assert known.run("check", PATH).err.startswith("1 report checked: clean")


def test_a_name_that_is_gone_excuses_no_new_report(known: Stage) -> None:
    """Whatever report gets it later."""
    new = "postmortems/2026-03-05-new.md"
    known.repo.git("mv", OTHER, new)

    assert known.run("check", "--write-baseline", new).code == 0

    assert set(marks_of(known)) == {PATH, new}


def test_a_section_that_is_mended_leaves_the_others_known(repository: Stage) -> None:
    """Those that are missing are told at the nearest one that is there."""
    head, _, rest = CLEAN.partition("\n## Timeline\n")
    timeline = rest.partition("\n## ")[0]
    short = head.rstrip() + "\n"
    repository.repo.commit(PATH, short)
    repository.repo.git("switch", "-qc", "work")
    before = repository.run("check", "--write-baseline").out
    assert "(0 findings" not in before

    repository.write(PATH, f"{short}\n## Timeline\n{timeline.rstrip()}\n")

    assert repository.run("check").err.startswith("1 report checked: clean")
    said = repository.run("check", "--no-baseline", "--changed-since", "main")
    assert said.err.startswith("1 report checked: clean")
