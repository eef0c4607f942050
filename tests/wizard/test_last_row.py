"""The row that was typed last is the one that is named, and a drop is undone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from postmortem.answers import Asked
from postmortem.model import Action, Event, Moment
from tests.wizard.held import ALL, Kept, begun, held

START = datetime(2025, 5, 24, 13, 5, tzinfo=UTC)
_AT = Moment(at=START)
_MOMENTS = ("onset", "detected", "acknowledged", "mitigated", "resolved")


def _event(minutes: int, text: str, **more: Any) -> Event:
    return Event(text=text, at=START + timedelta(minutes=minutes), **more)


ROWS = tuple(_event(at * 10, text) for at, text in enumerate("abcd"))
ACTIONS = (
    Action(key="A1", text="a", owner="edge"),
    Action(key="A2", text="b"),
    Action(key="A5", text="c"),
)


def _timeline(*events: Event) -> Kept:
    return begun(timeline=events or None, **dict.fromkeys(_MOMENTS, _AT))


@pytest.mark.parametrize(
    "said, keys",
    [
        ("9:12 new", "2 edits row 2 · drop 2 · ? more · < back"),
        ("9:50 new", "5 edits row 5 · drop 5 · ? more · < back"),
        ("9:50 late\n9:12 new", "2 edits row 2 · drop 2 · ? more · < back"),
        ("9:15 b", "2 edits row 2 · drop 2 · ? more · < back"),
    ],
    ids=["between", "last", "several", "there already"],
)
def test_the_row_just_typed_is_named_by_its_number(
    asked: Asked, said: str, keys: str
) -> None:
    """Which is its place in the list, in the order of time."""
    made = held(asked, "timeline", said, ALL, ALL, record=_timeline(*ROWS))

    assert made.question(1).keys == keys


def test_more_of_a_row_leaves_it_the_one_that_is_named(asked: Asked) -> None:
    """Its time may be another, and then its number is."""
    said = ("9:12 new", "source: edge logs", "at: 9:31")
    made = held(asked, "timeline", *said, ALL, ALL, record=_timeline(*ROWS))

    assert [made.question(at).keys.partition(" ")[0] for at in (1, 2, 3)] == list("224")


def test_where_no_row_was_typed_none_is_to_be_dropped(asked: Asked) -> None:
    """An order may have changed the row that was."""
    said = ("9:12 new", "2 text: newer")
    made = held(asked, "timeline", *said, ALL, ALL, record=_timeline(*ROWS))

    assert made.question(0).keys == "Enter goes on · 4 edits row 4 · ? more · < back"
    assert made.question(2).keys == "5 edits row 5 · ? more · < back"


@pytest.mark.parametrize("said", ["drop 2", "drop 1-4", "drop 1, 3", "drop 4"], ids=str)
def test_a_drop_is_undone(asked: Asked, said: str) -> None:
    """Every row stands where it stood."""
    record = _timeline(*ROWS)
    made = held(asked, "timeline", said, "undo", ALL, ALL, record=record)

    assert made.report.timeline == ROWS
    back = "undo puts it back" if len(said) == 6 else "undo puts them back"
    assert back in made.question(1).keys
    assert "undo" not in made.question(2).keys


def test_drops_are_undone_one_after_the_other(asked: Asked) -> None:
    """The last one first, though rows came in between."""
    said = ("drop 1", "drop 2", "9:12 new", "undo", "Undo")
    made = held(asked, "timeline", *said, ALL, ALL, record=_timeline(*ROWS))

    texts = [each.text for each in made.report.timeline or ()]
    assert texts == ["a", "new", "b", "c", "d"]


def test_a_key_comes_back_with_its_row(asked: Asked) -> None:
    """It is its own again, and no other row may have had it meanwhile."""
    record = begun(actions=ACTIONS)
    made = held(asked, "actions", "drop 1-2", "d", "undo", ALL, ALL, record=record)

    rows = made.report.actions or ()
    assert rows == (*ACTIONS, Action(key="A6", text="d"))
    assert made.report.retired is None


def test_undo_shows_the_row_with_its_number(asked: Asked) -> None:
    """Those behind it have theirs again; after another row the line says no undo."""
    said = ("drop 2", "9:55 new", "undo")
    made = held(asked, "timeline", *said, ALL, ALL, record=_timeline(*ROWS))

    assert made.script.said[-1] == "2  09:15 (13:15 UTC)  b"
    assert [made.question(at).keys for at in (1, 2, 3)] == [
        "undo puts it back · 3 edits row 3 · ? more · < back",
        "4 edits row 4 · drop 4 · ? more · < back",
        "5 edits row 5 · drop 5 · ? more · < back",
    ]


def test_a_line_that_says_another_kind_is_another_row(asked: Asked) -> None:
    """One that says what a row says already is that row."""
    told = _timeline(_event(0, "a", kind="onset"), _event(9, "b"))
    made = held(
        asked, "timeline", "9:05 onset: a", "9:14 alert: b", ALL, ALL, record=told
    )

    assert [it.kind for it in made.report.timeline or ()] == ["onset", None, "alert"]


def test_what_undo_puts_back_is_said_before_it_is_done(asked: Asked) -> None:
    """The row as it will stand."""
    made = held(asked, "timeline", "drop 2", ALL, ALL, record=_timeline(*ROWS))
    understood = made.question(1).understood

    assert understood is not None
    assert understood("undo") == "puts back: 2025-05-24 09:15 (13:15 UTC) b"


def test_undo_is_a_row_where_nothing_was_taken_out(asked: Asked) -> None:
    """And a row that is there again is not put back twice."""
    made = held(asked, "actions", "undo", ALL, ALL)
    record = begun(actions=ACTIONS)
    record.meanwhile = [None, lambda it: it.replace(actions=ACTIONS)]
    twice = held(asked, "actions", "drop A2", "undo", ALL, ALL, record=record)

    assert made.report.actions == (Action(key="A1", text="undo"),)
    assert twice.report.actions == ACTIONS
    assert "A2 is there again" in twice.said


def test_an_event_typed_as_it_is_shown_is_that_event(asked: Asked) -> None:
    """Its kind does not become one of its words, wherever it is typed."""
    shown = "9:42 (13:42 UTC)  resolved: 5xx are back"
    told = dict.fromkeys(_MOMENTS[:-1], _AT)
    at = Moment(at=START + timedelta(minutes=37))
    row = held(asked, "timeline", shown, "", record=begun(**told, resolved=at))
    moment = held(
        asked, "resolved", "9:42 resolved: 5xx are back", record=begun(onset=_AT)
    )

    event = _event(37, "5xx are back", kind="resolved")
    assert row.report.timeline == moment.report.timeline == (event,)


def test_a_moment_names_its_event_once(asked: Asked) -> None:
    """The words of an event may have begun with the name already."""
    at = Moment(at=START + timedelta(minutes=37))
    rows = (_event(37, "Resolved: 5xx are back"),)
    told = {**dict.fromkeys(_MOMENTS, _AT), "resolved": at}
    made = held(
        asked, "timeline", "9:50 a look", "", record=begun(timeline=rows, **told)
    )

    assert (made.report.timeline or ())[0] == _event(
        37, "5xx are back", kind="resolved"
    )
    assert "resolved, as you told it, is: 5xx are back" in made.said


def test_the_words_of_an_event_are_said_anew_without_its_kind(asked: Asked) -> None:
    """It is of that kind already."""
    rows = (_event(0, "a", kind="onset"),)
    said = "1 text: onset: the power fails"
    made = held(asked, "timeline", said, "", record=_timeline(*rows))

    assert made.report.timeline == (_event(0, "the power fails", kind="onset"),)


def test_of_no_rows_the_line_beneath_tells_how_to_undo(asked: Asked) -> None:
    """The last one that was taken out can come back as well."""
    made = held(asked, "timeline", "drop 1", ALL, ALL, record=_timeline(ROWS[0]))

    keys = "undo puts it back · Enter: skip · ? more · < back"
    assert made.question(1).keys == keys
    assert made.report.timeline is None
