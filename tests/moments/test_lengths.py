"""Lengths of time, exactly, and as people type them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from postmortem import moments


@pytest.mark.parametrize(
    "length, text",
    [
        (timedelta(), "0 min"),
        (timedelta(minutes=7), "7 min"),
        (timedelta(hours=1, minutes=55), "1 h 55 min"),
        (timedelta(hours=2), "2 h"),
        (timedelta(seconds=45), "45 s"),
        (timedelta(days=2, hours=3), "2 d 3 h"),
        (timedelta(days=1, seconds=1), "1 d 1 s"),
        (timedelta(minutes=1, milliseconds=250), "1 min 0.25 s"),
        (timedelta(microseconds=1), "0.000001 s"),
        (timedelta(minutes=-7), "-7 min"),
        (timedelta(days=-2, hours=-3), "-2 d 3 h"),
    ],
)
def test_a_length_is_written_and_read(length: timedelta, text: str) -> None:
    """Its units are said and nothing is rounded."""
    assert moments.duration(length) == text
    assert moments.read_duration(text) == length


@pytest.mark.parametrize(
    "text",
    [
        *("1 h 35 min", "1h35m", "1h 35m", "1h35", "1 h 35", "95 min", "95m", "1:35"),
        *("1:35:00", "01:35", "1 hour 35 minutes", "1 hr, 35 mins", "PT1H35M"),
        *("1 hour and 35 minutes", "5700 s", "5700 seconds", "PT95M", "P0DT1H35M0.0S"),
        *("1.5 h 5 min", " 1 H 35 Min ", "+1h 35m"),
    ],
)
def test_a_length_is_read(text: str) -> None:
    """Every spelling gives the same length."""
    assert moments.read_duration(text) == timedelta(hours=1, minutes=35)


@pytest.mark.parametrize(
    "text, length",
    [
        ("2w", timedelta(weeks=2)),
        ("1 week 2 days", timedelta(days=9)),
        ("250 ms", timedelta(milliseconds=250)),
        ("0", None),
        ("90", None),
        ("1:60", None),
        ("5 min 1 h", None),
        ("1 h 1 h", None),
        ("1 month", None),
        ("P1M", None),
        ("P", None),
        ("PT", None),
        ("", None),
        ("-", None),
        ("--5 min", None),
        ("h", None),
        ("1e5 h", None),
        ("999999999 d 999999999 h", None),
        ("9999999999 s", None),
        ("१ h", None),
        ("5 min" + " " * 999, timedelta(minutes=5)),
        ("5 min" * 99, None),
        ("\ud800", None),
    ],
    ids=lambda given: ascii(given)[:20],
)
def test_the_edges_of_a_length(text: str, length: timedelta | None) -> None:
    """What has no unit, or no fixed length, is refused with what to write."""
    if length is not None:
        assert moments.read_duration(text) == length
        return
    with pytest.raises(moments.NotATime) as refusal:
        moments.read_duration(text)

    assert refusal.value.problem.hint
