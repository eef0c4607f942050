"""An action has one owner: a person, a role, or a team with `and` in its name."""

from __future__ import annotations

import pytest

from tests.checks.reports import BASE, codes

ONE = (
    "search and discovery lead",
    "ads & search team",
    "R&D",
    "CI/CD",
    "Trust and Safety team",
)
SEVERAL = (
    "payments lead and the platform team",
    "payments lead and the on-call",
    "the lead and her manager",
    "database administrator and network engineer",
    "web + sre",
)
NOBODY = (
    *("alle", "Wir", "jeder", "das Team", "Das ganze Team", "the whole team"),
    *("offen", "noch offen", "N.N.", "N. N.", "to be assigned", "nobody yet"),
    *("everyone", "noch niemand", "someone", "all engineers", "wird noch geklärt"),
)
SOMEBODY = (
    *("Leitung Betrieb", "Plattform-Bereitschaft", "Payments on-call lead", "SRE"),
    *("Platform team", "offene Daten lead", "N. Nolan's deputy", "allocation team"),
)


@pytest.mark.parametrize("owner", ONE)
def test_a_name_with_and_in_it_is_one_owner(owner: str) -> None:
    """What is joined is part of what one role or team is called."""
    assert "PM402" not in codes(_owned(owner))


@pytest.mark.parametrize("owner", SEVERAL)
def test_two_roles_are_two_owners(owner: str) -> None:
    """Each of them could answer for it alone, so nobody does."""
    assert "PM402" in codes(_owned(owner))


@pytest.mark.parametrize("owner", NOBODY)
def test_all_of_us_are_nobody(owner: str) -> None:
    """None of them answers for it."""
    assert codes(_owned(owner)) == ["PM401"]


@pytest.mark.parametrize("owner", SOMEBODY)
def test_a_role_or_a_team_by_its_name_is_somebody(owner: str) -> None:
    """Who leads it answers for it."""
    assert codes(_owned(owner)) == []


def _owned(owner: str) -> str:
    owned = BASE.replace("(platform lead, due", f"({owner}, due", 1)
    assert owned != BASE
    return owned
