"""What is no time, and what could be two: never a guess, always a next step."""

from __future__ import annotations

from datetime import datetime

import pytest

from postmortem import moments
from postmortem.errors import Exit, PostmortemError
from tests.moments.mistakes import AMBIGUOUS, NO_TIMES

PARIS = moments.zone("Europe/Paris")
NOW = datetime(2026, 11, 20, 15, tzinfo=PARIS)


@pytest.mark.parametrize("text", NO_TIMES, ids=ascii)
def test_what_is_no_time_is_refused(text: str) -> None:
    """Nothing lenient: the refusal says what is so, and what to type instead."""
    with pytest.raises(moments.NotATime) as refusal:
        moments.read(text, zone=PARIS, near=NOW, previous=NOW)

    assert refusal.value.problem.hint
    assert len(refusal.value.problem.message) < 300


@pytest.mark.parametrize(
    "text, message, hint",
    [
        (
            "13:06 PM",
            "'13:06 PM' is on no clock: before am and pm stand 1 to 12",
            "write 13:06 alone, or the hour of 12 with am or pm",
        ),
        (
            "14:60",
            "'14:60' is on no clock",
            "write hours from 00 to 23, minutes and seconds from 00 to 59",
        ),
        (
            "30 Feb 10:00",
            "the calendar has no 30 Feb",
            "mend the year, the month or the day",
        ),
        (
            "1432",
            "'1432' could be a time, a year or a count",
            "write 14:32 for the time of day",
        ),
        (
            "Saturday 2025-05-25 10:00",
            (
                "'Saturday 2025-05-25 10:00' names another weekday: "
                "2025-05-25 is a Sunday"
            ),
            "mend the date or leave the weekday out",
        ),
        (
            "14:32 XYZ",
            "'14:32 XYZ' is not a time: 'XYZ' is no part of a time",
            "for a zone write its offset, as in +02:00: none is called XYZ",
        ),
        (
            "2026-11-20 HH:mm",
            "'2026-11-20 HH:mm' is not a time: 'HH' is no part of a time",
            "write 14:32, 2025-05-24 13:05 UTC, 9:12 am EDT or yesterday 3pm",
        ),
        (
            "2026-11-20 \u5348\u524d",
            "'2026-11-20 \u5348\u524d' is not a time",
            "write 14:32, 2025-05-24 13:05 UTC, 9:12 am EDT or yesterday 3pm",
        ),
        (
            "2026-11-20 UTC",
            "'2026-11-20 UTC' is not a time",
            "write 14:32, 2025-05-24 13:05 UTC, 9:12 am EDT or yesterday 3pm",
        ),
        (
            "\u5348\u5f8c12:30",
            "'\u5348\u5f8c12:30' could be of noon or of midnight",
            "write 00:30 or 12:30",
        ),
        (
            "14:00 UTC / 16:00 CET",
            "'14:00 UTC / 16:00 CET': its clocks do not show the same instant",
            "the first is Fri 2026-11-20 14:00 UTC; mend one, or leave one out",
        ),
        (
            "22025-03-18 09:36",
            "the calendar has no 22025-03-18",
            "mend the year, the month or the day",
        ),
        (
            "2026-11-20 24:00",
            "'2026-11-20 24:00' is on no clock",
            "write 00:00 of the next day",
        ),
    ],
    ids=lambda text: str(text)[:25],
)
def test_a_refusal_says_what_to_do(text: str, message: str, hint: str) -> None:
    """It names the part that is wrong, and the way to write it."""
    with pytest.raises(moments.NotATime) as refusal:
        moments.read(text, zone=PARIS, near=NOW)

    said = refusal.value.problem
    assert (said.message, said.hint) == (message, hint)


@pytest.mark.parametrize(
    "text", ["14:32", "2026-11-20 14:32", "sat 9am", "09:00-11:00", "Nov 20 2026 9am"]
)
def test_a_wall_clock_without_a_zone_says_so(text: str) -> None:
    """With no zone anywhere there is no instant."""
    with pytest.raises(moments.NoZone) as refusal:
        moments.read(text, near=NOW, previous=NOW)

    assert refusal.value.problem.hint


def test_an_impossible_time_is_said_to_be_one_before_its_zone_is_missed() -> None:
    """What nobody can mend by naming a zone is said first."""
    with pytest.raises(moments.NotATime):
        moments.read("13:06 PM")


