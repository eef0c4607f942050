"""A baseline that an older version wrote is one: it is read, and written anew."""

from __future__ import annotations

import json

import pytest

from postmortem.checks import baseline
from tests.checks.where.place import CLEAN, ID, PATH
from tests.commands.stage import Stage

OTHER = "postmortems/2026-03-04-other.md"
RENAMED = "postmortems/2026-03-05-renamed.md"
OLD = CLEAN.replace(", due 2099-03-20", "")
"""Action A2 has no day on which it is due: a warning, PM412."""
OLDER = OLD.replace(", due 2099-03-27", "")
SINCE = ("check", "--changed-since", "main")
EVERYWHERE = pytest.mark.parametrize(
    "words", [("check",), ("check", "--staged"), SINCE]
)


def _formers(stage: Stage) -> dict[str, list[str]]:
    """Return what an older version would know of the reports."""
    (run,) = json.loads(stage.run("check", "--format", "sarif").out)["runs"]
    known: dict[str, list[str]] = {}
    for each in run["results"]:
        (place,) = each["locations"]
        path = place["physicalLocation"]["artifactLocation"]["uri"]
        mark = each["partialFingerprints"]["postmortem/v1"]
        known.setdefault(path, []).append(f"{each['ruleId']} {mark}")
    return known


@pytest.fixture
def branch(repository: Stage) -> Stage:
    """Return a branch of two reports, of which an older baseline knows a finding."""
    repository.write(PATH, OLD)
    repository.write(OTHER, OLD.replace(ID, "2026-03-04-other"))
    repository.write(baseline.FILE, baseline.text(_formers(repository)))
    repository.repo.git("add", "-A")
    repository.repo.git("commit", "-qm", "what is known")
    repository.repo.git("switch", "-qc", "work")
    return repository


def test_what_it_knows_is_known(branch: Stage) -> None:
    """And no more."""
    said = branch.run("check")

    assert said.err == "2 reports checked: clean; 2 more in the baseline\n"
    branch.write(PATH, OLDER)
    assert branch.run("check").out.count("PM412") == 1


@EVERYWHERE
def test_it_knows_a_report_that_is_renamed(
    branch: Stage, words: tuple[str, ...]
) -> None:
    """By what both have in common."""
    branch.repo.git("mv", OTHER, RENAMED)

    assert "PM412" not in branch.run(*words).out


def test_it_is_written_anew_with_what_it_knew(branch: Stage) -> None:
    """That adds nothing to it; what a branch adds is told."""
    path = branch.root / baseline.FILE
    before = path.read_text("utf-8")

    assert branch.run("check", "--write-baseline").out.endswith("(2 findings)\n")

    assert path.read_text("utf-8") != before
    assert "to the baseline" not in branch.run(*SINCE).err
    assert branch.run("check").err.endswith("clean; 2 more in the baseline\n")
    branch.write(PATH, OLDER)
    branch.run("check", "--write-baseline")
    assert "this branch adds 1 finding to the baseline" in branch.run(*SINCE).err


def test_of_some_reports_it_is_written_anew_for_these(branch: Stage) -> None:
    """What is known of the others is known as it was."""
    before = json.loads((branch.root / baseline.FILE).read_text("utf-8"))["reports"]

    branch.run("check", "--write-baseline", PATH)

    now = json.loads((branch.root / baseline.FILE).read_text("utf-8"))["reports"]
    assert now[OTHER] == before[OTHER]
    assert now[PATH] != before[PATH]
    assert branch.run("check").err.endswith("clean; 2 more in the baseline\n")
    assert "to the baseline" not in branch.run(*SINCE).err
