"""What people type and what exports hold, and the instants that they mean."""

from __future__ import annotations

import timeit
from datetime import date, datetime, timedelta

import pytest

from postmortem import moments
from tests.moments.spellings import INSTANTS, SPANS

PARIS = moments.zone("Europe/Paris")
NOW = datetime(2026, 11, 20, 15, 0, 12, 345, tzinfo=PARIS)
"""A Friday."""


@pytest.mark.parametrize(
    "text, instant",
    [
        pytest.param(text, instant, id=f"{name}: {text}")
        for name, table in INSTANTS.items()
        for text, instant in table.items()
    ],
)
def test_an_instant_is_read(text: str, instant: str) -> None:
    """Every spelling gives the one instant that it means, with the offset it has."""
    assert moments.iso(moments.read(text, zone=PARIS, near=NOW).at) == instant


@pytest.mark.parametrize("text, ends", SPANS.items(), ids=list(SPANS))
def test_a_span_is_read(text: str, ends: tuple[str, str]) -> None:
    """Both ends of a span have the day, the half of the day and the zone they share."""
    span = moments.read(text, zone=PARIS, near=NOW)

    assert span.until is not None
    assert (moments.iso(span.at), moments.iso(span.until)) == ends


@pytest.mark.parametrize(
    "text",
    [
        *("~14:05", "~ 14:05", "≈14:05", "around 14:05", "about 14:05", "c. 14:05"),
        *("ca. 14:05", "circa 14:05", "approx 14:05", "approx. 14:05"),
        *("approximately 14:05", "roughly 14:05", "14:05 approx.", "2026-11-20 ~14:05"),
        *("~2026-11-20T14:05+01:00", "Around 2:05 pm"),
        *("14:05\u9803", "2026-11-20 14:05 \u9803", "14:05\u3054\u308d"),
        *("14:05~", "2026-11-20 14:05~", "14:05 CET~", "14:05~ (CET)", "2:05 pm ~"),
    ],
)
def test_an_approximate_time_says_so(text: str) -> None:
    """A tilde or a word of that meaning makes it approximate, the instant the same."""
    span = moments.read(text, zone=PARIS, near=NOW)

    assert (moments.iso(span.at), span.approximate) == ("2026-11-20T14:05+01:00", True)


def test_a_span_of_approximate_ends_is_approximate() -> None:
    """One approximate end is enough."""
    span = moments.read("14:05 - ~14:20", zone=PARIS, near=NOW)

    assert span.approximate
    assert span.until == moments.read("14:20", zone=PARIS, near=NOW).at


@pytest.mark.parametrize(
    "text, day_given, zone_given",
    [
        ("14:05", False, False),
        ("14:05 UTC", False, True),
        ("2026-11-20 14:05", True, False),
        ("2026-11-20 14:05 UTC", True, True),
        ("2026-11-20T14:05Z", True, True),
        ("16:00-17:00 CET", False, True),
        ("yesterday 3pm", True, False),
        ("Nov 20 14:05", True, False),
        ("+5m", False, False),
        ("1612345678", True, True),
    ],
)
def test_what_the_text_said_itself_is_told(
    text: str,
    day_given: bool,  # noqa: FBT001
    zone_given: bool,  # noqa: FBT001
) -> None:
    """A reader sees whether the day and the zone were written or came from around."""
    span = moments.read(text, zone=PARIS, near=NOW, previous=NOW)

    assert (span.day_given, span.zone_given) == (day_given, zone_given)


def test_an_instant_has_a_fixed_offset() -> None:
    """Two instants across a change of the clocks are as far apart as they were."""
    paris = PARIS
    before = moments.read("2026-10-25 01:30", zone=paris).at
    after = moments.read("2026-10-25 03:30", zone=paris).at

    assert after - before == timedelta(hours=3)


def test_the_quick_way_is_the_same_way() -> None:
    """What is read quickly is what the grammar reads when a blank is in the way."""
    for zone in (PARIS, moments.zone("UTC"), moments.zone("PST")):
        for text in ("2026-01-20 14:32", "14:32", "2026-01-20T14:32Z", "14:32 UTC"):
            near = datetime(2026, 1, 20, 12, tzinfo=PARIS)
            quick = moments.read(text, zone=zone, near=near)

            assert quick == moments.read(f" {text}", zone=zone, near=near)


def test_a_plain_date_is_the_day_itself() -> None:
    """A heading's date holds from its first minute to its last."""
    day = date(2026, 11, 20)
    read = [moments.read(text, zone=PARIS, near=day).at for text in ("00:00", "23:59")]

    assert [at.date() for at in read] == [day, day]


def test_what_reports_hold_is_read_without_the_grammar() -> None:
    """A row costs a few microseconds; the grammar would take ten times as long."""
    near = datetime(2026, 1, 20, 12, tzinfo=PARIS)

    def seconds(text: str) -> float:
        def read() -> object:
            return moments.read(text, zone=PARIS, near=near, previous=near)

        return min(timeit.repeat(read, number=300, repeat=7))

    for text in ("2026-01-20 13:05", "13:05", "2026-01-20T13:05Z", "13:05 UTC"):
        assert seconds(text) * 3 < seconds(f" {text}")
