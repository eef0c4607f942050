"""What is pasted at one question is in its answer, and never in the next one's."""

from __future__ import annotations

import re

import pytest

from postmortem.prompts.asking import PASTED
from tests.prompts.conftest import Sit
from tests.prompts.sitting import Sitting

both = pytest.mark.parametrize("plain", [False, True], ids=["styled", "plain"])


@both
def test_pasted_lines_are_one_line(sit: Sit, *, plain: bool) -> None:
    """Without marks around it, a line end in a paste does not answer; that is said."""
    asking = _asking(sit, "line", plain=plain)

    asking.press("12:00 a\r12:05 b\ry\ry\r")
    asking.see("12:05 b y y")
    asking.see(PASTED)
    asking.rest()
    asking.press("\r")

    assert asking.came()["answer"] == "12:00 a 12:05 b y y"


@both
def test_pasted_lines_are_lines_of_a_text(sit: Sit, *, plain: bool) -> None:
    """In a text they stay lines, empty ones too."""
    asking = _asking(sit, "text", plain=plain)

    asking.press("one\r\rthree")
    asking.see("three")
    asking.press("\r")
    asking.press_until("\r", "finished")

    assert asking.came()["answer"] == "one\n\nthree"


def test_a_marked_paste_is_one_line(sit: Sit) -> None:
    """With marks around it, line ends become blanks and colours go."""
    asking = _asking(sit, "line")

    asking.press("\x1b[200~12:00 \x1b[31ma\x1b[0m\r\n12:05\tb\r\x1b[201~")
    asking.see("12:05 b")
    asking.see(PASTED)
    asking.rest()
    asking.press("\r")

    assert asking.came()["answer"] == "12:00 a 12:05 b"


@both
def test_the_end_of_a_paste_in_it_answers_nothing(sit: Sit, *, plain: bool) -> None:
    """What is behind a forged mark is no key: cirw.in/blog/bracketed-paste."""
    asking = _asking(sit, "line", plain=plain, then="yes")

    asking.press("\x1b[200~a\x1b[201~\rx\ryes\r\x1b[201~")
    asking.see("a x yes")
    asking.see(PASTED)
    asking.rest()
    asking.press("\r")
    asking.see("Type y ")
    asking.press_until("\x03", "finished")
    came = asking.came()

    assert (came["answer"], came["left"]) == ("a x yes", "Interrupted")


@pytest.mark.parametrize("kind", ["choose", "several"])
def test_a_list_takes_no_paste(sit: Sit, kind: str) -> None:
    """Lines pasted at a list pick nothing."""
    asking = sit(kind)

    asking.press("12:00 a\r12:05 b\r\x1b[B\r")
    asking.press("\x1b[200~1\r2\r\x1b[201~\r")
    asking.see(PASTED)
    asking.rest()
    asking.press("<")
    asking.see("Enter: < back")
    asking.press_until("\r", "finished")

    assert asking.came()["answer"] == "Move.BACK"


@pytest.mark.parametrize("kind", ["choose", "several"])
def test_a_plain_list_takes_no_paste(sit: Sit, kind: str) -> None:
    """Lines pasted at it are one answer, which names none of the options."""
    asking = sit(kind, plain=True)

    asking.press("1\r2\rsev-1\r")
    asking.see(PASTED)
    asking.rest()
    asking.press("\r")
    asking.see("Type numbers" if kind == "several" else "or a name")
    asking.press("<\r")

    assert asking.came()["answer"] == "Move.BACK"


@both
@pytest.mark.parametrize(
    "pasted",
    [
        *("yes\ryes\r", "\x1b[200~yes\r\x1b[201~\r"),
        *("y\r", "Y\r", "y\ry\r", "y\r\r", " y \r", "y\r\ny\r\n"),
        *("\x1b[200~y\r\x1b[201~\r", "\x1b[200~y\x1b[201~\ry\r"),
    ],
    ids=repr,
)
def test_yes_takes_no_paste(sit: Sit, pasted: str, *, plain: bool) -> None:
    """Several lines, or what is marked as a paste, confirm nothing; that is said.

    Nor does a letter with its Enter right behind it: many a paste ends with one.
    """
    asking = sit("yes", plain=plain)

    asking.press_until("y", _mark(plain=plain) + "y")
    asking.press("\x7f")
    asking.press(pasted)
    asking.see("that came as a paste")
    asking.rest()
    asking.press("!")
    asking.see("!")
    asking.press_until("\r", "finished")

    assert asking.came()["answer"] == "False"


@both
@pytest.mark.parametrize("typed", ["yes", "y"])
def test_yes_takes_nothing_from_before(sit: Sit, typed: str, *, plain: bool) -> None:
    """What was typed before the question was seen is dropped."""
    asking = sit("yes", plain=plain, early=True)

    asking.press(typed)
    asking.see("Type y ")
    asking.press_until("\r", "finished")

    assert asking.came()["answer"] == "False"


