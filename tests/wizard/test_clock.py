"""A clock alone: the last time that clocks showed it, whatever they were put to."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortem import moments
from postmortem.answers import Asked, Rows
from postmortem.answers.notes import Notes
from postmortem.answers.times import lately
from postmortem.errors import PostmortemError
from postmortem.model import Moment, Report
from tests.rows import ZONES
from tests.wizard.conftest import NOW
from tests.wizard.held import held

SHIFTS = (
    datetime(2025, 3, 9, 7, tzinfo=UTC),
    datetime(2025, 11, 2, 6, tzinfo=UTC),
    datetime(2025, 3, 30, 1, tzinfo=UTC),
    datetime(2025, 10, 26, 1, tzinfo=UTC),
    datetime(2025, 4, 5, 15, tzinfo=UTC),
    datetime(2025, 10, 4, 15, 30, tzinfo=UTC),
    datetime(2025, 6, 15, 12, tzinfo=UTC),
)
nows = st.builds(
    lambda base, minutes: base + timedelta(minutes=minutes),
    st.sampled_from(SHIFTS),
    st.integers(-48 * 60, 48 * 60),
)
clocks = st.builds("{:02}:{:02}".format, st.integers(0, 23), st.integers(0, 59))


def _shown(clock: str, zone: Any, now: datetime) -> list[datetime]:
    """Return every minute of the last three days at which clocks showed that."""
    minute = now.replace(second=0, microsecond=0)
    back = (minute - timedelta(minutes=count) for count in range(3 * 24 * 60))
    return [at for at in back if f"{at.astimezone(zone):%H:%M}" == clock]


@given(now=nows, clock=clocks, zone=st.sampled_from(ZONES))
def test_a_clock_alone_is_the_last_time_that_clocks_showed_it(
    default: Any, now: datetime, clock: str, zone: str
) -> None:
    """IMP-DST: never in the future; twice that day, or never, it is refused."""
    here = moments.zone(zone)
    last = _shown(clock, here, now)
    asked = Asked(outline=default.outline, now=now, zone=zone, confirmed=True)

    try:
        moment = held(asked, "detected", clock).report.detected
    except PostmortemError as error:
        said = str(error)
        twice = len(last) > 1 and last[0] - last[1] <= timedelta(hours=1)
        soon = "could be" in said and now - last[0] < timedelta(days=1)
        assert twice or soon or "does not exist" in said
    else:
        assert moment is not None
        assert moment.at == last[0]


@given(now=nows, clock=clocks, zone=st.sampled_from(ZONES))
def test_so_it_is_for_the_first_event(
    default: Any, now: datetime, clock: str, zone: str
) -> None:
    """An event is told by the same clocks as a moment."""
    asked = Asked(outline=default.outline, now=now, zone=zone, confirmed=True)
    notes = Notes(None)
    rows = Rows(known=asked.fields["timeline"], asked=asked, notes=notes)

    made = rows.add(Report(), f"{clock} it begins")

    (event,) = made.timeline or (None,)
    if event is None:
        assert notes.problems
    else:
        assert event.at == _shown(clock, moments.zone(zone), now)[0]


@pytest.mark.parametrize(
    "now, said, meant",
    [
        ("2025-05-24T02:00Z", "11pm EDT", "2025-05-23T03:00Z"),
        ("2025-05-24T20:00Z", "4:00 JST", "2025-05-24T19:00Z"),
        ("2025-05-24T20:00Z", "6:00 JST", "2025-05-23T21:00Z"),
    ],
)
def test_a_clock_of_a_zone_far_away_has_its_own_day(
    default: Any, now: str, said: str, meant: str
) -> None:
    """It is tomorrow there, or yesterday: the last time counts all the same."""
    asked = Asked(
        outline=default.outline,
        now=datetime.fromisoformat(now),
        zone="UTC",
        confirmed=True,
    )
    moment = held(asked, "detected", said).report.detected

    assert moment == Moment(at=datetime.fromisoformat(meant))


def test_a_weekday_counts_from_now() -> None:
    """Somebody who says Saturday means the last one."""
    zone = moments.zone("UTC")

    assert lately("sat 9:12", NOW, zone) == NOW
    assert lately("9:12", NOW, zone) == date(2025, 5, 27)
    assert lately("9:42", NOW, zone) == date(2025, 5, 26)