@pytest.mark.parametrize(
    "text", ["14:32 Europe/Pariss", "2026-11-20T14:32+24:00", "14:32 [+24:00]"]
)
def test_a_zone_of_no_such_name_is_named(text: str) -> None:
    """The near ones stand in the hint, or how a zone is written."""
    with pytest.raises(moments.UnknownZone) as refusal:
        moments.read(text, near=NOW)

    assert "Europe/Paris" in (refusal.value.problem.hint or "")


@pytest.mark.parametrize(
    "text", ["11.54 all is well after", "+3 nodes are new", "14:32 and an hour later"]
)
def test_words_that_count_nothing_have_no_form_of_a_time(text: str) -> None:
    """A line of prose that ends so is not said to lack the time that it counts from."""
    with pytest.raises(moments.NoForm):
        moments.read(text, zone=PARIS)


@pytest.mark.parametrize("text, options", AMBIGUOUS.items(), ids=list(AMBIGUOUS))
def test_what_could_be_two_instants_is_offered(
    text: str, options: list[tuple[str, str]]
) -> None:
    """IMP-DST: each option has a label for a person and the span that it would be."""
    with pytest.raises(moments.Ambiguous) as refusal:
        moments.read(text, zone=PARIS, near=NOW)

    found = [(label, _spelled(span)) for label, span in refusal.value.options]
    assert found == options
    assert refusal.value.problem.hint == (
        f"write {' or '.join(spelled for _, spelled in options)}"
    )


def test_what_no_clock_showed_has_two_neighbours() -> None:
    """IMP-DST: an hour that was left out is offered before it and after it."""
    with pytest.raises(moments.Absent) as refusal:
        moments.read("2026-03-29 02:30", zone=PARIS)

    assert refusal.value.problem.message == (
        "2026-03-29 02:30 does not exist in Europe/Paris: "
        "the clocks were put forward over it"
    )
    assert [(label, _spelled(span)) for label, span in refusal.value.options] == [
        ("Sun 2026-03-29 01:30 CET = 00:30 UTC", "2026-03-29T01:30+01:00"),
        ("Sun 2026-03-29 03:30 CEST = 01:30 UTC", "2026-03-29T03:30+02:00"),
    ]


def test_a_span_over_the_hour_left_out_has_both_ends() -> None:
    """Only its ends have to exist; an end that does not is refused as a start is."""
    span = moments.read("2026-03-29 01:30-03:20", zone=PARIS)

    assert _spelled(span) == "2026-03-29T01:30+01:00/2026-03-29T03:20+02:00"
    with pytest.raises(moments.Absent):
        moments.read("2026-03-29 01:30-02:20", zone=PARIS)


def test_a_zone_said_in_a_heading_is_asked_about_as_one_said_in_the_row() -> None:
    """A PST column in July is as unclear as PST in the cell."""
    with pytest.raises(moments.Ambiguous) as refusal:
        moments.read("2026-07-05 12:00", zone=moments.column_zone("Time (PST)"))

    assert [_spelled(span) for _, span in refusal.value.options] == [
        "2026-07-05T12:00-07:00",
        "2026-07-05T12:00-08:00",
    ]


@pytest.mark.parametrize(
    "text, has_form",
    [
        ("early morning", False),
        ("1432", False),
        ("14:32 XYZ", False),
        ("13:06 PM", True),
        ("2026-02-31 10:00", True),
        ("14:00 UTC / 16:00 CET", True),
        ("Saturday 2025-05-25 10:00", True),
    ],
)
def test_what_only_looks_wrong_is_told_from_what_is_no_time(
    text: str,
    has_form: bool,  # noqa: FBT001
) -> None:
    """A reader keeps the wording of the one, and finds the mistake in the other."""
    with pytest.raises(moments.NotATime) as refusal:
        moments.read(text, zone=PARIS, near=NOW)

    assert isinstance(refusal.value, moments.NoForm) != has_form


def test_every_refusal_is_one_of_ours() -> None:
    """Callers catch one class, and the command line ends with 2."""
    kinds = (
        *(moments.NotATime, moments.NoForm, moments.NoDay, moments.NoZone),
        *(moments.UnknownZone, moments.Absent, moments.Ambiguous),
        *(moments.AmbiguousDay, moments.AmbiguousZone),
    )

    assert all(issubclass(kind, moments.Unreadable) for kind in kinds)
    assert issubclass(moments.Unreadable, PostmortemError)
    assert moments.Unreadable.exit == Exit.COULD_NOT


def _spelled(span: moments.Span) -> str:
    if span.until is None:
        return moments.iso(span.at)
    return f"{moments.iso(span.at)}/{moments.iso(span.until)}"
