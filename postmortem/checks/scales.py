"""Rules about the words of the team's scales: the severity and status of a report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from postmortem.checks.form import nearest
from postmortem.checks.rules import ERROR, WARNING, rule
from postmortem.checks.subject import Subject
from postmortem.model import Finding

_OF_INCIDENTS = frozenset(
    (
        *("investigating", "identified", "monitoring", "resolved", "mitigated"),
        *("scheduled", "in progress", "verifying", "completed", "ongoing"),
        *("triggered", "acknowledged", "detected", "active"),
    )
)
"""How far an incident is, or a maintenance, as status pages and pagers say it."""


@rule(code="PM606", name="a severity that is none of the team's", group="form")
def unknown_severity(subject: Subject) -> Iterator[Finding]:
    """Yield a severity that the settings do not have.

    What other people's front matter calls otherwise may be of another scale.
    """
    if subject.foreign and "severity" not in subject.spans.front:
        return
    words = [level.name for level in subject.settings.severities]
    yield from _unknown(subject, "severity", words)


@rule(
    code="PM613",
    name="a status that is missing, or none of the team's",
    group="form",
    severity=ERROR,
)
def no_status(subject: Subject) -> Iterator[Finding]:
    """Yield what keeps everybody from knowing how much may be asked of a report.

    That holds up drafts as well: nobody can tell whether it is one. A report that is
    read by its headings has the words of another team, or those of an incident.
    """
    words = list(subject.settings.statuses)
    if not _is_of_incident(subject):
        for each in _unknown(subject, "status", words):
            yield each.replace(severity=WARNING) if subject.foreign else each
    unreadable = any(
        each.field == "status" and each.severity == ERROR for each in subject.given
    )
    if subject.report.status or unreadable or subject.foreign:
        return
    if subject.has("status"):
        entry = subject.spans.front.get("status")
        line = (entry.key or entry).line if entry else 1
        yield subject.finding(
            "it has no status, so nobody can tell what may be asked of it",
            line=line,
            hint=f"write `status: {words[0]}` into the front matter, or another of"
            f" {', '.join(words[1:])}",
        )


def _is_of_incident(subject: Subject) -> bool:
    """Tell whether the status of a report of no template is that of what happened.

    Not where git knows of a template that the report has lost.
    """
    if not subject.foreign or subject.report.template or subject.around.lost:
        return False
    said = (subject.report.status or "").casefold()
    return said.replace("_", " ").replace("-", " ") in _OF_INCIDENTS


def _unknown(subject: Subject, name: str, words: Sequence[str]) -> Iterator[Finding]:
    said = subject.report.value(name)
    if said and said.casefold() not in [word.casefold() for word in words]:
        near = nearest(said, words)
        yield subject.finding(
            f"{said!r} is no {name} here",
            field=name,
            hint=f"did you mean {near}?" if near else f"use {', '.join(words)}",
        )
