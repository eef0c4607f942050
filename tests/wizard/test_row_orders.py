"""Rows that are there are changed by orders, which are said before they are done."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from postmortem.answers import Asked
from postmortem.errors import Refused
from postmortem.model import Action, Event, Moment
from postmortem.wizard.orders import order
from tests.wizard.held import ALL, Kept, begun, held

START = datetime(2025, 5, 24, 13, 5, tzinfo=UTC)


def _event(minutes: int, text: str, **more: Any) -> Event:
    return Event(text=text, at=START + timedelta(minutes=minutes), **more)


def _timeline(*events: Event) -> Kept:
    return begun(
        onset=Moment(at=START), timeline=events or None, **dict.fromkeys(_OTHERS, _AT)
    )


_AT = Moment(at=START)
_OTHERS = ("detected", "acknowledged", "mitigated", "resolved")
ACTIONS = (
    Action(key="A1", text="a"),
    Action(key="A2", text="b"),
    Action(key="A5", text="c"),
)


ROWS = tuple(_event(at, text) for at, text in enumerate("abcd"))


@pytest.mark.parametrize(
    "said, rows",
    [
        ("drop 2", "acd"),
        ("drop 2-3", "ad"),
        ("drop 1, 3-4", "b"),
        ("move 3 1", "cabd"),
        ("move 1 3", "bcad"),
        ("move 1 4", "bcda"),
        ("move 2 2", "abcd"),
        ("2 text: B", "aBcd"),
        ("2 at: 9:30", "acdb"),
        ("shift 1 +90s", "bacd"),
        ("shift 1-2 +1h", "cdab"),
        ("shift -1h", "abcd"),
    ],
)
def test_an_order_changes_rows(asked: Asked, said: str, rows: str) -> None:
    """Rows stay in the order of their times, but for a row that somebody moves."""
    made = held(asked, "timeline", said, "", record=_timeline(*ROWS))

    assert "".join(each.text for each in made.report.timeline or ()) == rows


@pytest.mark.parametrize(
    "said, minutes", [("shift +1h", 60), ("1 at: 9:20", 15), ("shift 2 +1h", 0)]
)
def test_a_moment_goes_along_with_its_event(
    asked: Asked, said: str, minutes: int
) -> None:
    """What was picked from the timeline stays what the timeline says."""
    rows = (_event(0, "a", kind="onset"), _event(90, "b", kind="deploy"))

    made = held(asked, "timeline", said, "", record=_timeline(*rows))

    at = START + timedelta(minutes=minutes)
    assert made.report.onset == Moment(at=at)
    assert made.report.detected == _AT


def test_a_moment_of_its_own_stays(asked: Asked) -> None:
    """It said another time than the event that is named after it."""
    rows = (_event(5, "a", kind="onset"),)

    made = held(asked, "timeline", "shift +1h", "", record=_timeline(*rows))

    assert made.report.onset == _AT


def test_a_shift_moves_spans_and_leaves_what_has_no_time(asked: Asked) -> None:
    """Both ends go by the same length."""
    rows = (_event(0, "a", until=START + timedelta(minutes=5)), Event(text="?"))

    made = held(asked, "timeline", "shift +1h", "", record=_timeline(*rows))

    assert made.report.timeline == (
        _event(60, "a", until=START + timedelta(minutes=65)),
        Event(text="?"),
    )


def test_rows_that_say_the_same_are_two(asked: Asked) -> None:
    """A shift moves each of them once; one that is dropped leaves the other."""
    twice = _event(0, "a")

    shifted = held(asked, "timeline", "shift +1h", "", record=_timeline(twice, twice))
    dropped = held(asked, "timeline", "drop 1", "", record=_timeline(twice, twice))

    assert shifted.report.timeline == (_event(60, "a"), _event(60, "a"))
    assert dropped.report.timeline == (twice.replace(kind="onset"),)


def test_the_last_row_that_is_dropped_leaves_it_not_known(asked: Asked) -> None:
    """That there is none is another thing, which somebody says."""
    made = held(asked, "timeline", "drop 1", "", record=_timeline(ROWS[0]))

    assert made.report.timeline is None


def test_a_key_is_never_used_again(asked: Asked) -> None:
    """A row that comes after a drop gets the next key, and links stay true."""
    made = held(
        asked,
        "actions",
        "drop A5",
        "d",
        "drop 1",
        "",
        ALL,
        "",
        record=begun(actions=ACTIONS),
    )

    assert [row.key for row in made.report.actions or ()] == ["A2", "A6"]
    assert made.report.retired == ("A5", "A1")


@pytest.mark.parametrize(
    "said, part, value",
    [
        ("A2 owner: edge traffic lead", "owner", "edge traffic lead"),
        ("A2 due: +2w", "due", date(2025, 6, 10)),
        ("A2 due: fri", "due", date(2025, 5, 30)),
        ("2 done when: it moves", "done_when", "it moves"),
        ("A2 status: done", "status", "done"),
        ("A2 owner:", "owner", None),
    ],
)
def test_one_part_of_a_row_is_said(
    asked: Asked, said: str, part: str, value: Any
) -> None:
    """The others stay as they are."""
    before = (ACTIONS[0], ACTIONS[1].replace(owner="x"), ACTIONS[2])

    made = held(asked, "actions", said, "", record=begun(actions=before))

    assert made.report.actions == (
        before[0],
        before[1].replace(**{part: value}),
        before[2],
    )


def test_an_action_that_looks_like_an_order_is_an_action(asked: Asked) -> None:
    """Its words are kept as they are."""
    made = held(
        asked,
        "actions",
        "2 link checks per day",
        ALL,
        "",
        record=begun(actions=ACTIONS),
    )

    assert (made.report.actions or ())[3].text == "2 link checks per day"


@pytest.mark.parametrize(
    "said, meant",
    [
        ("9:12 a", "Sat 2025-05-24 09:12 EDT = 13:12 UTC"),
        (
            "9:12 a\n9:20 b",
            "2 events, the last at Sat 2025-05-24 09:20 EDT = 13:20 UTC",
        ),
        ("? a", ""),
        ("drop 1", "takes out: 2025-05-24 09:05 (13:05 UTC) a"),
        ("drop 1-2", "takes out 2 rows"),
        ("1", "goes through: 2025-05-24 09:05 (13:05 UTC) a"),
        ("move 2 1", "moves: 2025-05-24 09:06 (13:06 UTC) b"),
        ("shift 1 +1h", "moves 1 time by 1 h"),
        ("1 source: logs", "2025-05-24 09:05 (13:05 UTC) a (logs)"),
    ],
)
def test_what_a_line_means_is_said_while_it_is_typed(
    asked: Asked, said: str, meant: str
) -> None:
    """So a slip is seen before Enter."""
    made = held(asked, "timeline", "", record=_timeline(*ROWS))
    understood = made.question().understood

    assert understood is not None
    assert understood(said) == meant
    assert made.record.puts == []


@pytest.mark.parametrize(
    "said", ["import slack-export.zip", "import --log", "import ./exports pd.json"]
)
def test_files_are_said_to_be_imported_by_a_command(said: str) -> None:
    """Whoever names files among the events is told what to run."""
    with pytest.raises(Refused) as refused:
        order(said, ("1",), ("at", "text"), timed=True)

    hint = refused.value.problem.hint or ""
    assert hint.endswith(f"postmortem timeline ID {said}")


def test_a_row_may_begin_with_import() -> None:
    """Words are no files."""
    assert order("import of the feed job failed", ("1",), ("at",), timed=True) is None
