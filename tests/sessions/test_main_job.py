"""From nothing to a report on a branch: what the program is for."""

from __future__ import annotations

import pytest

from tests.sessions.interview import (
    BRANCH,
    FIRST,
    ID,
    MENU,
    REST,
    begin,
    choose,
    finish,
    go_on,
    written,
)
from tests.sessions.person import Person
from tests.sessions.terminal import CONSENT

PATH = f"postmortems/{ID}.md"
ways = pytest.mark.parametrize("words", [(), ("--plain",)], ids=["styled", "plain"])


@ways
def test_six_answers_become_a_commit(person: Person, words: tuple[str, ...]) -> None:
    """Six questions, the file, a typed yes: one commit with the report alone."""
    terminal = person.sit("new", *words)
    begin(terminal)
    text = person.report.read_text()
    assert [each for each in written(FIRST) if each not in text] == []

    choose(terminal, "submit")
    terminal.say_yes()

    assert terminal.end() == 0
    assert terminal.restored()
    assert person.repo.paths(BRANCH) == {PATH}
    assert person.repo.blob(BRANCH, PATH).decode() == text
    assert person.drafts == ()


def test_the_work_of_others_is_as_it_was(person: Person) -> None:
    """GIT-STAGED: staged, unstaged and untracked work stays what it is, where it is."""
    repo = person.repo
    repo.commit("b.txt", "one\n")
    repo.write("a.txt", "staged\n")
    repo.git("add", "a.txt")
    repo.write("b.txt", "two\n")
    repo.write("untracked.txt")
    repo.write(".git/COMMIT_EDITMSG", "my own unfinished words\n")
    terminal = person.sit("new")
    begin(terminal)
    before = repo.everything(but=BRANCH)

    choose(terminal, "submit")
    terminal.say_yes()

    assert terminal.end() == 0
    after = repo.everything(but=BRANCH)
    assert after == before
    assert repo.paths(BRANCH) == {PATH}


@ways
def test_the_whole_interview_is_in_the_report(
    person: Person, words: tuple[str, ...]
) -> None:
    """Each of its questions is asked once, in order, and each answer is there."""
    terminal = person.sit("new", *words)
    begin(terminal)
    go_on(terminal)
    met = finish(terminal)
    assert [it for it in met if not it.optional] == [
        it for it in REST if not it.optional
    ]
    choose(terminal, "later")

    assert terminal.end() == 0
    text = person.report.read_text()
    assert [each for each in written((*FIRST, *met)) if each not in text] == []
    if terminal.plain:  # TTY-DUMB
        assert b"\x1b" not in terminal.raw
        assert {terminal.told.count(step.asked) for step in (*FIRST, *met)} == {1}


def test_anything_but_yes_is_no(person: Person) -> None:
    """The menu comes back, nothing is committed, and the report is there."""
    terminal = person.sit("new")
    begin(terminal)

    choose(terminal, "submit")
    terminal.see(CONSENT)
    terminal.insist("n", "n")
    terminal.enter()
    terminal.see(MENU)
    terminal.press("\x03")

    assert terminal.end() == 130
    assert BRANCH not in person.repo.git("branch", "--list")
    assert person.draft.report == ID
