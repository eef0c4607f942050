"""A weak report and a strong one, as a reviewer would judge them."""

from __future__ import annotations

from tests.checks.reports import BASE, HERE, found

WEAK = (HERE / "weak.md").read_text("utf-8")


def test_a_weak_report_has_what_a_reviewer_would_say() -> None:
    """At least fifteen different things, each by a rule of its own."""
    told = {each.code for each in found(WEAK, files=[]) if each.severity != "hint"}

    assert {
        *("PM111", "PM112", "PM113", "PM126"),
        *("PM202", "PM203", "PM204", "PM206", "PM207", "PM209"),
        *("PM301", "PM302", "PM307"),
        *("PM401", "PM402", "PM404", "PM409", "PM410", "PM411", "PM412", "PM413"),
        *("PM414", "PM415", "PM417", "PM601", "PM604", "PM605"),
    } <= told


def test_a_strong_report_has_nothing() -> None:
    """Not even a hint."""
    assert found(BASE) == ()


def test_a_draft_of_the_same_weakness_goes_through() -> None:
    """Nothing holds up a draft but secrets and what cannot be read."""
    draft = WEAK.replace("status: in-review", "status: draft")

    assert {each.severity for each in found(draft, files=[])} == {"warning", "hint"}


def test_nobody_asks_for_more_where_no_report_is_required() -> None:
    """What is missing is of no interest there; what is wrong still is."""
    exempt = WEAK.replace("status: in-review", "status: not-required")

    told = {each.code[:3] for each in found(exempt, files=[])}
    assert "PM2" not in told
    assert "PM6" in told
