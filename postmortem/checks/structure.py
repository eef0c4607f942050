"""Rules that the reader keeps: what of a file cannot be read as a report."""

from __future__ import annotations

import re
from collections.abc import Iterator

from postmortem.checks.around import FRONT_MATTER
from postmortem.checks.rules import ERROR, REVIEW, WARNING, Check, Rule, rule
from postmortem.checks.subject import Subject
from postmortem.model import Finding

_BELOW_NOTHING = re.compile(r"(?<![\w.])[-−]\d+ ?(?:s|min|h|d)\b")
"""A length of time that is negative."""


def _passed(code: str) -> Check:
    def check(subject: Subject) -> Iterator[Finding]:
        """Yield what the reader found under that code."""
        return (finding for finding in subject.given if finding.code == code)

    return check


unreadable = Rule(
    code="PM001",
    name="front matter or a merge that cannot be read",
    group="structure",
    severity=ERROR,
    check=_passed("PM001"),
)
misplaced = Rule(
    code="PM002",
    name="a value whose home is the body stands in the front matter",
    group="structure",
    check=_passed("PM002"),
)


@rule(
    code="PM004",
    name="a section that is there twice",
    group="structure",
    severity=ERROR,
    since=REVIEW,
    before=WARNING,
)
def again(subject: Subject) -> Iterator[Finding]:
    """Yield the headings that the reader found a second time, as grave as the stage."""
    for each in subject.given:
        if each.code == "PM004":
            yield each.replace(severity="")


no_such_zone = Rule(
    code="PM101", name="no such time zone", group="facts", check=_passed("PM101")
)


@rule(
    code="PM102",
    name="a fact that cannot be read, or could mean two things",
    group="facts",
    severity=ERROR,
)
def no_value(subject: Subject) -> Iterator[Finding]:
    """Yield what the reader found, as gravely as it says.

    Or as the rule has it, where git knows of a template that the report has lost.
    """
    for each in subject.given:
        if each.code == "PM102":
            yield each.replace(severity="") if subject.around.lost else each


no_row = Rule(
    code="PM103",
    name="a row that cannot be read whole",
    group="facts",
    check=_passed("PM103"),
)
below_event = Rule(
    code="PM104",
    name="text below an event is not in the record",
    group="facts",
    check=_passed("PM104"),
)


@rule(code="PM110", name="a derived line is out of date", group="facts")
def out_of_date(subject: Subject) -> Iterator[Finding]:
    """Yield what the reader found; no line that would tell a negative length.

    The moments behind such a length are wrong, not the line; PM111 says so.
    """
    for each in subject.given:
        if each.code == "PM110" and not _BELOW_NOTHING.search(each.message):
            yield each


@rule(
    code="PM003",
    name="front matter that a formatter or an edit has wrecked",
    group="structure",
    severity=ERROR,
)
def wrecked(subject: Subject) -> Iterator[Finding]:
    """Yield where front matter stands between no fences, or that it is gone."""
    given = [each for each in subject.given if each.code in ("PM001", "PM003")]
    if subject.spans.front or given:
        yield from (each for each in given if each.code == "PM003")
    elif subject.around.lost == FRONT_MATTER:
        yield subject.finding(
            "the front matter is gone, so nothing is asked of this report any more",
            line=1,
            hint="put it back at the top: "
            f"`git log -p -- {subject.path}` shows what it was",
        )
