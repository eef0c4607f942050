"""Rules about what is told and says too little: placeholders, no number, no signal."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from postmortem.checks.completeness.fillers import (
    is_elsewhere,
    is_later,
    is_nothing,
    is_told,
)
from postmortem.checks.completeness.left import MAY_WAIT, NEVER_NONE, left, opening
from postmortem.checks.completeness.missing import unsaid
from postmortem.checks.completeness.noticed import says_no_signal
from postmortem.checks.completeness.numbers import has_amount, has_number
from postmortem.checks.grading import speaks
from postmortem.checks.passages import Passage
from postmortem.checks.rules import ERROR, HINT, REVIEW, rule
from postmortem.checks.searching import begun
from postmortem.checks.subject import Subject
from postmortem.model import Finding

_LONG = 200
"""Words of a summary that are too many to be read first."""
_PLACEHOLDER = re.compile(
    r"""(?<!\b[Aa]\ )(?<!\b[Tt]he\ )\b(?:TODO|FIXME)\b
    | \b(?:TBD|TBC|XXX|TKTK)\b | (?<![^\W\d_])(?<![?!])\?{3,}
    | (?<!\w)\[\.{3}\](?!\()
    | \bTBA(?=\W*$)
    | (?:^|(?<=\|\ )|(?<=-\ )|(?<=:\ ))[Tt]o\ be\ (?:
          (?:filled\ in|added|confirmed|determined|written|completed)\b
          | (?:announced|decided|defined)(?=\W*$) )
    | (?: (?<![\w,)]\ )\bFill | (?<![\w,)]\s)\bfill | (?<=lease\s)fill )
      \ (?:this\ )?in\b(?!\ for)
    | \b[Ll]orem\ ipsum
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
_SOURCE_OF_NUMBER = re.compile(
    r"\b(?:measured|estimat\w+|counted|calculat\w+|according to|approx\w*|about|around"
    r"|roughly|(?:by|from) (?:\S+ ){0,2}(?:logs?|metrics?|counters?|ledgers?)"
    r"|gemessen|geschätzt|gezählt|berechnet|laut|etwa|rund|ungefähr|circa)\b"
    r"|\bca\.|~\s?\d|実測|計測|推定|約"
)
"""In small letters."""


_FIGURES = "impact_figures"
"""The table that some templates have beside the impact."""
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
    whole = dict(_whole(subject))
    for passage, said in whole.values():
        start = passage.text.find(said)
        yield subject.marked(
            passage,
            (start, start + len(said)),
            _STANDS_FOR.format(said),
            hint=_question(subject, passage) or _WRITE,
        )
    for passage, found in begun(subject, _PLACEHOLDER, _BEGINNINGS, cased=True):
        if passage.field not in MAY_WAIT and passage.start not in whole:
            yield subject.marked(
                passage,
                found,
                _STANDS_FOR.format(found[0]),
                hint=_WRITE,
            )


def _whole(subject: Subject) -> Iterator[tuple[int, tuple[Passage, str]]]:
    """Yield by their beginning the passages that are such words alone, with these."""
    for passage in subject.passages:
        text = passage.text
        if passage.field in MAY_WAIT:
            continue
        if passage.field != "title" and (word := opening(passage.masked)):
            yield passage.start, (passage, word)
        elif not is_told(text) and _stands_for(passage):
            said = text.partition("<!--")[0].strip() or text.strip()
            yield passage.start, (passage, said.splitlines()[0])


def _stands_for(passage: Passage) -> bool:
    """Tell whether all of a passage stands for what is not there."""
    text = passage.text
    if is_later(text) or (_is_never_none(passage) and is_nothing(text)):
        return True
    return passage.row is None and is_elsewhere(text)


def _question(subject: Subject, passage: Passage) -> str | None:
    """Return what the template asks where a whole section is left to be written."""
    known = subject.outline.fields.get(passage.field)
    return known.question if known and passage.row is None else None


def _is_never_none(passage: Passage) -> bool:
    """Tell whether a passage that says that there is none says nothing."""
    if passage.row is None:
        return passage.field in NEVER_NONE
    return passage.part == "done_when"


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
        yield unsaid(subject, "impact", "nothing is said of the impact", hint)
    elif isinstance(said, str) and not (has_number(said) or _is_open(subject)):
        yield subject.finding("the impact has no number", field="impact", hint=hint)


def _is_open(subject: Subject) -> bool:
    """Tell whether PM202 speaks of a placeholder in the impact."""
    said = subject.passages_of("impact")
    left_open = any(
        _PLACEHOLDER.search(it.masked) or opening(it.masked) or _stands_for(it)
        for it in said
    )
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
    said = subject.report.detection
    is_empty = said is None and "detection" not in left(subject)
    is_empty = is_empty or (isinstance(said, str) and says_no_signal(said))
    if subject.has("detection") and is_empty:
        yield unsaid(
            subject,
            "detection",
            "nothing is said of how it was noticed",
            "name the signal, and what could have noticed it earlier",
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
        bare = re.sub(r"!\[[^\]]*\]\([^)\s]*(?: [^)]*)?\)", " ", said or "")
        words = len(re.findall(r"\S*\w\S*", bare))
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
    if not isinstance(said, str) or not has_amount(said):
        return
    if not (_SOURCE_OF_NUMBER.search(said.lower()) or _is_in_figures(subject)):
        yield subject.finding(
            "nothing says whether these numbers are measured or estimated",
            field="impact",
            hint="write (measured) or (estimated from …) behind each",
        )


def _is_in_figures(subject: Subject) -> bool:
    """Tell whether a table of figures says of each how it was found."""
    rows = subject.report.value(_FIGURES)
    if not isinstance(rows, tuple) or not rows:
        return False
    said = [row.get("basis") for row in rows if isinstance(row, Mapping)]
    return all(it and not is_later(it) and not is_nothing(it) for it in said)
