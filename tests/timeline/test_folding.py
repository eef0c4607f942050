"""The same event by several accounts is one event, and others stay apart."""

from __future__ import annotations

from postmortem import timeline
from postmortem.importers import Candidate
from tests.timeline.made import alert, said, texts


def test_an_alert_of_three_tools_is_one_event_with_three_sources() -> None:
    """They call it by one name within minutes."""
    (group,) = timeline.folded(
        [
            alert(0, "alertmanager"),
            alert(0.7, "pagerduty api", same="alert HighErrorRate"),
            alert(0.8, "slack #alerts"),
        ]
    )

    assert group.sources == ("alertmanager", "pagerduty api", "slack #alerts")
    assert group.at == group.members[0].at


def test_one_tool_that_fires_twice_means_two_events() -> None:
    """Flapping is what happened, and no copy."""
    groups = timeline.folded([alert(0, "alertmanager"), alert(2, "alertmanager")])

    assert len(groups) == 2


def test_an_end_is_no_beginning() -> None:
    """An alert and its end bear one name, and are two events."""
    groups = timeline.folded(
        [
            alert(0, "alertmanager"),
            alert(0.1, "pagerduty"),
            alert(3, "alertmanager", kind="resolved", same="alert x resolved"),
            alert(3.1, "pagerduty", kind="resolved", same="alert x resolved"),
        ]
    )

    assert [len(group.members) for group in groups] == [2, 2]


def test_each_is_folded_with_the_nearest() -> None:
    """Two alerts within five minutes keep their own accounts."""
    groups = timeline.folded(
        [
            alert(0, "alertmanager"),
            alert(0.2, "slack #a"),
            alert(4, "alertmanager"),
            alert(4.2, "slack #a"),
        ]
    )

    assert [[each.at.minute for each in group.members] for group in groups] == [
        [0, 0],
        [4, 4],
    ]


def test_equal_text_of_two_sources_within_a_minute_is_one() -> None:
    """Case, marks and emphasis do not make another event."""
    (group,) = timeline.folded(
        [
            said(0, "Rolled back API to 4.1"),
            said(0.9, "*rolled back* api to 4.1!", "log"),
        ]
    )

    assert group.sources == ("slack #incident", "log")


def test_what_is_said_again_later_is_another_event() -> None:
    """A minute is the limit for texts."""
    groups = timeline.folded(
        [said(0, "rolled back the api"), said(1.1, "rolled back the api", "log")]
    )

    assert len(groups) == 2


def test_a_short_answer_in_two_channels_is_two() -> None:
    """`ok` says nothing by which it could be recognised."""
    groups = timeline.folded([said(0, "ok"), said(0.2, "ok", "slack #ops")])

    assert len(groups) == 2


def test_one_record_read_twice_is_one() -> None:
    """IMP-DUP: exports that overlap give the same id."""
    (group,) = timeline.folded(
        [alert(0, "pagerduty", id="P1"), alert(0, "pagerduty", id="P1", text="edited")]
    )

    assert len(group.members) == 2


def test_two_records_of_one_place_are_two_though_they_say_the_same() -> None:
    """The tool tells them apart."""
    groups = timeline.folded(
        [
            alert(0, "slack #a", id="1", same="", text="restarting the workers"),
            alert(0.5, "slack #a", id="2", same="", text="restarting the workers"),
        ]
    )

    assert len(groups) == 2


def test_what_one_source_has_at_one_instant_stays_in_its_order() -> None:
    """IMP-DUP: line nine is before line ten, whichever file comes first."""
    lines = [
        Candidate(
            at=said(0).at,
            text=f"line {number}",
            where=f"paste.txt:{number}",
            said="14:00",
            source="pasted text",
        )
        for number in (10, 9, 2)
    ]

    found = timeline.folded(timeline.ordered(lines))

    assert texts(found) == ["line 2", "line 9", "line 10"]
