"""`convert` lays a report out by another template; what people added stays."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from postmortem import markdown
from postmortem.model import Action, Report
from tests.commands.stage import BRANCH, ID, PATH, Stage
from tests.laws import PRESETS, template

RECORD = Report(
    id=ID,
    title="X down",
    summary="The failover did not take over.",
    impact="Half of all users.",
    response="Nobody had the key.",
    actions=(Action(text="Try the failover", key="A1", owner="storage"),),
)
ADDED = ("It rained.", "core", "Times are *measured*.", "We looked twice.")
SAMPLE = Path(__file__).parents[2] / "samples" / "a-failover"


@pytest.fixture
def written(stage: Stage) -> Stage:
    """Return a repository with a report that `default` wrote, committed."""
    stage.repo.commit(PATH, markdown.write(RECORD, template("default")))
    return stage


@pytest.fixture
def sample(stage: Stage) -> Stage:
    """Return sample A with a section, a column and paragraphs that people added."""
    (path,) = SAMPLE.glob("*.md")
    text = path.read_text(encoding="utf-8")
    for old, new in (
        ("## Impact\n", "## Weather\n\nIt rained.\n\n## Impact\n"),
        ("| Source |\n| --- |", "| Source | Team |\n| --- | --- |"),
        ("\n- Time to detect", "\nTimes are *measured*.\n\n- Time to detect"),
        ("## Looking back\n", "## Looking back\n\nWe looked twice.\n"),
    ):
        assert old in text
        text = text.replace(old, new, 1)
    lines = text.split("\n")
    for at in range(lines.index("## Timeline") + 4, len(lines)):
        if not lines[at].startswith("| "):
            break
        lines[at] += " core |"
    stage.write(f"postmortems/{path.name}", "\n".join(lines))
    return stage


def _sample(stage: Stage) -> str:
    (path,) = (stage.root / "postmortems").glob("*failover*.md")
    return path.read_text(encoding="utf-8")


def _text(stage: Stage) -> str:
    return (stage.root / PATH).read_bytes().decode()


def _edit(stage: Stage, old: str, new: str) -> None:
    text = _text(stage)
    assert text.count(old) == 1
    stage.write(PATH, text.replace(old, new))


def test_what_has_no_place_is_said_and_kept(written: Stage) -> None:
    """One line says where it is, by which template, and what has no place there."""
    said = written.run("convert", "x-down", "--template", "minimal", "--yes")

    old = template("default").outline.reference
    new = template("minimal").outline.reference
    assert said == (
        0,
        f"wrote {PATH}: {old} to {new}; under 'Not in this template': response\n",
        f"it has no status yet; this says one: postmortem set {ID} status=draft\n",
    )
    text = _text(written)
    assert f"template: {new}\n" in text
    assert "### What slowed us\n\nNobody had the key.\n" in text


def test_there_and_back_gives_the_same_bytes(written: Stage) -> None:
    """A report that only we wrote is as it was."""
    before = _text(written)

    for name in (*PRESETS, "default"):
        assert written.run("convert", "x-down", "-t", name, "--yes").code == 0

    assert _text(written) == before


def test_a_sample_goes_through_every_template(sample: Stage) -> None:
    """All that it says, and what people added to it, comes back."""
    before = _sample(sample)

    for name in (*PRESETS, "default"):
        said = sample.run("convert", "failover", "-t", name, "--yes")
        assert said.code == 0, said
        now = _sample(sample)
        assert [now.count(it) for it in ADDED] == [before.count(it) for it in ADDED]

    back = markdown.read(now, template("default")).report
    assert back == markdown.read(before, template("default")).report
    for line in set(before.split("\n")):
        assert line in now.split("\n")


@pytest.mark.parametrize("name", [name for name in PRESETS if name != "howie"])
def test_what_people_added_to_a_sample_is_where_it_was(
    sample: Stage, name: str
) -> None:
    """Converted there and back it is the same, byte for byte."""
    before = _sample(sample)

    for each in (name, "default"):
        assert sample.run("convert", "failover", "-t", each, "--yes").code == 0

    assert _sample(sample) == before


def test_dry_run_shows_the_difference_and_writes_nothing(written: Stage) -> None:
    """It is a unified diff on standard output; the rest is conversation."""
    before = _text(written)

    said = written.run("convert", "x-down", "-t", "sre", "--dry-run")

    assert said.code == 0
    assert said.out.startswith(f"--- {PATH}\n+++ {PATH}\n@@ ")
    assert f"+template: {template('sre').outline.reference}\n" in said.out
    assert "under 'Not in this template': response\n" in said.err
    assert _text(written) == before


def test_somebody_says_yes_to_what_is_shown(written: Stage) -> None:
    """At a terminal the difference is shown first; anything but yes keeps the file."""
    before = _text(written)

    kept = written.run("convert", "x-down", "-t", "sre", typed="no\n")
    assert kept.out == "kept\n"
    assert "+## Root Causes\n" in kept.err
    assert _text(written) == before

    assert written.run("convert", "x-down", "-t", "sre", typed="yes\n").code == 0
    assert "## Root Causes\n" in _text(written)


def test_a_pipe_can_say_no_yes(written: Stage) -> None:
    """Without a terminal and without --yes it is refused."""
    said = written.run("convert", "x-down", "-t", "sre")

    assert said.code == 2
    assert "--yes says it" in said.err


def test_as_json(written: Stage) -> None:
    """What was done is there for programs."""
    said = written.run("convert", "x-down", "-t", "sre", "--yes", "--format", "json")

    (done,) = json.loads(said.out)
    assert done["id"] == ID
    assert done["to"] == template("sre").outline.reference
    assert done["elsewhere"] == ["response"]
    assert (done["conflicts"], done["other_sections"]) == (0, [])


def test_a_template_that_is_not_there(written: Stage) -> None:
    """The nearest name is offered."""
    said = written.run("convert", "x-down", "-t", "minimum", "--yes")

    assert said.code == 2
    assert "did you mean 'minimal'?" in said.err


def test_newlines_of_the_file_stay(written: Stage) -> None:
    """A file with Windows line ends keeps them."""
    written.write(PATH, _text(written).replace("\n", "\r\n"))

    assert written.run("convert", "x-down", "-t", "sre", "--yes").code == 0

    text = _text(written)
    assert text.count("\n") == text.count("\r\n") > 0


def test_front_matter_keeps_what_people_wrote(written: Stage) -> None:
    """Comments, quoting and keys of their own; one key changes."""
    _edit(written, "\n---\n\n# X", "\n# ours\nteam:   'a'   # quoted\n---\n\n# X")

    assert written.run("convert", "x-down", "-t", "sre", "--yes").code == 0

    assert "\n# ours\nteam:   'a'   # quoted\n---\n" in _text(written)


def test_a_section_of_ones_own_finds_its_place(written: Stage) -> None:
    """What `default` does not know and `sre` does is a value there."""
    _edit(written, "## Impact\n", "## Lessons learned\n\nTry it.\n\n## Impact\n")

    assert written.run("convert", "x-down", "-t", "sre", "--yes").code == 0

    report = markdown.read(_text(written), template("sre")).report
    assert (report.lessons, report.other) == ("Try it.", ())


def test_rows_that_cannot_be_read_are_a_conflict(written: Stage) -> None:
    """They stand between git's marks, it ends with 1, and submit refuses them."""
    _edit(written, "(storage)", "(storage, due whenever)")

    said = written.run("convert", "x-down", "-t", "sre", "--yes")

    assert said.code == 1
    assert "; 1 conflict\n" in said.out
    text = _text(written)
    assert f"<<<<<<< {PATH}\n" in text
    assert "(storage, due whenever)" in text
    assert f">>>>>>> {template('sre').outline.reference}\n" in text
    refused = written.run("submit", "x-down", "--way", "here", "-m", "Add it")
    assert refused.code == 2
    assert "a merge is not resolved here" in refused.err
    assert written.run("convert", "x-down", "-t", "default", "--yes").code == 2


