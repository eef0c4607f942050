"""A moment that is corrected: what the first answer made is nowhere any more."""

from __future__ import annotations

import pytest

from tests.sessions.interview import MENU, asked, choose
from tests.sessions.person import Person
from tests.sessions.terminal import Terminal

ways = pytest.mark.parametrize("words", [(), ("--plain",)], ids=["styled", "plain"])
FIRST = "2025-05-24 9:12, users complain"
AGAIN = "2025-05-24 9:12am EDT, support calls"


def _anew(terminal: Terminal, text: str) -> None:
    """Take away what stands in the answer, and type another one."""
    terminal.key("\x15")
    terminal.press(text)
    terminal.until(lambda: text in terminal.shown, text)  # only what differs is drawn
    terminal.enter()


@ways
def test_a_moment_that_is_told_again_is_told_once(
    person: Person, words: tuple[str, ...]
) -> None:
    """By the way back, and later by its name; by the clocks that were told."""
    person = person.with_variables(TZ="UTC")
    terminal = person.sit("new", *words)
    terminal.see(asked("title"))
    terminal.answer("X down")
    terminal.see(asked("severity"))
    terminal.pick(2)
    terminal.see(asked("services"))
    terminal.answer("web", asked("detected"))
    terminal.answer(FIRST, asked("resolved"))
    terminal.answer("<", "users complain")
    _anew(terminal, AGAIN)
    terminal.see("now read as America/New_York", asked("resolved"))
    terminal.answer("2:40pm, 99 percent", asked("summary"))
    terminal.write_lines(["A cable was cut."])
    terminal.see(MENU)
    choose(terminal, "later")
    assert terminal.end() == 0

    text = person.report.read_text()
    assert "zone: America/New_York\n" in text
    assert "detected: 2025-05-24T09:12-04:00\n" in text
    assert "resolved: 2025-05-24T14:40-04:00\n" in text
    assert "users complain" not in text
    assert text.count("**detected:** support calls") == 1
    assert text.count("support calls") == 2

    terminal = person.sit("edit", person.report.stem, "detected", *words)
    terminal.see("2025-05-24T09:12-04:00, support calls")
    _anew(terminal, "2025-05-24 9:15am EDT, a probe fails")
    assert terminal.end() == 0

    text = person.report.read_text()
    assert "support calls" not in text
    assert text.count("| 2025-05-24 13:15 | **detected:** a probe fails |") == 1
    assert "### How it was noticed\n\na probe fails\n" in text
    assert "is saved" in terminal.told


def test_a_zone_that_is_said_on_the_command_line_stays(person: Person) -> None:
    """Though the machine's clocks show the same, nobody's time moves it."""
    person = person.with_variables(TZ="UTC")
    terminal = person.sit("new", "X down", "--set", "zone=UTC", "--plain")
    terminal.see(asked("severity"))
    terminal.answer("2", asked("services"))
    terminal.answer("web", asked("detected"))
    terminal.answer(AGAIN, asked("resolved"))
    terminal.answer("14:00", asked("summary"))
    terminal.write_lines(["A cable was cut."])
    terminal.see(MENU)
    choose(terminal, "later")
    assert terminal.end() == 0

    text = person.report.read_text()
    assert "zone: UTC\n" in text
    assert "resolved: 2025-05-24T14:00Z\n" in text
    assert "now read as" not in terminal.told
