"""What single keys do, and bytes that are none."""

from __future__ import annotations

import sys

import pexpect
import pytest

from tests.prompts.conftest import Sit
from tests.prompts.sitting import PATIENCE, ROOT

both = pytest.mark.parametrize("plain", [False, True], ids=["styled", "plain"])


@both
@pytest.mark.parametrize("kind", ["line", "text"])
@pytest.mark.parametrize(
    "typed, answer", [("<", "Move.BACK"), ("/", "Move.ALL")], ids=["back", "all"]
)
def test_a_move_is_typed(
    sit: Sit, kind: str, typed: str, answer: str, *, plain: bool
) -> None:
    """Alone it moves; one Enter will do, and nothing of it is told."""
    asking = sit(kind, plain=plain)

    asking.press(typed)
    asking.press_until("\r", "finished")
    came = asking.came()

    assert (came["answer"], came["told"]) == (answer, None)


@both
def test_an_answer_that_is_complete_ends_at_one_enter(sit: Sit, *, plain: bool) -> None:
    """What is typed behind it is in the answer to the next question, and not in it."""
    asking = sit("text", plain=plain, complete=["none"], then="text")

    asking.press("none")
    asking.rest()
    asking.press("\r")
    asking.until_shown("What was it?", times=2)
    asking.rest()
    asking.press("It was there.")
    asking.see("It was there.")
    asking.rest()
    asking.press("\r")
    asking.press_until("\r", "finished")
    came = asking.came()

    assert (came["answer"], came["then"]) == ("none", "It was there.")


@both
def test_lines_that_only_begin_so_are_not_complete(sit: Sit, *, plain: bool) -> None:
    """More than that one line is an answer like any other; an empty line ends it."""
    asking = sit("text", plain=plain, complete=["none"])

    asking.press("none of it")
    asking.rest()
    asking.press("\r")
    asking.rest()
    asking.press("none")
    asking.rest()
    asking.press("\r")
    asking.press_until("\r", "finished")

    assert asking.came()["answer"] == "none of it\nnone"


@both
@pytest.mark.parametrize("kind", ["line", "text"])
def test_help_is_shown_and_the_question_stands(
    sit: Sit, kind: str, *, plain: bool
) -> None:
    """Behind it, what was given is there as before."""
    asking = sit(kind, plain=plain, given="x")

    asking.press("?")
    asking.see("x?")
    asking.press("\r")
    asking.see("Because it helps.")
    asking.press("y")
    asking.see("xy")
    asking.press("\r")
    asking.press_until("\r", "finished")

    assert asking.came()["answer"] == "xy"


@both
@pytest.mark.parametrize("kind", ["line", "text"])
def test_help_brings_nothing_back_that_was_taken_away(
    sit: Sit, kind: str, *, plain: bool
) -> None:
    """The answer is as empty behind it as it was before, and Ctrl-Y has what it was."""
    asking = sit(kind, plain=plain, given="old words")

    asking.press("\x15")
    asking.rest()
    asking.press("?")
    asking.see("> ?" if plain else "      ?" if kind == "text" else "it?  ?")
    asking.press("\r")
    asking.see("Because it helps.")
    asking.rest()
    behind = asking.shown.rpartition("Because it helps.")[2]
    assert "old words" not in behind
    asking.press("\x19")
    asking.rest()
    asking.press("!")
    asking.see("old words!")
    asking.press("\r")
    asking.press_until("\r", "finished")

    assert asking.came()["answer"] == "old words!"


@both
def test_ctrl_u_takes_one_line_and_ctrl_y_brings_it_back(
    sit: Sit, *, plain: bool
) -> None:
    """The lines above it stay, as in any other program that reads lines."""
    asking = sit("text", plain=plain)
    for line in ("one", "two words"):
        asking.press(line)
        asking.rest()
        asking.press("\r" if line == "one" else "")

    asking.press("\x15")
    asking.rest()
    asking.press("three ")
    asking.rest()
    asking.press("\x19")
    asking.see("three two words")
    asking.rest()
    asking.press("\r")
    asking.rest()
    asking.press_until("\r", "finished")

    assert asking.came()["answer"] == "one\nthree two words"


def test_what_was_taken_away_can_be_undone(sit: Sit) -> None:
    """Ctrl-_ undoes it too, and what is said of Ctrl-Y is said while it has some."""
    asking = sit("line", given="old words")
    asking.press("\x15")
    asking.see("Ctrl-Y brings it back")
    asking.press("new")
    asking.see("?  new")
    assert "Ctrl-Y" not in asking.shown

    asking.press("\x1f")
    asking.see("Ctrl-Y brings it back")
    asking.press("\x1f")
    asking.see("old words")
    asking.press_until("\r", "finished")

    assert asking.came()["answer"] == "old words"


@both
@pytest.mark.parametrize("kind", ["choose", "several"])
def test_help_is_shown_above_a_list(sit: Sit, kind: str, *, plain: bool) -> None:
    """The list stands as before, with what was marked in it."""
    asking = sit(kind, plain=plain, given="sev-2")

    asking.press("?")
    asking.see("> ?" if plain else "Enter: ? why")
    asking.press_until("\r", "Because it helps.")
    asking.see("What was it?")
    asking.press_until("\r", "finished")

    expected = "sev-2" if kind == "choose" else "('sev-3',)"
    assert asking.came()["answer"] == expected


