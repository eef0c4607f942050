"""Lines and headings that say the day or the zone of all times below them."""

from __future__ import annotations

from datetime import date

import pytest

from postmortem import moments

DAY = date(2026, 8, 19)


@pytest.mark.parametrize(
    "text",
    [
        "All times are UTC on 19 August 2026.",
        "2026-08-19, UTC.",
        "**2026/08/19** (Europe/Berlin)",
        "Wednesday, August 19th, 2026",
        "Date: 19.08.2026",
        "Alle Zeiten in CEST am 19.08.2026",
    ],
)
def test_a_line_about_times_alone_says_their_day(text: str) -> None:
    """In each spelling of a day with its year."""
    said = moments.remark(text)

    assert said is not None
    assert said.day == DAY


@pytest.mark.parametrize(
    "text",
    [
        "On 19 August 2026 it broke",
        "Tuesday, 19 August 2026",
        "18-19 August 2026",
        "2026-08-19 to 2026-08-20",
        "24 February January 2026",
        "All times differ",
        "19 August",
        "See https://example.com/2026-08-19",
        "",
    ],
)
def test_a_line_about_something_else_says_nothing(text: str) -> None:
    """Nor does one whose weekday is another, or that is of several days."""
    assert moments.remark(text) is None


@pytest.mark.parametrize(
    "text, zone, of_all",
    [
        ("All times in PST", True, True),
        ("Times are given in UTC+2.", True, True),
        ("UTC", True, False),
        ("2026-08-19", False, False),
    ],
)
def test_a_line_about_times_tells_what_it_names(
    text: str,
    zone: bool,  # noqa: FBT001
    of_all: bool,  # noqa: FBT001
) -> None:
    """A zone, and whether it is that of all times."""
    said = moments.remark(text)

    assert said is not None
    assert (said.zone, said.of_all) == (zone, of_all)


@pytest.mark.parametrize(
    "text, day",
    [
        ("Timeline (UTC, 19 August 2026)", DAY),
        ("Incident 2026-08-19: mail is late", DAY),
        ("19 August 2026 – 14:00", DAY),
        ("Outage of 18–19 August 2026", None),
        ("18 and 19 August 2026", None),
        ("2026-08-19 – 2026-08-20", None),
        ("release 2026-08-19-1", None),
        ("31 February 2026", None),
    ],
)
def test_one_day_of_a_text_is_found(text: str, day: date | None) -> None:
    """None where it names several, or a stretch of them."""
    assert moments.day_in(text) == day


def test_each_day_that_a_text_writes_out_is_found_once() -> None:
    """In the order in which they stand."""
    text = "On 2026-08-19 it broke, by 1 Sept 2026 it held, as on 19 August 2026."

    assert moments.dates_in(text) == (DAY, date(2026, 9, 1))
