"""The same alert from several tools has one identity; others are not mixed with it."""

from __future__ import annotations

import pytest

from postmortem.importers import sameness


@pytest.mark.parametrize(
    "title,service",
    [
        ("HighErrorRate", "api"),
        ("HighErrorRate", "API"),
        ("[FIRING:1] HighErrorRate (api prod critical)", None),
        ("[Triggered] HighErrorRate on {host:api-1}", "api"),
        ("#4711 HighErrorRate: 5xx above 5 % (api)", "api"),
        ("Alert: HighErrorRate (api)", None),
        ("RESOLVED: HighErrorRate (api)", None),
    ],
)
def test_an_alert_is_the_same_however_it_is_told(
    title: str, service: str | None
) -> None:
    """What tools put around its name is not part of it."""
    assert sameness.alert(title, service) == "alert higherrorrate api"


@pytest.mark.parametrize(
    "one,other",
    [
        ("HighErrorRate", "HighLatency"),
        ("Error: no connection", "Error: disk full"),
        ("disk full on db-1", "disk full on db-2"),
        ("High CPU", "High memory"),
        ("[FIRING:1]", "[FIRING:2]"),
        ("", "x"),
    ],
)
def test_different_alerts_stay_different(one: str, other: str) -> None:
    """A title without a program's name is taken as a whole."""
    assert sameness.alert(one, "api") != sameness.alert(other, "api")


def test_an_alert_and_its_end_are_two() -> None:
    """And so are alerts of two services."""
    assert sameness.alert("X", "api") != sameness.alert("X", "api", "resolved")
    assert sameness.alert("X", "api") != sameness.alert("X", "db")


def test_a_commit_is_known_by_as_much_as_people_write() -> None:
    """A hash of 64 digits as well as one of 12, in capitals or not."""
    assert sameness.commit("ABCDEF012345" + "0" * 28) == sameness.commit("abcdef012345")


def test_no_title_is_too_long() -> None:
    """What is beyond two hundred characters tells nothing apart."""
    assert len(sameness.alert("x " * 100_000, None)) < 300
