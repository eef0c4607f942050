"""What a terminal shows, whatever it can and however wide it is."""

from __future__ import annotations

import re

import pytest

from tests.prompts.conftest import Sit

KINDS = ("line", "text", "choose", "several", "yes")
both = pytest.mark.parametrize("plain", [False, True], ids=["styled", "plain"])

_COLOURS = re.compile(rb"\x1b\[[\d;]*(?:[349][0-7]|[34]8;5|[34]8;2)[\d;]*m")


def test_a_line_says_what_it_is_understood_as(sit: Sit) -> None:
    """While somebody types, and beneath the answer."""
    asking = sit("line")
    asking.see("? why · < back · / all · Ctrl-O editor")

    asking.press("abc")
    asking.see("      = 3 characters")
    asking.press("\r")
    asking.came()
    asking.see("3 characters")

    assert asking.shown.splitlines()[:2] == [
        " 2/6  What was it?  abc",
        "      = 3 characters",
    ]


def test_a_plain_line_says_what_it_is_understood_as(sit: Sit) -> None:
    """Beneath the answer."""
    asking = sit("line", plain=True)

    asking.press("abc")
    asking.see("abc")
    asking.press("\r")
    asking.came()
    asking.see("3 characters")

    assert asking.shown.splitlines()[:4] == [
        "2/6 What was it?",
        "? why · < back · / all · ! editor",
        "> abc",
        "      = 3 characters",
    ]


@both
def test_what_is_refused_stays_to_be_mended(sit: Sit, *, plain: bool) -> None:
    """The message is shown, and the text stands there again."""
    asking = sit("line", plain=plain)

    asking.press("bad")
    asking.see("bad")
    asking.press("\r")
    asking.see("that is refused")
    asking.see("say another")
    asking.press("\x7f\x7f\x7fgood")
    asking.see("good")
    asking.press("\r")

    assert asking.came()["answer"] == "good"


@pytest.mark.parametrize("term", ["dumb", "", "unknown", "-"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_terminal_that_knows_nothing_is_sent_text(
    sit: Sit, kind: str, term: str
) -> None:
    """No escape character at all, whatever is in the question and whatever is typed."""
    asking = sit(
        kind, variables={"TERM": term, "FORCE_COLOR": "1"}, text="Wh\x1b[2Jat?"
    )

    asking.press("\x1b[A\x1bOB?")
    asking.press_until("\r", "finished" if kind == "yes" else "helps")
    if kind != "yes":
        asking.press_until("\x03", "finished")
    asking.came()

    assert asking.raw.count(b"\x1b") == 0


@pytest.mark.parametrize("kind", KINDS)
def test_nobody_waits_for_an_answer_of_the_terminal(sit: Sit, kind: str) -> None:
    """TTY-LATENCY: it is never asked where the cursor is, nor told of."""
    asking = sit(kind)

    asking.press_until("\x03", "finished")
    asking.came()

    assert b"\x1b[6n" not in asking.raw
    assert "CPR" not in asking.shown


@pytest.mark.parametrize("kind", KINDS)
def test_no_color_is_obeyed(sit: Sit, kind: str) -> None:
    """Nothing is coloured where NO_COLOR is set: no-color.org."""
    asking = sit(kind, variables={"NO_COLOR": "1"})

    asking.press_until("\x03", "finished")
    asking.came()

    assert _COLOURS.findall(asking.raw) == []


def test_colours_are_there_otherwise(sit: Sit) -> None:
    """The pattern above finds them."""
    asking = sit("line")
    asking.see("What was it?")

    assert _COLOURS.findall(asking.raw) != []


@pytest.mark.parametrize("columns, rows", [(10, 6), (20, 24), (29, 10)])
@pytest.mark.parametrize("kind", KINDS)
def test_a_narrow_terminal_has_plain_lines(
    sit: Sit, kind: str, columns: int, rows: int
) -> None:
    """No row is cut; words are whole where they fit."""
    asking = sit(kind, columns=columns, rows=rows, text="What was it, and when?")

    asking.press_until("\x03", "finished")
    asking.came()

    said = asking.raw.decode().split("> ")[0].splitlines()
    assert max(map(len, said)) <= columns or columns < 12
    assert b"\x1b" not in asking.raw


@pytest.mark.parametrize("kind", KINDS)
def test_thirty_columns_are_wide_enough(sit: Sit, kind: str) -> None:
    """The question is whole, and none of the options is broken."""
    text = "What was it that made the service slow for the customers of the evening?"
    asking = sit(kind, columns=30, rows=10, text=text)
    asking.see(
        "SEV-3" if kind in ("choose", "several") else "yes" if kind == "yes" else "?"
    )
    if kind != "yes":
        asking.see("evening?")

    assert kind == "yes" or " ".join(asking.shown.split()[1:]).startswith(text)
    assert asking.shown.count("SEV") in (0, 3)


@both
@pytest.mark.parametrize("kind", ["line", "text", "choose", "several"])
def test_a_window_changes_its_size(sit: Sit, kind: str, *, plain: bool) -> None:
    """Narrow or wide, the question goes on, and the answer is whole."""
    asking = sit(kind, plain=plain)
    asking.see("SEV-3" if kind in ("choose", "several") else "? why")

    for rows, columns in ((5, 25), (1, 12), (40, 120)):
        asking.resize(rows, columns)
    asking.press("<")
    asking.see("<")
    asking.press_until("\r", "finished")

    assert asking.came()["answer"] == "Move.BACK"


@both
def test_what_is_shown_commands_nothing(sit: Sit, *, plain: bool) -> None:
    """Control sequences and direction marks in a question or option are visible."""
    asking = sit("choose", plain=plain, text="a\x1b]0;t\x07b\x9b31mc\u202ed")

    asking.see("a^[]0;t^GbU+009B31mcU+202Ed")
    asking.see("^[[2JU+202E")


def test_words_are_offered_and_taken(sit: Sit) -> None:
    """Tab takes what the part behind the last comma may be."""
    asking = sit("line")

    asking.press("checkout, PAYR")
    asking.see("payroll")
    asking.press("\t")
    asking.see("checkout, payroll")
    asking.press("\r")

    assert asking.came()["answer"] == "checkout, payroll"
