"""A report that cannot be checked: nobody knows what is in it, so it stays here."""

from __future__ import annotations

import shutil

import pytest

from postmortem import shipped
from tests.checks.where.place import CLEAN, ID, LEAKING, PATH, SECRET
from tests.commands.stage import Stage

OTHER = PATH.replace("checkout", "search")
TITLE = "{{ 10 // ((title | length) - %d) }}"
"""What only a title of that length cannot be laid out by."""


@pytest.fixture
def failing(repository: Stage) -> Stage:
    """Return a team whose own template cannot lay this report out."""
    folder = repository.root / "postmortems" / ".templates"
    folder.mkdir()
    mine = folder / "default.md.j2"
    shutil.copy(shipped.templates_folder() / "reports" / mine.name, mine)
    title = next(line for line in CLEAN.splitlines() if line.startswith("# "))
    length = len(title.removeprefix("# "))
    mine.write_text(f"{mine.read_text('utf-8')}\n{TITLE % length}\n", "utf-8")
    return repository


def test_a_secret_in_it_is_not_committed(failing: Stage) -> None:
    """The check has found nothing, and that is no reason to let it through."""
    failing.write(PATH, LEAKING)

    said = failing.run("submit", ID, "--way", "stay", "-m", "Add it")

    assert said.code == 2
    assert "cannot be worked out" in said.err
    assert SECRET not in failing.repo.git("log", "--all", "-p")


def test_what_is_wrong_with_a_template_is_told_once(repository: Stage) -> None:
    """However many reports it has."""
    folder = repository.root / "postmortems" / ".templates"
    folder.mkdir()
    (folder / "default.md.j2").write_text("---\ndescription: x\n---\n{{ nosuch }}\n")
    repository.write(OTHER, CLEAN.replace(ID, ID.replace("checkout", "search")))

    said = repository.run("check")

    assert said.code == 2
    assert said.err.count("no field is called") == 1
    assert "clean" not in said.err


def test_the_report_of_a_branch_is_looked_at_whatever_else_has_its_id(
    repository: Stage,
) -> None:
    """A file in the folder comes first by its id, and is another report."""
    away = PATH.replace("checkout", "apple")
    repository.repo.git("switch", "-qc", "postmortem/apple")
    repository.repo.commit(away, CLEAN.replace(ID, "2026-03-02-the-id"))
    repository.repo.git("switch", "-q", "main")
    repository.write(OTHER, CLEAN.replace(ID, "2026-03-02-the-id"))

    name = away.removeprefix("postmortems/").removesuffix(".md")
    said = repository.run("set", name, f"impact=It has {SECRET} in it")

    assert said.code == 2
    assert "PM701" in said.err
    assert SECRET not in repository.repo.git("log", "--all", "-p")
