"""Rules about causes: several, each a condition that the organisation can change."""

from __future__ import annotations

import re
from collections.abc import Iterator

from postmortem.checks.blamed import blamed
from postmortem.checks.coverage import (
    ACCEPTED,
    NO_CAUSES,
    above,
    covered,
    keys,
    kind,
    meant,
    said,
    those_there,
    unanswered,
)
from postmortem.checks.grading import speaks
from postmortem.checks.rules import HINT, REVIEW, rule
from postmortem.checks.subject import Subject
from postmortem.model import Factor, Finding

_WORD = re.compile(r"\w{3,}")
_ALIKE = 0.8
"""The part of the words that two texts share when they say the same."""
_ALONE = re.compile(
    r"""\b(?: no\ other | nothing\ else | none\ else | the\ only\ one | ruled\ out
              | looked\ for
              | (?:only|single|sole|alone)\b[^.\n]{0,40}
                \b(?:causes?|factors?|conditions?|reasons?)
              | (?:causes?|factors?|conditions?|reasons?)\b[^.\n]{0,40}
                \b(?:only|single|sole|alone) )\b""",
    re.VERBOSE | re.IGNORECASE,
)
_NONE = re.compile(r"\W*(?:none|nothing|no safeguard)\b", re.IGNORECASE)
_HELD = re.compile(
    r"""\b(?:held(?!\ (?:back|up)) | caught | paged | worked | hielt | griff
          | stopped\ (?:all|an?|any|each|every|further|it|the|them|this) )\b""",
    re.VERBOSE | re.IGNORECASE,
)
_NOT_HELD = re.compile(
    r"""\b(?: fail\w* | not? | never | none | nothing | nobody | half | until
          | only | just | but | late | later | too | wrong | one\ of | some | should
          | aber | bis | erst | kein\w* | leere | nicht | nichts | nie | nur | zu )\b
        | n['’]t\b""",
    re.VERBOSE | re.IGNORECASE,
)
"""What says that a safeguard held in part, or too late."""
_SAFEGUARD = "safeguard"
_NOT_CAUSES = (*NO_CAUSES, _SAFEGUARD)


@rule(code="PM301", name="the trigger given as the cause", group="causes")
def trigger(subject: Subject) -> Iterator[Finding]:
    """Yield causes that only repeat the event that set it off."""
    triggers = [_words(subject.report.trigger)]
    for number, factor in enumerate(subject.report.factors or ()):
        if kind(factor) == "trigger":
            triggers.append(_words(factor.text))
        elif kind(factor) == "root" and _same(_words(factor.text), triggers):
            yield subject.at_row("factors", number, _TRIGGER, hint=_TRIGGER_HINT)
    if _same(_words(subject.report.root_causes), triggers):
        yield subject.finding(_TRIGGER, field="root_causes", hint=_TRIGGER_HINT)


_TRIGGER = "the cause says no more than the trigger"
_TRIGGER_HINT = "say which condition let such an event do harm"


@rule(code="PM302", name="a chain that ends with a person", group="causes")
def person(subject: Subject) -> Iterator[Finding]:
    """Yield causes behind which nothing is asked, and that are somebody's error."""
    message = "this chain of causes ends with what somebody did or did not do"
    hint = "ask what made it likely, and easy: tools, defaults, checks, load"
    factors = subject.report.factors or ()
    for passage in subject.passages_of("factors", "root_causes"):
        at = passage.row
        factor = factors[at] if at is not None and at < len(factors) else None
        goes_on = factor and (factor.cause or kind(factor) in NO_CAUSES)
        if goes_on or passage.part == "evidence":
            continue
        for found in blamed(subject.small(passage)):
            yield subject.marked(passage, found, message, hint=hint)
            if factor is not None:
                break


@rule(code="PM303", name="a single cause", group="causes", since=REVIEW)
def single(subject: Subject) -> Iterator[Finding]:
    """Yield a report with one cause, unless it says why there is no other."""
    report = subject.report
    counted = [
        (number, factor)
        for number, factor in enumerate(report.factors or ())
        if kind(factor) != "mitigating"
    ]
    if len(counted) != 1 or _lines(report.root_causes) > 1:
        return
    ((number, factor),) = counted
    told = (report.root_causes, report.what_happened)
    prose = " ".join(each for each in told if isinstance(each, str))
    if not _ALONE.search(f"{said(factor)} {prose}"):
        yield subject.at_row(
            "factors",
            number,
            "one factor alone is told",
            hint="what made it larger, longer, or late to be seen? If nothing did,"
            " say that it is the only one",
        )


