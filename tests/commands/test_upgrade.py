"""`upgrade` brings reports along when the repository's template has changed."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from postmortem import markdown
from postmortem.markdown import Template
from postmortem.model import Action, Report
from postmortem.templating import Source, Worker
from tests.commands.stage import BRANCH, ID, PATH, Stage

FOLDER = "postmortems/.templates"
FILE = f"{FOLDER}/team.md.j2"
OLD = """\
---
name: team
version: 1
---
# {{ title }}

## Summary

{{ summary }}

## Weather

{{ field("weather", "What was the weather?") }}

## Impact

{{ impact }}

## Actions

All of them have an owner.

{% for action in actions %}
- **{{ action.key }}** {{ action.text }}
{% endfor %}
"""
NEW = (
    OLD.replace("version: 1", "version: 2")
    .replace("## Summary", "## In short")
    .replace(
        '## Weather\n\n{{ field("weather", "What was the weather?") }}',
        "## What was hard\n\n{{ was_hard }}",
    )
)
RECORD = Report(
    id=ID,
    title="X down",
    summary="It was down.",
    impact="Half of all users.",
    actions=(Action(text="Try the failover", key="A1"),),
    extra={"weather": "It rained."},
)


def _template(stage: Stage, worker: Worker) -> Template:
    source = Source(path=stage.root / FOLDER, trusted=False, within=stage.root)
    return markdown.load("team", (source,), worker=worker)


def _text(stage: Stage) -> str:
    return (stage.root / PATH).read_bytes().decode()


def _edit(stage: Stage, old: str, new: str) -> None:
    text = _text(stage)
    assert text.count(old) == 1
    stage.write(PATH, text.replace(old, new))


def _uncommitted(stage: Stage, worker: Worker, now: str) -> None:
    """Write a report by a template that is in no commit, and change the template."""
    stage.write(FILE, OLD)
    record = RECORD.replace(impact=None)
    stage.write(PATH, markdown.write(record, _template(stage, worker)))
    stage.write(FILE, now)


@pytest.fixture
def worker() -> Iterator[Worker]:
    """Return a worker that renders templates."""
    with Worker() as made:
        yield made


@pytest.fixture
def team(stage: Stage) -> Stage:
    """Return a report of a template that has changed in two commits since."""
    stage.repo.commit(FILE, OLD)
    with Worker() as worker:
        text = markdown.write(RECORD, _template(stage, worker))
    stage.repo.commit(PATH, text)
    stage.repo.commit(FILE, NEW.replace("version: 2", "version: 1.5"))
    stage.repo.commit(FILE, NEW)
    return stage


def test_the_template_as_it_was_is_found_in_history(team: Stage) -> None:
    """A heading is renamed, a question added, and what has no place any more kept."""
    said = team.run("upgrade", "x-down", "--yes")

    assert (said.code, said.err) == (0, "")
    assert said.out.startswith(f"wrote {PATH}: team 1 ")
    assert " to team 2 " in said.out
    assert said.out.endswith("; under 'Not in this template': weather\n")
    body = _text(team).partition("\n---\n")[2]
    assert body == (
        "\n# X down\n\n## In short\n\nIt was down.\n\n"
        "## What was hard\n\n_Not known yet._\n<!-- What was hard? -->\n\n"
        "## Impact\n\nHalf of all users.\n\n"
        "## Actions\n\nAll of them have an owner.\n\n- **A1** Try the failover\n\n"
        "## Not in this template\n\n### weather\n\nIt rained.\n"
    )
    again = team.run("upgrade", "x-down", "--yes")
    assert (again.code, again.out) == (0, "")
    assert "as it is now" in again.err


def test_what_people_wrote_stays_where_it_is(team: Stage) -> None:
    """Layout, comments, paragraphs and sections of theirs."""
    _edit(team, "It was down.\n", "It was\ndown.\n\n<!-- ask support -->\n")
    _edit(team, "- **A1** Try", "Ours come first.\n\n* **A1**   Try")
    _edit(team, "## Impact", "## Thanks\n\nTo the on-call.\n\n## Impact")

    assert team.run("upgrade", "x-down", "--yes").code == 0

    text = _text(team)
    assert "## In short\n\nIt was\ndown.\n\n<!-- ask support -->\n" in text
    assert "Ours come first.\n\n* **A1**   Try the failover\n" in text
    assert "## Thanks\n\nTo the on-call.\n\n## Impact\n" in text


def test_a_heading_reworded_on_both_sides_is_a_conflict(team: Stage) -> None:
    """Git's marks show what was, what people made of it, and what the template says."""
    team.repo.commit(FILE, NEW.replace("## Impact", "## Who was hit"))
    _edit(team, "## Impact", "## User impact")

    said = team.run("upgrade", "x-down", "--yes")

    assert said.code == 1
    assert "; 1 conflict\n" in said.out
    lines = _text(team).split("\n")
    at = lines.index(f"<<<<<<< {PATH}")
    assert [lines[at + 1], lines[at + 3], lines[at + 5]] == [
        *("## User impact", "## Impact", "## Who was hit")
    ]
    assert team.run("submit", "x-down", "--way", "here", "-m", "Add it").code == 2


