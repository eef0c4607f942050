"""What a time without its day means, given what is around it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from postmortem import moments

PARIS = moments.zone("Europe/Paris")
NOW = datetime(2026, 11, 20, 15, 0, 12, 345, tzinfo=PARIS)
"""A Friday."""


@pytest.mark.parametrize(
    "previous, text, instant",
    [
        ("2026-11-20T13:00Z", "13:05", "2026-11-20T13:05Z"),
        ("2026-11-20T13:00Z", "13:00", "2026-11-20T13:00Z"),
        ("2026-11-20T13:00Z", "23:59", "2026-11-20T23:59Z"),
        ("2026-11-20T00:10Z", "22:09", "2026-11-20T22:09Z"),
        ("2026-11-20T13:00Z", "12:55", "2026-11-20T12:55Z"),
        ("2026-11-20T13:00Z", "11:00", "2026-11-20T11:00Z"),
        ("2026-11-20T13:00Z", "00:59", "2026-11-21T00:59Z"),
        ("2026-11-20T23:50Z", "00:10", "2026-11-21T00:10Z"),
        ("2026-11-20T23:55Z", "07:00", "2026-11-21T07:00Z"),
        ("2026-12-31T23:50Z", "00:10", "2027-01-01T00:10Z"),
        ("2026-11-20T23:50Z", "01:10 CET", "2026-11-21T01:10+01:00"),
        ("2026-11-20T23:50Z", "00:05-00:10", "2026-11-21T00:05Z"),
        ("2026-12-31T10:00Z", "Jan 1 00:10", "2027-01-01T00:10Z"),
        ("2027-01-01T00:10Z", "Dec 31 23:58", "2026-12-31T23:58Z"),
        ("2026-11-20T10:00Z", "Sat 00:10", "2026-11-21T00:10Z"),
        ("2026-11-20T10:00Z", "Thu 23:10", "2026-11-19T23:10Z"),
        ("2024-01-01T10:00Z", "29 Feb 10:00", "2024-02-29T10:00Z"),
        ("2026-11-20T13:00Z", "+5m", "2026-11-20T13:05Z"),
        ("2026-11-20T13:00:10Z", "+1h30m", "2026-11-20T14:30:10Z"),
        ("2026-11-20T13:00Z", "+ 90 s", "2026-11-20T13:01:30Z"),
        ("2026-11-20T13:00Z", "5 minutes later", "2026-11-20T13:05Z"),
    ],
)
def test_a_list_goes_forward(previous: str, text: str, instant: str) -> None:
    """A time rolls over midnight; a small step back stays on the same day."""
    before = moments.read(previous).at

    assert moments.iso(moments.read(text, zone=UTC, previous=before).at) == instant


@pytest.mark.parametrize(
    "previous, text, options",
    [
        ("2026-11-20T16:37Z", "07:37", ["2026-11-20T07:37Z", "2026-11-21T07:37Z"]),
        ("2026-11-20T13:00Z", "10:59", ["2026-11-20T10:59Z", "2026-11-21T10:59Z"]),
        ("2026-11-20T13:00Z", "01:00", ["2026-11-20T01:00Z", "2026-11-21T01:00Z"]),
        ("2026-11-20T18:00Z", "09:00", ["2026-11-20T09:00Z", "2026-11-21T09:00Z"]),
        ("2026-11-20T00:10Z", "23:58", ["2026-11-19T23:58Z", "2026-11-20T23:58Z"]),
        (
            "2026-11-20T10:00Z",
            "1 Jul 10:00",
            ["2026-07-01T10:00Z", "2027-07-01T10:00Z"],
        ),
    ],
)
def test_a_step_that_can_go_either_way_is_asked_about(
    previous: str, text: str, options: list[str]
) -> None:
    """Hours back can be the next day, almost a day ahead can be minutes back."""
    before = moments.read(previous).at

    with pytest.raises(moments.Ambiguous) as refusal:
        moments.read(text, zone=UTC, previous=before)

    assert [moments.iso(span.at) for _, span in refusal.value.options] == options


@pytest.mark.parametrize(
    "text, instant",
    [
        ("14:05", "2026-11-20T14:05+01:00"),
        ("23:00", "2026-11-20T23:00+01:00"),
        ("today 14:00", "2026-11-20T14:00+01:00"),
        ("yesterday 3pm", "2026-11-19T15:00+01:00"),
        ("3pm yesterday", "2026-11-19T15:00+01:00"),
        ("yesterday 23:30 UTC", "2026-11-19T23:30Z"),
        ("tomorrow at 9am", "2026-11-21T09:00+01:00"),
        ("11:00 am Saturday", "2026-11-14T11:00+01:00"),
        ("fri 9:12am", "2026-11-20T09:12+01:00"),
        ("Thurs 23:10", "2026-11-19T23:10+01:00"),
        ("Dec 1st 12:43", "2026-12-01T12:43+01:00"),
        ("Oct 14, 10:18 AM", "2026-10-14T10:18+02:00"),
        ("Friday Nov 20 10:18", "2026-11-20T10:18+01:00"),
        ("-10 min", "2026-11-20T14:50+01:00"),
        ("- 1h 5m", "2026-11-20T13:55+01:00"),
        ("10 minutes ago", "2026-11-20T14:50+01:00"),
        ("about 2 h ago", "2026-11-20T13:00+01:00"),
        ("30 s ago", "2026-11-20T14:59:42+01:00"),
        ("now", "2026-11-20T15:00+01:00"),
    ],
)
def test_a_person_counts_from_the_present(text: str, instant: str) -> None:
    """What is typed is about today and before, cut to what anybody remembers."""
    assert moments.iso(moments.read(text, zone=PARIS, near=NOW).at) == instant


@pytest.mark.parametrize(
    "near, text, instant",
    [
        ("2026-11-20T00:05Z", "23:50", "2026-11-19T23:50Z"),
        ("2026-11-20T23:55Z", "00:03", "2026-11-21T00:03Z"),
        ("2026-11-20T20:00Z", "01:00", "2026-11-20T01:00Z"),
    ],
)
def test_minutes_across_midnight_are_minutes(
    near: str, text: str, instant: str
) -> None:
    """Near an instant, what would be almost a day away is on the other day."""
    around = moments.read(near).at

    assert moments.iso(moments.read(text, zone=UTC, near=around).at) == instant


def test_the_list_goes_before_what_is_near() -> None:
    """The row above says the day, the present does not."""
    previous = moments.read("2025-05-24T13:00Z").at

    at = moments.read("13:05", zone=UTC, near=NOW, previous=previous).at

    assert moments.iso(at) == "2025-05-24T13:05Z"


def test_the_day_is_the_day_of_the_zone_that_is_read_in() -> None:
    """Half past midnight in Tokyo is on Tokyo's day."""
    previous = moments.read("2026-11-20T14:50Z").at

    at = moments.read("00:10 JST", previous=previous).at

    assert moments.iso(at) == "2026-11-21T00:10+09:00"


