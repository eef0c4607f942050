"""What is said of Enter is what Enter does with what is there."""

from __future__ import annotations

from tests.prompts.conftest import Sit

SKIPS = "Enter: skip, stays not known · ? why"


def test_a_list_says_that_enter_takes_the_line_pointed_at(sit: Sit) -> None:
    """It does not say skip, though skipping is what the question offers."""
    asking = sit("choose", keys=SKIPS)

    asking.see("Enter takes it · ? why")

    assert "skip" not in asking.shown


def test_a_list_says_when_enter_keeps(sit: Sit) -> None:
    """On the value that is there it keeps it; on another one it takes that."""
    asking = sit("choose", keys="Enter keeps it · ? why", given="sev-2")
    asking.see("Enter keeps it · ? why")

    asking.press("1")

    asking.see("Enter takes it · ? why")


def test_an_answer_says_when_enter_takes_it(sit: Sit) -> None:
    """Empty it is skipped; what was typed is taken."""
    asking = sit("text", keys="a line each · Enter: skip · ? why")
    asking.see("Enter: skip · ? why")

    asking.press("ab")
    asking.see("= 2 characters")
    asking.press("\x7f\x7f")
    asking.see("Enter: skip · ? why")


def test_what_was_half_typed_is_not_skipped(sit: Sit) -> None:
    """Words that stand there from before are what Enter takes."""
    asking = sit("line", keys=SKIPS, given="bad")

    asking.see("Enter takes it · ? why")


def test_an_answer_taken_out_is_not_known(sit: Sit) -> None:
    """Where a value was, an empty answer takes it away; that is said."""
    asking = sit("line", keys="Enter keeps it · ? why", given="bad")
    asking.see("Enter keeps it · ? why")

    asking.press("\x7f\x7f\x7f")

    asking.see("Enter: not known any more · ? why")
