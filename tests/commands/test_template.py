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
    lines = [line.split(maxsplit=1) for line in said.out.splitlines()]
    said_of = {name: " ".join(words.split()) for name, words in lines}
    assert list(said_of) == sorted([*PRESETS, "mine"])
    assert said_of["mine"] == f"repository Ours. ({FOLDER}/mine.md.j2)"
    assert (
        said_of["default"]
        == "built in The whole story, for incidents that users noticed."
    )
    assert said_of["minimal"].endswith("in five minutes. [for SEV-4, SEV-5]")


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
        f"{FOLDER}/bad.md.j2:1:1: the title stands in no heading",
        f"{FOLDER}/bad.md.j2:7:4: {SHARED}",
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
    assert f"{FOLDER}/worse.md.j2:1:6: no field is called 'titel'" in said.out
    assert f"{FOLDER}/worse.md.j2:3:4: no field is called 'sumary'" in said.out
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


FRONT = """\
---
version: 4
description: For payments.
source: Our handbook, page 12
from: minimal 1
when: [SEV-1, SEV-2]
first: [title, summary]
required: {in-review: [summary], SEV-1: [summary]}
labels: {none: Nothing.}
prompts: {summary: What would you tell a friend?}
---
"""


def test_a_list_says_what_each_changes(team: Stage) -> None:
    """All that the front matter says, and what the form asks otherwise."""
    team.write(f"{FOLDER}/mine.md.j2", FRONT + MINE.partition("---\n# ")[2])
    text = FRONT + "# " + MINE.partition("---\n# ")[2]
    path = team.write(f"{FOLDER}/mine.md.j2", text)

    said = team.run("template", "list", "--format", "json")

    (mine,) = (it for it in json.loads(said.out) if it["name"] == "mine")
    assert mine == {
        "name": "mine",
        "path": str(path),
        "origin": "repository",
        "shipped": False,
        "version": "4",
        "description": "For payments.",
        "source": "Our handbook, page 12",
        "from": "minimal 1",
        "when": ["SEV-1", "SEV-2"],
        "restricted": False,
        "first": ["title", "summary"],
        "required": {"in-review": ["summary"], "SEV-1": ["summary"]},
        "added": ["weather"],
        "reworded": ["summary"],
        "labels": {"none": "Nothing."},
        "problem": None,
    }


def test_a_list_for_programs_says_why_one_cannot_be_used(team: Stage) -> None:
    """The others are listed all the same."""
    team.write(f"{FOLDER}/bad.md.j2", "# {{ titel }}\n")

    said = team.run("template", "list", "--format", "json")

    problems = {it["name"]: it["problem"] for it in json.loads(said.out)}
    assert problems.pop("bad") == "no field is called 'titel'"
    assert set(problems.values()) == {None}


def test_the_form_says_when_it_is_required(team: Stage) -> None:
    """By status and severity, as text and for programs."""
    team.write(f"{FOLDER}/mine.md.j2", FRONT + "# " + MINE.partition("---\n# ")[2])

    text = team.run("template", "show", "mine", "--form").out
    plain = team.run("template", "show", "mine", "--form", "--format", "json").out

    line = next(each for each in text.splitlines() if each.startswith("summary "))
    assert line.endswith("(text, required for in-review, SEV-1, asked first)")
    assert json.loads(plain)["required"] == {
        "in-review": ["summary"],
        "SEV-1": ["summary"],
    }


def test_a_status_or_severity_that_is_none_is_a_mistake(team: Stage) -> None:
    """The settings know which there are; the nearest right one is named."""
    text = FRONT.replace("in-review", "in-revue").replace("[SEV-1, SEV", "[SEV-1, SV")
    team.write(f"{FOLDER}/mine.md.j2", text + "# " + MINE.partition("---\n# ")[2])

    said = team.run("template", "check", "mine", "--records", "0")

    assert said.code == 1
    assert (
        f"{FOLDER}/mine.md.j2:6:15: the settings have no severity 'SV-2'\n"
        "  did you mean 'SEV-2'?\n"
    ) in said.out
    assert (
        f"{FOLDER}/mine.md.j2:8:12: the settings have no status or severity 'in-revue'"
        "\n  did you mean 'in-review'?\n"
    ) in said.out
    team.write(
        ".postmortem.yaml", "statuses: [in-revue, final]\nseverities: [SEV-1, SV-2]\n"
    )
    assert team.run("template", "check", "mine", "--records", "0").code == 0
