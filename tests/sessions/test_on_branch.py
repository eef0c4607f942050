"""A report that is on its branch alone is changed there, after a yes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sessions.interview import BRANCH, ID, MENU, asked, choose
from tests.sessions.person import Person
from tests.sessions.terminal import CONSENT, Terminal

PATH = f"postmortems/{ID}.md"
ways = pytest.mark.parametrize("words", [(), ("--plain",)], ids=["styled", "plain"])


@pytest.fixture
def away(person: Person) -> Person:
    """Return somebody whose report is on a branch, and not in the work tree."""
    person.begun("impact=All.")
    done = person.run("submit", ID, "--way", "stay")
    assert done.returncode == 0, done.stderr
    person.report.unlink()
    return person


def _impact(person: Person, *words: str) -> Terminal:
    """Change the impact, as far as the end of the answer."""
    terminal = person.sit("edit", ID, "impact", *words)
    terminal.see(asked("impact"), "All.")
    terminal.write(" Even us.")
    terminal.enter()
    terminal.enter()
    return terminal


def _text(person: Person) -> str:
    return person.repo.blob(BRANCH, PATH).decode()


@ways
def test_it_is_committed_there(away: Person, words: tuple[str, ...]) -> None:
    """A typed yes, one commit on the branch; the work tree and main are as before."""
    before = away.repo.everything(but=BRANCH)
    terminal = _impact(away, *words)
    terminal.see(f"Commit it on {BRANCH}?")
    terminal.say_yes()

    assert terminal.end() == 0
    assert f"committed on {BRANCH}" in terminal.told
    assert "All.\nEven us." in _text(away)
    assert away.repo.paths(BRANCH) == {PATH}
    assert away.repo.everything(but=BRANCH) == before
    assert away.drafts == ()


@ways
def test_a_no_keeps_it(away: Person, words: tuple[str, ...]) -> None:
    """Nothing is committed; `resume` has the change, and commits it after a yes."""
    text = _text(away)
    terminal = _impact(away, *words)
    terminal.see(CONSENT)
    terminal.insist("\r", "resume")
    assert terminal.end() == 0
    assert _text(away) == text
    assert "has changes that are not committed" in away.run("resume", "--list").stdout

    again = away.sit("resume", ID, *words)
    again.see(MENU, "submit")
    again.pick(5)
    again.say_yes()
    assert again.end() == 0
    assert "All.\nEven us." in _text(away)
    assert away.drafts == ()


@ways
def test_what_changed_nothing_says_so(away: Person, words: tuple[str, ...]) -> None:
    """Its id, and what can be done next: no path, and no question."""
    text = _text(away)
    terminal = away.sit("edit", ID, "impact", *words)
    terminal.see(asked("impact"), "All.")
    terminal.enter()
    terminal.enter()
    assert terminal.end() == 0
    said = f"{ID}: nothing was changed\nnext: postmortem check {ID}\n"
    assert terminal.told.endswith(said)

    half = away.sit("edit", ID, "impact", *words)
    half.see("All.")
    half.write(" Even")
    away.keeps(half, "All. Even")
    half.key("\x03")
    assert half.end() == 130
    again = away.sit("resume", *words)
    again.see("All. Even")
    for _ in " Even":
        again.key("\x7f")
    away.keeps(again, "All.")
    again.enter()
    again.enter()
    again.see(MENU, "submit")
    choose(again, "submit")
    assert again.end() == 0
    assert again.told.endswith(said)
    assert _text(away) == text
    assert away.drafts == ()


@ways
def test_a_kill_keeps_it(away: Person, words: tuple[str, ...]) -> None:
    """CR-KILL: in mid-word, and before the yes."""
    typing = away.sit("edit", ID, "impact", *words)
    typing.see("All.")
    typing.write(" Even")
    away.keeps(typing, "All. Even")
    typing.kill()
    typing.end()

    asked = away.sit("edit", ID, "impact", *words)
    asked.see("All. Even")
    asked.write(" us.")
    asked.enter()
    asked.enter()
    asked.see(CONSENT)
    asked.kill()
    asked.end()
    assert "Even us" not in _text(away)

    again = away.sit("resume", *words)
    again.see(MENU, "submit")
    again.pick(5)
    again.say_yes()
    assert again.end() == 0
    assert "All.\nEven us." in _text(away)


def test_a_branch_that_went_on_is_not_undone(away: Person, tmp_path: Path) -> None:
    """Somebody commits there meanwhile: neither change is lost."""
    terminal = _impact(away)
    terminal.see(CONSENT)
    aside = tmp_path / "aside"
    away.repo.git("worktree", "add", "-q", str(aside), BRANCH)
    path = aside / PATH
    path.write_text(path.read_text().replace("severity: SEV-2", "severity: SEV-1"))
    away.repo.git("-C", str(aside), "commit", "-qam", "Say how bad it was")
    away.repo.git("worktree", "remove", str(aside))
    theirs = _text(away)
    terminal.say_yes()
    code = terminal.end()

    assert "severity: SEV-1" in _text(away)
    if code != 0 or "Even us." not in _text(away):
        assert _text(away) == theirs
        assert "Even us." in str(away.draft.text)
