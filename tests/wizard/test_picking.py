"""Moments are picked from the timeline, and say the durations that they give."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from postmortem import wizard
from postmortem.answers import Asked
from postmortem.errors import Refused
from postmortem.model import Event, Moment
from postmortem.prompts import KEEP
from tests.wizard.held import ALL, BACK, Kept, begun, held, sitting

START = datetime(2025, 5, 24, 13, 5, tzinfo=UTC)
MOMENTS = ("onset", "detected", "acknowledged", "mitigated", "resolved")
EVENTS = (
    Event(text="a hall is dark", at=START),
    Event(text="unknown"),
    Event(text="a customer", at=START + timedelta(minutes=7), kind="message"),
    Event(text="all is well", at=START + timedelta(minutes=115), approximate=True),
)


def _record() -> Kept:
    return begun(timeline=EVENTS)


def test_moments_are_picked_behind_the_timeline(asked: Asked) -> None:
    """An event that is of no kind yet is named after its moment."""
    made = held(asked, "timeline", "", "0", "1", "", "2", "2", record=_record())

    report = made.report
    assert report.onset == Moment(at=START)
    assert report.detected == Moment(at=START + timedelta(minutes=7))
    assert report.acknowledged is None
    assert report.resolved == Moment(
        at=START + timedelta(minutes=115), approximate=True
    )
    assert [each.kind for each in report.timeline or ()] == [
        *("onset", None, "message", "mitigated"),
    ]
    assert made.script.said[-3:] == [
        "time to detect = detected - onset: 7 min",
        "time to mitigate = mitigated - onset: about 1 h 55 min",
        "time to resolve = resolved - onset: about 1 h 55 min",
    ]


def test_an_event_that_is_named_after_a_moment_is_offered(asked: Asked) -> None:
    """Enter takes it."""
    record = begun(timeline=(EVENTS[0], EVENTS[2].replace(kind="detected")))

    made = held(asked, "timeline", "", "", KEEP, "", "", "", record=record)

    assert made.report.detected == Moment(at=START + timedelta(minutes=7))


def test_a_moment_can_be_at_another_time(asked: Asked) -> None:
    """What is no event is typed."""
    made = held(asked, "timeline", "", "type", "9:06", "", "", "", "", record=_record())

    assert made.report.onset == Moment(at=START + timedelta(minutes=1))
    assert made.report.timeline == EVENTS


def test_one_goes_back_from_the_first_moment_to_the_lines(asked: Asked) -> None:
    """And from there to the question before."""
    lines, onset, detected = (
        asked.fields[name].question for name in ("timeline", "onset", "detected")
    )

    made = held(
        asked,
        "owner timeline",
        *("lead", "", "0", BACK, BACK, "", BACK, BACK, KEEP, ALL, ""),
        record=_record(),
    )

    assert made.questions[1:9] == [
        *(lines, onset, detected, onset, lines, detected, lines),
        asked.fields["owner"].question,
    ]
    assert made.report.onset == Moment(at=START)


def test_a_timeline_without_times_gives_no_moments(asked: Asked) -> None:
    """There is nothing to pick."""
    made = held(asked, "timeline", "? a cable is cut", "")

    assert len(made.questions) == 2


def test_a_template_without_moments_asks_for_none(alone: Asked) -> None:
    """Its timeline is all."""
    made = held(alone, "timeline", "2025-05-24 9:00 a", "", record=Kept())

    assert wizard.unanswered(made.sitting) == ()
    assert (made.report.timeline or ())[0].text == "a"


def test_a_template_without_a_timeline_has_moments_typed(minimal: Asked) -> None:
    """Each of them is a question of its own."""
    names = wizard.unanswered(sitting(minimal).sitting)

    assert [name for name in names if name in MOMENTS] == [
        *("onset", "detected", "resolved"),
    ]


def test_events_beyond_a_template_are_not_picked_from(minimal: Asked) -> None:
    """Where the form has no timeline, a moment is typed as ever."""
    made = held(minimal, "onset", "2025-05-24 13:05 UTC", record=_record())

    assert made.report.onset == Moment(at=START)


def test_a_timeline_that_is_there_leaves_its_moments_to_ask(asked: Asked) -> None:
    """One that was imported is picked from in the interview."""
    made = sitting(asked, record=_record())

    names = wizard.unanswered(made.sitting)
    assert [name for name in names if name in MOMENTS] == list(MOMENTS)
    assert "timeline" not in names

    picked = held(asked, "onset", "0", record=made.record)
    assert picked.report.onset == Moment(at=START)


def test_an_event_that_went_meanwhile_is_still_that_moment(asked: Asked) -> None:
    """Somebody deleted its line: when it happened was picked all the same."""
    record = _record()
    record.meanwhile = [lambda report: report.replace(timeline=EVENTS[1:])]

    made = held(asked, "timeline", "", "0", ALL, "", record=record)

    assert made.report.onset == Moment(at=START)
    assert made.report.timeline == EVENTS[1:]


def test_a_pick_that_cannot_be_kept_is_asked_again(asked: Asked) -> None:
    """With the event that was picked in its place."""
    record = _record()
    record.meanwhile = [Refused("the disk is full")]

    made = held(asked, "timeline", "", "0", KEEP, ALL, "", record=record)

    assert made.report.onset == Moment(at=START)
    assert "the disk is full" in made.said
    assert made.given[2] == "0"


def test_a_timeline_is_told_though_all_of_it_was_picked(asked: Asked) -> None:
    """Its rows are moments then, and it is not asked for as one that was begun."""
    rows = "9:05 a hall is dark\n11:00 all is well"
    made = held(asked, "timeline", rows, *("", "0", "", "", "", "1"), record=begun())

    kinds = [each.kind for each in made.report.timeline or ()]
    assert kinds == ["onset", "resolved"]
    again = sitting(asked, record=made.record)
    assert "timeline" not in wizard.unanswered(made.sitting)
    assert "timeline" not in wizard.unanswered(again.sitting)


def test_what_was_told_of_moments_asked_first_is_not_asked_again(asked: Asked) -> None:
    """The rows have only their words, and stand where those moments are."""
    start = Moment(at=START)
    record = begun(detected=start)
    open_ones = sitting(asked, record=record)
    assert "timeline" in wizard.unanswered(open_ones.sitting)

    made = held(asked, "timeline", "9:05 a hall is dark", *[""] * 5, record=record)

    assert [each.kind for each in made.report.timeline or ()] == ["detected"]
    assert "timeline" not in wizard.unanswered(made.sitting)
