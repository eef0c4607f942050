"""What comes with the tool has nothing to find: samples, presets, fresh reports."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from postmortem import checks, markdown
from postmortem.checks import Around
from postmortem.model import Finding, Report
from tests.checks.reports import template
from tests.laws import PRESETS

TESTS = Path(__file__).parent.parent
SAMPLES = sorted((TESTS.parent / "samples").glob("*/2*.md"))
LAID_OUT = sorted((TESTS / "presets").glob("*.md"))
_NOT_ASKED = "PM207"


@pytest.mark.parametrize("path", SAMPLES, ids=[path.stem for path in SAMPLES])
def test_a_sample_has_no_finding_above_a_hint(path: Path) -> None:
    """In the days after the incident, when it was written."""
    assert _grave(path.read_text("utf-8")) == []


@pytest.mark.parametrize("path", LAID_OUT, ids=[path.stem for path in LAID_OUT])
def test_a_sample_laid_out_by_another_preset_is_at_most_incomplete(path: Path) -> None:
    """That preset asks for sections which the sample never answered, and no more."""
    found = _grave(path.read_text("utf-8"))

    assert [it for it in found if it.code != _NOT_ASKED] == []


@pytest.mark.parametrize("name", PRESETS)
def test_a_fresh_report_has_no_finding_above_a_hint(name: str) -> None:
    """Somebody who has answered nothing yet is told nothing."""
    begun = Report(title="Search down", status="draft")
    text = markdown.write(begun, template(name))

    assert _grave(text) == []


def _grave(text: str) -> list[Finding]:
    (line,) = (it for it in text.splitlines() if it.startswith("template: "))
    known = template(line.split()[1])
    reading = markdown.read(text, known)
    report = reading.report
    end = report.closed or report.resolved or report.detected
    last = max(
        (
            it.at
            for it in (end, *(event for event in report.timeline or ()))
            if it and it.at
        ),
        default=datetime.fromisoformat("2026-03-01T12:00Z"),
    )
    subject = checks.subject_of(
        text,
        reading,
        known.outline,
        path="report.md",
        now=last + timedelta(hours=1),
        given=markdown.stale(text, known),
        around=Around(is_file=lambda _: False),
    )
    return [it for it in checks.check(subject) if it.severity != checks.HINT]
