"""Lines that somebody types or pastes are rows, and say parts of rows."""

from __future__ import annotations

import pytest

from postmortem.answers.row_lines import rows_of
from postmortem.markdown import STANDARD, Field
from postmortem.markdown.fields import TABLE

COSTS = Field(name="costs", kind=TABLE, columns=("what", "how_much", "why"))


def _said(name: str, text: str) -> list[dict[str, str]]:
    known = COSTS if name == "costs" else STANDARD[name]
    return [{part.name: part.said for part in row} for row in rows_of(text, known)]


@pytest.mark.parametrize(
    "name, text, rows",
    [
        (
            "timeline",
            "14:02 a\n\n  14:05 b",
            [{"text": "14:02 a"}, {"text": "14:05 b"}],
        ),
        (
            "timeline",
            "- 14:02 a\n* 14:05 b",
            [{"text": "14:02 a"}, {"text": "14:05 b"}],
        ),
        ("timeline", "+5m a", [{"text": "+5m a"}]),
        ("timeline", "-10m a", [{"text": "-10m a"}]),
        ("timeline", "14:02 link: down", [{"text": "14:02 link: down"}]),
        (
            "factors",
            "a\n kind: trigger, evidence: the log, 9:06; cause: F2",
            [
                {
                    "text": "a",
                    "kind": "trigger",
                    "evidence": "the log, 9:06",
                    "cause": "F2",
                }
            ],
        ),
        (
            "factors",
            "a\nevidence: one, note: two",
            [{"text": "a", "evidence": "one, note: two"}],
        ),
        ("actions", "1. a\n2) b\n• c", [{"text": "a"}, {"text": "b"}, {"text": "c"}]),
        (
            "actions",
            "a\n  owner: edge\n  done-when: it moves\n  Due : +2w\nb",
            [
                {"text": "a", "owner": "edge", "done_when": "it moves", "due": "+2w"},
                {"text": "b"},
            ],
        ),
        (
            "actions",
            "- [ ] a\n  - owner: edge\n- [x] b",
            [{"text": "a", "owner": "edge"}, {"text": "b", "status": "done"}],
        ),
        ("actions", "a\n- owner: edge", [{"text": "a"}, {"text": "owner: edge"}]),
        ("actions", "owner: edge", [{"text": "owner: edge"}]),
        (
            "actions",
            "a\nowner: b\nowner: c",
            [{"text": "a", "owner": "b"}, {"text": "owner: c"}],
        ),
        ("actions", "a\n-\nowner: b", [{"text": "a", "owner": "b"}]),
        ("actions", "a\nowner:", [{"text": "a"}, {"text": "owner:"}]),
        (
            "open_questions",
            "[x] marks\nthe spot: here",
            [{"text": "[x] marks"}, {"text": "the spot: here"}],
        ),
        (
            "costs",
            "a | 12 | c \\| d",
            [{"what": "a", "how_much": "12", "why": "c | d"}],
        ),
        ("costs", "| a | | c |", [{"what": "a", "how_much": "", "why": "c"}]),
        ("costs", "a\nhow much: 12", [{"what": "a", "how_much": "12"}]),
    ],
)
def test_lines_are_rows(name: str, text: str, rows: list[dict[str, str]]) -> None:
    """Bullets go, parts go to the row above them, and every word stays."""
    assert _said(name, text) == rows


def test_a_row_knows_its_lines() -> None:
    """A mistake is told with the line in which it was typed."""
    rows = rows_of("a\n\nb\n  due: fri", STANDARD["actions"])

    assert [[part.line for part in row] for row in rows] == [[1], [3, 4]]
