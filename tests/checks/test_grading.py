"""How grave a finding is: the rule says, the settings decide, the status holds off."""

from __future__ import annotations

import json
from typing import Any

import pytest

from postmortem import markdown
from postmortem.checks import Around, check, subject_of
from postmortem.checks.around import TEMPLATE
from tests.checks.reports import BASE, NOW, found, laid_over
from tests.commands.stage import Stage

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


@pytest.mark.parametrize("level", ["hint", "warning", "error"])
def test_what_reading_finds_has_the_level_of_its_rule(level: str) -> None:
    """Reading says one of each thing; what is read is judged as by any rule."""
    row = "| 14:10 | it is slow | log |\n"
    head = "| Time | Event | Source |\n| --- | --- | --- |\n"
    text = laid_over(f"---\nzone:\n---\n\n## Timeline\n\n{head}{row}")
    settings = {"checks": {"PM103": level}}

    told = {it.severity for it in found(text, settings=settings) if it.code == "PM103"}
    assert told == {level}


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


@pytest.mark.parametrize("name", ["resolved", "resolved_on"])
@pytest.mark.parametrize(
    "said, front, lost, level",
    [
        ("2026-03-02 10:44", "", "", "warning"),
        ("2026-03-02 10:44", "", TEMPLATE, "error"),
        ("2026-03-02 10:44", "template: of-nobody", "", "error"),
        ("2026-03-02 at ten", "", "", "error"),
        ("2026-03-02 10:44 IST", "", "", "error"),
        ("2026-03-02 10:44 UTC", "", "", None),
    ],
)
def test_a_time_without_a_zone_is_a_warning_where_no_template_asks_for_one(
    name: str, said: str, front: str, lost: str, level: str | None
) -> None:
    """Other tools write it so; what could be several instants stays an error."""
    text = f"---\n{front}\n{name}: {said}\n---\n\n# Search was down\n"
    outline = markdown.foreign.outline(text)
    reading = markdown.read(text, outline)
    around = Around(lost=lost)
    subject = subject_of(text, reading, outline, path="a.md", now=NOW, around=around)

    told = [it.severity for it in check(subject) if it.code == "PM102"]
    assert told == ([level] if level else [])
    assert (reading.report.resolved is None) is (level is not None)


def test_a_time_without_a_zone_is_an_error_in_a_report_of_a_template() -> None:
    """A setting makes it lighter, as it does any other."""
    text = laid_over("---\nzone:\nresolved: 2026-03-02 10:44\n---\n")

    for settings, level in (({}, "error"), ({"checks": {"PM102": "hint"}}, "hint")):
        told = [it for it in found(text, settings=settings) if it.code == "PM102"]
        assert [it.severity for it in told] == [level]


@pytest.mark.parametrize(
    "front, level, checked, submitted",
    [("", "warning", 0, 0), ("template: default\n", "error", 1, 2)],
)
def test_a_time_without_a_zone_weighs_as_much_in_every_command(
    stage: Stage, front: str, level: str, checked: int, submitted: int
) -> None:
    """It is in no record, and a baseline keeps it back in neither report."""
    text = f"---\n{front}status: draft\nresolved: 2026-03-02 10:44\n---\n\n# Slow\n"
    (path,) = stage.root.rglob("postmortems/*.md")
    path.write_text(text)

    assert stage.run("check").code == checked
    shown = json.loads(stage.run("show", path.stem, "--format", "json").out)
    assert [it["severity"] for it in shown["findings"]] == [level]
    assert "resolved" not in shown["report"]
    stage.run("check", "--write-baseline")
    assert "PM102" in stage.run("check").out
    assert stage.run("submit", path.stem, "--dry-run").code == submitted


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


def test_what_all_rows_lack_is_found_on_each() -> None:
    """On its own line, by its own key; who reads it later may be told once."""
    rows = "".join(
        f"- [ ] **A{number}** Add the check number {number} (platform lead, prevent,"
        f" P{number % 3}, F{2 + number % 2}, OPS-{number})\\\n"
        "  done when: it rejects a change\n"
        for number in range(1, 9)
    )

    told = found(laid_over(f"## Action items\n\n{rows}"))

    assert [(it.code, it.line, it.message) for it in told] == [
        ("PM412", 104 + 2 * number, f"action A{number} has no due date")
        for number in range(1, 9)
    ]


def test_rows_with_the_same_trouble_are_found_each() -> None:
    """A timeline without a zone, however long it is."""
    rows = "".join(f"| 14:{minute} | it is slow | log |\n" for minute in range(10, 40))
    head = "| Time | Event | Source |\n| --- | --- | --- |\n"
    text = laid_over(f"---\nzone:\n---\n\n## Timeline\n\n{head}{rows}")

    told = [(it.line, it.message) for it in found(text) if it.code == "PM103"]

    assert told == [
        (26 + minute, f"'14:{minute}' does not say in which zone")
        for minute in range(10, 40)
    ]


def test_events_without_a_time_are_found_each() -> None:
    """Where no event of a timeline has one, too."""
    rows = "".join(f"|  | order number {number} fails | log |\n" for number in range(6))
    head = "| Time (UTC) | Event | Source |\n| --- | --- | --- |\n"
    text = laid_over(f"## Timeline\n\n{head}{rows}")

    told = [(it.line, it.message) for it in found(text) if it.code == "PM117"]

    assert told == [(37 + number, "this event has no time") for number in range(6)]
