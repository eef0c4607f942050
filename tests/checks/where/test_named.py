"""What is named and not there is a mistake beside the others; the rest is checked."""

from __future__ import annotations

import json

import pytest

from tests.checks.where.place import CLEAN, ID, PATH, WEAK
from tests.commands.stage import Stage

OTHER_ID = "2026-03-04-other"
OTHER = f"postmortems/{OTHER_ID}.md"


@pytest.fixture
def two(repository: Stage) -> Stage:
    """Return a repository with a clean report and a weak one."""
    repository.write(OTHER, WEAK.replace(ID, OTHER_ID))
    return repository


def test_all_that_is_not_there_is_told_and_the_rest_is_checked(two: Stage) -> None:
    """A path is a file that is not there, whatever ids reports have."""
    said = two.run("check", OTHER, "nosuch.md", "zzz", "services/pay", ID)

    assert said.code == 2
    assert said.out.count(f"{OTHER}:") == said.out.count("error PM204") == 1
    assert "2 reports checked: 1 error" in said.err
    assert "\nnosuch.md: there is no such file\n" in said.err
    assert "\nservices/pay: there is no such file\n" in said.err
    assert "\nno report has 'zzz' in its id\n" in said.err


def test_what_is_like_a_path_that_is_not_there_is_told(two: Stage) -> None:
    """By the ids that are the most like its name."""
    said = two.run("check", "postmortems/2026-03-04-othr.md")

    assert (said.code, said.out) == (2, "")
    assert said.err == (
        "postmortems/2026-03-04-othr.md: there is no such file\n"
        f"  the nearest: {OTHER_ID}\n"
    )


def test_a_part_of_several_ids_is_a_mistake_among_others(two: Stage) -> None:
    """Both of these are told."""
    said = two.run("check", "2026-03-0", "zzz", OTHER)

    assert said.code == 2
    assert "'2026-03-0' fits 2 reports" in said.err
    assert "'zzz'" in said.err
    assert "error PM204" in said.out


def test_what_is_there_and_no_markdown_is_no_report(two: Stage) -> None:
    """It is not said to be gone."""
    two.write("docs/log.txt", "a line\n")

    said = two.run("check", "docs/log.txt")

    assert said.code == 2
    assert said.err.startswith("docs/log.txt: this is no Markdown\n")


def test_nothing_is_written_where_a_name_is_mistyped(two: Stage) -> None:
    """What a baseline should know of it, nobody knows."""
    said = two.run("check", "--write-baseline", OTHER, "nosuch.md")

    assert (said.code, said.out) == (2, "")
    assert not (two.root / ".postmortem-baseline.json").exists()


def test_the_end_of_a_path_still_finds_a_report(two: Stage) -> None:
    """Somebody may stand in another folder."""
    (two.root / "docs").mkdir()
    there = Stage(root=two.root / "docs", home=two.home)

    said = there.run("check", PATH)

    assert (said.code, said.err) == (0, "1 report checked: clean\n")
    assert (two.root / PATH).read_text("utf-8") == CLEAN


@pytest.mark.parametrize("shape", ["text", "sarif", "github", "gitlab"])
def test_of_what_could_not_be_checked_no_program_learns(two: Stage, shape: str) -> None:
    """An empty answer would close what it knows."""
    said = two.run("check", "--format", shape, "nope")

    assert (said.code, said.out) == (2, "")
    assert "no report has 'nope' in its id" in said.err


def test_a_log_that_is_not_whole_says_so(two: Stage) -> None:
    """Some could be checked."""
    part = json.loads(two.run("check", "--format", "sarif", ID, "nope").out)
    whole = json.loads(two.run("check", "--format", "sarif", ID).out)

    assert part["runs"][0]["invocations"] == [{"executionSuccessful": False}]
    assert "invocations" not in whole["runs"][0]


def test_a_link_to_a_report_is_that_report(two: Stage) -> None:
    """And is counted once."""
    (two.root / "postmortems/latest.md").symlink_to(f"{ID}.md")

    assert two.run("check", "postmortems/latest.md", PATH).err == (
        "1 report checked: clean\n"
    )
