"""Results: fingerprints that survive edits, and the file of what is known."""

from __future__ import annotations

import pytest

from postmortem.checks import baseline, check
from postmortem.checks.results import Result, counts, result
from postmortem.errors import PostmortemError
from postmortem.model import Finding
from tests.checks.reports import BASE, laid_over, subject

NO_DUE = BASE.replace(", due 2026-03-27", "").replace(", due 2026-03-20", "")


def made(text: str) -> Result:
    """Return the result of a text."""
    own = subject(text)
    return result(own, check(own))


def test_a_fingerprint_does_not_depend_on_the_line() -> None:
    """What stands above may grow; the words of the line itself may not change."""
    longer = NO_DUE.replace("## Impact\n", "## Impact\n\nMore than ever.\n")
    other = NO_DUE.replace("Restart the cache", "Restart all of the cache")

    assert made(longer).prints == made(NO_DUE).prints
    assert made(other).prints != made(NO_DUE).prints


def test_what_is_known_is_left_out_as_often_as_it_is_known() -> None:
    """A second one of the same kind is new."""
    found = made(NO_DUE)
    assert len(found.findings) == 2

    assert found.without(found.prints).findings == ()
    assert found.without(found.prints[:1]).findings == found.findings[1:]
    assert found.without([*found.prints, "other"]).findings == ()


def _graded(*levels: str) -> Result:
    """Return a result in which the same is found again, at each of these levels."""
    found = tuple(
        Finding(code="PM412", message="x", line=1, severity=it) for it in levels
    )
    return Result(path="x.md", findings=found, prints=("mark",) * len(levels))


@pytest.mark.parametrize(
    "before, now, new",
    [
        (["warning"], ["warning"], []),
        (["error"], ["warning"], []),
        (["hint"], ["error"], ["error"]),
        (["hint"], ["warning", "hint"], ["warning"]),
        (["warning"], ["warning", "warning"], ["warning"]),
        (["error", "warning"], ["hint", "error"], []),
        (["error"], ["hint", "error"], ["hint"]),
        ([], ["hint"], ["hint"]),
        (["error", "error"], [], []),
    ],
)
def test_what_has_become_graver_is_new(
    before: list[str], now: list[str], new: list[str]
) -> None:
    """What was there counts as known at its own level or a milder one, each once."""
    left = _graded(*now).since(_graded(*before))

    assert [each.severity for each in left.findings] == new
    assert len(left.prints) == len(new)


def test_a_baseline_reads_back() -> None:
    """By the path of each report; hints are not worth a line."""
    found = made(NO_DUE)
    text = baseline.text([found, made(BASE)])

    known = baseline.read(text)

    assert {path: sorted(marks) for path, marks in known.items()} == {
        "report.md": sorted(found.prints)
    }


def test_a_baseline_knows_nothing_that_holds_up_a_draft() -> None:
    """Nobody gets used to a file that cannot be read."""
    broken = made(BASE.replace("tags: [cache]", "tags: [cache"))

    assert counts([broken]) == {"error": 1, "warning": 0, "hint": 0}
    assert baseline.read(baseline.text([broken])) == {}


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"version": 2, "reports": {}}', '{"version": 1}', "null"]
)
def test_what_is_no_baseline_is_refused(text: str) -> None:
    """With the command that writes one."""
    with pytest.raises(PostmortemError, match="this is no baseline") as error:
        baseline.read(text, "known.json")

    assert "--write-baseline" in (error.value.problem.hint or "")


def test_results_can_be_narrowed_by_level() -> None:
    """A graver level leaves fewer."""
    found = made(laid_over("## Impact\n\nCustomers were affected.\n", NO_DUE))

    assert counts([found]) == {"error": 1, "warning": 2, "hint": 0}
    assert counts([found.at_least("error")]) == {"error": 1, "warning": 0, "hint": 0}
