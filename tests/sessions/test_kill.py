"""CR-KILL: whenever the program is killed, it goes on in the middle of the word.

`POSTMORTEM_KILLS=200 python -m pytest tests/sessions/test_kill.py` kills it that often.
"""

from __future__ import annotations

import os
import random
import threading
import time

import pytest

from tests.sessions.interview import (
    EVERY,
    FIRST,
    ID,
    MENU,
    REST,
    Step,
    asked,
    open_step,
    say,
)
from tests.sessions.person import Person
from tests.sessions.terminal import Gone, Terminal
from tests.sessions.typist import Typist

KILLS = int(os.environ.get("POSTMORTEM_KILLS", "4"))
UNSAVED = 0.5
"""Seconds of typing that may be lost, as promised."""
IN_DRAFT = ("X down", "SEV-2", "web", "13:12", "15:00", "One centre lost power.")
"""Of each first answer, what the draft has of it before there is a file."""
ways = pytest.mark.parametrize("words", [(), ("--plain",)], ids=["styled", "plain"])


@ways
def test_the_half_typed_word_is_there(person: Person, words: tuple[str, ...]) -> None:
    """CR-KILL: three answers and a half one; no question is repeated."""
    terminal = person.sit("new", *words)
    for step in FIRST[:3]:
        say(terminal, step)
    terminal.see(FIRST[3].asked)
    terminal.write("sat 13:12, precious li")
    person.keeps(terminal, "sat 13:12, precious li")
    terminal.kill()
    terminal.end()

    again = person.sit("resume", *words)
    again.see(FIRST[3].asked, "sat 13:12, precious li")
    assert "1/6" not in again.shown
    again.write("nes are cut")
    again.enter()
    for step in FIRST[4:]:
        say(again, step)
    again.see(MENU)

    text = person.report.read_text()
    assert "precious lines are cut" in text
    assert "services: [web, api]" in text
    assert not [step.asked for step in FIRST[:3] if step.asked in again.told]


@ways
def test_a_part_of_a_row_goes_on(person: Person, words: tuple[str, ...]) -> None:
    """CR-KILL: killed while the owner of an action is typed."""
    person.begun()
    terminal = person.sit("edit", ID, "actions", *words)
    terminal.see(asked("actions"))
    terminal.answer("Try it each month", "Another action?")
    terminal.enter()
    terminal.see(asked("actions", "owner"))
    terminal.write("Platform te")
    person.keeps(terminal, "Platform te")
    terminal.kill()
    terminal.end()

    again = person.sit("resume", *words)
    again.see(
        "You stopped in the middle of",
        "A1 1/",
        asked("actions", "owner"),
        "Platform te",
    )
    again.write("am")
    again.enter()
    again.see(asked("actions", "due"))
    again.press("\x03")

    assert again.end() == 130
    assert "Try it each month (Platform team)" in person.report.read_text()


@ways
def test_lines_go_on(person: Person, words: tuple[str, ...]) -> None:
    """CR-KILL: killed in the second row of a timeline; the first is not lost."""
    person.begun()
    terminal = person.sit("edit", ID, "timeline", *words)
    terminal.see(asked("timeline"))
    terminal.answer("13:05 power is lost", "Another event?")
    terminal.write("13:41 moved by h")
    person.keeps(terminal, "13:41 moved by h")
    terminal.kill()
    terminal.end()

    again = person.sit("edit", ID, "timeline", *words)
    again.see("13:41 moved by h")
    again.answer("and", "Another event?")

    text = person.report.read_text()
    assert "power is lost" in text
    assert "moved by hand" in text


@ways
def test_a_change_goes_on(person: Person, words: tuple[str, ...]) -> None:
    """CR-KILL: killed while an answer that is in the file is changed."""
    person.begun("impact=All customers.")
    before = person.report.read_bytes()
    terminal = person.sit("edit", ID, "impact", *words)
    terminal.see(asked("impact"), "All customers.")
    terminal.write(" They could not pa")
    person.keeps(terminal, "All customers. They could not pa")
    terminal.kill()
    terminal.end()
    assert person.report.read_bytes() == before

    again = person.sit("resume", ID, *words)
    again.see("All customers. They could not pa")
    again.write_lines(["y."])
    again.see(MENU)

    assert "They could not pay." in person.report.read_text()


@pytest.mark.parametrize("late", [False, True], ids=["file", "line"])
def test_a_file_is_written_once(person: Person, *, late: bool) -> None:
    """CR-KILL: killed between the file and what next; nothing is asked again."""
    terminal = person.sit("new")
    for step in FIRST[:5]:
        say(terminal, step)
    terminal.see(FIRST[5].asked)
    terminal.write("One centre lost power.")
    terminal.enter()
    terminal.enter()
    terminal.until(
        lambda: b"wrote" in terminal.raw if late else bool(person.reports),
        "a file",
        every=0.001,
    )
    terminal.kill()
    terminal.end()
    text = person.report.read_bytes()

    again = person.sit("resume")
    again.see(MENU)

    assert person.report.read_bytes() == text
    assert "/6" not in again.told


@ways
def test_a_kill_loses_half_a_second(person: Person, words: tuple[str, ...]) -> None:
    """CR-KILL: at random moments of the whole interview, one after the other."""
    chance = random.Random(KILLS)  # noqa: S311
    typist = Typist(person, chance)
    for _ in range(KILLS // 2):
        known = person.drafts or person.reports
        terminal = person.sit("resume" if known else "new", *words)
        open_step(terminal, EVERY)
        moments: list[float] = []

        def _kill(
            terminal: Terminal = terminal, moments: list[float] = moments
        ) -> None:
            moments.append(time.monotonic())
            terminal.kill()

        timer = threading.Timer(chance.uniform(0.1, 4), _kill)
        timer.start()
        typist.sit()
        try:
            _type(typist, terminal)
        except Gone:
            timer.join()
        terminal.end()
        if moments:
            _check(typist, moments[0])


def _type(typist: Typist, terminal: Terminal) -> None:
    """Answer all that is asked, until the program is gone."""
    while (step := typist.asked(terminal)) or not typist.done():
        if step is None:
            terminal.pick(1)
        else:
            typist.answer(terminal, step)
    terminal.press("\x03")
    terminal.end()
    typist.start_over()


def _check(typist: Typist, killed: float) -> None:
    """Assert that all is kept that is promised to be."""
    kept = "".join(str(draft.text) for draft in typist.person.drafts)
    text = "".join(path.read_text() for path in typist.person.reports)
    for step, mark in zip(EVERY, (*IN_DRAFT, *[""] * len(REST)), strict=True):
        if step in typist.accepted and step.written:
            there = step.written in text if text else mark in kept
            assert there, f"{step}\n{text or kept}"
    letters = [many for at, many in typist.seen if at <= killed - UNSAVED]
    if typist.open is None or not letters:
        return
    _check_half(typist, typist.open, max(letters), text or kept)


def _check_half(typist: Typist, step: Step, many: int, kept: str) -> None:
    """Assert that so many letters are kept of an open answer, or all of it is."""
    typing = "".join(draft.typing for draft in typist.person.drafts).rstrip("\n")
    assert step.said.startswith(typing)
    marks = {step.written, *(IN_DRAFT[at] for at, it in enumerate(FIRST) if it is step)}
    answered = any(mark in kept for mark in marks)
    if not (typist.entered and answered and not typing):
        assert len(typing) >= many
