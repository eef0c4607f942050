"""An event is read as it is printed: its kind, a colon, and what happened."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from postmortem.answers import Asked, assign, read
from postmortem.model import Event, Moment, Report

START = datetime(2025, 5, 24, 13, 5, tzinfo=UTC)
REPORT = Report(
    onset=Moment(at=START), timeline=(Event(text="a", at=START, kind="Rollback"),)
)


@pytest.mark.parametrize(
    "said, kind, text",
    [
        ("resolved: 5xx are back", "resolved", "5xx are back"),
        ("RESOLVED: 5xx are back", "resolved", "5xx are back"),
        ("**resolved:** 5xx are back", "resolved", "5xx are back"),
        ("**Resolved**: 5xx are back", "resolved", "5xx are back"),
        ("__alert:__ disk full", "alert", "disk full"),
        ("deploy: api: 4.1", "deploy", "api: 4.1"),
        ("rollback: api to 4.1", "Rollback", "api to 4.1"),
        ("- resolved: 5xx", "resolved", "5xx"),
        ("note: 5xx are back", None, "note: 5xx are back"),
        ("the alert: disk full", None, "the alert: disk full"),
        ("resolved:", None, "resolved:"),
        ("resolved:now", None, "resolved:now"),
        ("resolved, nearly: see", None, "resolved, nearly: see"),
        ("**resolved: 5xx**", None, "**resolved: 5xx**"),
    ],
)
def test_a_kind_before_the_words_is_the_kind(
    said: str, kind: str | None, text: str, asked: Asked
) -> None:
    """In any case, bold or not; another word before a colon is one of the text."""
    made = assign(REPORT, [f"timeline+=13:42 {said}"], asked)
    told = read(f"timeline: ['13:42 {said}']", asked, begun=REPORT)

    event = Event(text=text, kind=kind, at=START.replace(minute=42))
    assert made.problems == told.problems == ()
    assert (made.report.timeline or ())[-1] == event
    assert told.report.timeline == (event,)


def test_an_event_of_no_known_time_has_a_kind_too(asked: Asked) -> None:
    """It stands behind the question mark."""
    made = assign(REPORT, ["timeline+=? detected: a customer writes"], asked)

    event = Event(text="a customer writes", kind="detected")
    assert (made.report.timeline or ())[-1] == event


@pytest.mark.parametrize(
    "said, text",
    [
        ("09:42 EDT (13:42 UTC)  a look", "a look"),
        ("09:42-09:50 EDT (13:42-13:50 UTC)  a look", "a look"),
        ("09:42 EDT (13:41 UTC)  a look", "(13:41 UTC) a look"),
        ("09:42 EDT (at last) a look", "(at last) a look"),
    ],
)
def test_a_time_that_is_said_in_utc_as_well_is_one_time(
    said: str, text: str, asked: Asked
) -> None:
    """As a list shows it; where the two differ nothing is left out."""
    made = assign(REPORT, [f"timeline+={said}"], asked)

    event = (made.report.timeline or ())[-1]
    assert (event.at, event.text) == (START.replace(minute=42), text)
