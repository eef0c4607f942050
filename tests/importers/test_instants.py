"""Times as exports write them: the instant is kept, and what is none is said so."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from postmortem.importers import Setting
from postmortem.importers.instants import Timeless, instant, unset

AT = datetime(2025, 5, 24, 13, 5, 7, tzinfo=UTC)
PART = AT.replace(microsecond=123456)
WHOLE = int(AT.timestamp())


@pytest.mark.parametrize(
    "value, expected",
    [
        (f"{WHOLE}.123456", PART),
        (f"{WHOLE}.000200", AT.replace(microsecond=200)),
        (WHOLE, AT),
        (WHOLE + 0.5, AT.replace(microsecond=500_000)),
        (WHOLE * 1_000 + 123, AT.replace(microsecond=123_000)),
        (WHOLE * 1_000_000 + 123_456, PART),
        (WHOLE * 1_000_000_000 + 123_456_789, PART),
        (str(WHOLE * 1_000_000_000 + 123_456_789), PART),
        (str(WHOLE * 1_000), AT),
        ("2025-05-24T13:05:07Z", AT),
        ("2025-05-24T13:05:07.123456789Z", PART),
        ("2025-05-24t13:05:07.123456z", PART),
        ("2025-05-24 13:05:07 UTC", AT),
        ("2025-05-24 23:05:07+10:00", AT),
        ("2025-05-24T08:05:07-0500", AT),
        ("2025-05-25T03:05:07+14:00", AT),
        ("2025-05-24T13:05:07+00:00", AT),
        ("20250524T130507Z", AT),
        ("Sat, 24 May 2025 13:05:07 GMT", AT),
        ("Sat May 24 08:05:07 2025 -0500", AT),
        ("2025-05-24T13:04:60Z", AT.replace(second=0)),
        ("9999-12-31T23:59:59Z", datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)),
        (" 2025-05-24T13:05:07Z\n", AT),
        ("2025-05-24 15:05:07", AT),
        ("15:05:07", AT),
    ],
    ids=repr,
)
def test_an_instant_is_kept(value: object, expected: datetime) -> None:
    """IMP-TS: numbers by size, texts by form, clocks by what is around them."""
    setting = Setting(zone=timezone(timedelta(hours=2)), near=AT)

    assert instant(value, setting) == expected
    assert instant(value, setting).tzinfo is not None


@pytest.mark.parametrize(
    "value",
    [
        *(None, "", " ", 0, "0", True, False, [], {}, "never", "25:99", "2025-02-30"),
        *("0001-01-01T00:00:00Z", "0001-01-01T00:00:00+00:00", "1-01-01", 12, -5, 1e30),
        *(
            float("nan"),
            float("inf"),
            10**25,
            "1" * 30,
            "2025-05-24",
            "05/06/2025 1:00",
        ),
    ],
    ids=repr,
)
def test_what_is_no_instant_says_why(value: object) -> None:
    """IMP-TS: A clause, never a guess: unset, not a time, or one of two."""
    with pytest.raises(Timeless) as caught:
        instant(value, Setting(zone=UTC, near=AT))

    assert caught.value.why


def test_without_a_zone_or_a_day_there_is_no_instant() -> None:
    """What the text does not say and nobody knows stays unknown."""
    with pytest.raises(Timeless, match="zone"):
        instant("2025-05-24 13:05", Setting(near=AT))
    with pytest.raises(Timeless, match="day"):
        instant("13:05", Setting(zone=UTC))


def test_what_go_writes_for_no_time_is_unset() -> None:
    """An alert that still fires ends in the year 1."""
    assert all(map(unset, ("0001-01-01T00:00:00Z", None, "", 0)))
    assert not any(map(unset, ("2025-05-24T13:05:07Z", WHOLE)))
