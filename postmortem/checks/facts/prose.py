"""Rules about times and lengths in prose, held against those that are derived."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from postmortem import moments
from postmortem.checks.facts.beside import beside
from postmortem.checks.facts.lengths import LENGTH, fits, length_of
from postmortem.checks.facts.phrased import EXACT, PART, made, phrased
from postmortem.checks.passages import Passage
from postmortem.checks.rules import rule
from postmortem.checks.searching import among, begun
from postmortem.checks.subject import Subject
from postmortem.model import Duration, Finding, Moment, durations

_KINDS = "detect|acknowledge|mitigate|resolve"
_NOUNS = ("outage", "incident", "disruption", "interruption", "downtime", "degradation")
_STATED = re.compile(
    rf"""\b(?: (?: time\s+to\s+(?P<kind>{_KINDS}) | m?tt(?P<letter>[damr]) )\b
               [^.\n\d]{{0,24}}?
          | (?:detected|noticed)\s+(?:after|within)\s+
          | (?P<whole>{"|".join(_NOUNS)})\s+(?:\w+\s+){{0,2}}?(?:lasted|of|took)\s+
               (?:for\s+)?
          | (?P<part> (?<!no\s)(?<!without\s)(?:{"|".join(_NOUNS)})(?::|\s+for)\s+
             | (?:(?<=was\s)|(?<=were\s)|(?<=been\s)|(?<=[.!?:]\s)|(?<![^\n]))
               (?:down|unavailable|unreachable|offline|degraded)\s+
               (?:(?:\w+\s+){{0,3}}?for\s+)? )
        ){LENGTH}(?!\s+(?:after|before|later|earlier|ago|into|long)\b)""",
    re.VERBOSE,
)
_BEGINNINGS = (
    *("time to", *(f"{m}tt{it}" for m in ("", "m") for it in "damr")),
    *("detected", "noticed", *_NOUNS),
    *("down ", "unavailable", "unreachable", "offline", "degraded"),
)
"""What a stated length may begin with, in small letters."""
_GOAL = (
    r"\s+to\s+(?:\w+ly\s+)?"
    r"(?P<goal>detect|notice|acknowledge|mitigate|resolve|recover)\b"
)
_TOOK = rf"""took\s+(?P<us>us\s+|them\s+|the\s+(?:team|on-?call)\s+)?{LENGTH}{_GOAL}
         (?:\s+(?:from\s+)?(?:it|this|the\s+(?:page|alert|{"|".join(_NOUNS)}))\b)?
         (?=\s*(?:[.,;:!?)]|\Z|\n\s*\n|(?:and|but|because|since|after|as)\b))"""
"""Made where it is needed, as `_AHEAD` is."""
_TO_GOAL = re.compile(_GOAL)
_IT = re.compile(rf"(?<![\w-])(?:it|this|{'|'.join(_NOUNS)})\s+\Z")
"""Before `took`: the incident."""
_ONE_OF = (
    r"\b(?:first|second|third|last|each|every|other|one|erste|zweite|dritte|letzte|jede)"
    r"\s+\Z"
)
"""Before one of several that came one after the other."""
_GOALS = {"notice": "detect", "recover": "resolve"}
_LOST = ("outage", "disruption", "interruption", "downtime")
_AHEAD = rf"""(?<!within\s)(?<!after\s)(?<!every\s)(?<!allows\s)(?<!without\s)\b{LENGTH}
         (?:\s+(?:of|long|full|total|partial|complete)){{0,2}}\s+(?:{"|".join(_LOST)})\b
         (?!['\u2019]|\s+(?:(?:in\s+)?(?:an?|per|each|every|the|last)\s
            |(?:of|in|from)\s+(?:the\s+)?(?:last|year|month|week)|budgets?\b|reviews?\b
            |reports?\b|ago\b|before\b|later\b|earlier\b))"""
_REACH = 60
"""Characters before such a noun in which its length may begin, and behind it those
that tell whether it is meant."""
_LETTERS = {"d": "detect", "a": "acknowledge", "m": "mitigate", "r": "resolve"}
_FIELDS = (
    *("summary", "impact", "detection", "response", "recovery", "what_happened"),
    *("lessons", "was_hard", "went_well"),
)
_CLOCK = re.compile(r"(?<![\d:.+-])(?:[01]?\d|2[0-3]):[0-5]\d(?![\d:])")
_ZONE = re.compile(
    r"\b(?:UTC|GMT|[A-Z]{1,4}[SD]?T|local\s+time|[A-Z]\w+/[A-Z]\w+)\b|\dZ\b|[+-]\d\d:\d\d"
)


@rule(code="PM125", name="a stated length that differs from the derived", group="facts")
def stated(subject: Subject) -> Iterator[Finding]:
    """Yield lengths of time that the moments contradict, or the times beside them."""
    for start, end, words, length in beside(subject):
        said = " ".join(subject.text[start:end].split())
        yield subject.span(
            start,
            end,
            f"{words} is {moments.duration(length)}, and not {said}",
            hint="correct the length, or one of the two times",
        )
    derived = {each.name: each for each in durations(subject.report)}
    if not derived:
        return
    for passage, found, given in _held(subject, derived, _whole(subject)):
        if given:
            yield _differs(subject, passage, found, given)


@rule(code="PM126", name="a time without a zone", group="facts")
def no_zone(subject: Subject) -> Iterator[Finding]:
    """Yield clock times in prose where neither it nor the report names a zone."""
    if subject.report.zone or subject.foreign:
        return
    for passage in subject.passages:
        if passage.row is None and not _ZONE.search(passage.text):
            for found in [*passage.search(_CLOCK)][:1]:
                yield subject.marked(
                    passage,
                    found,
                    f"{found[0]} is a time without a zone",
                    hint="name the zone here, or once in the front matter:"
                    " `zone: Europe/Paris`",
                )


def _held(
    subject: Subject, derived: Mapping[str, Duration], whole: Sequence[Duration]
) -> Iterator[tuple[Passage, re.Match[str], str | None]]:
    """Yield the stated lengths, with what the moments give where it is another."""
    for passage, found in begun(subject, _STATED, _BEGINNINGS, *_FIELDS):
        yield passage, found, _contradicted(found, derived, whole)
    if subject.words.spots(("took ",)):
        for passage, found in begun(subject, made(_TOOK), ("took ",), *_FIELDS):
            yield passage, found, _took(found, derived, whole)
    for passage, found in _ahead(subject) if whole else ():
        yield passage, found, _against(PART, found, derived, whole)
    for kind, passage, found in phrased(subject, *_FIELDS):
        yield passage, found, _against(kind, found, derived, whole)


def _contradicted(
    found: re.Match[str], derived: Mapping[str, Duration], whole: Sequence[Duration]
) -> str | None:
    """Return what the moments give, where it is not what is stated."""
    if found["whole"]:
        if _TO_GOAL.match(found.string, found.end()):
            return None
        return _against(EXACT, found, derived, whole)
    kind = PART if found["part"] else found["kind"] or _LETTERS[found["letter"] or "d"]
    return _against(kind, found, derived, whole)


def _against(
    kind: str,
    found: re.Match[str],
    derived: Mapping[str, Duration],
    whole: Sequence[Duration],
) -> str | None:
    """Return what the moments give instead of all, of a part, or of the time to it."""
    near = max(0, found.start() - _REACH)
    is_one = kind == EXACT and made(_ONE_OF).search(found.string, near, found.start())
    if kind == PART or is_one:
        return _shown(whole[0]) if _is_longer(found, whole) else None
    own = derived.get(f"time to {kind}")
    known = whole if kind == EXACT else [own] if own else []
    return _shown(known[0]) if known and not _fits(found, known) else None


def _took(
    found: re.Match[str], derived: Mapping[str, Duration], whole: Sequence[Duration]
) -> str | None:
    """Return what the moments give, where it did not take so long to get somewhere.

    What is not said of the incident may be true of a part of it.
    """
    goal = _GOALS.get(found["goal"], found["goal"])
    own = derived.get(f"time to {goal}")
    before = found.string[max(0, found.start() - _REACH) : found.start()]
    bare = found["us"] or _IT.search(before)
    if goal in ("mitigate", "resolve"):
        if not whole or (_fits(found, whole) if bare else not _is_longer(found, whole)):
            return None
        return _shown(own or whole[0])
    return _shown(own) if own and bare and not _fits(found, [own]) else None


def _ahead(subject: Subject) -> Iterator[tuple[Passage, re.Match[str]]]:
    """Yield the lengths that stand before what lasted so long."""
    for passage, places in among(subject, subject.words.spots(_LOST)):
        text = subject.small(passage)
        end = 0
        for place in places if passage.field in _FIELDS else ():
            span = max(end, place - _REACH), place + _REACH
            if found := made(_AHEAD).search(text, *span):
                end = found.end()
                yield passage, found


def _is_longer(found: re.Match[str], whole: Sequence[Duration]) -> bool:
    """Tell whether a length is that of no part of the incident."""
    stated = length_of(found["length"])
    if not whole or not stated or _fits(found, whole):
        return False
    return stated > max(each.length for each in whole)


def _fits(found: re.Match[str], known: Sequence[Duration]) -> bool:
    """Tell whether a stated length may mean one of these."""
    return any(fits(found, each.length, rough=each.approximate) for each in known)


def _differs(
    subject: Subject, passage: Passage, found: re.Match[str], derived: str
) -> Finding:
    start, end = found.span("length")
    said = " ".join(passage.text[start:end].split())
    return subject.marked(
        passage,
        (start, end),
        f"the moments give {derived}, and not {said}",
        hint="correct the sentence, or the moment in the front matter",
    )


def _shown(known: Duration) -> str:
    """Return a length and its formula: `47 min (resolved - onset)`."""
    return f"{moments.duration(known.length)} ({known.end} - {known.start})"


def _whole(subject: Subject) -> Sequence[Duration]:
    """Return what the length of the incident may be said to be, the usual first."""
    found = []
    for last in ("resolved", "mitigated", "closed"):
        for first in ("onset", "detected"):
            start: Moment | None = subject.report.value(first)
            end: Moment | None = subject.report.value(last)
            if start and end and end.at > start.at:
                length = end.at - start.at
                found.append(
                    Duration(
                        name="length",
                        start=first,
                        end=last,
                        length=length,
                        approximate=start.approximate or end.approximate,
                    )
                )
    return found
