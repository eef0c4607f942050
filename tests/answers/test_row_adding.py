"""A row that is typed whole is read by `+=` as an interview reads it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from postmortem.answers import Asked, assign
from postmortem.model import Action, Event, Factor, Moment, Report

START = datetime(2025, 5, 24, 13, 5, tzinfo=UTC)
REPORT = Report(
    onset=Moment(at=START),
    factors=(Factor(key="F2", text="power"),),
    timeline=(Event(text="a", at=START, kind="rollback"),),
)


@pytest.mark.parametrize(
    "said, row",
    [
        (
            "actions+=Add a guard; owner: Alex; due: 2026-12-01",
            Action(key="A1", text="Add a guard", owner="Alex", due=date(2026, 12, 1)),
        ),
        (
            "actions+=fix it; owner: edge lead; due: +2w; P0; prevents F2",
            Action(
                key="A1",
                text="fix it",
                owner="edge lead",
                due=date(2025, 6, 10),
                priority="P0",
                type="prevent",
                factor="F2",
            ),
        ),
        (
            "actions+=fix it (edge lead, due 2025-06-06, P1)",
            Action(
                key="A1",
                text="fix it",
                owner="edge lead",
                due=date(2025, 6, 6),
                priority="P1",
            ),
        ),
        ("actions+=- [x] fix it", Action(key="A1", text="fix it", status="done")),
        (
            "actions+=fix it\n  owner: edge lead",
            Action(key="A1", text="fix it", owner="edge lead"),
        ),
        (
            "factors+=trigger: a breaker opened; evidence: alarm log; from F2",
            Factor(
                key="F3",
                text="a breaker opened",
                kind="trigger",
                evidence="alarm log",
                cause="F2",
            ),
        ),
        (
            "costs+=cloud | 12 EUR",
            {"what": "cloud", "how_much": "12 EUR"},
        ),
        (
            "costs+=| | a \\| b |",
            {"what": None, "how_much": "a | b"},
        ),
        (
            "timeline+=13:10 a look\n  source: edge logs",
            Event(text="a look", at=START.replace(minute=10), source="edge logs"),
        ),
    ],
)
def test_a_line_says_all_of_a_row(
    said: str, row: Any, asked: Asked, own: Asked
) -> None:
    """Its parts are told by their names, or by what they look like."""
    name = said.partition("+=")[0]
    made = assign(REPORT, [said], own if name == "costs" else asked)

    assert made.problems == ()
    assert made.report.value(name)[-1] == row


@pytest.mark.parametrize(
    "said, text",
    [
        ("actions+=fix it; then look", "fix it; then look"),
        ("actions+=fix it; text: b", "fix it; text: b"),
        ("actions+=fix it\nand look; owner: b", "fix it and look; owner: b"),
        ("actions+={text: 'fix it; owner: b'}", "fix it; owner: b"),
        ("factors+=a slow; old disk", "a slow; old disk"),
        ("timeline+=13:10 a; source: b", "a; source: b"),
        ("timeline+=13:10 note: b", "note: b"),
        ("open_questions+=why; owner: b", "why; owner: b"),
        ("revisions+=a typo; on: b", "a typo; on: b"),
    ],
)
def test_what_an_interview_keeps_as_words_stays_words(
    said: str, text: str, asked: Asked
) -> None:
    """No word is lost, and a mapping says its parts by itself."""
    name = said.partition("+=")[0]
    made = assign(REPORT, [said], asked)

    assert made.problems == ()
    row = made.report.value(name)[-1]
    assert (row if isinstance(row, str) else row.text) == text


@pytest.mark.parametrize(
    "said, problem",
    [
        ("actions+=a; P0; nut", ":17: 'nut' is no part of an action\n  write owner: …"),
        (
            "actions+=a nut; P0; ownr: b",
            ":21: 'ownr: b' is no part of an action\n  did you mean owner: …?",
        ),
        ("actions+=b; owner: a; owner: b", ":30: 'b' says again what is said"),
        ("actions+=a; P0; text: b", ":17: 'text: b' is no part of an action"),
        ("actions+=a; P0; key: A9", ":17: 'key: A9' is no part of an action"),
        ("actions+=a; P9", ": there is no priority 'P9'\n  there are P0, P1"),
        ("actions+=a; due: soonish", ": due: 'soonish' is not a day\n  write a day"),
        ("factors+=root: a; trigger", ":19: 'trigger' says again what is said"),
        ("costs+=a | b | c", ":16: this row has too many cells\n  there are what,"),
        ("timeline+=13:10 a\n at: soonish", ": at: 'soonish' is not a time\n  write"),
    ],
)
def test_what_is_no_part_of_a_row_is_an_error(
    said: str, problem: str, asked: Asked, own: Asked
) -> None:
    """With its column where it is one piece, and with what to write instead."""
    made = assign(REPORT, [said], own if said.startswith("costs") else asked)

    assert made.report == REPORT
    (found,) = made.problems
    assert str(found).startswith(f"{' '.join(said.split())}{problem}")


def test_all_that_is_wrong_with_a_row_is_said_at_once(asked: Asked) -> None:
    """A part that cannot be read, and one that is none."""
    made = assign(REPORT, ["actions+=a; due: soonish; nut"], asked)

    assert [it.message for it in made.problems] == [
        "due: 'soonish' is not a day",
        "'nut' is no part of an action",
    ]
