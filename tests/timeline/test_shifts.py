"""A source that wrote local times as UTC is pointed out, and no other."""

from __future__ import annotations

from datetime import timedelta

from postmortem.timeline.shifts import Shift, shifts
from tests.timeline.made import alert, said

NAMES = ("alert one", "alert two", "alert three")


def test_a_source_a_whole_zone_away_is_pointed_out() -> None:
    """Its events are another's, all of them four hours later."""
    found = shifts(
        [alert(10 * at, "pagerduty", same=name) for at, name in enumerate(NAMES)]
        + [
            alert(10 * at + 240.5, "slack #a", same=name)
            for at, name in enumerate(NAMES)
        ]
    )

    assert found == [Shift("slack #a", "pagerduty", timedelta(hours=4), 3)]


def test_the_one_that_two_others_contradict_is_wrong() -> None:
    """Whoever stands first in the alphabet is not to blame for it."""
    found = shifts(
        [alert(10 * at + 330, "app", same=name) for at, name in enumerate(NAMES)]
        + [alert(10 * at, "pagerduty", same=name) for at, name in enumerate(NAMES)]
        + [alert(10 * at, "slack", same=name) for at, name in enumerate(NAMES)]
    )

    assert {(each.source, each.by) for each in found} == {
        ("app", timedelta(hours=5, minutes=30))
    }


def test_texts_tell_it_too() -> None:
    """Where no tool names its events, equal words do."""
    lines = ("rolled back the api", "traffic is on the standby")

    found = shifts(
        [said(at, text) for at, text in enumerate(lines)]
        + [said(at - 120, text, "log") for at, text in enumerate(lines)]
    )

    assert [each.by for each in found] in ([timedelta(hours=-2)], [timedelta(hours=2)])


def test_sources_that_agree_are_left_alone() -> None:
    """Seconds apart is how tools hear of things; so is once an hour."""
    hourly = [said(60 * at, "the hourly check is green", "slack") for at in range(5)]
    found = shifts(
        [alert(10 * at, "pagerduty", same=name) for at, name in enumerate(NAMES)]
        + [alert(10 * at + 1, "slack #a", same=name) for at, name in enumerate(NAMES)]
        + [*hourly, *(said(each * 60 + 60, hourly[0].text, "log") for each in range(5))]
    )

    assert found == []


def test_most_events_have_to_say_so() -> None:
    """What agrees as often as not is no other zone."""
    later = (0, 0, 240, 240)
    found = shifts(
        [alert(10 * at, "a", same=f"alert {at}") for at in range(4)]
        + [alert(10 * at + by, "b", same=f"alert {at}") for at, by in enumerate(later)]
    )

    assert found == []


def test_once_is_chance() -> None:
    """One event in common says nothing, nor do odd distances."""
    assert shifts([alert(0, "a"), alert(60, "b")]) == []
    apart = [alert(at * 7, "a", same=name) for at, name in enumerate(NAMES)]
    apart += [alert(at * 20 + 37, "b", same=name) for at, name in enumerate(NAMES)]
    assert shifts(apart) == []
