"""A file that cannot be read holds up the branch that touched it, and no other."""

from __future__ import annotations

import pytest

from tests.checks.where.place import CLEAN, PATH
from tests.commands.stage import Stage

OLD = "postmortems/2020-01-01-old.md"
SINCE = ("check", "--changed-since", "main")


@pytest.fixture
def branch(repository: Stage) -> Stage:
    """Return a branch of a repository with a file that is no UTF-8."""
    (repository.root / OLD).write_bytes(b"# Old caf\xe9\n\n")
    repository.repo.git("add", "-A")
    repository.repo.git("commit", "-qm", "long ago")
    repository.repo.git("switch", "-qc", "work")
    repository.write(PATH, CLEAN.replace(", due 2099-03-20", ""))
    return repository


def test_what_a_branch_did_not_touch_is_none_of_its_problems(branch: Stage) -> None:
    """Otherwise no pipeline would ever end well; `check` alone still says it."""
    said = branch.run(*SINCE)

    assert said.code == 0
    assert "PM412" in said.out
    assert OLD not in said.err
    assert branch.run("check").code == 2


def test_line_ends_of_a_checkout_are_no_change(branch: Stage) -> None:
    """Git may write others than it keeps."""
    (branch.root / OLD).write_bytes(b"# Old caf\xe9\r\n\r\n")

    assert branch.run(*SINCE).code == 0


@pytest.mark.parametrize("shape", ["text", "github", "gitlab"])
def test_what_it_touched_is_a_problem_with_a_path_for_people(
    branch: Stage, shape: str
) -> None:
    """As they would type it."""
    (branch.root / OLD).write_bytes(b"# Older caf\xe9\n")

    said = branch.run(*SINCE, "--format", shape)

    assert said.code == 2
    assert f"\n{OLD}:" in f"\n{said.err}"
    assert str(branch.root) not in said.err


def test_a_hook_says_where_it_is(branch: Stage) -> None:
    """As well."""
    (branch.root / OLD).write_bytes(b"# Older caf\xe9\n")
    branch.repo.git("add", "-A")

    said = branch.run("check", "--staged")

    assert said.code == 2
    assert f"\n{OLD}:" in f"\n{said.err}"
