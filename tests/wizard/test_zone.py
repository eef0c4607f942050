"""The zone of the first time that is told is that of those that name none."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from postmortem.answers import Asked
from postmortem.model import Event, Moment
from tests.wizard.conftest import form, shipped_template
from tests.wizard.held import begun, held

START = datetime(2025, 5, 24, 13, 12, tzinfo=UTC)
TAKEN = "Times without a zone are now read as {}."


@pytest.fixture(scope="module")
def asked() -> Asked:
    """Return the default form on a machine whose clocks show UTC."""
    return form(shipped_template("default"), "UTC")


def test_the_first_time_gives_the_report_its_zone(asked: Asked) -> None:
    """The next one that names none is read by the same clocks, and that is said."""
    made = held(
        asked,
        "detected resolved",
        "sat 2025-05-24 9:12am EDT, users report it",
        "11:00",
        record=begun(zone="UTC"),
    )

    assert made.report.zone == "America/New_York"
    assert made.report.detected == Moment(at=START)
    assert made.report.resolved == Moment(at=START + timedelta(minutes=108))
    assert made.said == TAKEN.format("America/New_York")


def test_what_is_understood_is_told_by_those_clocks(asked: Asked) -> None:
    """While it is typed already: local time, and UTC beside it."""
    made = held(asked, "detected", "", record=begun(zone="UTC"))
    understood = made.question().understood

    assert understood is not None
    said = understood("sat 2025-05-24 9:12am EDT")
    assert said == "Sat 2025-05-24 09:12 EDT = 13:12 UTC"
    assert made.report.zone == "UTC"


@pytest.mark.parametrize(
    "said, zone",
    [
        ("2025-05-24 15:12 CEST", "Europe/Paris"),
        ("2025-05-24 15:12 +02:00", "UTC+02:00"),
        ("2025-05-24 9:12 ET", "America/New_York"),
        ("2025-05-24 15:12 Europe/Berlin", "Europe/Berlin"),
        ("2025-05-24 22:12 JST", "JST"),
    ],
)
def test_a_zone_has_many_names(asked: Asked, said: str, zone: str) -> None:
    """An abbreviation of half a year is its place, an offset stays one."""
    made = held(asked, "detected", said, record=begun(zone="UTC"))

    assert made.report.zone == zone
    assert made.report.detected == Moment(at=START)


@pytest.mark.parametrize(
    "said", ["2025-05-24T09:12-04:00", "2025-05-24 13:12Z", "2025-05-24 13:12"]
)
def test_a_time_of_a_machine_is_nobodys_clock(asked: Asked, said: str) -> None:
    """What was copied from a log changes no zone, and neither does a bare time."""
    made = held(asked, "detected", said, record=begun(zone="UTC"))

    assert made.report.zone == "UTC"
    assert made.report.detected == Moment(at=START)
    assert made.said == ""


def test_a_zone_that_somebody_said_stays(asked: Asked) -> None:
    """The first time that names one does not move it."""
    time = "2025-05-24 9:12am EDT"
    chosen = held(asked, "zone detected", "Asia/Tokyo", time, record=begun(zone="UTC"))

    assert chosen.report.zone == "Asia/Tokyo"


def test_clocks_that_show_the_same_are_no_other_zone(asked: Asked) -> None:
    """A report by the clocks of Toronto is not moved to New York."""
    toronto = form(shipped_template("default"), "America/Toronto")

    made = held(toronto, "detected", "2025-05-24 9:12 EDT", record=begun())

    assert made.report.zone is None
    assert made.said == ""


def test_the_first_event_gives_it_too(asked: Asked) -> None:
    """Those that are pasted behind it are read by its clocks, and shown by them."""
    made = held(
        asked,
        "timeline",
        "2025-05-24 9:12am EDT users report it\n9:20 a look",
        *["", "", "", "", "", ""],
        record=begun(zone="UTC"),
    )

    assert made.report.zone == "America/New_York"
    assert made.report.timeline == (
        Event(text="users report it", at=START),
        Event(text="a look", at=START + timedelta(minutes=8)),
    )
    assert made.script.said == [
        TAKEN.format("America/New_York"),
        "1  2025-05-24 09:12 (13:12 UTC)  users report it",
        "2  09:20 (13:20 UTC)  a look",
    ]
