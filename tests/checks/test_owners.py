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


@pytest.mark.parametrize(
    "line",
    [
        *("**Platform team**", "### Search and ads leads team", "__Robin__", "SRE:"),
        *("**Robin & Kim**", "### Robin, Kim", "**RK – LB**", "**Kim**:", "@kim:"),
    ],
)
def test_somebody_above_a_list_has_its_actions(line: str) -> None:
    """By a name alone, which an area of work could not have."""
    assert "PM401" not in codes(_below(line))


@pytest.mark.parametrize(
    "line",
    [
        *(
            "### Networking",
            "**Monitoring**",
            "**Team**",
            "**All**",
            "**TBC**",
            "Robin",
        ),
        *(
            "**Future migrations**",
            "### Kim",
            "Short term:",
            "**Short-term**",
            "Redis:",
        ),
        "Kim and Robin said that there is more to do, and that it is late.",
    ],
)
def test_an_area_above_a_list_has_none(line: str) -> None:
    """Nor has one word that may be of anything."""
    assert "PM401" in codes(_below(line))


@pytest.mark.parametrize("words", ["@kim will", "@kim and @robin are going to"])
def test_who_will_do_it_has_it(words: str) -> None:
    """Where the first words of an action say so; not where it is about somebody."""
    text = _below("What is next.").replace("- Add", f"- {words} add")

    assert "PM401" not in codes(text)
    assert "PM401" in codes(text.replace(words, "tell @kim to"))


def _below(line: str) -> str:
    head = "# Search was stale\n\n## Action items\n"
    return f"{head}\n{line}\n\n- Add a limit to the cache\n"


def _owned(owner: str) -> str:
    owned = BASE.replace("(platform lead, due", f"({owner}, due", 1)
    assert owned != BASE
    return owned
