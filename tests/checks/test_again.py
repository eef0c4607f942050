"""A section that is there twice: both sides of a merge were kept, and one is read."""

from __future__ import annotations

from tests.checks.reports import BASE, found

TWICE = BASE.replace(
    "\n## Open questions",
    "\n## Action items\n\n- [ ] **A1** be careful\n\n## Open questions",
)


def _told(text: str) -> list[tuple[str, str, int]]:
    draft = text.replace("status: in-review", "status: draft")
    return [
        (it.code, it.severity, it.line)
        for each in (text, draft)
        for it in found(each, refreshed=True)
    ]


def test_the_second_one_is_found_at_its_heading() -> None:
    """An error once it is in review; nobody says that the template has none such."""
    lines = TWICE.split("\n")
    first = lines.index("## Action items")
    second = lines.index("## Action items", first + 1) + 1

    assert _told(TWICE) == [("PM004", "error", second), ("PM004", "warning", second)]


def test_a_heading_below_another_one_is_no_second_one() -> None:
    """Beside the first one it would be; in a section of its own it is not."""
    below = BASE + "\n## Notes of the review\n\n### What was hard\n\nThe heat.\n"

    assert "PM004" not in {code for code, _, _ in _told(below)}


def test_it_silences_no_other_rule() -> None:
    """What is read is judged, and a reason beside the heading is one for this alone."""
    weak = TWICE.replace("status: in-review", "status: final").replace(
        "\n## Impact\n", "\n## Impact\n\nThe engineer should have known better.\n", 1
    )
    codes = {it.code for it in found(weak, refreshed=True)}

    assert {"PM004", "PM501", "PM804"} <= codes