def test_an_arrow_moves_in_a_list(sit: Sit) -> None:
    """What it points at is the answer."""
    asking = sit("choose")
    asking.see("» 1) SEV-1")

    asking.press("\x1b[B")
    asking.see("» 2) SEV-2")
    asking.press_until("\r", "finished")

    assert asking.came()["answer"] == "sev-2"
    assert " 2/6  What was it?  SEV-2" in asking.shown


def test_the_space_bar_marks(sit: Sit) -> None:
    """Values come in the order of the options."""
    asking = sit("several")
    asking.see("» ○ SEV-1")

    asking.press(" ")
    asking.see("» ● SEV-1")
    asking.press_until("\r", "finished")

    assert asking.came()["answer"] == "('sev-1', 'sev-3')"


@both
def test_the_editor_gives_the_text_back(sit: Sit, *, plain: bool) -> None:
    """The question then stands with it, and it is told."""
    asking = sit("line", plain=plain, given="one")

    asking.press("\x15!\r" if plain else "\x0f")
    asking.see("one edited")
    asking.press("\r")
    came = asking.came()

    assert (came["answer"], came["told"]) == ("one edited", "one edited")


def test_an_editor_that_fails_leaves_the_text(sit: Sit) -> None:
    """The message is shown, and the text stands there."""
    asking = sit("line", given="locked")
    asking.see("locked")

    asking.press("\x18\x05")
    asking.see("the editor failed")
    asking.press("\r")

    assert asking.came()["answer"] == "locked"


@both
@pytest.mark.parametrize("kind", ["line", "text"])
@pytest.mark.parametrize(
    "sent, answer",
    [
        (b"a\xff\xfeb", "a\ufffd\ufffdb"),
        (b"a\xc3", "a\ufffd"),
        (b"\x00a\x1c\x11\x13b\x9c", "ab\ufffd"),
        ("\u65e5\u202eb".encode(), "\u65e5\u202eb"),
    ],
    ids=["no UTF-8", "half a character", "controls", "direction"],
)
def test_bytes_are_an_answer(
    sit: Sit, kind: str, sent: bytes, answer: str, *, plain: bool
) -> None:
    """Whatever the keyboard sends, the answer is text without control characters."""
    asking = sit(kind, plain=plain)

    asking.press(sent)
    asking.press("z")
    asking.see("z")
    asking.press("\r")
    asking.press_until("\r", "finished")

    assert asking.came()["answer"] == f"{answer}z"


@both
def test_a_keyboard_in_another_encoding_is_read(sit: Sit, *, plain: bool) -> None:
    """Where Python takes the terminal for ASCII, what is typed is UTF-8 still."""
    asking = sit("line", plain=plain, variables={"PYTHONIOENCODING": "ascii"})

    asking.press("é日z")
    asking.see("z")
    asking.press("\r")

    assert asking.came()["answer"] == "é日z"


@both
def test_ctrl_z_suspends(sit: Sit, tmp_path: str, *, plain: bool) -> None:
    """It is not typed; brought back, the question is there with its text."""
    flag = '"plain": true' if plain else '"plain": false'
    asked = f'{{"kind": "line", {flag}, "result": "{tmp_path}/result.json"}}'
    shell = pexpect.spawn(
        "bash",
        ["--norc", "-i"],
        cwd=str(ROOT),
        env={"TERM": "xterm", "PATH": "/usr/bin:/bin", "PS1": "READY ", "HOME": "/"},
        timeout=PATIENCE,
        encoding="utf-8",
    )
    try:
        shell.expect("READY ")
        shell.sendline(f"{sys.executable} -m tests.prompts.asker '{asked}'; echo END")
        shell.expect("editor")
        shell.send("abc")
        shell.expect("abc")
        shell.send("\x1a")
        shell.expect("Stopped")
        shell.expect("READY ")
        shell.sendline("fg")
        shell.expect("abc" if plain else "2/6")
        shell.send("d")
        shell.expect("d")
        shell.send("\r")
        shell.expect("4 characters")
        shell.expect("finished")
    finally:
        shell.close(force=True)


@pytest.mark.parametrize(
    "kind, typed, answer",
    [
        ("line", "abc\n", "abc"),
        ("line", "\n", "x"),
        ("yes", "yes\n", "True"),
        ("yes", "y\n", "False"),
    ],
    ids=["typed", "kept", "yes", "letter"],
)
def test_a_host_that_echoes_sends_whole_lines(
    sit: Sit, kind: str, typed: str, answer: str
) -> None:
    """Such as an editor's shell: nothing is echoed twice, an empty line keeps.

    A letter with its Enter is no yes there, since a paste looks the same.
    """
    asking = sit(kind, given="x", plain=True, echo=False)
    if kind == "yes":
        asking.press_until(typed, "finished")
    else:
        asking.press(typed)

    came = asking.came()
    assert (came["answer"], came["restored"]) == (answer, True)
    assert "abc" not in asking.shown