def test_a_line_of_the_template_changed_on_both_sides_is_a_conflict(
    team: Stage,
) -> None:
    """What only one side changed is no conflict: here both did."""
    sentence = "All of them have an owner."
    team.repo.commit(FILE, NEW.replace(sentence, "Each has an owner and a day."))
    _edit(team, sentence, "Most of them have an owner.")

    said = team.run("upgrade", "x-down", "--yes")

    assert said.code == 1
    assert "Most of them have an owner.\n" in _text(team)
    assert "Each has an owner and a day.\n" in _text(team)


def test_a_line_of_the_template_taken_out_by_hand_stays_out(team: Stage) -> None:
    """It is only put in again where the template says it in other words."""
    _edit(team, "All of them have an owner.\n\n", "")
    _edit(team, "- **A1**", "- **A9**")

    assert team.run("upgrade", "x-down", "--yes").code == 0

    assert "All of them have an owner." not in _text(team)


def test_a_section_taken_out_by_hand_stays_out(team: Stage) -> None:
    """Nobody has to take it out twice."""
    _edit(team, "## Impact\n\nHalf of all users.\n\n", "")
    team.run("set", "x-down", "impact=")

    assert team.run("upgrade", "x-down", "--yes").code == 0

    assert "## Impact" not in _text(team)
    assert "## What was hard" in _text(team)


def test_a_template_that_is_in_no_commit_is_refused(team: Stage) -> None:
    """No other version takes its place: what it asked would be lost."""
    _edit(team, "template: team 1 ", "template: team 0 0")
    before = _text(team)

    said = team.run("upgrade", "x-down", "--yes")

    assert (said.code, said.out) == (2, "")
    assert "its template 'team 0 0" in said.err
    assert "' is not in the history of this repository" in said.err
    assert "commit a template before you change it again" in said.err
    assert _text(team) == before


@pytest.mark.parametrize(
    "changed",
    [
        ("# {{ title }}", "# Review: {{ title }}"),
        ("## Summary", "## In short"),
        ('## Weather\n\n{{ field("weather", "What was the weather?") }}\n\n', ""),
        ("## Impact", "## Noise\n\n{{ field('noise', 'How loud?') }}\n\n## Impact"),
        ("- **{{ action.key }}** {{ action.text }}", "- {{ action.text }}"),
        ("version: 1", "version: 1\nlabels: {unknown: Still open.}"),
    ],
)
def test_a_template_changed_before_any_commit(
    stage: Stage, worker: Worker, changed: tuple[str, str]
) -> None:
    """Begun, used and changed without a commit: nothing is written."""
    _uncommitted(stage, worker, OLD.replace(*changed))
    before = _text(stage)

    said = stage.run("upgrade", "x-down", "--yes")

    assert (said.code, said.out) == (2, "")
    assert "is not in the history of this repository" in said.err
    assert _text(stage) == before


