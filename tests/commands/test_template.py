"""Templates as a maintainer sees them: which there are, what they ask, what is not."""

from __future__ import annotations

import json

import pytest

from postmortem.markdown import STANDARD
from tests.commands.stage import Stage
from tests.laws import PRESETS

FOLDER = "postmortems/.templates"
MINE = """\
---
description: Ours.
required: [summary]
---
# {{ title }}

## What happened

{{ summary }}

## Weather

{{ field("weather", "What was the weather?", kind="choice", choices=["sun", "rain"]) }}

## Actions

| Key | Action |
| --- | --- |
{% for action in actions %}
| {{ action.key }} | {{ action.text }} |
{% endfor %}
"""
SHARED = (
    "impact stands in the same section as summary, and nothing tells where one ends"
)
BAD = "{{ title }}\n\n## One\n\n{{ summary }}\n\n{{ impact }}\n"


@pytest.fixture
def team(stage: Stage) -> Stage:
    """Return a repository with a template of its own."""
    stage.write(f"{FOLDER}/mine.md.j2", MINE)
    return stage


def test_all_templates_are_listed(team: Stage) -> None:
    """Ours and the team's, each with what it is for."""
    said = team.run("template", "list")

    assert said.code == 0
    lines = dict(line.split("  ", 1) for line in said.out.splitlines())
    said_of = {name.strip(): words.strip() for name, words in lines.items()}
    assert list(said_of) == sorted([*PRESETS, "mine"])
    assert said_of["mine"] == f"Ours. ({FOLDER}/mine.md.j2)"
    assert said_of["default"] == "The whole story, for incidents that users noticed."
    assert "" not in said_of.values()


def test_a_list_for_programs(team: Stage) -> None:
    """The team's own are told from ours."""
    said = team.run("template", "list", "--format", "json")

    shipped = {it["name"]: it["shipped"] for it in json.loads(said.out)}
    assert shipped == {**dict.fromkeys(PRESETS, True), "mine": False}


def test_a_template_is_shown_as_it_is(team: Stage) -> None:
    """So that it can be copied."""
    assert team.run("template", "show", "mine") == (0, MINE, "")


def test_the_form_is_what_it_asks(team: Stage) -> None:
    """A question a line."""
    said = team.run("template", "show", "mine", "--form")

    lines = [" ".join(line.split()) for line in said.out.splitlines()]
    assert [line for line in lines if line.startswith(("summary ", "weather "))] == [
        f"summary {STANDARD['summary'].question} (text, required)",
        "weather What was the weather? [sun | rain] (choice)",
    ]


def test_the_outline_is_where_it_lives(team: Stage) -> None:
    """Each heading with what stands below it."""
    said = team.run("template", "show", "mine", "--outline")

    assert said.out == (
        "# (title)\n"
        "## What happened\n  text: summary\n"
        "## Weather\n"
        "## Actions\n  table: actions | Key | Action\n"
    )


@pytest.mark.parametrize("part", [[], ["--form"], ["--outline"]])
def test_a_template_for_programs(team: Stage, part: list[str]) -> None:
    """The same facts as JSON."""
    said = team.run("template", "show", "mine", *part, "--format", "json")

    assert said.code == 0
    assert "weather" in json.dumps(json.loads(said.out))


def test_a_good_template_is_checked_without_a_finding(team: Stage) -> None:
    """What each field is, and 0."""
    said = team.run("template", "check", "mine", "--records", "5")

    assert (said.code, said.err) == (0, "")
    lines = [" ".join(line.split()) for line in said.out.splitlines()]
    assert lines[0] == f"mine: {FOLDER}/mine.md.j2"
    assert "summary text under 'What happened'" in lines
    assert lines[-1] == "mine: nothing found, 5 reports tried"
    actions = next(line for line in lines if line.startswith("actions "))
    assert actions.startswith("actions table under 'Actions' (no place: status, owner,")


def test_a_bad_template_is_a_finding_a_line(team: Stage) -> None:
    """With path and line, the hint below it, and 1."""
    team.write(f"{FOLDER}/bad.md.j2", BAD)

    said = team.run("template", "check", "bad", "--records", "5")

    assert said.code == 1
    found = [line for line in said.out.splitlines() if line.startswith(FOLDER)]
    assert found == [
        f"{FOLDER}/bad.md.j2:1: the title stands in no heading",
        f"{FOLDER}/bad.md.j2:7: {SHARED}",
    ]
    assert "\n  write it as the first heading: # {{ title }}\n" in said.out


def test_findings_for_programs(team: Stage) -> None:
    """Path, line, message and hint."""
    team.write(f"{FOLDER}/bad.md.j2", BAD)

    said = team.run("template", "check", "bad", "--records", "5", "--format", "json")

    (checked,) = json.loads(said.out)
    assert (said.code, [it["line"] for it in checked["findings"]]) == (1, [1, 7])
    assert set(checked["findings"][0]) == {"path", "line", "column", "message", "hint"}


def test_one_that_cannot_be_read_at_all_is_a_finding_too(team: Stage) -> None:
    """And the others are checked all the same."""
    team.write(f"{FOLDER}/worse.md.j2", "# {{ titel }}\n\n{{ sumary }}\n")

    said = team.run("template", "check", "worse", "mine", "--records", "2")

    assert said.code == 1
    assert f"{FOLDER}/worse.md.j2:1: no field is called 'titel'" in said.out
    assert f"{FOLDER}/worse.md.j2:3: no field is called 'sumary'" in said.out
    assert said.out.endswith("mine: nothing found, 2 reports tried\n")


def test_a_template_that_writes_too_much_is_ended(team: Stage) -> None:
    """It is not trusted: a child runs it, with a budget."""
    loop = "{% for a in range(9999) %}" + "x" * 999 + "{% endfor %}"
    team.write(f"{FOLDER}/flood.md.j2", f"# {{{{ title }}}}\n\n{loop}\n")

    said = team.run("template", "check", "flood", "--records", "1")

    assert said.code == 1
    assert f"{FOLDER}/flood.md.j2: the template makes a text of more" in said.out


def test_a_name_that_is_none_is_answered_with_the_nearest(team: Stage) -> None:
    """A slip of the finger is no finding."""
    said = team.run("template", "check", "mnie")

    assert said.code == 2
    assert said.err == "there is no template 'mnie'\n  did you mean 'mine'?\n"
