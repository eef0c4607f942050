"""Orders about rows, and texts that merely look like one."""

from __future__ import annotations

import pytest

from postmortem.errors import Missing
from postmortem.wizard.orders import Order, order

PARTS = ("text", "owner", "done_when", "link", "source")
NUMBERS = ("1", "2", "3", "4", "5")
KEYS = ("A1", "A2", "A5")


@pytest.mark.parametrize(
    "said, found",
    [
        ("3", Order(what="edit", rows=(2,))),
        ("edit 3", Order(what="edit", rows=(2,))),
        ("Drop 3", Order(what="drop", rows=(2,))),
        ("drop 2-4", Order(what="drop", rows=(1, 2, 3))),
        ("drop 4 - 2", Order(what="drop", rows=(1, 2, 3))),
        ("drop 1, 3-4", Order(what="drop", rows=(0, 2, 3))),
        ("rm 1 2", Order(what="drop", rows=(0, 1))),
        ("move 3 1", Order(what="move", rows=(2, 0))),
        ("move 3 to 1", Order(what="move", rows=(2, 0))),
        (
            "2 owner: edge: all",
            Order(what="say", rows=(1,), part="owner", said="edge: all"),
        ),
        ("2 Done when:", Order(what="say", rows=(1,), part="done_when")),
        ("shift +1h", Order(what="shift", rows=(0, 1, 2, 3, 4), said="+1h")),
        ("shift 2-3 -10m", Order(what="shift", rows=(1, 2), said="-10m")),
        ("show", Order(what="show", rows=(0, 1, 2, 3, 4))),
    ],
)
def test_an_order_about_numbers(said: str, found: Order) -> None:
    """Rows are called by their numbers where they have no keys."""
    assert order(said, NUMBERS, PARTS, timed=True) == found


@pytest.mark.parametrize(
    "said, found",
    [
        ("A5", Order(what="edit", rows=(2,))),
        ("a5", Order(what="edit", rows=(2,))),
        ("5", Order(what="edit", rows=(2,))),
        ("drop A1-A5", Order(what="drop", rows=(0, 1, 2))),
        ("move A5 A1", Order(what="move", rows=(2, 0))),
        ("A2 owner: edge", Order(what="say", rows=(1,), part="owner", said="edge")),
    ],
)
def test_an_order_about_keys(said: str, found: Order) -> None:
    """Rows are called by their keys where they have some, whatever their place."""
    assert order(said, KEYS, PARTS) == found


@pytest.mark.parametrize(
    "said",
    [
        "2 link checks per day",
        "2 checks: one per hall",
        "drop 3 of the checkers",
        "move 3 checkers to other halls",
        "edit the runbook",
        "shift +1h",
        "- 3",
        "- drop 3",
        "A2 and A5 together",
        "drop 3\nand more",
        "show them",
    ],
)
def test_a_text_that_looks_like_an_order_is_a_row(said: str) -> None:
    """Only the whole form of an order is one, and rows without times have no shift."""
    assert order(said, NUMBERS, PARTS) is None


@pytest.mark.parametrize("said", ["1402", "1402 source: down", "930 link: is down"])
def test_a_number_can_be_a_time(said: str) -> None:
    """Where rows have times, a number beyond the rows begins with one."""
    assert order(said, NUMBERS, PARTS, timed=True) is None


@pytest.mark.parametrize(
    "said, called, there",
    [
        ("drop 9", NUMBERS, "there are 1 to 5"),
        ("9", NUMBERS, "there are 1 to 5"),
        ("edit 1402", NUMBERS, "there are 1 to 5"),
        ("A3 owner: edge", KEYS, "there are A1 to A5"),
        ("3", KEYS, "there are A1 to A5"),
        ("move 1 2", ("1",), "there are only 1"),
        ("drop 0", NUMBERS, "there are 1 to 5"),
        ("drop 1", (), "there are none yet"),
        ("A2 onwer: edge", KEYS, "there are text, owner"),
    ],
)
def test_a_row_that_is_not_there_is_named(
    said: str, called: tuple[str, ...], there: str
) -> None:
    """What nobody can mean as a row is refused, with what is there."""
    with pytest.raises(Missing) as refused:
        order(said, called, PARTS)

    assert there in str(refused.value)
