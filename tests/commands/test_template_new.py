"""`template new`, `edit`, `diff` and a sample, as who maintains templates uses them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.commands.stage import Stage

FOLDER = "postmortems/.templates"
OURS = """\
# Incident: what broke

**Team:**

## Summary

_What happened?_

## Handover

Who takes over, and when?
"""
COE = Path(__file__).parent / "documents" / "coe.md"
QUESTION = 'field("weather", "What was the weather that day?")'


@pytest.fixture
def team(stage: Stage) -> Stage:
    """Return a repository with a document in it, as a team has one."""
    stage.write("docs/OUR.md", OURS)
    return stage


def test_a_document_becomes_a_template(team: Stage) -> None:
    """It says what it takes each piece for, writes it, and checks it at once."""
    said = team.run("template", "new", "ours", "--from-file", "docs/OUR.md")

    assert said.code == 0
    assert said.err.splitlines() == [
        (
            "docs/OUR.md:1: # Incident: what broke -> # Incident: {{ title }} "
            "(what stands before the colon is every title's)"
        ),
        (
            "docs/OUR.md:3: Team -> team (declared, line) "
            "(a label that no standard fact has)"
        ),
        "docs/OUR.md:5: ## Summary -> summary (a name for it)",
        "docs/OUR.md:7: _What happened?_ -> prompts: summary (it says what to write)",
        "docs/OUR.md:9: ## Handover -> handover (declared) (no standard field)",
        (
            "docs/OUR.md:11: Who takes over, and when? -> question of handover "
            "(it says what to write)"
        ),
    ]
    first, *_, last = said.out.splitlines()
    assert first == f"wrote {FOLDER}/ours.md.j2"
    assert last == "ours: nothing found, 100 reports tried"


def test_its_report_is_asked_written_and_read(team: Stage) -> None:
    """From a document to a report with a question of the team's own."""
    team.run("template", "new", "ours", "--from-file", "docs/OUR.md")

    answers = (
        "severity=SEV-3",
        "zone=UTC",
        "detected=2025-06-02 09:30",
        "services=web",
    )
    told = ("summary=It broke.", "team=Storage", "handover=The next shift, at six.")
    sets = [word for each in (*answers, *told) for word in ("--set", each)]
    said = team.run("new", "A disk is full", "--template", "ours", *sets)
    assert said.code == 0, said.err
    shown = team.run("show", "disk", "--format", "json")
    assert '"handover": "The next shift, at six."' in shown.out
    raw = team.run("show", "disk", "--raw").out
    assert "# Incident: A disk is full\n\n**Team:** Storage\n" in raw


def test_what_was_guessed_for_programs(team: Stage) -> None:
    """With what the check found."""
    said = team.run(
        "template", "new", "ours", "--from-file", "docs/OUR.md", "--format", "json"
    )

    told = json.loads(said.out)
    assert said.code == 0
    assert [each["line"] for each in told["guesses"]] == [1, 3, 5, 7, 9, 11]
    assert (told["check"]["name"], told["check"]["findings"]) == ("ours", [])


def test_a_template_is_not_overwritten(team: Stage) -> None:
    """Without --force."""
    path = team.write(f"{FOLDER}/ours.md.j2", "# {{ title }}\n")
    words = ("template", "new", "ours", "--from-file", "docs/OUR.md")

    said = team.run(*words)
    assert said.code == 2
    assert "this template exists already, and is not overwritten" in said.err
    assert path.read_text(encoding="utf-8") == "# {{ title }}\n"

    assert team.run(*words, "--force").code == 0
    assert "{{ summary }}" in path.read_text(encoding="utf-8")


def test_a_preset_is_copied_with_lessons(team: Stage) -> None:
    """It asks what the preset asks, and says in comments how to change that."""
    said = team.run("template", "new", "mine", "--from", "sre")

    assert (said.code, said.err) == (0, "")
    text = (team.root / FOLDER / "mine.md.j2").read_text(encoding="utf-8")
    assert text.startswith("---\nname: mine\nfrom: sre 1\n")
    assert QUESTION in text
    shown = [team.run("template", "show", it, "--outline") for it in ("mine", "sre")]
    assert shown[0] == shown[1]


def test_without_a_source_the_usual_one_is_copied(team: Stage) -> None:
    """That of the settings."""
    assert team.run("template", "new", "mine").code == 0
    text = (team.root / FOLDER / "mine.md.j2").read_text(encoding="utf-8")
    assert "from: default 1\n" in text


def test_what_a_template_extends_comes_along(team: Stage) -> None:
    """Unless it is there; then it is the team's, and stays."""
    team.write(f"{FOLDER}/_end.md.j2", "## End\n\n{{ appendix }}\n")
    team.write(f"{FOLDER}/old.md.j2", '# {{ title }}\n\n{% include "_end.md.j2" %}\n')

    said = team.run("template", "new", "young", "--from", "old")

    assert said.code == 0
    assert said.out.splitlines()[:2] == [
        f"kept {FOLDER}/_end.md.j2",
        f"wrote {FOLDER}/young.md.j2",
    ]


