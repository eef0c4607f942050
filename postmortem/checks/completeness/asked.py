"""Rules about fields that are empty: what a template asks for, and every report."""

from __future__ import annotations

from collections.abc import Iterator

from postmortem.checks.completeness.fillers import is_nobody
from postmortem.checks.completeness.left import NEVER_NONE, left
from postmortem.checks.completeness.missing import is_missing, says_more, unsaid
from postmortem.checks.rules import ERROR, FINAL, REVIEW, WARNING, rule
from postmortem.checks.subject import Subject
from postmortem.markdown import STANDARD
from postmortem.model import Finding

LESSONS = ("went_well", "was_hard", "lucky", "lessons")
_OPTIONAL = ("appendix", "background", "open_questions", "revisions", "related")
"""What a report may leave empty without a word."""
_TOLD_ELSEWHERE = ("impact", "detection", "timeline", "actions", *LESSONS)
"""Fields of whose absence another rule speaks."""
_FACTS = (("owner",), ("severity",), ("onset", "detected"), ("mitigated", "resolved"))
"""Of each of these, one at least is known of every incident."""
_ENDS = (("onset", "detected"), ("resolved", "mitigated"))
"""What a final report says as well: no length is counted from what stands beside it."""
_NEAR_MISS = "near miss"


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
        if _is_unknown(subject, name) and name not in left(subject):
            known = subject.outline.fields.get(name) or STANDARD.get(name)
            label = known.label if known and known.label else name
            yield unsaid(
                subject,
                name,
                f"{label!r} is empty",
                known.question if known and known.question else None,
                ", and the template requires it",
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
        here = [name for name in asked if not is_missing(subject, name)]
        nothing = "nothing is said" if here else "there is no section"
        yield subject.finding(
            f"{nothing} of what went well, what was hard, and where luck helped",
            field=(here or asked)[0],
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
        yield unsaid(
            subject,
            name,
            f"{label!r} is empty",
            f"write it, or _{subject.outline.labels['none']}_ if there is none",
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
        is_empty = subject.report.value(name) is None and not _in_prose(subject, name)
        if is_empty and name in placed and name not in told and known.in_body:
            none = subject.outline.labels["none"]
            hint = f"write it, or _{none}_ if there is none"
            yield unsaid(
                subject,
                name,
                f"{known.label or name!r} is empty",
                known.question or hint if name in NEVER_NONE else hint,
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
    if subject.foreign:
        from postmortem.checks.completeness.unread import holds_events

        if holds_events(subject):
            return
    if says_more(subject, "timeline"):
        yield subject.finding(
            "nothing that stands here is read as an event",
            heading="timeline",
            severity=WARNING,
            hint="write a table or a list of them, each beginning with its time",
        )
    else:
        yield unsaid(
            subject,
            "timeline",
            "the timeline has no event",
            "begin with onset, first sign, turning point and end",
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
        missing = all(_is_unknown(subject, name) for name in known)
        if known and missing and not asked.intersection(known):
            written = [name for name in known if name in subject.spans.front]
            yield subject.finding(
                f"the front matter has no {' and no '.join(known)}",
                field=written[0] if written else None,
                hint=subject.outline.fields[known[-1]].question,
            )
    if not subject.reached(FINAL) or _is_near_miss(subject):
        return
    for name, instead in _ENDS:
        told = subject.has(name) and name not in asked
        if told and _is_unknown(subject, name) and not _is_unknown(subject, instead):
            yield subject.finding(
                f"it is final, and the front matter has no {name}",
                severity=WARNING,
                hint=subject.outline.fields[name].question,
            )


def _is_near_miss(subject: Subject) -> bool:
    """Tell whether nothing happened: then nothing began, and nothing was over."""
    report = subject.report
    said = " ".join((report.title or "", report.id or "", *(report.tags or ())))
    return _NEAR_MISS in said.casefold().replace("-", " ")


def _is_unknown(subject: Subject, name: str) -> bool:
    """Tell whether a field has no value, or one that says that there is none yet."""
    value = subject.report.value(name)
    return value in (None, "") or (name == "owner" and is_nobody(value))


def _in_prose(subject: Subject, name: str) -> bool:
    """Tell whether a report of no template of ours tells in prose what rows are for."""
    return subject.foreign and bool(subject.passages_of(name))


def _is_told(subject: Subject, name: str) -> bool:
    """Tell whether a field has a text, if only a placeholder; PM202 speaks of that."""
    return subject.report.value(name) is not None or name in left(subject)


def _required(subject: Subject) -> tuple[str, ...]:
    report, statuses = subject.report, subject.settings.statuses
    return subject.outline.required_for(
        status=report.status, severity=report.severity, statuses=statuses
    )
