"""Lengths of time in prose, held against what the moments give."""

from __future__ import annotations

import pytest

from tests.checks.reports import codes, laid_over

FITS = (
    "The outage lasted 1 h 20 min.",
    "The outage lasted 80 minutes, and more was to come.",
    "The outage lasted about an hour.",
    "An outage of less than two hours.",
    "TTR: 1h20m.",
    "Checkout was down for 20 minutes for some.",
    "It was noticed after 6 minutes.",
    "It was detected within 10 minutes.",
    "The batteries lasted two minutes.",
    'It said "the outage lasted three hours".',
    "`time to detect 40 min` is what the tool printed.",
    "A 20-minute outage of checkout, for some.",
    "Total downtime: 20 minutes in one region.",
    "The queue was scaled down 5 hours later.",
    "The plan allows 5 hours of downtime a year.",
)
DIFFERS = (
    "The outage lasted two hours.",
    "The incident took 3 h 5 min.",
    "Time to detect was 16 minutes.",
    "MTTR was 3 h.",
    "Checkout was down for two days.",
    "It was noticed after twenty minutes.",
    "Down for 5 hours, most of it unnoticed.",
    "Checkout had been down for 5 hours.",
    "Checkout was unavailable 5 hours.",
    "A 5-hour outage of checkout.",
    "All saw 5 hours of\ndowntime.",
    "Total downtime: 5 hours.",
    "Full outage for 5h.",
)


@pytest.mark.parametrize("sentence", FITS)
def test_what_the_moments_allow_is_let_be(sentence: str) -> None:
    """Rounding, a part of the incident, another thing's length, and quotes."""
    assert "PM125" not in codes(laid_over(f"## Summary\n\n{sentence}\n"))


@pytest.mark.parametrize("sentence", DIFFERS)
def test_what_the_moments_contradict_is_found(sentence: str) -> None:
    """In words, in digits, and by the name of a duration."""
    assert "PM125" in codes(laid_over(f"## Summary\n\n{sentence}\n"))