def test_a_report_that_reads_as_it_stands_needs_no_history(
    stage: Stage, worker: Worker
) -> None:
    """Only a question is another one: the report names the template as it is now."""
    prompts = "version: 1\nprompts: {impact: Who was hit?}"
    now = OLD.replace("version: 1", prompts).replace("What was", "How was")
    _uncommitted(stage, worker, now)
    before = _text(stage)

    said = stage.run("upgrade", "x-down", "--yes")

    assert said.code == 0
    assert "it reads by the new one as it stands" in said.err
    pairs = zip(before.split("\n"), _text(stage).split("\n"), strict=True)
    (changed,) = [each for each, other in pairs if each != other]
    assert changed.startswith("template: ")
    assert "as it is now" in stage.run("upgrade", "x-down", "--yes").err


def test_all_but_the_one_whose_template_is_lost(team: Stage) -> None:
    """The others are brought along, and it ends with 2."""
    other = _text(team).replace(ID, "2025-06-01-y-down").replace("X down", "Y down")
    lost = other.replace("template: team 1 ", "template: team 0 0")
    team.write("postmortems/2025-06-01-y-down.md", lost)

    said = team.run("upgrade", "--all", "--yes")

    assert (said.code, len(said.out.splitlines())) == (2, 1)
    assert "2025-06-01-y-down.md: its template 'team 0 0" in said.err
    assert "## In short" in _text(team)
    assert (team.root / "postmortems/2025-06-01-y-down.md").read_text() == lost


def test_the_command_that_gives_a_template_can_be_pasted(team: Stage) -> None:
    """A file that is older than ids may have a name with blanks."""
    team.write("postmortems/db failover (2024).md", "# The failover failed\n")

    said = team.run("upgrade", "--all", "--yes")

    assert "`postmortem convert 'db failover (2024)' --template NAME`" in said.err
    converted = team.run("convert", "db failover (2024)", "--template", "team", "--yes")
    assert converted.code == 0


def test_all_at_once(team: Stage) -> None:
    """Every report that is behind, a line each; who cannot be is named, exit 2."""
    text = _text(team)
    other = text.replace(ID, "2025-06-01-y-down").replace("X down", "Y down")
    team.write("postmortems/2025-06-01-y-down.md", other)
    assert team.run("upgrade", "--all", "--yes", "--dry-run").out.count("@@") > 2

    said = team.run("upgrade", "--all", "--yes")

    assert (said.code, len(said.out.splitlines())) == (0, 2)
    team.write("postmortems/2025-06-02-z.md", "---\nid: 2025-06-02-z\n---\n\n# Z\n")
    said = team.run("upgrade", "--all", "--yes", "--format", "json")
    assert (said.code, json.loads(said.out)) == (2, [])
    assert "the report names no template" in said.err


def test_one_or_all(team: Stage) -> None:
    """One of the two is asked for."""
    assert team.run("upgrade", "--yes").code == 2
    assert team.run("upgrade", "x-down", "--all", "--yes").code == 2


def test_a_template_that_is_gone(team: Stage) -> None:
    """`convert` still reads the report by it, from history."""
    (team.root / FILE).unlink()

    said = team.run("upgrade", "x-down", "--yes")
    assert said.code == 2
    assert f"postmortem convert {ID} --template NAME" in said.err

    said = team.run("convert", "x-down", "-t", "minimal", "--yes")
    assert (said.code, said.err.count("\n")) == (0, 1)
    assert f"postmortem set {ID} status=draft" in said.err
    assert "### weather\n\nIt rained.\n" in _text(team)


def test_the_template_of_a_branch_counts(stage: Stage) -> None:
    """A report on a branch may name a template that only that branch had."""
    repo = stage.repo
    repo.git("checkout", "-qb", BRANCH)
    repo.commit(FILE, OLD)
    with Worker() as worker:
        text = markdown.write(RECORD, _template(stage, worker))
    repo.commit(PATH, text)
    repo.git("checkout", "-q", "main")
    repo.commit(FILE, NEW)

    said = stage.run("upgrade", "x-down", "--yes")

    assert (said.code, said.err) == (0, "")
    assert said.out.startswith(f"committed on {BRANCH}: team 1 ")
    assert "## In short" in repo.blob(BRANCH, PATH).decode()