@both
def test_yes_and_enter_at_once_is_yes(sit: Sit, *, plain: bool) -> None:
    """Keys that come together, after the question was seen, are an answer."""
    asking = sit("yes", plain=plain)

    asking.press_until("y", _mark(plain=plain) + "y")
    asking.press("\x7f")
    asking.rest()
    asking.press("yes\r")

    assert asking.came()["answer"] == "True"


@both
@pytest.mark.parametrize("kind", ["choose", "several"])
def test_a_list_takes_a_key_and_enter_at_once(
    sit: Sit, kind: str, *, plain: bool
) -> None:
    """A short line that comes together picks, once the list is there."""
    asking = sit(kind, plain=plain)

    asking.see("SEV-3")
    asking.ready()
    asking.rest()
    asking.press("2\r" if plain or kind == "choose" else " \r")
    expected = "sev-2" if kind == "choose" else "('sev-2',)"
    if kind == "several" and not plain:
        expected = "('sev-1', 'sev-3')"

    assert asking.came()["answer"] == expected


def test_what_was_typed_before_a_list_picks_nothing(sit: Sit) -> None:
    """A line from before the list was drawn may be the end of a paste; that is said."""
    asking = sit("choose", early=True)

    asking.press("2\r")
    asking.see("SEV-3")
    asking.see(PASTED)
    asking.rest()
    asking.press("\r")

    assert asking.came()["answer"] == "sev-2"


@both
def test_yes_is_typed(sit: Sit, *, plain: bool) -> None:
    """The word, and an Enter of its own, is yes."""
    asking = sit("yes", plain=plain)

    asking.press_until("y", _mark(plain=plain) + "y")
    asking.press("es")
    asking.press_until("\r", "finished")

    assert asking.came()["answer"] == "True"


@both
@pytest.mark.parametrize("letter", ["y", "Y"])
def test_a_letter_is_yes(sit: Sit, letter: str, *, plain: bool) -> None:
    """With an Enter of its own, and as the question says."""
    asking = sit("yes", plain=plain)

    asking.see("Type y (or yes) to go on; anything else is no")
    asking.press_until(letter, _mark(plain=plain) + letter)
    asking.press_until("\r", "finished")

    assert asking.came()["answer"] == "True"


@both
def test_a_letter_after_a_paste_is_yes(sit: Sit, *, plain: bool) -> None:
    """What was pasted is gone from the answer: the letter is typed, as is said."""
    asking = sit("yes", plain=plain)

    asking.press_until("y", _mark(plain=plain) + "y")
    asking.press("\x7f")
    asking.rest()
    asking.press("y\r")
    asking.see("that came as a paste; type y yourself, then Enter")
    asking.rest()
    asking.press("Y")
    asking.see(f"{_mark(plain=plain)}Y")
    asking.press_until("\r", "finished")

    assert asking.came()["answer"] == "True"


@both
@pytest.mark.parametrize("typed", ["n", "yy", "ye", "ja", "y y"])
def test_anything_else_is_no(sit: Sit, typed: str, *, plain: bool) -> None:
    """Words that begin like it too."""
    asking = sit("yes", plain=plain)

    asking.press_until(typed[0], _mark(plain=plain) + typed[0])
    asking.press(typed[1:])
    asking.press_until("\r", "finished")

    assert asking.came()["answer"] == "False"


@pytest.mark.parametrize("size", [100_000, 1_000_000], ids=["100 KB", "1 MB"])
def test_a_long_marked_paste_is_complete(sit: Sit, size: int) -> None:
    """Nothing of it is lost."""
    _paste(_asking(sit, "text"), size, b"\x1b[200~", b"\x1b[201~")


@both
def test_a_long_paste_is_complete(sit: Sit, *, plain: bool) -> None:
    """Nothing of it is lost where it is not marked either."""
    _paste(_asking(sit, "text", plain=plain), 100_000, b"", b"")


def _mark(*, plain: bool) -> str:
    return "> " if plain else "is no: "


def _paste(asking: Sitting, size: int, begin: bytes, end: bytes) -> None:
    lines = [f"{number:07} {'é' * 45} x" for number in range(size // 100)]

    asking.paste(begin + "\r".join(lines).encode() + end)
    asking.see(lines[-1][:7])
    asking.press("\r")
    asking.press_until("\r", "finished")
    came = asking.came()

    rows = re.split("\n", came["answer"])
    assert (len(rows), rows == lines) == (len(lines), True)
    assert came["told"].strip("\n") == came["answer"]


def _asking(sit: Sit, kind: str, *, plain: bool = False, then: str = "") -> Sitting:
    return sit(kind, plain=plain, then=then)
