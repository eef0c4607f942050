"""Rules about what is told and says too little: placeholders, no number, no signal."""

from __future__ import annotations

import re
from collections.abc import Iterator

from postmortem.checks.completeness.left import MAY_WAIT, left
from postmortem.checks.grading import speaks
from postmortem.checks.rules import ERROR, HINT, REVIEW, rule
from postmortem.checks.searching import begun
from postmortem.checks.subject import Subject
from postmortem.model import Finding

_LONG = 200
"""Words of a summary that are too many to be read first."""
_PLACEHOLDER = re.compile(
    r"""\b(?:TODO|TBD|TBC|FIXME|XXX|TKTK)\b | \?{3,} | (?<!\w)\[\.{3}\](?!\()
    | \bTBA(?=\W*$)
    | (?:^|(?<=\|\ )|(?<=-\ )|(?<=:\ ))[Tt]o\ be\ (?:
          (?:filled\ in|added|confirmed|determined|written|completed)\b
          | (?:announced|decided|defined)(?=\W*$) )
    | \b(?:[Ff]ill\ (?:this\ )?in\b(?!\ for) | [Ll]orem\ ipsum )
    | (?<![\w{}]) \{\ ?[a-z][a-z_\ ]{2,30}\ ?\} (?![\w{}])
    | \[(?:insert|describe|add|your|name|date|time|link)\b[^\]\n]{0,40}\](?!\()""",
    re.VERBOSE | re.MULTILINE,
)
_BEGINNINGS = (
    *("todo", "tbd", "tbc", "tba", "fixme", "xxx", "tktk"),
    *("???", "[...]", "{", "fill "),
    *("to be ", "lorem", "[insert", "[describe", "[add", "[your", "[name", "[date"),
    *("[time", "[link"),
)
"""What a placeholder begins with, in small letters."""
_NUMBER = re.compile(
    r"\d|\b(?:all|none|no|every|nobody|everybody|everyone|zero|half|two|three|four"
    r"|five|six|seven|eight|nine|ten|dozens?|hundreds?|thousands?|millions?"
    r"|alle[nr]?|kein[a-z]{0,2}|niemand(?:em|en)?|zwei|drei|vier|fünf|sechs|sieben|acht"
    r"|neun|zehn|zwölf|Dutzende?|Hunderte?|Tausende?|Million(?:en)?)\b",
    re.IGNORECASE,
)
_SOURCE_OF_NUMBER = re.compile(
    r"\b(?:measured|estimat\w+|counted|according to|approx\w*|about|around|roughly|by"
    r" (?:the )?(?:logs?|metrics?|counters?)|gemessen|geschätzt|gezählt|laut|etwa|rund"
    r"|ungefähr|circa)\b|\bca\.|~\s?\d",
    re.IGNORECASE,
)


_STANDS_FOR = "{!r} stands for something that is not written yet"
_WRITE = "write it, or move it to the open questions"


@rule(
    code="PM202",
    name="a placeholder is left",
    group="completeness",
    severity=ERROR,
    since=REVIEW,
)
def placeholder(subject: Subject) -> Iterator[Finding]:
    """Yield words that stand for what somebody meant to write."""
    for name, (start, end) in left(subject).items():
        yield subject.span(
            start,
            end,
            _STANDS_FOR.format(subject.text[start:end]),
            field=name,
            hint=subject.outline.fields[name].question or _WRITE,
        )
    for passage, found in begun(subject, _PLACEHOLDER, _BEGINNINGS, cased=True):
        if passage.field not in MAY_WAIT:
            yield subject.marked(
                passage,
                found,
                _STANDS_FOR.format(found[0]),
                hint=_WRITE,
            )


@rule(
    code="PM203",
    name="an impact without a number",
    group="completeness",
    severity=ERROR,
    since=REVIEW,
)
def impact(subject: Subject) -> Iterator[Finding]:
    """Yield an impact that is empty, or that says neither how many nor how much."""
    said = subject.report.impact
    hint = "say who, how many, for how long; an estimate that says so will do"
    if not subject.has("impact") or said == () or "impact" in left(subject):
        return
    if said is None:
        yield subject.finding(
            "nothing is said of the impact", field="impact", hint=hint
        )
    elif isinstance(said, str) and not (_NUMBER.search(said) or _is_open(subject)):
        yield subject.finding("the impact has no number", field="impact", hint=hint)


def _is_open(subject: Subject) -> bool:
    """Tell whether PM202 speaks of a placeholder in the impact."""
    said = [passage.masked for passage in subject.passages_of("impact")]
    left_open = any(_PLACEHOLDER.search(each) for each in said)
    return left_open and speaks("PM202", subject, "PM203")


@rule(
    code="PM204",
    name="no word of how it was noticed",
    group="completeness",
    severity=ERROR,
    since=REVIEW,
)
def detection(subject: Subject) -> Iterator[Finding]:
    """Yield a report whose template asks how it was noticed, and that does not say."""
    is_empty = subject.report.detection is None and "detection" not in left(subject)
    if subject.has("detection") and is_empty:
        yield subject.finding(
            "nothing is said of how it was noticed",
            field="detection",
            hint="name the signal, and what could have noticed it earlier",
        )


@rule(
    code="PM210",
    name="a summary that is too long",
    group="completeness",
    severity=HINT,
)
def long(subject: Subject) -> Iterator[Finding]:
    """Yield a summary that is longer than what is read before a decision."""
    said = subject.report.summary
    words = len(said.split()) if isinstance(said, str) else 0
    if words > _LONG:
        yield subject.finding(
            f"the summary has {words} words",
            field="summary",
            hint=f"under {_LONG} are read; the rest has sections of its own",
        )


@rule(
    code="PM211",
    name="numbers of which nobody knows how they were found",
    group="completeness",
    severity=HINT,
    since=REVIEW,
)
def measured(subject: Subject) -> Iterator[Finding]:
    """Yield an impact with numbers that says neither measured nor estimated."""
    said = subject.report.impact
    if not isinstance(said, str) or not re.search(r"\d", said):
        return
    if not _SOURCE_OF_NUMBER.search(said):
        yield subject.finding(
            "nothing says whether these numbers are measured or estimated",
            field="impact",
            hint="write (measured) or (estimated from …) behind each",
        )
