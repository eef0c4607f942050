"""Rules about fields that are empty: what a template asks for, and every report."""

from __future__ import annotations

import re
from collections.abc import Iterator

from postmortem.checks import places
from postmortem.checks.completeness.left import left
from postmortem.checks.rules import ERROR, REVIEW, WARNING, rule
from postmortem.checks.subject import Subject
from postmortem.escape import uncommented
from postmortem.markdown import STANDARD
from postmortem.model import Finding

LESSONS = ("went_well", "was_hard", "lucky", "lessons")
_OPTIONAL = ("appendix", "background", "open_questions", "revisions", "related")
"""What a report may leave empty without a word."""
_TOLD_ELSEWHERE = ("impact", "detection", "timeline", "actions", *LESSONS)
"""Fields of whose absence another rule speaks."""
_NEVER_NONE = ("summary", "what_happened", "factors")
"""What every incident has."""
_TOLD = 12
"""From so many words on something is told."""
_HEADING = re.compile(r"(#{1,6})\s")
_NO_WORDS = re.compile(r"^(?:\|.*|_.*_)$", re.MULTILINE)
"""Comments, the heads of an empty table, and what says that nothing is known."""
_FACTS = (("owner",), ("severity",), ("onset", "detected"), ("mitigated", "resolved"))
"""Of each of these, one at least is known of every incident."""


@rule(
    code="PM201",
    name="a field that the template requires is empty",
    group="completeness",
    severity=ERROR,
    since=REVIEW,
)
def required(subject: Subject) -> Iterator[Finding]:
    """Yield what the template requires of this status and severity."""
    for name in _required(subject):
        if subject.report.value(name) in (None, "") and name not in left(subject):
            known = subject.outline.fields.get(name) or STANDARD.get(name)
            label = known.label if known and known.label else name
            yield subject.finding(
                f"{label!r} is empty, and the template requires it",
                field=name,
                hint=known.question if known and known.question else None,
            )


@rule(
    code="PM205",
    name="no lessons",
    group="completeness",
    severity=ERROR,
    since=REVIEW,
)
def lessons(subject: Subject) -> Iterator[Finding]:
    """Yield a report in which everything that asks for lessons is empty."""
    asked = [name for name in LESSONS if subject.has(name)]
    if asked and not any(_is_told(subject, name) for name in asked):
        yield subject.finding(
            "nothing is said of what went well, what was hard, and where luck helped",
            field=asked[0],
            hint="one honest line each is enough to begin with",
        )


@rule(
    code="PM206",
    name="a part of the lessons is missing",
    group="completeness",
    since=REVIEW,
)
def some_lessons(subject: Subject) -> Iterator[Finding]:
    """Yield each kind of lesson that is empty where another one is not."""
    asked = [name for name in LESSONS if subject.has(name)]
    told = [name for name in asked if _is_told(subject, name)]
    wanted = [name for name in asked if name != "lessons"] if told else ()
    for name in [name for name in wanted if name not in told]:
        label = subject.outline.fields[name].label
        yield subject.finding(
            f"{label!r} is empty",
            field=name,
            hint=f"write it, or _{subject.outline.labels['none']}_ if there is none",
        )


@rule(
    code="PM207",
    name="an empty section",
    group="completeness",
    severity=ERROR,
    since=REVIEW,
)
def empty(subject: Subject) -> Iterator[Finding]:
    """Yield sections that have no text, and do not say that there is none."""
    placed = subject.outline.placed()
    told = {*_OPTIONAL, *_TOLD_ELSEWHERE, *_required(subject), *left(subject)}
    for name, known in subject.outline.fields.items():
        is_empty = subject.report.value(name) is None
        if is_empty and name in placed and name not in told and known.in_body:
            none = subject.outline.labels["none"]
            hint = f"write it, or _{none}_ if there is none"
            yield subject.finding(
                f"{known.label or name!r} is empty",
                field=name,
                hint=known.question or hint if name in _NEVER_NONE else hint,
            )


@rule(
    code="PM208",
    name="no timeline",
    group="completeness",
    severity=ERROR,
    since=REVIEW,
)
def timeline(subject: Subject) -> Iterator[Finding]:
    """Yield a report without an event whose template asks for them."""
    said = subject.report.timeline or "timeline" in left(subject)
    if not subject.has("timeline") or said:
        return
    if _says_more(subject):
        yield subject.finding(
            "nothing that stands here is read as an event",
            heading="timeline",
            severity=WARNING,
            hint="write a table or a list of them, each beginning with its time",
        )
    else:
        yield subject.finding(
            "the timeline has no event",
            field="timeline",
            hint="begin with onset, first sign, turning point and end",
        )


@rule(
    code="PM209",
    name="a fact that every report has is missing",
    group="completeness",
    severity=ERROR,
    since=REVIEW,
)
def facts(subject: Subject) -> Iterator[Finding]:
    """Yield facts that nobody wrote: owner, severity, a beginning and an end."""
    asked = set(_required(subject))
    for names in _FACTS:
        known = [name for name in names if subject.has(name)]
        missing = all(subject.report.value(name) is None for name in known)
        if known and missing and not asked.intersection(known):
            yield subject.finding(
                f"the front matter has no {' and no '.join(known)}",
                hint=subject.outline.fields[known[-1]].question,
            )


def _says_more(subject: Subject) -> bool:
    """Tell whether the timeline has text in another form than a list or table."""
    first = places.heading_of("timeline", subject.spans, subject.outline)
    if first is None:
        return False
    level = _HEADING.match(subject.lines[first - 1])
    text = []
    for line in subject.lines[first:]:
        found = _HEADING.match(line)
        if found and (level is None or len(found[1]) <= len(level[1])):
            break
        text.append(line)
    said = _NO_WORDS.sub(" ", uncommented("\n".join(text)))
    return len(said.split()) >= _TOLD


def _is_told(subject: Subject, name: str) -> bool:
    """Tell whether a field has a text, if only a placeholder; PM202 speaks of that."""
    return subject.report.value(name) is not None or name in left(subject)


def _required(subject: Subject) -> tuple[str, ...]:
    report, statuses = subject.report, subject.settings.statuses
    return subject.outline.required_for(
        status=report.status, severity=report.severity, statuses=statuses
    )
