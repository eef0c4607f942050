"""Days: due dates, headings, and those that nobody can tell."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from postmortem import moments

FRIDAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    "text",
    [
        *("2025-05-24", "2025/05/24", "2025.05.24", "20250524", "2025-5-24"),
        *("24 May 2025", "24th of May 2025", "May 24, 2025", "May 24th 2025"),
        *("Sat, 24 May 2025", "Saturday, May 24, 2025", "Sat 2025-05-24"),
        *("2025-05-24 (Sat)", "24.05.2025", "24/05/2025", "5/24/2025", "05-24-2025"),
        *("on 24 May 2025", " 2025-05-24 ", "２０２５-０５-２４"),
    ],
)
def test_a_day_is_read(text: str) -> None:
    """Every spelling gives the same day."""
    assert moments.read_day(text) == date(2025, 5, 24)


@pytest.mark.parametrize(
    "text, day",
    [
        ("today", FRIDAY),
        ("tomorrow", date(2026, 11, 21)),
        ("yesterday", date(2026, 11, 19)),
        ("fri", date(2026, 11, 27)),
        ("sat", date(2026, 11, 21)),
        ("thursday", date(2026, 11, 26)),
        ("+2w", date(2026, 12, 4)),
        ("+ 3 days", date(2026, 11, 23)),
        ("in 2 weeks", date(2026, 12, 4)),
        ("in a week", date(2026, 11, 27)),
        ("in two weeks", date(2026, 12, 4)),
        ("next week", date(2026, 11, 27)),
        ("in a month", date(2026, 12, 20)),
        ("next month", date(2026, 12, 20)),
        ("+1 month", date(2026, 12, 20)),
        ("+2mo", date(2027, 1, 20)),
        ("In 2 Months", date(2027, 1, 20)),
        ("in a year", date(2027, 11, 20)),
        ("Dec 1", date(2026, 12, 1)),
        ("20 Nov", FRIDAY),
        ("19 Nov", date(2027, 11, 19)),
        ("29 Feb", date(2028, 2, 29)),
        ("Tue, Dec 1", date(2026, 12, 1)),
        ("2026-12-01", date(2026, 12, 1)),
    ],
)
def test_a_due_date_is_to_come(text: str, day: date) -> None:
    """Counted from today, forward."""
    assert moments.read_day(text, today=FRIDAY) == day


@pytest.mark.parametrize(
    "text, day",
    [
        ("Nov 18", date(2026, 11, 18)),
        ("Dec 16th", date(2026, 12, 16)),
        ("Friday, November 20", FRIDAY),
        ("Wednesday", date(2026, 11, 18)),
    ],
)
def test_a_heading_is_near(text: str, day: date) -> None:
    """A day without its year is close to the incident, and rather before it."""
    assert moments.read_day(text, near=FRIDAY) == day


@pytest.mark.parametrize(
    "text, options",
    [
        ("5/6/2025", (date(2025, 5, 6), date(2025, 6, 5))),
        ("05-06-2025", (date(2025, 5, 6), date(2025, 6, 5))),
        ("Jan 14", (date(2026, 1, 14), date(2027, 1, 14))),
    ],
)
def test_a_day_that_could_be_two_is_offered(
    text: str, options: tuple[date, ...]
) -> None:
    """Month and day either way round, or a year either side."""
    with pytest.raises(moments.AmbiguousDay) as refusal:
        moments.read_day(text, near=FRIDAY)

    assert tuple(day for _, day in refusal.value.options) == options


def test_a_weekday_tells_month_and_day_apart() -> None:
    """Only one of the two is a Thursday."""
    assert moments.read_day("Thu 5/6/2025") == date(2025, 6, 5)


@pytest.mark.parametrize(
    "text",
    [
        *("", "soon", "2025", "12", "May", "2026-13-01", "2026-02-31", "31 Apr"),
        *("22025-03-18", "1/2/20", "Fri 2025-05-24", "+2", "+90 min", "next spring"),
        *("2025-05-24 2025-05-25", "2025-05-24 13:05", "2025-05-24 UTC", "Tue Dec 2"),
        *(
            "+9999999 d",
            "+999999 w",
            "9" * 500,
            "\ud800",
            "0000-01-01",
            "99999999",
            "fri sat",
            "Q3",
        ),
    ],
    ids=ascii,
)
def test_what_is_no_day_is_refused(text: str) -> None:
    """With what to write instead."""
    with pytest.raises(moments.NotATime) as refusal:
        moments.read_day(text, today=FRIDAY)

    assert refusal.value.problem.hint


@pytest.mark.parametrize("text", ["fri", "tomorrow", "+2w", "May 24"])
def test_a_day_counted_from_nowhere_says_so(text: str) -> None:
    """No present is made up."""
    with pytest.raises(moments.NoDay):
        moments.read_day(text)


def test_the_calendar_ends() -> None:
    """Its last day has no tomorrow."""
    with pytest.raises(moments.NotATime):
        moments.read_day("tomorrow", today=date.max)
    assert moments.read_day("31 Dec", today=date.max) == date.max
    assert moments.read_day("1 Jan", near=date.min) == date.min


def test_days_are_read_as_they_are_written() -> None:
    """An ISO date is itself, whatever stands around."""
    for step in range(0, 3_652_000, 9_973):
        day = date.min + timedelta(days=step)

        assert moments.read_day(day.isoformat(), today=FRIDAY) == day


@pytest.mark.parametrize(
    "today, text, day",
    [
        (date(2026, 1, 31), "in a month", date(2026, 2, 28)),
        (date(2028, 1, 31), "in a month", date(2028, 2, 29)),
        (date(2026, 1, 31), "in 2 months", date(2026, 3, 31)),
        (date(2028, 2, 29), "in a year", date(2029, 2, 28)),
        (date(2026, 12, 31), "+2 months", date(2027, 2, 28)),
    ],
)
def test_a_month_without_that_day_ends_before_it(
    today: date, text: str, day: date
) -> None:
    """The last day of the month stands for a day that it does not have."""
    assert moments.read_day(text, today=today) == day


@pytest.mark.parametrize(
    "text", ["in a month; P1", "in a banana", "+1m", "+90 min", "in 99999 years", "x"]
)
def test_the_hint_for_no_day_shows_days(text: str) -> None:
    """A length of time would be no answer to the question for a day."""
    with pytest.raises(moments.NotATime) as refusal:
        moments.read_day(text, today=FRIDAY)

    assert f"{text!r} is not a day" in str(refusal.value)
    assert "as in 2026-12-01, +2w, in 2 weeks, tomorrow or friday" in str(refusal.value)


def test_months_want_to_know_from_when() -> None:
    """Without a today nothing is counted."""
    with pytest.raises(moments.NoDay):
        moments.read_day("in a month")
