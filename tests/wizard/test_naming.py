"""An event at the instant of a moment that was told is named after it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from postmortem import wizard
from postmortem.answers import Asked
from postmortem.model import Event, Moment
from tests.wizard.held import begun, held, sitting

NOTICED = datetime(2025, 5, 24, 13, 12, tzinfo=UTC)
ROWS = "9:05 a hall is dark\n9:12 support passes on complaints"


def test_an_event_is_named_after_a_moment_told_before(asked: Asked) -> None:
    """The moment came with the first questions, the timeline after it."""
    record = begun(detected=Moment(at=NOTICED))

    made = held(asked, "timeline", ROWS, *[""] * 5, record=record)

    assert [it.kind for it in made.report.timeline or ()] == [None, "detected"]
    assert "detected, as you told it, is: support passes on complaints" in made.said


def test_an_event_is_named_after_a_moment_told_behind(asked: Asked) -> None:
    """The timeline was there, and the moment's time is typed."""
    rows = (Event(text="support calls", at=NOTICED),)

    made = held(asked, "detected", "9:12am", record=begun(timeline=rows))

    assert [it.kind for it in made.report.timeline or ()] == ["detected"]


def test_no_event_is_named_where_it_is_not_sure(asked: Asked) -> None:
    """Of two at that instant neither is; none is where one is the moment already."""
    two = (Event(text="one", at=NOTICED), Event(text="two", at=NOTICED))
    later = NOTICED + timedelta(minutes=1)
    other = (two[0], Event(text="three", at=later, kind="detected"))

    for rows in (two, other):
        record = begun(timeline=rows, detected=Moment(at=NOTICED))
        made = held(asked, "timeline", "9:30 more", *[""] * 5, record=record)
        assert (made.report.timeline or ())[:2] == rows


def test_words_of_the_end_are_its_event(asked: Asked) -> None:
    """They say how we know, which is not what ended it; both are still asked."""
    made = held(asked, "resolved", "11:00am EDT, success above 99%")

    (event,) = made.report.timeline or ()
    assert (event.kind, event.text) == ("resolved", "success above 99%")
    assert made.report.recovery is None
    open_ones = wizard.unanswered(sitting(asked, record=made.record).sitting)
    assert {"timeline", "recovery"} <= set(open_ones)
