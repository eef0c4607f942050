"""At the question that commits, another way than the proposed one can be typed."""

from __future__ import annotations

import pytest

from tests.sessions.interview import BRANCH, begin, choose
from tests.sessions.person import Person

ways = pytest.mark.parametrize("words", [(), ("--plain",)], ids=["styled", "plain"])


@ways
def test_a_new_branch_takes_the_first_commit(
    person: Person, words: tuple[str, ...]
) -> None:
    """In a repository without commits `main` is proposed, and b is a new branch."""
    person.repo.git("update-ref", "-d", "HEAD")
    person.repo.git("rm", "-q", "--cached", "README")
    terminal = person.sit("new", *words)
    begin(terminal)

    choose(terminal, "submit")
    terminal.see("this is the repository's first commit", "b: on a new branch")
    terminal.insist("b", "b")
    terminal.enter()

    assert terminal.end() == 0
    assert person.repo.refs().keys() == {f"refs/heads/{BRANCH}"}


def test_here_is_typed_where_a_branch_is_proposed(person: Person) -> None:
    """H commits on the branch that is checked out."""
    terminal = person.sit("new")
    begin(terminal)

    choose(terminal, "submit")
    terminal.see("h: on main")
    terminal.insist("h", "h")
    terminal.enter()

    assert terminal.end() == 0
    assert person.repo.refs().keys() == {"refs/heads/main"}