def test_without_git_a_conflict_is_not_guessed(
    written: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the program only what needs no merge is converted."""
    _edit(written, "(storage)", "(storage, due whenever)")
    (written.root / ".git").rename(tmp_path / "git")
    before = _text(written)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("GIT_PYTHON_GIT_EXECUTABLE", os.devnull)

    said = written.run("convert", "x-down", "-t", "sre", "--yes")

    assert said.code == 2, said
    assert "git" in said.err
    assert _text(written) == before


def test_a_report_on_a_branch_gets_a_commit_there(stage: Stage) -> None:
    """Nothing in the work tree changes."""
    repo = stage.repo
    repo.git("checkout", "-qb", BRANCH)
    repo.commit(PATH, markdown.write(RECORD, template("default")))
    repo.git("checkout", "-q", "main")

    said = stage.run("convert", "x-down", "-t", "sre", "--yes")

    reference = template("sre").outline.reference
    assert said.code == 0
    assert said.out.startswith(f"committed on {BRANCH}: ")
    assert stage.message == f"{ID}: lay it out by {reference}"
    assert f"template: {reference}" in repo.blob(BRANCH, PATH).decode()


def test_a_report_without_a_template_is_read_by_its_headings(stage: Stage) -> None:
    """Other people's names of sections are known; the rest is kept."""
    stage.write(
        PATH,
        "# X down\n\n## Executive summary\n\nIt was down.\n\n## Weather\n\nRain.\n",
    )

    said = stage.run("convert", "x-down", "-t", "sre", "--yes")

    assert said.code == 0
    assert "it names no template: read by its headings" in said.err
    report = markdown.read(_text(stage), template("sre")).report
    assert (report.title, report.summary) == ("X down", "It was down.")
    assert [each.heading for each in report.other] == ["Weather"]


def test_a_report_without_a_status_is_told_how_to_say_one(stage: Stage) -> None:
    """None is made up for it; what is only shown is told nothing of the sort."""
    stage.write(PATH, "# X down\n\n## Summary\n\nIt was down.\n")

    shown = stage.run("convert", "x-down", "-t", "default", "--dry-run")
    said = stage.run("convert", "x-down", "-t", "default", "--yes")

    assert "no status" not in shown.err
    assert "no status" in said.err
    assert "\nstatus:" not in (stage.root / PATH).read_text()
