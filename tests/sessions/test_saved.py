"""Behind a round of questions it is said that all is saved, and then it is."""

from __future__ import annotations

import pytest

from tests.sessions.interview import (
    FIRST,
    ID,
    MENU,
    begin,
    choose,
    finish,
    go_on,
    written,
)
from tests.sessions.person import Person

ways = pytest.mark.parametrize("words", [(), ("--plain",)], ids=["styled", "plain"])
SAVED = f"All is saved in postmortems/{ID}.md."


@ways
def test_what_is_said_to_be_saved_is_on_disk(
    person: Person, words: tuple[str, ...]
) -> None:
    """Once it is said, a kill takes nothing."""
    terminal = person.sit("new", *words)
    begin(terminal)
    assert "All is saved" not in terminal.told
    go_on(terminal)
    met = finish(terminal)
    terminal.until(lambda: SAVED in terminal.told, SAVED)
    terminal.kill()
    terminal.end()

    text = person.report.read_text()
    assert [each for each in written((*FIRST, *met)) if each not in text] == []
    assert terminal.told.count("All is saved") == 1


def test_nothing_is_said_to_be_saved_that_is_not(person: Person) -> None:
    """An answer that the file does not take is asked again, and no round has ended."""
    terminal = person.sit("new")
    begin(terminal)
    report = person.report
    go_on(terminal)
    terminal.see("Who sees")
    moved = report.rename(report.with_suffix(".moved"))
    report.symlink_to(moved)
    terminal.answer("A lead")
    terminal.see("link")
    terminal.key("\x03")

    assert terminal.end() != 0
    assert "All is saved" not in terminal.told
    assert "A lead" not in moved.read_text()


def test_a_report_on_a_branch_is_saved_here(person: Person) -> None:
    """What is kept and not committed is not called more than that."""
    person.begun("impact=All.")
    assert person.run("submit", ID, "--way", "stay").returncode == 0
    person.report.unlink()
    terminal = person.sit("edit", ID, "owner")
    terminal.see("Who sees")
    terminal.key("\x03")
    assert terminal.end() == 130

    again = person.sit("resume", ID)
    again.see(MENU)
    choose(again, "all")
    again.see("Which one?")
    again.press("<")
    again.until(lambda: "Enter: < done" in again.shown, "Enter: < done")
    again.enter()
    again.see(f"All is saved here, and not committed to postmortem/{ID} yet.")
