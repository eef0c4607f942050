"""The samples are what the tool makes of their answers, and keep what is promised."""

from __future__ import annotations

import difflib
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import pytest

from postmortem import answers, archive, files, markdown, shipped, yamls
from postmortem.answers import Asked
from postmortem.markdown import Template
from postmortem.model import DONE, MOMENTS, Report
from postmortem.settings import Settings
from postmortem.templating import Source

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
EVERY = sorted(path.parent.name for path in SAMPLES.glob("*/answers.yaml"))
SHIPPED = Source(path=shipped.templates_folder() / "reports", trusted=True)
PROVENANCE = "Reconstructed from public reporting"
NOW = datetime(2026, 1, 1, tzinfo=UTC)
"""Nothing in a sample counts from the present."""

every_sample = pytest.mark.parametrize("name", EVERY)


@cache
def remade(name: str) -> tuple[Report, Template]:
    """Return the record of a sample's answers, and the template that they name."""
    path = SAMPLES / name / "answers.yaml"
    text = files.read(path).text
    wanted = yamls.load(text).entries["template"].value
    template = markdown.load(str(wanted), (SHIPPED,))
    settings = Settings()
    levels = tuple(each.name for each in settings.severities)
    choices = {"severity": levels, "status": settings.statuses}
    asked = Asked(outline=template.outline, now=NOW, choices=choices)
    answered = answers.read(text, asked, path=path.name)
    assert answered.problems == ()
    assert answers.missing(answered, template.outline) == ()
    report = answered.report
    born = archive.birth_id(report, NOW)
    return report.replace(id=born, template=template.outline.reference), template


def committed(name: str) -> tuple[str, Report, Template]:
    """Return a sample's report as it stands, what it says, and its template."""
    report, template = remade(name)
    text = files.read(SAMPLES / name / f"{report.id}.md").text
    return text, markdown.read(text, template).report, template


@every_sample
def test_a_report_is_remade_byte_for_byte(
    name: str, request: pytest.FixtureRequest
) -> None:
    """What stands in the folder is what its answers give; `--update` puts it there."""
    report, template = remade(name)
    made = markdown.write(report, template).encode()
    path = SAMPLES / name / f"{report.id}.md"
    if request.config.getoption("--update"):
        path.write_bytes(made)

    assert list(path.parent.glob("*.md")) == [path]
    assert path.read_bytes() == made


@every_sample
def test_a_report_says_what_the_answers_say(name: str) -> None:
    """It reads back equal, with nothing to remark."""
    report, template = remade(name)
    text, _, _ = committed(name)

    reading = markdown.read(text, template)

    assert reading.report == markdown.canonical(report, template)
    assert reading.findings == ()


@every_sample
def test_what_is_derived_is_fresh(name: str) -> None:
    """No derived line says anything else than the facts, and a refresh changes none."""
    text, _, template = committed(name)

    assert markdown.stale(text, template) == ()
    assert markdown.refresh(text, template) == text


@every_sample
@pytest.mark.parametrize("field", ["title", "owner", "summary", "lucky", "action"])
def test_one_changed_value_is_one_hunk(name: str, field: str) -> None:
    """A review sees the change and nothing else."""
    text, report, template = committed(name)

    changed = _changed(report, field)
    new = markdown.rewrite(text, changed, template)

    assert markdown.read(new, template).report == changed
    diff = difflib.unified_diff(text.splitlines(), new.splitlines(), lineterm="")
    assert sum(line.startswith("@@") for line in diff) == 1


@every_sample
def test_a_sample_says_that_it_is_reconstructed(name: str) -> None:
    """At the top of the answers, and once in the report, where a reader meets it."""
    text, _, _ = committed(name)
    first, _, _ = files.read(SAMPLES / name / "answers.yaml").text.partition("\n")

    assert first.startswith(f"# {PROVENANCE}")
    assert "invented" in first
    assert text.count(PROVENANCE) == 1


@every_sample
def test_a_sample_is_complete(name: str) -> None:
    """It shows what a finished report holds: nothing is unknown, each promise whole."""
    _, report, template = committed(name)

    assert answers.unknown(report, template.outline) == ()
    actions = report.actions or ()
    assert {"prevent", "detect"} <= {each.type for each in actions}
    assert all(each.owner and each.due and each.done_when for each in actions)


@every_sample
def test_the_timeline_agrees_with_the_moments(name: str) -> None:
    """A row named for a moment has its time, and rows are in order."""
    _, report, _ = committed(name)
    rows = report.timeline or ()

    for row in rows:
        if row.kind in MOMENTS:
            moment = report.value(row.kind)
            said = (row.at, row.approximate)
            assert moment is None or said == (moment.at, moment.approximate)
    times = [row.at for row in rows if row.at]
    assert times == sorted(times)


@every_sample
def test_related_reports_are_here(name: str) -> None:
    """A link between samples leads to one of them."""
    _, report, _ = committed(name)

    known = {remade(other)[0].id for other in EVERY}

    assert set(report.related or ()) <= known - {report.id}


@every_sample
def test_the_readme_names_every_file(name: str) -> None:
    """Whoever opens the folder finds the answers and the report."""
    text = files.read(SAMPLES / "README.md").text
    report, _ = remade(name)

    assert f"{name}/answers.yaml" in text
    assert f"{name}/{report.id}.md" in text


def _changed(report: Report, field: str) -> Report:
    if field == "action":
        first, *rest = report.actions or ()
        done = first.replace(status=DONE, due=date(2031, 1, 2))
        return report.replace(actions=(done, *rest))
    said = report.value(field)
    return report.with_value(field, f"{said} again")
