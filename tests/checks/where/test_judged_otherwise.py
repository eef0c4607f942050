"""A branch that changes what reports are judged by is told so, and what it breaks."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from postmortem import shipped
from tests.checks.where.place import CLEAN, PATH
from tests.commands.stage import Stage

FOLDER = "postmortems/.templates"
SINCE = ("check", "--changed-since", "main")
SAID = (
    "no report has changed since main, but {} have: all reports may be judged"
    " otherwise now, and `postmortem check` says how\n"
)


@pytest.fixture
def branch(repository: Stage) -> Stage:
    """Return a branch of a team with a template of its own, and one that is broken."""
    folder = repository.root / FOLDER
    folder.mkdir()
    shutil.copy(shipped.templates_folder() / "reports" / "default.md.j2", folder)
    repository.write(f"{FOLDER}/team.md.j2", '# {{ title }}\n{% include "end.j2" %}\n')
    repository.write(f"{FOLDER}/end.j2", "\n## Summary\n\n{{ summary }}\n")
    repository.write(f"{FOLDER}/old.md.j2", "# {{ title }}\n\n{{ nosuch }}\n")
    repository.write(f"{FOLDER}/message.j2", "{{ id }}: {{ title }}\n")
    repository.repo.git("add", "-A")
    repository.repo.git("commit", "-qm", "templates")
    repository.repo.git("switch", "-qc", "work")
    return repository


def _add(stage: Stage, name: str, text: str) -> None:
    path = stage.root / FOLDER / name
    path.write_text(f"{path.read_text('utf-8')}{text}", "utf-8")


@pytest.mark.parametrize("name", ["default.md.j2", "end.j2"])
@pytest.mark.parametrize("text", ["\n{{ sumary }", "\n{{ sumary }}\n"])
@pytest.mark.parametrize("shape", ["text", "github"])
def test_a_template_that_a_branch_breaks_is_its_mistake(
    branch: Stage, name: str, text: str, shape: str
) -> None:
    """Nothing could be checked with it, whatever reports the branch has."""
    _add(branch, name, text)

    said = branch.run(*SINCE, "--format", shape)

    assert said.code == 2
    assert said.err.startswith(f"{Path(FOLDER) / name}:")
    assert "old.md.j2" not in said.err
    assert "no report has changed" not in said.err


def test_it_is_told_once_beside_what_is_found(branch: Stage) -> None:
    """The report that the branch changes is of another template."""
    _add(branch, "team.md.j2", "{{ sumary }}\n")
    branch.write(PATH, CLEAN.replace(", due 2099-03-20", ""))

    said = branch.run(*SINCE)

    assert said.code == 2
    assert said.err.count("team.md.j2:") == 1
    assert "PM412" in said.out
    branch.write(PATH, CLEAN.replace("template: default", "template: team"))
    assert branch.run(*SINCE).err.count("team.md.j2:") == 1


def test_a_template_that_loses_a_part_is_told(branch: Stage) -> None:
    """The part is gone, and the template is as it was."""
    branch.repo.git("rm", "-q", f"{FOLDER}/end.j2")

    said = branch.run(*SINCE)

    assert said.code == 2
    assert "team.md.j2:2:" in said.err


@pytest.mark.parametrize("name", ["default.md.j2", "end.j2", "gone"])
def test_other_templates_may_judge_all_reports_otherwise(
    branch: Stage, name: str
) -> None:
    """Those that are taken out as well."""
    if name == "gone":
        branch.repo.git("rm", "-q", f"{FOLDER}/default.md.j2")
    else:
        _add(branch, name, "\nThe end.\n")

    said = branch.run(*SINCE)

    assert (said.code, said.out) == (0, "")
    assert said.err == SAID.format("templates")


def test_other_settings_may_judge_all_reports_otherwise(branch: Stage) -> None:
    """And templates with them."""
    branch.write(".postmortem.yaml", "checks: {PM412: error}\n")
    assert branch.run(*SINCE).err == SAID.format("the settings")

    _add(branch, "end.j2", "\nThe end.\n")
    assert branch.run(*SINCE).err == SAID.format("the settings and templates")


def test_what_says_the_same_judges_no_report_otherwise(branch: Stage) -> None:
    """Line ends, a comment in the settings, the message of a commit."""
    for path in (branch.root / FOLDER).iterdir():
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    branch.write(".postmortem.yaml", "# Nothing yet\n")
    _add(branch, "message.j2", "\nSee the report.\n")

    assert branch.run(*SINCE).err == "no report has changed since main\n"
