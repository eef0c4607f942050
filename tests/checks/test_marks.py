"""Which words a finding marks."""

from __future__ import annotations

from tests.checks.reports import found, laid_over


def test_a_person_is_marked_without_the_sentence_before() -> None:
    """What stands before `because` is no part of who it was."""
    text = laid_over(
        "## What happened\n\nIt took a day because an engineer forgot it.\n"
    )

    (finding,) = found(text)

    start = finding.column - 1
    line = text.splitlines()[finding.line - 1]
    assert line[start : start + finding.length] == "an engineer forgot"
