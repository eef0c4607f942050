"""The rule about a report that git did not have: it begins as reports do here."""

from __future__ import annotations

from collections.abc import Iterator
from shlex import quote

from postmortem.checks.around import NEW
from postmortem.checks.rules import rule
from postmortem.checks.subject import Subject
from postmortem.model import Finding


@rule(code="PM615", name="a new report without front matter", group="form")
def bare(subject: Subject) -> Iterator[Finding]:
    """Yield that a report is new, and that nothing is asked of it."""
    if subject.around.lost != NEW or subject.spans.front:
        return
    command = f"postmortem convert {quote(subject.path)}"
    yield subject.finding(
        "this new report has no front matter, so nobody is told what is missing",
        line=1,
        hint=f"`{command} --template {subject.settings.template}` lays it out; write "
        f"`status: {subject.settings.statuses[0]}` above then",
    )