@pytest.mark.parametrize(
    "words, told",
    [
        (["../up"], "'../up' is no name of a template"),
        (["_part"], "'_part' is no name of a template"),
        (["x", "--from", "srw"], "there is no template 'srw'\n  did you mean 'sre'?"),
        (["x", "--from-file", "nothing.md"], "nothing.md: there is no such file"),
        (["x", "--from", "sre", "--from-file", "y"], "do not go together"),
    ],
    ids=lambda each: each[-1] if isinstance(each, list) else "",
)
def test_what_cannot_be_is_said(team: Stage, words: list[str], told: str) -> None:
    """And nothing is written."""
    said = team.run("template", "new", *words)

    assert said.code == 2
    assert told in said.err
    assert not (team.root / FOLDER).exists()


def test_a_sample_is_a_whole_report(team: Stage) -> None:
    """Every field of the form has a value."""
    team.run("template", "new", "ours", "--from-file", "docs/OUR.md")

    said = team.run("template", "show", "ours", "--sample")

    assert said.code == 0
    assert "# Incident: X down: failover did not take over\n" in said.out
    assert "## Handover\n\nWhat is said of: Who takes over, and when?\n" in said.out
    assert "Not known yet" not in said.out


def test_what_was_edited_is_checked(team: Stage) -> None:
    """The editor is the person's own."""
    team.run("template", "new", "ours", "--from-file", "docs/OUR.md")
    person = replace(team, environment={"EDITOR": "sed -i s/summary/sumary/"})

    said = person.run("template", "edit", "ours")

    assert said.code == 1
    assert "no field is called 'sumary'" in said.out
    assert "did you mean 'summary'?" in said.out
    assert "sumary" in (team.root / FOLDER / "ours.md.j2").read_text(encoding="utf-8")


def test_an_edit_that_changes_nothing_says_so(team: Stage) -> None:
    """And what came with the program is copied first."""
    team.run("template", "new", "ours", "--from-file", "docs/OUR.md")
    person = replace(team, environment={"EDITOR": "true"})

    assert person.run("template", "edit", "ours").err == "ours is as it was\n"
    said = person.run("template", "edit", "sre")
    assert said.code == 2
    assert "copy it first: postmortem template new sre --from sre\n" in said.err


def test_the_difference_to_the_preset(team: Stage) -> None:
    """By what the front matter names, or by the name."""
    team.run("template", "new", "mine", "--from", "minimal")
    path = team.root / FOLDER / "mine.md.j2"
    text = path.read_text(encoding="utf-8").replace("## What we change", "## Promises")
    path.write_text(text, encoding="utf-8")

    said = team.run("template", "diff", "mine")

    assert said.code == 0
    assert said.out.startswith(f"--- minimal\n+++ {FOLDER}/mine.md.j2\n")
    assert "\n-## What we change\n+## Promises\n" in said.out


def test_a_template_of_no_preset_has_no_difference(team: Stage) -> None:
    """It says what would make one."""
    team.run("template", "new", "ours", "--from-file", "docs/OUR.md")

    said = team.run("template", "diff", "ours")

    assert said.code == 2
    assert "ours does not say which preset it came from" in said.err


def test_a_companys_document_is_a_template_at_once(team: Stage) -> None:
    """Facts from its table, known headings, its own questions, rows, and its word."""
    text = COE.read_text(encoding="utf-8")
    team.write("docs/COE.md", text)

    said = team.run("template", "new", "coe", "--from-file", "docs/COE.md")

    assert said.code == 0
    assert said.out.endswith("coe: nothing found, 100 reports tried\n")
    made = (team.root / FOLDER / "coe.md.j2").read_text(encoding="utf-8")
    assert "\nlabels:\n  postmortem: correction of error\n" in made
    assert '\n- **Severity:** {{ severity or "?" }}\n' in made
    assert "detection: How did we detect it? Alarm, customer, by chance?" in made
    outline = team.run("template", "show", "coe", "--outline").out
    headings = [line for line in text.splitlines() if line.startswith("##")]
    assert [line for line in outline.splitlines() if line.startswith("##")] == headings
    placed = [line.split()[1] for line in outline.splitlines() if line[:1] == " "]
    assert placed == [
        *("summary", "impact", "metrics_and_graphs", "timeline", "detection"),
        *("response", "recovery", "trigger", "did_the_runbook_help", "root_causes"),
        *("went_well", "was_hard", "lucky", "actions", "open_questions"),
        *("related_items", "approval"),
    ]


def test_a_report_of_that_document_is_written_and_read(team: Stage) -> None:
    """A question of the company's own is answered, and found again; the log has COE."""
    team.write("docs/COE.md", COE.read_text(encoding="utf-8"))
    team.run("template", "new", "coe", "--from-file", "docs/COE.md")
    facts = (
        "zone=UTC",
        "severity=SEV-1",
        "did_the_runbook_help=It named another pool.",
    )
    more = [word for each in facts for word in ("--set", each)]

    assert team.run("new", "Pool empty", "--template", "coe", *more).code == 0
    shown = team.run("show", "pool", "--format", "json").out
    dry = team.run("submit", "pool", "--dry-run", "--way", "stay").out

    assert '"did_the_runbook_help": "It named another pool."' in shown
    assert "\nAdd correction of error: Pool empty\n" in dry
