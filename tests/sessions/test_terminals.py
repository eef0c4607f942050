"""TTY-DUMB, TTY-NARROW, TTY-NOCOLOR, TTY-SURR, TTY-CTRL: any terminal will do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.sessions.interview import BRANCH, FIRST, MENU, begin, choose
from tests.sessions.person import Person

COLOURS = re.compile(rb"\x1b\[[\d;]*(?:[349][0-7]|[34]8;[25])[\d;]*m")
SUMMARY = (
    "One data centre lost power, and the failover that was to take over did not; "
    "whoever paid by card saw an error"
)
ways = pytest.mark.parametrize("words", [(), ("--plain",)], ids=["styled", "plain"])


@pytest.mark.parametrize("term", ["dumb", "", "unknown"])
def test_a_terminal_that_knows_nothing(person: Person, term: str) -> None:
    """TTY-DUMB: from the title to the commit, not one escape character."""
    there = person.with_variables(TERM=term, FORCE_COLOR="1")
    terminal = there.sit("new")
    begin(terminal)
    choose(terminal, "all fields")
    terminal.see("Impact", "Timeline", "done")
    terminal.answer("done")
    choose(terminal, "show")
    terminal.see("Summary")
    choose(terminal, "submit")
    terminal.say_yes()

    assert terminal.end() == 0
    assert b"\x1b" not in terminal.raw
    assert terminal.restored()
    assert BRANCH in person.repo.git("branch", "--list")


@pytest.mark.parametrize(
    "columns, rows", [(80, 24), (40, 10), (20, 24), (10, 1), (80, 12)], ids=str
)
def test_any_size_will_do(person: Person, columns: int, rows: int) -> None:
    """TTY-NARROW: the first questions, and a commit."""
    terminal = person.sit("new", rows=rows, columns=columns)
    begin(terminal)
    choose(terminal, "submit")
    terminal.say_yes()

    assert terminal.end() == 0
    assert terminal.restored()
    assert f"# {FIRST[0].said}\n" in person.report.read_text()


@ways
def test_a_window_that_changes(person: Person, words: tuple[str, ...]) -> None:
    """TTY-NARROW: narrower, lower and wider in mid-word and in a list."""
    terminal = person.sit("new", *words)
    terminal.see(FIRST[0].asked)
    terminal.write("X do")
    for rows, columns in ((10, 40), (24, 20), (1, 10), (50, 200)):
        terminal.resize(rows, columns)
        terminal.read(0.1)
    terminal.press("wn")
    terminal.until(
        lambda: person.drafts != () and person.draft.typing == "X down", "it"
    )
    terminal.enter()
    terminal.see(FIRST[1].asked)
    terminal.resize(10, 40)
    terminal.resize(40, 90)
    terminal.key("\r")
    begin(terminal, FIRST[2:])

    assert "# X down\n" in person.report.read_text()


def test_no_color_is_obeyed(person: Person) -> None:
    """TTY-NOCOLOR: nothing has a colour, in questions and in what is shown."""
    plain = person.with_variables(NO_COLOR="1").sit("new")
    begin(plain)
    choose(plain, "show")
    plain.see("Summary", MENU)
    plain.press("\x03")
    plain.end()
    coloured = person.sit("new")
    coloured.see(FIRST[0].asked)

    assert COLOURS.findall(plain.raw) == []
    assert COLOURS.findall(coloured.raw) != []


def test_an_answer_in_a_file_has_no_colour(person: Person, tmp_path: Path) -> None:
    """TTY-NOCOLOR: what goes to a file is text, though the questions have colours."""
    terminal = person.shell(f'"$@" >{tmp_path}/out', "new")
    begin(terminal)
    choose(terminal, "submit")
    terminal.say_yes()

    assert terminal.end() == 0
    said = (tmp_path / "out").read_text()
    assert said.startswith("wrote postmortems/")
    assert "\x1b" not in said


@ways
@pytest.mark.parametrize(
    "variables", [{}, {"PYTHONIOENCODING": "ascii"}, {"LC_ALL": "C"}], ids=str
)
def test_bytes_that_are_no_text(
    person: Person, words: tuple[str, ...], variables: dict[str, str]
) -> None:
    """TTY-SURR: what is no UTF-8 becomes one character that says so; what is, stays."""
    terminal = person.with_variables(**variables).sit("new", *words)
    terminal.see(FIRST[0].asked)
    terminal.press(b"a\xff\xfeb d\xc3\xbc")
    terminal.until(lambda: person.drafts != () and "d" in person.draft.typing, "it")
    terminal.enter()
    begin(terminal, FIRST[1:])

    title = person.report.read_text("utf-8").partition("\n# ")[2].partition("\n")[0]
    assert re.fullmatch(r"a\ufffd+b dü", title), title


@ways
def test_keys_that_command_elsewhere(person: Person, words: tuple[str, ...]) -> None:
    """TTY-CTRL: Ctrl-backslash, -S, -Q and a quoted NUL are no part of an answer."""
    terminal = person.sit("new", *words)
    terminal.see(FIRST[0].asked)
    terminal.write("X")
    for key in ("\x1c", "\x13", "\x11", "\x16\x00"):
        terminal.key(key)
    terminal.key(" down")
    terminal.until(lambda: person.drafts != () and "down" in person.draft.typing, "it")
    terminal.enter()
    begin(terminal, FIRST[1:])

    assert "\n# X down\n" in person.report.read_text()


@ways
def test_it_can_be_suspended(person: Person, words: tuple[str, ...]) -> None:
    """TTY-CTRL: Ctrl-Z gives the shell back, and `fg` the half-typed answer."""
    program = " ".join((*person.program, "new", *words))
    shell = person.start(["bash", "--norc", "--noprofile", "-i"])
    shell.plain = bool(words)
    shell.press(f"PS1='$ '; {program}\r")
    shell.see(FIRST[0].asked)
    shell.write("X do")
    shell.key("\x1a")
    shell.see("Stopped")
    shell.press("stty -a | tr ' ;' '\\n\\n' | grep -x -e icanon -e echo\r")
    shell.see("icanon\necho\n")
    shell.press("fg\r")
    shell.see("X do")
    shell.write("wn")
    shell.enter()
    begin(shell, FIRST[1:])

    assert "\n# X down\n" in person.report.read_text()
