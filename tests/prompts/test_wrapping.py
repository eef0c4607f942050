"""Long answers and rows are broken at words, and keep what they are set in by."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortem.prompts.voice import wrapped
from postmortem.prompts.wrapping import filled
from tests.prompts.conftest import Sit

LONG = (
    "The site was down for about two hours on Saturday, and the failover that was"
    " to take over did not."
)


@pytest.mark.parametrize("columns", [40, 80])
@pytest.mark.parametrize("kind", ["line", "text"])
def test_a_long_answer_is_broken_at_words(sit: Sit, kind: str, columns: int) -> None:
    """Its rows stand under the question, and are the answer when put together."""
    asking = sit(kind, columns=columns)
    asking.see("? why")

    asking.press(LONG)
    asking.see("did not.")
    shown = asking.shown.splitlines()
    rows = [row for row in shown if row.strip() and "characters" not in row]
    asking.press("\r")
    asking.press_until("\r", "finished")

    answer = " ".join(" ".join(rows).replace("What was it?", "").split()[1:])
    assert answer == LONG
    assert all(row.startswith("      ") for row in rows[1:])
    assert asking.came()["answer"] == LONG


@pytest.mark.parametrize("columns", [40, 80])
def test_a_long_answer_in_plain_lines_is_too(sit: Sit, columns: int) -> None:
    """With blanks and steps back alone: no control sequence is sent."""
    asking = sit("text", plain=True, columns=columns)
    asking.ready()

    for word in LONG.split(" "):
        asking.press(f"{word} ")
        asking.rest()
    asking.see("did not.")
    rows = asking.shown.partition("> ")[2].splitlines()
    asking.press("\r")
    asking.press_until("\r", "finished")

    assert " ".join(" ".join(rows).split()) == LONG
    assert all(row.startswith("  ") and row[2:3] != " " for row in rows[1:])
    assert asking.came()["answer"] == LONG
    assert b"\x1b" not in asking.raw


def test_a_word_that_moved_is_taken_back(sit: Sit) -> None:
    """What is erased over the end of a row is shown once more."""
    asking = sit("line", plain=True, columns=40)
    asking.ready()

    asking.press(f"{'word ' * 7}overlong\x7f\x7f\x7f\x7f\x7f\x7f\x7f\x7f\x7f\x7f")
    asking.press("m")
    asking.see("worm")
    asking.press("\r")

    assert asking.came()["answer"] == f"{'word ' * 6}worm"


@given(st.lists(st.text("ab", min_size=1, max_size=12), max_size=30))
def test_a_row_is_filled_up_to_where_a_word_begins(words: list[str]) -> None:
    """Put where the terminal breaks, no word is broken."""
    text = " ".join(words)
    width, begin, below = 24, 10, 4
    gaps = dict(filled(text, width, begin, below))
    rows, row = [], " " * begin
    for at, char in enumerate(text):
        for each in f"{' ' * gaps.get(at, 0)}{char}":
            if len(row) == width:
                rows.append(row)
                row = " " * below
            row += each
    rows.append(row)

    assert " ".join(" ".join(rows).split()) == " ".join(words)


def test_a_numbered_row_keeps_its_column() -> None:
    """The rest of it hangs; blanks that set its parts apart stay."""
    row = "12  09:05 (13:05 UTC)  one data centre loses power at once"

    assert list(wrapped(row, 40, hang=4)) == [
        "12  09:05 (13:05 UTC)  one data centre",
        "    loses power at once",
    ]
    assert list(wrapped("      = " + LONG, 40, hang=2))[1].startswith(
        "        hours on"
    )
