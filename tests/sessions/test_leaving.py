"""Whoever leaves, in whatever way, finds the terminal as it was and all that they said.

CR-INT, CR-SSH, TTY-TERM and TTY-EOF.
"""

from __future__ import annotations

import signal
from collections.abc import Callable

import pytest

from tests.sessions.interview import (
    EVERY,
    FIRST,
    ID,
    MENU,
    REST,
    Step,
    asked,
    begin,
    choose,
    say,
)
from tests.sessions.person import AT_LENGTH, Person
from tests.sessions.terminal import CONSENT, Terminal
from tests.sessions.typist import Typist

HALF = 3
"""Letters."""
SOME = {
    *FIRST,
    *(
        step
        for step in REST
        if step.asked
        in (asked("owner"), asked("impact"), asked("factors"), asked("factors", "kind"))
    ),
}
"""Questions, one of each kind."""
ways = pytest.mark.parametrize("words", [(), ("--plain",)], ids=["styled", "plain"])


@pytest.mark.parametrize(
    "words, steps",
    [
        pytest.param((), SOME, id="styled"),
        pytest.param(("--plain",), {*EVERY} if AT_LENGTH else SOME, id="plain"),
    ],
)
def test_every_question_can_be_left(
    person: Person, words: tuple[str, ...], steps: set[Step]
) -> None:
    """CR-INT: Ctrl-C at each question of the interview, then on with it."""
    typist = Typist(person)
    left: set[Step | None] = set()
    terminal = person.sit("new", *words)
    while (step := typist.asked(terminal)) or not typist.done():
        if step not in left and (step in steps or step is None):
            left.add(step)
            _leave_half(person, terminal, step)
            terminal = person.sit("resume", *words)
            typist.sit()
        elif step is None:
            terminal.pick(1)
        else:
            typist.answer(terminal, step)

    assert left >= {None, *(step for step in steps if not step.optional)}
    text = person.report.read_text()
    assert [it for it in typist.accepted if it.said and it.written not in text] == []


def _leave_half(person: Person, terminal: Terminal, step: Step | None) -> None:
    """Type the beginning of an answer where it is typed, and press Ctrl-C."""
    half = ""
    if step and not terminal.listed():
        half = step.said[:HALF].rstrip()
    if half:
        terminal.write(half)
    terminal.key("\x03")
    _assert_left(person, terminal, half, step.asked if step else MENU)


def _assert_left(person: Person, terminal: Terminal, half: str, open_one: str) -> None:
    """Assert that it has ended well, and asked no other question."""
    assert terminal.end() == 130
    assert terminal.restored()
    assert "\n  go on with:\n  postmortem resume" in terminal.news
    others = {MENU, *(step.asked for step in EVERY)} - {open_one}
    assert [each for each in others if each in terminal.news] == []
    assert person.draft.typing == half


def test_nothing_typed_is_nothing_kept(person: Person) -> None:
    """CR-INT: at the first question, before a key."""
    terminal = person.sit("new")
    terminal.see(FIRST[0].asked)
    terminal.press("\x03")

    assert terminal.end() == 130
    assert terminal.restored()
    assert "nothing is kept" in terminal.news
    assert person.drafts == ()


def _hang_up(terminal: Terminal) -> None:
    terminal.hang_up()


def _signal(number: signal.Signals) -> Callable[[Terminal], None]:
    return lambda terminal: terminal.kill(number)


leavings = pytest.mark.parametrize(
    "leave",
    [
        pytest.param(_signal(signal.SIGTERM), id="SIGTERM"),
        pytest.param(_signal(signal.SIGHUP), id="SIGHUP"),
        pytest.param(_signal(signal.SIGINT), id="SIGINT"),
        pytest.param(_hang_up, id="hang-up"),
    ],
)


@leavings
@ways
def test_a_row_can_be_left(
    person: Person, words: tuple[str, ...], leave: Callable[[Terminal], None]
) -> None:
    """CR-SSH, TTY-TERM: in the middle of the owner of an action."""
    person.begun()
    terminal = person.sit("edit", ID, "actions", *words)
    terminal.see(asked("actions"))
    terminal.answer("Try it each month", "Another action?")
    terminal.enter()
    terminal.see(asked("actions", "owner"))
    terminal.write("Plat")
    leave(terminal)

    if terminal.child.closed:
        assert terminal.end(2) in (130, -signal.SIGHUP)
        assert person.draft.typing == "Plat"
    else:
        _assert_left(person, terminal, "Plat", asked("actions", "owner"))
    assert person.draft.at == "actions"


@leavings
def test_lines_can_be_left(person: Person, leave: Callable[[Terminal], None]) -> None:
    """CR-SSH: in an answer of many lines, before there is a file."""
    terminal = person.sit("new", "X down")
    for step in FIRST[1:5]:
        say(terminal, step)
    terminal.see(FIRST[5].asked)
    terminal.write("One centre")
    terminal.enter()
    terminal.write("lost po")
    leave(terminal)

    if terminal.child.closed:
        assert terminal.end(2) in (130, -signal.SIGHUP)
        assert person.draft.typing == "One centre\nlost po"
    else:
        _assert_left(person, terminal, "One centre\nlost po", FIRST[5].asked)
    assert person.reports == []


@leavings
def test_what_next_can_be_left(
    person: Person, leave: Callable[[Terminal], None]
) -> None:
    """TTY-TERM: the report is a file, and `resume` knows it."""
    terminal = person.sit("new")
    begin(terminal)
    terminal.see("later")
    leave(terminal)

    assert terminal.end() in (130, -signal.SIGHUP)
    assert person.draft.report == ID
    again = person.sit("resume", ID)
    again.see(MENU)


@ways
def test_the_end_of_input_leaves(person: Person, words: tuple[str, ...]) -> None:
    """TTY-EOF: Ctrl-D at a line, at lines, at a list and at the word yes."""
    terminal = person.sit("new", *words)
    say(terminal, FIRST[0])
    for step in FIRST[1:]:
        terminal.see(step.asked)
        terminal.listed()
        terminal.key("\x04")
        _assert_left(person, terminal, "", step.asked)
        terminal = person.sit("resume", *words)
        say(terminal, step)
    choose(terminal, "submit")
    terminal.see(CONSENT)
    terminal.insist("\x04", "go on with")
    _assert_left(person, terminal, "", "")
