"""At the question that commits, another way than the proposed one can be typed."""

from __future__ import annotations

import re

import pytest

from tests.sessions.interview import BRANCH, begin, choose, go_on
from tests.sessions.person import Person
from tests.sessions.terminal import CONSENT

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
    terminal.see("where you are (proposed: this is the repository's first commit)")
    terminal.see(f"b  on the new branch {BRANCH}, and switch to it")
    terminal.insist("b", "b")
    terminal.enter()

    assert terminal.end() == 0
    assert person.repo.refs().keys() == {f"refs/heads/{BRANCH}"}


def test_here_is_typed_where_a_branch_is_proposed(person: Person) -> None:
    """H commits on the branch that is checked out."""
    terminal = person.sit("new")
    begin(terminal)

    choose(terminal, "submit")
    terminal.see("h  on main, where you are")
    assert terminal.told.count("proposed") == 1
    terminal.insist("h", "h")
    terminal.enter()

    assert terminal.end() == 0
    assert person.repo.refs().keys() == {"refs/heads/main"}


@ways
def test_the_same_branch_can_be_made_and_not_switched_to(
    person: Person, words: tuple[str, ...]
) -> None:
    """S leaves the checkout as it is."""
    terminal = person.sit("new", *words)
    begin(terminal)

    choose(terminal, "submit")
    terminal.see("s  on that branch, and stay on main")
    terminal.see("Type y (or yes), s or h; anything else is no")
    terminal.insist("s", "s")
    terminal.enter()

    assert terminal.end() == 0
    assert person.repo.git("symbolic-ref", "--short", "HEAD") == "main"
    assert f"refs/heads/{BRANCH}" in person.repo.refs()


@pytest.mark.parametrize("key, commits", [("y", True), ("n", False)])
def test_submit_takes_the_keys_of_the_interview(
    person: Person, key: str, *, commits: bool
) -> None:
    """The same question has the same keys, and a no of its own: there, Enter is a yes.

    What finishes it later is one line, however narrow the terminal is.
    """
    name = person.begun("status=draft")
    terminal = person.sit("submit", name, columns=44)

    terminal.see("b  on the new branch", "Enter takes b:")
    terminal.insist(key, key)
    terminal.enter()

    assert terminal.end() == (0 if commits else 2)
    assert (f"refs/heads/postmortem/{name}" in person.repo.refs()) is commits
    if not commits:
        assert "nothing is committed\n" in terminal.told
        assert f"\n  postmortem submit {name}\n" in terminal.told


def test_what_is_not_known_is_counted_alike_everywhere(person: Person) -> None:
    """The file's line, the menu, the line before the commit and its message agree."""
    terminal = person.sit("new")
    begin(terminal)
    choose(terminal, "submit")
    terminal.say_yes()
    assert terminal.end() == 0

    message = person.repo.git("log", "-1", "--format=%B", BRANCH)
    told = re.findall(
        r"(\d+) (?:fields? )?not known yet", f"{terminal.told}\n{message}"
    )
    assert len(told) > 3
    assert len(set(told)) == 1, told


@ways
def test_the_menu_says_how_many_questions_follow(
    person: Person, words: tuple[str, ...]
) -> None:
    """They are more than the fields that a reader misses; the first counts them."""
    terminal = person.sit("new", *words)
    begin(terminal)

    go_on(terminal)

    (many,) = set(re.findall(r"(\d+) questions, each can", terminal.told))
    terminal.see(f"1/{many}")


@ways
@pytest.mark.parametrize("letter", ["y", "Y"])
def test_a_letter_commits(person: Person, words: tuple[str, ...], letter: str) -> None:
    """Y commits the proposed way, which is told beside it."""
    terminal = person.sit("new", *words)
    begin(terminal)

    choose(terminal, "submit")
    terminal.see(f"y  on the new branch {BRANCH}, and switch to it")
    terminal.see(CONSENT)
    terminal.insist(letter, letter)
    terminal.enter()

    assert terminal.end() == 0
    assert f"refs/heads/{BRANCH}" in person.repo.refs()
