"""Honest time: an instant is what was written, and what could be two is asked about."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo

from hypothesis import strategies as st

from postmortem import markdown, moments
from postmortem.errors import PostmortemError
from postmortem.markdown import inline
from postmortem.model import Event, Moment, Report
from tests import statements
from tests.laws import every_template, law, template
from tests.moments.mistakes import AMBIGUOUS

PARIS = moments.zone("Europe/Paris")
NEAR = datetime(2026, 11, 20, 14, tzinfo=UTC)
WORDING = "when somebody saw it"
"""The wording of a time, to put others in its place."""
MISSING = "2026-03-29 02:30"
"""A time of day that Paris did not have: its clocks went forward."""
LOCAL = ("lists", "tables")
"""Templates that show events in the zone of the report."""


@law
def test_time_is_honest(name: str, data: st.DataObject) -> None:
    """An instant is read back as written, to the microsecond, in any zone."""
    statements.honest_time(template(name), Report(), data)


@every_template
def test_a_time_that_could_be_two_is_a_finding(name: str) -> None:
    """The event keeps its wording, and its line says that somebody has to choose."""
    for said in ambiguous(zone_of(name), NEAR):
        text = log(name, said)

        report, _, findings = markdown.read(text, template(name))

        assert [(event.at, event.said) for event in report.timeline or ()] == [
            (NEAR, None),
            (None, said),
            (None, None),
        ]
        assert [finding.line for finding in findings] == [line_of(said, text)]
        assert findings[0].hint


@every_template
def test_a_time_without_a_day_is_a_finding(name: str) -> None:
    """Where neither a row above nor a moment tells the day, none is made up."""
    report = Report(zone="Europe/Paris", timeline=(Event(text="e", said=WORDING),))
    text = put(markdown.write(report, template(name)), "14:32")

    back, _, findings = markdown.read(text, template(name))

    assert [(event.at, event.said) for event in back.timeline or ()] == [
        (None, "14:32")
    ]
    assert [finding.line for finding in findings] == [line_of("14:32", text)]


@every_template
def test_a_moment_that_could_be_two_is_a_finding(name: str) -> None:
    """A fact of the front matter is not known until somebody chose, and says so."""
    text = markdown.write(Report(zone="Europe/Paris"), template(name))
    for said in ambiguous(PARIS, None):
        new = text.replace("---\n", f'---\nresolved: "{said}"\n', 1)

        report, _, findings = markdown.read(new, template(name))

        assert report.resolved is None
        assert [(found.line, found.field) for found in findings] == [(2, "resolved")]


@every_template
def test_a_time_that_could_be_two_stays_as_it_is(name: str) -> None:
    """An edit of something else does not choose either."""
    for said in ambiguous(zone_of(name), NEAR):
        text = log(name, said)
        report = markdown.read(text, template(name)).report

        new = markdown.rewrite(text, report.replace(owner="web"), template(name))

        assert text.split("\n")[line_of(said, text) - 1] in new.split("\n")


def ambiguous(zone: tzinfo, previous: datetime | None) -> list[str]:
    """Return the spellings that could be several times, or none, in a zone."""
    found = []
    for said in (*AMBIGUOUS, MISSING):
        try:
            moments.read(said, zone=zone, near=previous, previous=previous)
        except PostmortemError:
            found.append(said)
    return found


def zone_of(name: str) -> tzinfo:
    """Return the zone in which a template, or the last section, shows events."""
    placed = "timeline" in template(name).outline.placed()
    return moments.zone("UTC") if placed and name not in LOCAL else PARIS


def log(name: str, said: str) -> str:
    """Return a text with three events, the second at a time of that wording."""
    report = Report(
        zone="Europe/Paris",
        onset=Moment(at=NEAR),
        timeline=(
            Event(text="it began", at=NEAR),
            Event(text="it went on", said=WORDING),
            Event(text="it ended"),
        ),
    )
    return put(markdown.write(report, template(name)), said)


def put(text: str, said: str) -> str:
    """Put a time in the place of the wording, as a person types it."""
    return text.replace(f"{WORDING}{inline.BREAK}", said).replace(WORDING, said)


def line_of(said: str, text: str) -> int:
    """Return the line on which something is said, counted from 1."""
    lines = text.split("\n")
    return next(at for at, line in enumerate(lines, 1) if said in line)
