"""How grave a finding is: the rule says, the settings decide, the status holds off."""

from __future__ import annotations

from typing import Any

import pytest

from tests.checks.reports import BASE, found, laid_over

NO_IMPACT = laid_over("## Impact\n\nCustomers were affected.\n")
NO_DUE = BASE.replace(", due 2026-03-27", "")


def test_what_is_missing_is_an_error_once_it_is_in_review() -> None:
    """In a draft it is a hint: somebody is still writing."""
    draft = NO_IMPACT.replace("status: in-review", "status: draft")

    assert _levels(NO_IMPACT) == ["error"]
    assert _levels(draft, refreshed=True) == ["hint"]


@pytest.mark.parametrize("level", ["hint", "warning", "error"])
def test_a_setting_gives_a_rule_its_level(level: str) -> None:
    """Whatever the rule has by itself."""
    assert _levels(NO_DUE, settings={"checks": {"PM412": level}}) == [level]


def test_a_rule_can_be_turned_off() -> None:
    """It then finds nothing."""
    assert _levels(NO_DUE, settings={"checks": {"PM412": "off"}}) == []


@pytest.mark.parametrize(
    "level, before",
    [("error", "warning"), ("warning", "warning"), ("hint", "hint"), ("off", None)],
)
def test_a_rule_may_warn_before_its_stage(level: str, before: str | None) -> None:
    """Never more gravely than its level is; others have hints then."""
    draft = BASE.replace("status: in-review", "status: draft")
    where: dict[str, Any] = {
        "ids": {"2026-03-02-checkout-slow-after-a-cache-change": ["docs/x.md"]},
        "settings": {"checks": {"PM614": level}},
    }

    assert _levels(BASE, **where) == ([level] if before else [])
    assert _levels(draft, refreshed=True, **where) == ([before] if before else [])


def test_no_setting_holds_up_a_draft() -> None:
    """Only secrets and unreadable structure do."""
    draft = NO_DUE.replace("status: in-review", "status: draft")

    assert _levels(draft, refreshed=True, settings={"checks": {"PM412": "error"}}) == [
        "warning"
    ]


def test_what_cannot_be_read_holds_up_a_draft_and_is_not_judged() -> None:
    """One finding says why; the rest would only follow from it."""
    broken = BASE.replace("status: in-review", "status: draft").replace(
        "tags: [cache]", "tags: [cache"
    )

    assert {(it.code, it.severity) for it in found(broken)} == {("PM001", "error")}


def test_a_team_can_have_other_words_for_its_statuses() -> None:
    """Between the first and `final` it is in review, whatever that is called."""
    own = {"statuses": ["begun", "read", "agreed", "final"]}

    for status, level in (("begun", "hint"), ("read", "error"), ("agreed", "error")):
        text = NO_IMPACT.replace("status: in-review", f"status: {status}")
        assert _levels(text, refreshed=True, settings=own) == [level]


def test_findings_come_in_the_order_of_the_lines() -> None:
    """Each with its place: the line, the column, and how far it goes."""
    text = BASE.replace("tags: [cache]", "tag: cache").replace(
        "payments lead, due ", ""
    )
    places = [(it.code, it.line, it.column, it.length) for it in found(text)]

    assert places == sorted(places, key=lambda it: it[1:3])
    assert places[0] == ("PM601", 8, 1, 10)


def _levels(text: str, **where: object) -> list[str]:
    return [finding.severity for finding in found(text, **where)]


def test_what_all_rows_lack_is_said_once() -> None:
    """Forty findings that say the same are one that nobody reads."""
    rows = "".join(
        f"- [ ] **A{number}** Add the check number {number} (platform lead, prevent,"
        f" P{number % 3}, F{2 + number % 2}, OPS-{number})\\\n"
        "  done when: it rejects a change\n"
        for number in range(1, 9)
    )

    (one,) = found(laid_over(f"## Action items\n\n{rows}"))

    assert (one.code, one.line) == ("PM412", 104)
    assert one.message == "each of the 8 actions has no due date"


def test_rows_with_the_same_trouble_are_one_finding() -> None:
    """A timeline without a zone is one mistake, however long it is."""
    rows = "".join(f"| 14:{minute} | it is slow | log |\n" for minute in range(10, 40))
    head = "| Time | Event | Source |\n| --- | --- | --- |\n"
    text = laid_over(f"---\nzone:\n---\n\n## Timeline\n\n{head}{rows}")

    told = [it.message for it in found(text) if it.code == "PM103"]

    assert len(told) == 1
    assert told[0].endswith("and 29 more rows like it")
