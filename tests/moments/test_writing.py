"""How instants and spans look."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from postmortem import moments

UTC = moments.zone("UTC")
PARIS = moments.zone("Europe/Paris")
NEW_YORK = moments.zone("America/New_York")
ZERO = datetime(1, 1, 1, tzinfo=UTC)
"""Alertmanager's `endsAt` of an alert that is still firing."""


def _at(text: str) -> datetime:
    return moments.read(text).at


@pytest.mark.parametrize(
    "at, text",
    [
        (datetime(2025, 5, 24, 13, 5, tzinfo=UTC), "2025-05-24T13:05Z"),
        (datetime(2025, 5, 24, 13, 5, 10, tzinfo=UTC), "2025-05-24T13:05:10Z"),
        (
            datetime(2025, 5, 24, 13, 5, 10, 250_000, tzinfo=UTC),
            "2025-05-24T13:05:10.250Z",
        ),
        (datetime(2025, 5, 24, 13, 5, 0, 1, tzinfo=UTC), "2025-05-24T13:05:00.000001Z"),
        (datetime(2025, 5, 24, 9, 5, tzinfo=NEW_YORK), "2025-05-24T09:05-04:00"),
        (
            datetime(2025, 1, 24, 9, 5, tzinfo=ZoneInfo("Europe/London")),
            "2025-01-24T09:05Z",
        ),
        (datetime(1800, 1, 1, tzinfo=PARIS), "1800-01-01T00:00+00:09:21"),
        (ZERO, "0001-01-01T00:00Z"),
        (
            datetime(2025, 5, 24, tzinfo=timezone(timedelta(seconds=30))),
            "2025-05-24T00:00+00:00:30",
        ),
    ],
)
def test_front_matter_has_iso(at: datetime, text: str) -> None:
    """To the minute, with seconds only where they are not zero, in its own offset."""
    assert moments.iso(at) == text


def test_a_naive_time_is_not_written() -> None:
    """An instant has a zone."""
    naive = datetime(2025, 5, 24)  # noqa: DTZ001

    with pytest.raises(ValueError, match="needs a zone"):
        moments.iso(naive)
    with pytest.raises(ValueError, match="needs a zone"):
        moments.clock(naive, UTC)


@pytest.mark.parametrize(
    "at, zone, text, short",
    [
        ("2025-05-24T13:05Z", UTC, "2025-05-24 13:05", "13:05"),
        ("2025-05-24T13:05:10Z", PARIS, "2025-05-24 15:05:10", "15:05:10"),
        ("2025-05-24T13:05:10.250Z", UTC, "2025-05-24 13:05:10.250", "13:05:10.250"),
        ("2025-05-24T23:05Z", PARIS, "2025-05-25 01:05", "01:05"),
        (
            "2026-10-25T00:30Z",
            PARIS,
            "2026-10-25 02:30 UTC+02:00",
            "02:30 UTC+02:00",
        ),
        (
            "2026-10-25T01:30Z",
            PARIS,
            "2026-10-25 02:30 UTC+01:00",
            "02:30 UTC+01:00",
        ),
        (
            "2026-07-05T20:00Z",
            moments.zone("PST"),
            "2026-07-05 12:00 UTC-08:00",
            "12:00 UTC-08:00",
        ),
        ("2026-01-05T20:00Z", moments.zone("PST"), "2026-01-05 12:00", "12:00"),
        ("0001-01-01T00:00Z", NEW_YORK, "0001-01-01T00:00Z", "0001-01-01T00:00Z"),
    ],
)
def test_a_clock_shows_the_time_of_its_zone(
    at: str, zone: ZoneInfo, text: str, short: str
) -> None:
    """The offset follows where the clock alone would mean two instants."""
    assert moments.clock(_at(at), zone) == text
    assert moments.clock(_at(at), zone, with_date=False) == short


@pytest.mark.parametrize(
    "at, until, text, short",
    [
        ("13:05", None, "2025-05-24 13:05", "13:05"),
        ("13:05", "13:20", "2025-05-24 13:05-13:20", "13:05-13:20"),
        ("09:00", "10:00", "2025-05-24 09:00 - 10:00", "09:00-10:00"),
        ("09:00", "11:00", "2025-05-24 09:00-11:00", "09:00-11:00"),
        ("02:00", "03:30", "2025-05-24 02:00 - 03:30", "02:00-03:30"),
        ("13:05:10", "13:20", "2025-05-24 13:05:10 - 13:20", "13:05:10 - 13:20"),
        ("13:05", "13:05", "2025-05-24 13:05-13:05", "13:05-13:05"),
        (
            "23:50",
            "2025-05-25 00:10",
            "2025-05-24 23:50 - 2025-05-25 00:10",
            "23:50-00:10",
        ),
        (
            "10:00",
            "2025-05-25 09:00",
            "2025-05-24 10:00 - 2025-05-25 09:00",
            "2025-05-24 10:00 - 2025-05-25 09:00",
        ),
    ],
)
def test_a_span_says_its_days_when_they_differ(
    at: str, until: str | None, text: str, short: str
) -> None:
    """Blanks stand around the hyphen where it could be taken for a minus sign."""
    day = moments.read("2025-05-24 12:00", zone=UTC).at.date()
    start = moments.read(at, zone=UTC, near=day).at
    end = moments.read(until, zone=UTC, near=day).at if until else None

    assert moments.span(start, end, UTC) == text
    assert moments.span(start, end, UTC, with_date=False) == short
    assert moments.span(start, end, UTC, approximate=True) == f"~{text}"


def test_a_span_within_a_change_of_the_clocks_has_its_offsets() -> None:
    """Both ends say their offset when one of them has to."""
    start, end = _at("2026-10-25T00:30Z"), _at("2026-10-25T02:30Z")

    text = moments.span(start, end, PARIS)

    assert text == "2026-10-25T02:30+02:00/2026-10-25T03:30+01:00"


@pytest.mark.parametrize(
    "at, zone, text",
    [
        ("2025-05-24T15:00Z", NEW_YORK, "Sat 2025-05-24 11:00 EDT = 15:00 UTC"),
        (
            "2025-05-25T03:00Z",
            NEW_YORK,
            "Sat 2025-05-24 23:00 EDT = 2025-05-25 03:00 UTC",
        ),
        ("2025-05-24T15:00:10Z", UTC, "Sat 2025-05-24 15:00:10 UTC"),
        ("2025-01-24T15:00Z", ZoneInfo("Europe/London"), "Fri 2025-01-24 15:00 UTC"),
        (
            "2025-05-24T15:00Z",
            timezone(timedelta(hours=-4)),
            "Sat 2025-05-24 11:00 UTC-04:00 = 15:00 UTC",
        ),
        (
            "2025-05-24T15:00Z",
            ZoneInfo("America/Sao_Paulo"),
            "Sat 2025-05-24 12:00 UTC-03:00 = 15:00 UTC",
        ),
        (
            "2025-05-24T15:00Z",
            ZoneInfo("Asia/Kolkata"),
            "Sat 2025-05-24 20:30 IST = 15:00 UTC",
        ),
        ("0001-01-01T00:00Z", NEW_YORK, "Mon 0001-01-01 00:00 UTC"),
        ("0001-01-01T00:00+02:00", NEW_YORK, "Mon 0001-01-01 00:00 UTC+02:00"),
    ],
)
def test_an_instant_is_said_in_two_clocks(at: str, zone: ZoneInfo, text: str) -> None:
    """As people of the zone call it, and in UTC with the day when it differs."""
    assert moments.describe(_at(at), zone) == text
