"""A first report takes few questions and few keys, and what was said is in it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.recording.effort import FACTS, PARTS, ROWS, Effort, begun


@pytest.fixture(scope="module")
def effort(tmp_path_factory: pytest.TempPathFactory) -> Effort:
    """Return what it took, at a terminal of a machine whose clocks show UTC."""
    program = Path(sys.executable).parent / "postmortem"
    return begun(tmp_path_factory.mktemp("effort"), program, "UTC")


def test_what_is_asked_is_mostly_worth_asking(effort: Effort) -> None:
    """A question more than there are is a question too many: 96 and 55 it once was."""
    assert effort.prompts <= 61
    assert effort.empty <= 20


def test_keys_that_are_no_words_are_few(effort: Effort) -> None:
    """An Enter an answer, one more behind rows and prose, and little else."""
    assert effort.keys - effort.words == effort.prompts
    assert effort.shown <= 217


def test_all_that_was_said_is_in_the_report(effort: Effort) -> None:
    """By the clocks of those who told it, wherever the machine stands."""
    report = effort.report
    for said in FACTS.values():
        words = said.rpartition("EDT, ")[2]
        assert words[0].isdigit() or words in report.replace("\n", " "), words
    for row in (row for rows in ROWS.values() for row in rows):
        assert row.partition("am ")[2] or row in report
        assert row.partition("am ")[2] in report
    for parts in PARTS.values():
        assert all(part in report for part in parts.values())
    assert "zone: America/New_York" in report
    assert "| 2025-05-24 13:05 | **onset:** one data centre loses power |" in report
    assert "- Time to detect: 7 min (detected - onset)" in report
    assert "- Time to resolve: 1 h 55 min (resolved - onset)" in report
