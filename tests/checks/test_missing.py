"""A section that is missing is told as that, where it would stand."""

from __future__ import annotations

import re

import pytest

from postmortem.model import Finding
from tests.checks.reports import BASE, found, laid_over

_PARTS = re.split(r"(?m)^(?=#{1,6} )", BASE)


@pytest.mark.parametrize(
    "code, gone, before",
    [
        ("PM207", "Summary", "# Checkout slow after a cache change"),
        ("PM203", "Impact", "## Summary"),
        ("PM208", "Timeline", "## Impact"),
        ("PM204", "How it was noticed", "## Detection and response"),
        ("PM207", "What ended it", "### What slowed us"),
        ("PM206", "What was hard", "### What went well"),
        ("PM407", "Action items", "### Where we were lucky"),
    ],
)
def test_a_missing_section_is_told_below_the_one_before_it(
    code: str, gone: str, before: str
) -> None:
    """That is where a reader of the change sees that it is gone."""
    text = _without(gone)
    (told,) = (it for it in found(text) if it.code == code)

    assert text.splitlines()[told.line - 1] == before
    assert told.message == f"the section {gone!r} is missing"
    assert f"# {gone}`" in str(told.hint)


def test_the_nearest_section_that_is_there_is_taken() -> None:
    """Those between may be missing as well."""
    text = _without("Impact", "Timeline", "Detection and response", "Summary")
    lines = {it.code: it.line for it in found(text) if it.code in ("PM203", "PM208")}

    assert lines == dict.fromkeys(("PM203", "PM208"), _line(text, "# Checkout slow"))


def test_a_report_without_any_section_has_its_first_line() -> None:
    """There is nothing else to point at."""
    told = found(BASE[: BASE.index("# Checkout slow")])

    assert {it.line for it in told if it.code == "PM207"} == {1}


def test_a_section_that_is_there_is_empty_and_not_missing() -> None:
    """Its own line is told."""
    text = laid_over("### What ended it\n\n_Not known yet._\n")
    (told,) = found(text)

    assert told.message == "'What ended it' is empty"
    assert told.line == _line(text, "### What ended it") + 2


def test_of_lessons_one_that_is_there_is_told() -> None:
    """Only where none of them has a section it says so."""
    gone = ("What went well", "What was hard", "Where we were lucky", "Looking back")
    (none,) = _told(_without(*gone), "PM205")
    left = laid_over(
        "### What was hard\n\n_Not known yet._\n", _without(gone[0], gone[2])
    )
    (some,) = _told(left, "PM205")

    assert none.message.startswith("there is no section ")
    assert some.message.startswith("nothing is said ")
    assert some.line == _line(left, "### What was hard") + 2


def test_a_fact_of_the_front_matter_is_told_there() -> None:
    """It is no section."""
    (told,) = _told(laid_over("---\nseverity:\n---\n"), "PM209")

    assert told.line == 1


def _told(text: str, code: str) -> list[Finding]:
    return [it for it in found(text) if it.code == code]


def _without(*headings: str) -> str:
    return "".join(
        part for part in _PARTS if part.partition("\n")[0].lstrip("# ") not in headings
    )


def _line(text: str, begins: str) -> int:
    lines = text.splitlines()
    return next(at for at, line in enumerate(lines, 1) if line.startswith(begins))
