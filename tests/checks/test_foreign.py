"""A report that no template laid out: its prose is read, and nobody calls it empty."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from postmortem import markdown
from postmortem.checks import check, subject_of
from postmortem.model import Finding
from tests.checks.reports import NOW

_PROSE = "The team could have prevented this by using the staging environment. TBD."


@pytest.mark.parametrize(
    "heading", ["Contributing factors", "Timeline", "Action items", "Open questions"]
)
def test_prose_where_rows_are_looked_for_is_read_as_prose(heading: str) -> None:
    """Rules about words look at it as at any other."""
    told = _told(f"# Search was stale\n\n## {heading}\n\n{_PROSE}\n")

    expected = {"Open questions": ["PM502"]}.get(heading, ["PM202", "PM502"])
    found = [it for it in told if it.code in ("PM202", "PM502")]
    if heading == "Action items":  # what could be otherwise belongs there
        expected = ["PM202"]
    assert sorted(it.code for it in found) == expected
    assert {it.line for it in found} == {5}


def test_factors_in_prose_are_not_called_empty() -> None:
    """A heading without a word below it is."""
    text = "# Search was stale\n\n## Contributing factors\n\n"

    assert "PM207" not in _codes(text + "Nothing limited the size of a batch.\n")
    assert "PM207" in _codes(text)


def test_actions_in_prose_are_no_actions_and_not_nothing() -> None:
    """Nobody can follow them, so that is what is told."""
    text = "# Search was stale\n\n## Action items\n\n"
    prose = "We limit the size of a batch, and alert on the age of the index.\n"
    (told,) = (it for it in _told(text + prose) if it.code == "PM407")
    (none,) = (it for it in _told(text) if it.code == "PM407")

    assert told.message == "nothing that stands here is read as an action"
    assert none.message == "there is no action"


def test_events_that_stand_in_paragraphs_are_read_once() -> None:
    """What is a row is not looked at as prose as well."""
    event = "2026-03-02 10:02 UTC: the team should have known.\n"
    told = _told(f"# Search was stale\n\n## Timeline\n\n{event}")

    assert [it.code for it in told if it.code == "PM502"] == ["PM502"]


def _codes(text: str) -> list[str]:
    return [it.code for it in _told(text)]


def _told(text: str) -> Sequence[Finding]:
    known = markdown.foreign.outline(text)
    reading = markdown.read(text, known)
    return check(subject_of(text, reading, known, path="report.md", now=NOW))
