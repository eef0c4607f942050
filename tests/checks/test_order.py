"""Which row of a timeline is said to be out of order, where several could be."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortem.checks.facts.events import longest_order
from postmortem.model import Finding
from tests.checks.reports import found, laid_over


def told(rows: str, front: str = "") -> list[Finding]:
    """Return what PM113 says of rows, `08:20 detected` for one of a kind."""
    lines = []
    for number, row in enumerate(rows.split(",")):
        _, day, rest = row.strip().rpartition("2026-03-01 ")
        clock, _, kind = rest.partition(" ")
        what = f"**{kind}:** it is seen" if kind else "an engineer looks at it"
        lines.append(
            f"| {day or '2026-03-02 '}{clock} | {what} {number} | call notes |\n"
        )
    none = "".join(
        f"{name}:\n" for name in ("onset", "detected", "acknowledged", "mitigated")
    )
    head = "## Timeline\n\n| Time (UTC) | Event | Source |\n| --- | --- | --- |\n"
    text = laid_over(f"---\n{none}{front}---\n{head}{''.join(lines)}")
    return [each for each in found(text, refreshed=True) if each.code == "PM113"]


@pytest.mark.parametrize(
    "rows, front, said",
    [
        ("08:00, 08:30 detected, 08:20, 09:10", "", "08:20 | between 08:30 and 09:10"),
        (
            "08:00, 08:30, 08:20, 09:10",
            "detected: 2026-03-02T08:30Z\n",
            "08:20 | between 08:30 and 09:10",
        ),
        (
            "08:00, 08:30 detected, 08:20 acknowledged, 09:10",
            "detected: 2026-03-02T08:30Z\n",
            "08:20 | between 08:30 and 09:10",
        ),
        (
            "08:00, 08:40 detected, 08:20, 09:10",
            "detected: 2026-03-02T08:30Z\n",
            "08:40 | between 08:00 and 08:20",
        ),
        ("08:00, 08:30, 08:20, 09:10", "", "08:30 | between 08:00 and 08:20"),
        ("08:30 detected, 08:20", "", "08:20 | after 08:30"),
        ("08:30, 08:20", "", "08:30 | before 08:20"),
        ("08:00, 09:30 detected, 08:20, 08:30", "", "09:30 | between 08:00 and 08:20"),
    ],
)
def test_the_row_that_nothing_vouches_for_is_out_of_order(
    rows: str, front: str, said: str
) -> None:
    """The fewest rows come first; then it is the times that stand elsewhere, too."""
    (finding,) = told(rows, front)

    time, where = said.split(" | ")
    assert finding.message == f"this event (2026-03-02 {time} UTC) stands {where} UTC"


@given(
    st.lists(st.tuples(st.integers(0, 6), st.sampled_from((0, 0, 1, 2))), max_size=7)
)
def test_the_longest_order_is_the_weightiest_of_its_length(
    rows: list[tuple[int, int]],
) -> None:
    """As trying all of them finds."""
    day = datetime(2026, 3, 2, tzinfo=UTC)
    times = [day + timedelta(hours=hour) for hour, _ in rows]
    weights = [weight for _, weight in rows]

    kept = longest_order(times, weights)

    orders = [
        places
        for size in range(len(rows) + 1)
        for places in combinations(range(len(rows)), size)
        if [times[it] for it in places] == sorted(times[it] for it in places)
    ]
    best = max((len(places), sum(weights[it] for it in places)) for places in orders)
    assert tuple(kept) in orders
    assert (len(kept), sum(weights[it] for it in kept)) == best


def test_a_row_of_another_day_says_which() -> None:
    """Where its neighbours are of its day, the day is said once."""
    (finding,) = told("08:00, 08:30, 08:40, 2026-03-01 08:35, 09:00")

    assert finding.message == (
        "this event (2026-03-01 08:35 UTC) stands between 2026-03-02 08:40 and"
        " 2026-03-02 09:00 UTC"
    )