@rule(code="PM304", name="a factor that nothing answers", group="causes", since=REVIEW)
def no_answer(subject: Subject) -> Iterator[Finding]:
    """Yield factors with no action, whose risk nobody accepts; PM409 has typos."""
    none = subject.report.actions is None and subject.has("actions")
    if none and speaks("PM407", subject, "PM304"):
        return
    told = set(meant(subject).values())
    if not told and subject.report.actions and not covered(subject):
        if subject.keeps("actions", "factor") and _counted(subject):
            yield subject.finding(
                "no action says which factor it answers",
                heading="actions",
                hint="write the factor's key into the action, as in (owner, F2)",
            )
        return
    for number, factor in unanswered(subject):
        if factor.key and kind(factor) != _SAFEGUARD and factor.key not in told:
            yield subject.at_row(
                "factors",
                number,
                f"no action answers {factor.key}, and its risk is not accepted",
                hint=f"name {factor.key} in an action, or say that the risk is"
                " accepted, and by whom",
            )


@rule(
    code="PM305",
    name="a safeguard that failed and is not followed up",
    group="causes",
    since=REVIEW,
)
def safeguard(subject: Subject) -> Iterator[Finding]:
    """Yield safeguards that failed and that no action is about."""
    factors, told = subject.report.factors or (), set(meant(subject).values())
    for number, factor in unanswered(subject):
        failed = kind(factor) == _SAFEGUARD and not _held(factor.text)
        if failed and factor.key not in told:
            message = f"no action is about this safeguard, {factor.key or 'no key'}"
            hint = "name its key in an action, or accept the risk in words"
            yield subject.at_row("factors", number, message, hint=hint)
    text = subject.report.safeguards_failed
    listed = any(kind(factor) == _SAFEGUARD for factor in factors)
    if not isinstance(text, str) or listed:
        return
    if ACCEPTED.search(text) or _NONE.match(text):
        return
    actions = subject.report.actions or ()
    keyed = any(it.key for it in factors) or any(it.key for it in actions)
    if keyed and not keys(text):
        yield subject.finding(
            "safeguards failed, and no action or factor is named here",
            field="safeguards_failed",
            severity=HINT,
            hint="write the key of what follows from each, as in (F2) or (A3)",
        )


@rule(code="PM306", name="a chain of causes that loops", group="causes")
def loop(subject: Subject) -> Iterator[Finding]:
    """Yield factors that come from themselves, by however many steps."""
    causes = {each.key: keys(each.cause) for each in subject.report.factors or ()}
    for number, factor in enumerate(subject.report.factors or ()):
        if factor.key and factor.key in above(factor.key, causes):
            yield subject.at_row(
                "factors",
                number,
                f"{factor.key} comes from {factor.cause}, which comes from it",
                part="cause",
                hint="a chain ends in a condition that was there before",
            )


@rule(code="PM307", name="a cause that is not there", group="causes")
def missing(subject: Subject) -> Iterator[Finding]:
    """Yield factors that name a key which no factor has."""
    known = {factor.key or "" for factor in subject.report.factors or ()}
    for number, factor in enumerate(subject.report.factors or ()):
        for key in sorted(keys(factor.cause) - known):
            yield subject.at_row(
                "factors",
                number,
                f"there is no factor {key}",
                part="cause",
                hint=those_there(subject),
            )


@rule(
    code="PM308",
    name="a factor without evidence",
    group="causes",
    severity=HINT,
    since=REVIEW,
)
def evidence(subject: Subject) -> Iterator[Finding]:
    """Yield factors that are neither shown anywhere nor called assumed."""
    if subject.keeps("factors", "evidence"):
        hint = "add below it: evidence: and where it can be seen, or evidence: assumed"
        for number, factor in enumerate(subject.report.factors or ()):
            if not factor.evidence:
                message = f"{factor.key or 'this factor'} has no evidence"
                yield subject.at_row("factors", number, message, hint=hint)


def _held(text: str) -> bool:
    """Tell whether a safeguard did what it is there for."""
    return bool(_HELD.search(text)) and not _NOT_HELD.search(text)


def _counted(subject: Subject) -> list[tuple[int, Factor]]:
    return [
        (number, factor)
        for number, factor in enumerate(subject.report.factors or ())
        if factor.key and kind(factor) not in _NOT_CAUSES
    ]


def _lines(value: object) -> int:
    """Return how many lines of a text say something."""
    lines = value.splitlines() if isinstance(value, str) else ()
    return sum(bool(line.strip()) for line in lines)


def _words(value: object) -> frozenset[str]:
    text = value.casefold() if isinstance(value, str) else ""
    return frozenset(_WORD.findall(text))


def _same(words: frozenset[str], others: list[frozenset[str]]) -> bool:
    """Tell whether a text says what one of the others says."""
    return any(
        other and words and len(words & other) >= _ALIKE * len(words | other)
        for other in others
    )
