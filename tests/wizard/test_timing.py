"""A moment: a time, the words behind it, and what people say when there is none."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from postmortem.answers import Asked
from postmortem.errors import PostmortemError
from postmortem.model import Event, Moment, Report
from postmortem.prompts import KEEP
from tests.wizard.held import begun, held


def _at(hour: int, minute: int, day: int = 24) -> Moment:
    return Moment(at=datetime(2025, 5, day, hour, minute, tzinfo=UTC))


def test_the_words_behind_a_detection_say_how_it_was_noticed(asked: Asked) -> None:
    """They go into the field that asks for it, and are a line of the timeline."""
    made = held(asked, "detected", "sat 9:12am EDT, customer reports")

    event = Event(text="customer reports", kind="detected", at=_at(13, 12).at)
    assert made.report == Report(
        detected=_at(13, 12), detection="customer reports", timeline=(event,)
    )


def test_all_that_was_told_is_among_the_proposed_events(asked: Asked) -> None:
    """Both first moments are there when the timeline is asked, and to be picked."""
    names = "detected resolved timeline onset"
    told = ("sat 9:12am EDT, customer reports", "11:00am EDT, all is well")
    made = held(asked, names, *told, "", "0", "", "", KEEP)

    assert "1  2025-05-24 09:12 (13:12 UTC)  detected: customer reports" in made.said
    assert "2  11:00 (15:00 UTC)  resolved: all is well" in made.said
    assert made.report.onset == _at(13, 12)


def test_a_moment_without_words_is_said_above_the_timeline(asked: Asked) -> None:
    """There is no line for it, and nobody wonders where it went."""
    made = held(asked, "timeline", "", record=begun(detected=_at(13, 12)))

    assert made.said == (
        "Told, and no line yet: detected, Sat 2025-05-24 09:12 EDT = 13:12 UTC"
    )


def test_the_event_of_a_moment_goes_along(asked: Asked) -> None:
    """Who corrects the time alone corrects it in the timeline too."""
    record = begun()
    held(asked, "detected", "sat 9:12am EDT, an alert", record=record)
    made = held(asked, "detected", "sat 9:15am EDT", record=record)

    (event,) = made.report.timeline or ()
    assert (event.text, event.at) == ("an alert", _at(13, 15).at)


def test_a_line_that_is_there_already_is_no_second_one(asked: Asked) -> None:
    """What was told of a moment is typed again among the lines by many."""
    record = begun()
    held(asked, "detected", "sat 9:12am EDT, an alert", record=record)
    more = ("9:12am  An alert", "9:13am an alert", "9:12am another")
    made = held(asked, "timeline", *more, "", *[""] * 4, record=record)

    assert [it.text for it in made.report.timeline or ()] == [
        "an alert",
        "another",
        "an alert",
    ]
    assert "That is row 1 already." in made.said


def test_the_words_behind_an_end_are_its_event(asked: Asked) -> None:
    """The measure by which it was back to normal is not what ended it."""
    made = held(
        asked, "resolved", "11:00, success above 99%", record=begun(detected=_at(13, 5))
    )

    assert made.report.resolved == _at(15, 0)
    assert made.report.recovery is None
    assert [it.text for it in made.report.timeline or ()] == ["success above 99%"]


def test_words_are_added_to_what_is_there(asked: Asked) -> None:
    """Nothing that was said of it before goes; the same words are said once."""
    record = begun(detection="an alert")
    held(asked, "detected", "sat 9:12am EDT, a customer", record=record)
    made = held(asked, "detected", "sat 9:13am EDT, a customer", record=record)

    assert made.report.detection == "an alert\n\na customer"
    assert made.report.detected == _at(13, 13)


def test_words_without_a_field_are_an_event(minimal: Asked) -> None:
    """A template that does not ask how it was noticed keeps it in the timeline."""
    record = begun(timeline=(Event(text="later", at=_at(14, 0).at),))
    made = held(minimal, "detected", "2025-05-24 9:12am EDT - an alert", record=record)

    first, second = made.report.timeline or ()
    assert first == Event(text="an alert", kind="detected", at=_at(13, 12).at)
    assert second.text == "later"


def test_words_that_are_said_again_move_their_event(minimal: Asked) -> None:
    """Who corrects the time of what was said does not tell a second event."""
    record = begun()
    held(minimal, "detected", "2025-05-24 9:12am EDT, an alert", record=record)
    made = held(minimal, "detected", "2025-05-24 9:15am EDT, an alert", record=record)

    (event,) = made.report.timeline or ()
    assert event.at == _at(13, 15).at


@pytest.mark.parametrize(
    "said", ["no", "No.", "ongoing", "still ongoing", "not yet", "unknown", "TBD", ""]
)
def test_a_moment_that_has_not_come_is_not_known(asked: Asked, said: str) -> None:
    """An incident that goes on has no end, and saying so clears one."""
    fresh = held(asked, "resolved", said)
    cleared = held(asked, "resolved", said, record=begun(resolved=_at(15, 0)))

    assert fresh.report == Report()
    assert cleared.report == Report()


@pytest.mark.parametrize("said", ["no, we watch it", "ongoing - we watch it"])
def test_words_behind_a_no_are_kept(asked: Asked, minimal: Asked, said: str) -> None:
    """What is said besides stays, where there is no time to it."""
    made = held(asked, "resolved", said)
    event = held(minimal, "resolved", said)

    assert made.report == Report(recovery="we watch it")
    assert event.report.timeline == (Event(text="we watch it", kind="resolved"),)


@pytest.mark.parametrize(
    "said, meant",
    [
        ("sat 9:12am EDT, an alert", "Sat 2025-05-24 09:12 EDT = 13:12 UTC; an alert"),
        ("~5:00", "about Tue 2025-05-27 05:00 EDT = 09:00 UTC"),
        ("2025-05-28 5:00 EDT", "09:00 UTC (that is still to come)"),
        ("no", "not known yet"),
    ],
)
def test_a_time_is_said_again_as_it_is_understood(
    asked: Asked, said: str, meant: str
) -> None:
    """By the clocks of the report and in UTC, so that a slip shows at once."""
    understood = held(asked, "detected", "").question().understood

    assert understood is not None
    assert meant in understood(said)


@pytest.mark.parametrize(
    "said, why",
    [
        (
            "2025-11-02 1:30am, an alert",
            "2025-11-02T01:30-04:00 or 2025-11-02T01:30-05",
        ),
        ("2025-03-09 2:30am, an alert", "does not exist in America/New_York"),
        ("9:12 IST", "07:12 UTC"),
        ("soonish", "'soonish'"),
        ("25:00, an alert", "25:00"),
        ("+5m", "does not say from when"),
    ],
)
def test_a_time_that_is_none_or_two_is_refused(
    asked: Asked, said: str, why: str
) -> None:
    """The refusal says what to write instead; nothing is guessed."""
    with pytest.raises(PostmortemError, match=why.replace("+", r"\+")) as refused:
        held(asked, "detected", said)

    assert "\n  " in str(refused.value)


def test_a_kept_moment_stays_as_it_is(asked: Asked) -> None:
    """To the microsecond, and as approximate as it was."""
    at = datetime(2025, 5, 24, 13, 12, 5, 70, tzinfo=UTC)
    record = begun(detected=Moment(at=at, approximate=True))

    made = held(asked, "detected", KEEP, record=record)

    assert made.record.puts == []
    assert made.given == ["~2025-05-24T09:12:05.000070-04:00"]


def test_a_moment_is_said_with_the_durations_that_it_gives(asked: Asked) -> None:
    """Each with its formula, so that a slip of hours is seen at once."""
    made = held(
        asked,
        "detected resolved",
        "2025-05-24 9:12am EDT",
        "11:00",
        record=begun(onset=_at(13, 5)),
    )

    assert made.script.said[-2:] == [
        "time to detect = detected - onset: 7 min",
        "time to resolve = resolved - onset: 1 h 55 min",
    ]


def test_an_order_that_cannot_be_is_said(asked: Asked) -> None:
    """A negative duration is shown, and not refused: either time may be the slip."""
    made = held(
        asked, "detected", "2025-05-24 9:00am EDT", record=begun(onset=_at(13, 5))
    )

    assert "-5 min  (that order cannot be)" in made.said
