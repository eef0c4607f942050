"""What a baseline knows of the reports that nobody has looked at stays known."""

from __future__ import annotations

import json

import pytest

from postmortem.checks import baseline
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


def test_what_a_newer_version_wrote_is_never_written_anew(known: Stage) -> None:
    """It may say what this one does not read."""
    said = '{"version": 2, "reports": {}, "more": 1}'
    known.write(FILE, said)

    for words in ((), (ID,), ("--changed-since", "main")):
        done = known.run("check", "--write-baseline", *words)
        assert (done.code, done.out) == (2, "")
        assert "a newer version of postmortem wrote this baseline" in done.err
    assert (known.root / FILE).read_text("utf-8") == said


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


def test_a_baseline_is_written_into_a_folder_that_is_there(known: Stage) -> None:
    """A typing mistake makes none, and nothing is written."""
    said = known.run("check", "--write-baseline", "--baseline", "nosuch/x/known.json")

    assert (said.code, said.out) == (2, "")
    assert said.err == (
        "nosuch/x/known.json: there is no folder for this\n"
        "  make it first: mkdir -p nosuch/x\n"
    )
    assert not (known.root / "nosuch").exists()


RENAMED = "postmortems/2026-03-05-renamed.md"
SINCE = ("check", "--changed-since", "main")


@pytest.fixture
def committed(known: Stage) -> Stage:
    """Return a branch of that repository, whose baseline is committed."""
    known.repo.git("add", "-A")
    known.repo.git("commit", "-qm", "what is known")
    known.repo.git("switch", "-qc", "work")
    return known


@pytest.mark.parametrize("words", [("check",), ("check", "--staged"), SINCE])
def test_what_is_known_of_a_report_stays_known_under_another_name(
    committed: Stage, words: tuple[str, ...]
) -> None:
    """Fingerprints do not hold the path; what is new in it is told."""
    committed.repo.git("mv", OTHER, RENAMED)

    assert "PM412" not in committed.run(*words).out

    committed.write(RENAMED, OLDER.replace(ID, OTHER_ID))
    committed.repo.git("add", "-A")
    assert committed.run(*words).out.count("PM412") == 1


@pytest.mark.parametrize(
    "found, heirs",
    [
        ({"n": "abcd", "m": "a"}, {"n": "h", "m": "g"}),
        ({"n": "ab", "m": "ab"}, {"m": "g", "n": "h"}),
        ({"n": "axyz"}, {}),
        ({"n": "aaxy"}, {}),
        ({"n": "bxb", "m": ""}, {}),
        ({"n": "cx"}, {"n": "h"}),
    ],
)
def test_what_is_gone_is_one_report_with_half_in_common(
    found: dict[str, str], heirs: dict[str, str]
) -> None:
    """Each mark counts as often as it is there."""
    gone = {"g": [*"ab"], "h": [*"abc"]}

    told = baseline.heirs(gone, {name: [*marks] for name, marks in found.items()})

    assert told == heirs


def test_what_any_two_lack_tells_nothing() -> None:
    """A new report without a section is not a deleted one that had none either."""
    gone = {"g": [*"abc"]}

    assert baseline.heirs(gone, {"n": [*"ab"]}, vague="ab") == {}
    assert baseline.heirs(gone, {"n": [*"abcx"]}, vague="ab") == {}
    assert baseline.heirs(gone, {"n": [*"abc"]}, vague="ab") == {"n": "g"}


def test_one_report_is_what_another_one_was(committed: Stage) -> None:
    """The one that has the most in common with it; a copy is new."""
    committed.write(PATH, OLDER)
    committed.run("check", "--write-baseline", PATH)
    committed.repo.git("mv", PATH, RENAMED)
    committed.repo.git("mv", OTHER, "postmortems/2026-03-01-a.md")

    assert "PM412" not in committed.run("check").out

    committed.write("postmortems/2026-03-06-copy.md", OLDER.replace(ID, "copy"))
    assert committed.run("check").out.count("PM412") == 2


def test_what_has_little_in_common_is_another_report(committed: Stage) -> None:
    """Less than half of what is found in it; and one that is there keeps its own."""
    committed.repo.git("mv", OTHER, RENAMED)
    text = OLDER.replace(ID, OTHER_ID).replace("staff on-call", "")
    committed.write(RENAMED, text.replace("## Timeline", "## What went on"))
    found = committed.run("check", "--no-baseline", RENAMED).out
    assert len([it for it in found.splitlines() if it.startswith(RENAMED)]) > 2

    assert committed.run("check", RENAMED).out == found


def test_a_report_that_is_there_gives_nothing_away(committed: Stage) -> None:
    """A copy of it is a new report."""
    committed.write(RENAMED, OLD.replace(ID, "copy"))

    assert committed.run("check", RENAMED).out.count("PM412") == 1


def test_what_a_branch_adds_to_a_renamed_report_is_added(committed: Stage) -> None:
    """To what is known of it under its old name."""
    committed.repo.git("mv", OTHER, RENAMED)
    committed.write(RENAMED, OLDER.replace(ID, OTHER_ID))
    committed.repo.git("add", "-A")

    said = committed.run("check", "--write-baseline", *SINCE[1:])

    assert said.out.endswith("(3 findings; 1 of them new)\n")
    assert {name: len(marks) for name, marks in marks_of(committed).items()} == {
        PATH: 1,
        RENAMED: 2,
    }


def test_the_baseline_knows_what_rename_renames(committed: Stage) -> None:
    """All that it knew, and no other report."""
    before = marks_of(committed)

    said = committed.run("rename", OTHER_ID, "--id", "2026-03-05-renamed")

    assert said.code == 0
    assert said.out.endswith(f"{RENAMED}; {FILE} knows it by that name\n")
    assert marks_of(committed) == {PATH: before[PATH], RENAMED: before[OTHER]}
    again = committed.run("rename", "2026-03-05-renamed", "A title")
    assert FILE not in again.out


@pytest.mark.parametrize("text", ["{}", '{"version": 1, "reports": {}}\n'])
def test_a_baseline_that_does_not_know_it_is_left_alone(
    committed: Stage, text: str
) -> None:
    """Nor is one that nobody can read a reason not to rename."""
    committed.write(FILE, text)

    said = committed.run("rename", OTHER_ID, "--id", "2026-03-05-renamed")

    assert (said.code, said.out.count(FILE)) == (0, 0)
    assert (committed.root / FILE).read_text("utf-8") == text


def test_what_cannot_be_read_leaves_all_unwritten(known: Stage) -> None:
    """That is said, with what makes a text of an old editor one that can be read."""
    before = (known.root / FILE).read_bytes()
    (known.root / "postmortems/alt.md").write_bytes(b"# Alt\n\ncaf\xe9\n")

    said = known.run("check", "--write-baseline")

    assert (said.code, said.out) == (2, "")
    assert "so nothing was written, and no finding is known" in said.err
    assert "iconv -f WINDOWS-1252 -t UTF-8 postmortems/alt.md > " in said.err
    assert (known.root / FILE).read_bytes() == before
