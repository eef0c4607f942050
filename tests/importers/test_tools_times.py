"""Times that tools write: unset, of another zone, of a future that never came."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from postmortem.importers import Evidence, Member, Setting
from postmortem.importers.candidates import Candidate, Found, Unplaced
from postmortem.importers.engine import shelf

WEST = timezone(timedelta(hours=-8))
FIRST = datetime(2025, 5, 24, 13, 6, 40, tzinfo=UTC)


def _found(name: str, value: Any, setting: Setting | None = None) -> list[Found]:
    raw = json.dumps(value).encode()
    member = Member(name="export", size=len(raw), opener=lambda: io.BytesIO(raw))
    evidence = Evidence(name="export", members=(member,))
    importer = next(each for each in shelf() if each.name == name)
    assert importer.recognises(evidence).taken
    return list(importer.events(evidence, setting or Setting()))


def _alert(**parts: str) -> dict[str, Any]:
    return {"labels": {"alertname": "X"}, "startsAt": FIRST.isoformat(), **parts}


@pytest.mark.parametrize("zone", [None, UTC, WEST], ids=str)
@pytest.mark.parametrize("unset", ["0001-01-01T00:00:00Z", "", "1970-01-01T00:00:00Z"])
def test_an_alert_without_an_end_is_still_firing(
    unset: str, zone: timezone | None
) -> None:
    """IMP-AMZERO: go writes the year 1, which is in no year west of Greenwich."""
    alerts = {"alerts": [{**_alert(endsAt=unset), "status": "resolved"}]}

    (found,) = _found("alertmanager", alerts, Setting(zone=zone))

    assert isinstance(found, Candidate)
    assert (found.at, found.until) == (FIRST, None)


def test_the_api_of_alertmanager_tells_no_end() -> None:
    """There `endsAt` is when an alert would be taken for ended, were it not renewed."""
    alert = _alert(endsAt="2025-05-24T13:10:40Z") | {"status": {"state": "active"}}

    (found,) = _found("alertmanager", [alert])

    assert isinstance(found, Candidate)
    assert found.until is None


def test_a_group_says_what_its_alerts_do_not() -> None:
    """Alerts of the first webhooks have no status of their own."""
    group = {
        "status": "resolved",
        "alerts": [_alert(endsAt="2025-05-24T13:10:40Z")],
    }

    began, ended = _found("alertmanager", group)

    assert isinstance(began, Candidate)
    assert isinstance(ended, Candidate)
    assert began.until == ended.at == FIRST + timedelta(minutes=4)


def test_an_alert_that_never_began_is_unplaced() -> None:
    """It is reported with its place."""
    found = _found("alertmanager", [_alert(), _alert(startsAt="0001-01-01T00:00:00Z")])

    assert found[1] == Unplaced(where="export#2", why="no time")


def test_opsgenie_counts_in_two_ways() -> None:
    """Thousandths in `createdAt`, nanoseconds in `updatedAt`."""
    alert = {
        "alertId": "a",
        "message": "X",
        "createdAt": 1748092000000,
        "updatedAt": 1748092060764002012,
    }

    (created,) = _found("opsgenie", {"action": "Create", "alert": alert})
    (closed,) = _found("opsgenie", {"action": "Close", "alert": alert})

    assert isinstance(created, Candidate)
    assert isinstance(closed, Candidate)
    assert created.at == FIRST
    assert closed.at == FIRST + timedelta(seconds=60, microseconds=764002)


def test_opsgenie_gives_no_other_action_the_time_of_the_creation() -> None:
    """An escalation without `updatedAt` has no time."""
    alert = {"alertId": "a", "message": "X", "createdAt": 1748092000000}

    found = _found("opsgenie", {"action": "Escalate", "alert": alert})

    assert found == [Unplaced(where="export", why="no time")]


def test_a_release_is_published_when_it_says() -> None:
    """`created_at` is the day of its commit, which may be weeks before."""
    release = {
        "tag_name": "v1",
        "target_commitish": "main",
        "created_at": "2025-01-01T00:00:00Z",
        "published_at": FIRST.isoformat(),
    }

    (found,) = _found("github", [release])

    assert isinstance(found, Candidate)
    assert found.at == FIRST


def test_a_time_without_a_zone_waits_for_one() -> None:
    """It is unplaced, and placed when the person says where the clock stood."""
    events = [{"eventId": "1", "eventType": "Note", "eventTime": "2025-05-24 05:06:40"}]

    (unplaced,) = _found("aws", events)
    (placed,) = _found("aws", events, Setting(zone=WEST))

    assert isinstance(unplaced, Unplaced)
    assert "does not say in which zone" in unplaced.why
    assert isinstance(placed, Candidate)
    assert placed.at == FIRST


def test_the_oldest_update_of_a_page_comes_first() -> None:
    """Pages show the newest first; the place in the file stays what it was."""
    updates = [
        {"status": status, "body": status, "display_at": f"2025-05-24T1{hour}:00:00Z"}
        for status, hour in (("resolved", 5), ("identified", 4), ("investigating", 3))
    ]
    page = {"incidents": [{"id": "i", "name": "Errors", "incident_updates": updates}]}

    found = _found("statuspage", page)

    told = [(each.kind, each.where) for each in found if isinstance(each, Candidate)]
    assert told == [
        ("status update", "export#1 update 3"),
        ("identified", "export#1 update 2"),
        ("resolved", "export#1 update 1"),
    ]
