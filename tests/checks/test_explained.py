"""`postmortem check --explain`: the list of the rules, and the page of one."""

from __future__ import annotations

import json

import pytest

from postmortem import checks
from postmortem.checks.catalogue import rules
from postmortem.checks.codes import said_of
from postmortem.checks.pages import FOLDER, page
from tests.commands.stage import Stage

SET = "whatever the settings say"
CAPPED = "there it is a warning where the settings make it an error"

RULES = rules()


def test_every_rule_is_listed_once_in_its_group(plain: Stage) -> None:
    """With its level, the status from which on it has it, and its name."""
    said = plain.run("check", "--explain")
    lines = said.out.splitlines()
    rows = [line.split(maxsplit=3) for line in lines if line.startswith("  ")]

    assert said.code == 0
    assert rows == [[it.code, it.severity, it.since, it.name] for it in RULES.values()]
    assert [it for it in lines if it and it[0] != " "] == list(checks.GROUPS)
    assert "before it all is a hint" in said.err


def test_the_columns_of_the_list_are_aligned(plain: Stage) -> None:
    """The name of each rule begins in the same column."""
    lines = plain.run("check", "--explain").out.splitlines()
    starts = {
        line.index(RULES[line.split()[0]].name, 10) for line in lines if line[:1] == " "
    }

    assert len(starts) == 1


def test_programs_get_the_list_as_objects(plain: Stage) -> None:
    """The words are those of the rules."""
    told = json.loads(plain.run("check", "--explain", "--format", "json").out)

    assert [each["code"] for each in told] == list(RULES)
    assert told[0] == {
        "code": "PM001",
        "group": "structure",
        "level": "error",
        "since": "draft",
        "name": RULES["PM001"].name,
    }


def test_a_page_as_json_has_what_the_list_has(plain: Stage) -> None:
    """And the page."""
    told = json.loads(plain.run("check", "--explain", "PM412", "--format", "json").out)

    assert told["level"] == "warning"
    assert told["page"] == page("PM412").text


@pytest.mark.parametrize(
    "code, said",
    [
        ("PM203", f"By default: error from in-review on, a hint before, {SET}."),
        ("PM803", f"By default: error from final on, a hint before, {SET}."),
        ("PM701", "By default: error, in drafts too."),
        ("PM412", f"By default: warning, in drafts too; {CAPPED}."),
        ("PM614", f"By default: error from in-review on, a warning before, {SET}."),
    ],
)
def test_a_page_says_how_grave_its_rule_is(plain: Stage, code: str, said: str) -> None:
    """Below its heading, from the rule itself."""
    lines = plain.run("check", "--explain", code).out.splitlines()

    assert lines[:4] == [f"# {code}: {RULES[code].name}", "", said, ""]


def test_what_examples_are_tried_with_is_not_printed(plain: Stage) -> None:
    """It reads as a setting, and is none."""
    with_it = [
        it.stem for it in FOLDER.glob("*.md") if "\n## Where\n" in it.read_text("utf-8")
    ]

    assert "PM413" in with_it
    for code in with_it:
        said = plain.run("check", "--explain", code).out
        assert "\n## Where\n" not in said
        assert "~~~yaml" not in said
        assert page(code).where


def test_no_other_format_has_a_list(plain: Stage) -> None:
    """It is a mistake of the command line."""
    said = plain.run("check", "--explain", "--format", "sarif")

    assert (said.code, said.out) == (2, "")
    assert "--explain prints text or json" in said.err


def test_an_unknown_code_is_a_mistake_in_the_shape_that_was_asked_for(
    plain: Stage,
) -> None:
    """As of every other command."""
    said = plain.run("check", "--explain", "PM999", "--format", "json")

    assert said.code == 2
    assert "there is no rule" in json.loads(said.err)["problems"][0]["message"]


@pytest.mark.parametrize(
    "code",
    ["PM421", "pm421", "PM141", "PM99", "PM999", "PM4", "PM4123", "PM41a", "203"],
)
def test_an_unknown_code_is_answered_as_it_is_everywhere(
    plain: Stage, code: str
) -> None:
    """In the settings and in an allowance the same is said."""
    said = plain.run("check", "--explain", code)

    assert (said.code, said.out) == (2, "")
    assert said.err == f"there is no rule {code!r}\n  {said_of(code.upper())}\n"


def test_the_digits_alone_are_nearly_the_code(stage: Stage) -> None:
    """As somebody types it who has it in sight."""
    assert (
        "did you mean PM701 (a credential)?"
        in stage.run("check", "--explain", "701").err
    )
