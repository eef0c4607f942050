"""An action has one owner: a person, a role, or a team with `and` in its name."""

from __future__ import annotations

import pytest

from postmortem.checks.around import NEW
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
        *("**Zo&#235;**", "**RK (LB helps)**", "**RK - next week**", " **Robin**"),
        *("**Acme via RK**", "**RK** Alert on these hosts:", "**Robin**\nLook into"),
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
        *("**High (P1)**", "**TBC - next planning**", "**Team**\nLook into"),
        *("**RK** reads the news.", "**Alerting** on these hosts:"),
        "Kim and Robin said that there is more to do, and that it is late.",
    ],
)
def test_an_area_above_a_list_has_none(line: str) -> None:
    """Nor has one word that may be of anything."""
    assert "PM401" in codes(_below(line))


def test_somebody_stands_above_lines_that_go_on_with_an_item() -> None:
    """They are no line above the list, if they are not indented either."""
    text = _below("**Robin**").replace("cache\n", "cache\nof searches\n- Alert on it\n")

    assert "PM401" not in codes(text)
    assert "PM401" in codes(text.replace("**Robin**", "**Search**\n\nFor all:"))


@pytest.mark.parametrize("words", ["@kim will", "@kim and @robin are going to"])
def test_who_will_do_it_has_it(words: str) -> None:
    """Where the words of an action begin so; not where it is about somebody."""
    text = _below("What is next.").replace("- Add", f"- {words} add")
    behind = text.replace(words, f"It has none (yet). **{words}**")

    assert "PM401" not in codes(text) + codes(behind)
    assert "PM401" in codes(text.replace(words, "tell @kim to"))
    assert "PM401" in codes(text.replace(words, "A bot, @kim will"))


@pytest.mark.parametrize(
    "said",
    [
        *("N/A", "None.", "_none_", "[N/A] Add a limit to the cache", "Keine"),
        *("Add a limit. Discussed but decided not to do.", "Add a limit (won't do)"),
        *("Add a limit - dropped", "Add a limit. We decided against it, for now."),
        *("Cap it; cancelled", "Limit setzen. Wird nicht umgesetzt."),
    ],
)
def test_nobody_has_what_nobody_does(said: str) -> None:
    """None, or one that was dropped; neither lacks anything else of an action."""
    text = _below("What is next.").replace("Add a limit to the cache", said)

    assert not {it for it in codes(text) if it.startswith("PM4")}


@pytest.mark.parametrize(
    "said",
    [
        *("Alert when packets are dropped", "None of the hosts is limited: cap them"),
        *("Add a limit. We decided not to page at night", "Cap it (if dropped)"),
        *("Undo what was decided against it", "Show what the queue won't do"),
    ],
)
def test_an_action_may_be_about_what_is_dropped(said: str) -> None:
    """That is not said of itself."""
    text = _below("What is next.").replace("Add a limit to the cache", said)

    assert "PM401" in codes(text)


@pytest.mark.parametrize(
    "old, new",
    [
        *(("- Add", "- [x] Add"), ("cache\n", "cache (done)\n")),
        *(("What is next.", "**Done**"), ("What is next.", "### Completed")),
        ("Add a limit to the cache", "The cache has been given a limit"),
        ("Add a limit to the cache", "We've added a limit to the cache"),
        ("Add a limit to the cache", "Der Cache wurde begrenzt"),
    ],
)
def test_what_is_done_needs_nobody_in_other_people_s_reports(
    old: str, new: str
) -> None:
    """In ours it had somebody while it was open."""
    text = _below("What is next.")
    ours = BASE.replace("- [ ] **A1**", "- [x] **A1**").replace("(platform lead, ", "(")

    assert "PM401" in codes(text, lost=NEW)
    assert "PM401" not in codes(text.replace(old, new), lost=NEW)
    assert "PM401" in codes(ours)


@pytest.mark.parametrize(
    "said",
    [
        *("Find out how many users were affected", "We need a limit of the cache"),
        *("Limit what should have been limited", "We have to speed up the cache"),
        *("Fix the hosts that were broken", "A limit has been planned"),
        *("We have added a ticket for a limit", "We used to limit the cache"),
        *("The alert was sent to nobody: add a lead", "It was cut. Cap it"),
    ],
)
def test_what_is_about_the_past_is_not_done(said: str) -> None:
    """It only says of something else what happened to it."""
    text = _below("What is next.").replace("Add a limit to the cache", said)

    assert "PM401" in codes(text, lost=NEW)


def test_a_list_of_what_was_done_is_no_list_of_actions() -> None:
    """Where all but one of its items say so; two may be by chance."""
    past = "- The cache was cleared\n- All hosts were restarted\n"
    text = _below("What is next.").replace("- Add a limit to the cache\n", past)
    now = "- The label now works by the time of its change\n"

    assert "PM401" in codes(f"{text}{now}", lost=NEW)
    text += "- The disks were cleared as well\n"
    assert "PM401" not in codes(f"{text}{now}", lost=NEW)
    assert "PM401" in codes(f"{text}{now}- Cap the cache\n", lost=NEW)
    ticked = text.replace("was", "is").replace("were", "are").replace("- ", "- [x] ")
    assert "PM401" not in codes(ticked, lost=NEW)
    assert "PM401" in codes(f"{ticked}{now}", lost=NEW)


def _below(line: str) -> str:
    head = "# Search was stale\n\n## Action items\n"
    return f"{head}\n{line}\n\n- Add a limit to the cache\n"


def _owned(owner: str) -> str:
    owned = BASE.replace("(platform lead, due", f"({owner}, due", 1)
    assert owned != BASE
    return owned
