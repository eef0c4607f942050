"""A finish line that says no more than the action is none."""

from __future__ import annotations

import pytest

from postmortem.checks.completeness.fillers import is_done
from tests.checks.reports import BASE, codes

_ACTION = "Page when the hit rate of the cache falls under 50%"
_END = "emptying the cache in the test site pages within one minute"


@pytest.mark.parametrize(
    "action, end",
    [
        ("More monitoring", "more monitoring exists"),
        ("Improve logs", "the logs are better"),
        ("Look into the lock", "Looked into."),
        ("Double-check the zone", "it is checked"),
        ("Write a guide", "guide written"),
        ("Restart the proxy", "restarted"),
        ("Überwachung verbessern", "Überwachung ist besser"),
        ("Prüfen, ob ein Alarm fehlt", "geprüft"),
    ],
)
def test_an_end_that_says_the_action_again_is_none(action: str, end: str) -> None:
    """A participle shows nobody anything, alone or with the action's own words."""
    assert is_done(end, action)


@pytest.mark.parametrize(
    "action, end",
    [
        ("Write the guide", "the guide is merged"),
        ("Add an alarm", "alarm seen in the game day"),
        ("Restore the backups", "backups restored on a blank host"),
        ("Review all alerts", "no alert without a runbook"),
        ("Send the letters", "312 letters sent"),
        ("Check the zone", "a wrong zone is refused"),
        ("Improve the logs", "the request id is written"),
    ],
)
def test_a_state_that_can_be_seen_is_an_end(action: str, end: str) -> None:
    """Where, what or how many is more than the action says."""
    assert not is_done(end, action)


def test_such_an_end_does_not_bound_a_vague_action() -> None:
    """Both are told: that it is vague, and that it has no end."""
    vague = BASE.replace(_ACTION, "Look into the hit rate of the cache")

    assert codes(vague) == codes(BASE)
    assert codes(vague.replace(_END, "looked into")) == ["PM404", "PM410"]
