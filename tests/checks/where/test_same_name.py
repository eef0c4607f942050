"""Two files of one name, in two folders: without an id each has the same one."""

from __future__ import annotations

import pytest

from tests.checks.where.place import CLEAN, ID, PATH
from tests.checks.where.test_namesakes import _told
from tests.commands.stage import Stage

OTHER = f"services/pay/{ID}.md"


@pytest.fixture
def two(repository: Stage) -> Stage:
    """Return a repository with two files of one name, and no id in either."""
    repository.write(".postmortem.yaml", "folders: [postmortems, services/pay]\n")
    for path in (PATH, OTHER):
        repository.write(path, CLEAN.replace(f"id: {ID}\n", ""))
    return repository


def test_two_files_of_one_name_without_an_id_aretold(two: Stage) -> None:
    """At their first line: none of them has one for its id."""
    both = {
        f"{PATH}:1:1:": f"'{OTHER}' has this id too",
        f"{OTHER}:1:1:": f"'{PATH}' has this id too",
    }
    assert _told(two) == both
    assert _told(two, OTHER) == {f"{OTHER}:1:1:": both[f"{OTHER}:1:1:"]}
    assert "write one into the newer one" in two.run("check").out

    two.write(OTHER, CLEAN.replace(ID, "2026-03-02-another"))
    assert _told(two) == _told(two, ID) == {}


@pytest.mark.parametrize("command", ["check", "show"])
def test_a_name_that_two_files_have_means_neither(two: Stage, command: str) -> None:
    """Whoever types it is asked for the path of one."""
    said = two.run(command, ID)

    assert (said.code, said.out) == (2, "")
    assert said.err.startswith(f"'{ID}' fits 2 reports\n")
    assert "some have the same id; give the path of one: " in said.err


def test_a_name_that_one_file_has_in_two_folders_means_it(repository: Stage) -> None:
    """A link to the folder makes no second report."""
    (repository.root / "docs").symlink_to("postmortems")
    repository.write(".postmortem.yaml", "folders: [postmortems, docs]\n")

    assert repository.run("check", ID).err == "1 report checked: clean\n"