@pytest.mark.parametrize("text", ["14:32", "sat 14:32", "today 14:32", "Jan 4 14:32"])
def test_a_time_without_any_day_says_so(text: str) -> None:
    """No day is made up."""
    with pytest.raises(moments.NoDay) as refusal:
        moments.read(text, zone=PARIS)

    assert refusal.value.problem.hint


@pytest.mark.parametrize("text", ["+5m", "-10 min", "10 minutes ago", "now"])
def test_a_count_from_nowhere_says_so(text: str) -> None:
    """`+5m` wants a time before it, `-10 min` the present."""
    with pytest.raises(moments.NoDay):
        moments.read(text, zone=PARIS)


def test_a_step_across_a_change_of_the_clocks_is_real_time() -> None:
    """Two hours after half past one is half past four on the night of the change."""
    before = datetime(2026, 3, 29, 1, 30, tzinfo=PARIS)

    at = moments.read("+2h", zone=PARIS, previous=before).at

    assert moments.iso(at) == "2026-03-29T04:30+02:00"


def test_a_naive_time_around_is_a_mistake_of_the_caller() -> None:
    """Nothing is taken for the zone of the machine."""
    with pytest.raises(ValueError, match="needs a zone"):
        moments.read("13:05", zone=UTC, previous=datetime(2026, 11, 20))  # noqa: DTZ001
