"""Rarer ways to say how long it took: each pattern is made where its words stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from functools import cache

from postmortem.checks.facts import german
from postmortem.checks.facts.lengths import LENGTH, length_of
from postmortem.checks.passages import Passage
from postmortem.checks.searching import begun
from postmortem.checks.subject import Subject

EXACT, PART, DETECT = "exact", "part", "detect"
"""What is stated: all of the incident, a part of it, or the time to detect it."""
_IT = r"(?:it|this|outage|incident|disruption|interruption|problem|fault|degradation)"
_TAIL = r"(?!\s+(?:after|before|late|later|earlier|ago|into|long|longer|old)\b)"
_WAYS = (
    (
        PART,
        ("took ",),
        rf"took\s+(?:[\w'-]+\s+){{1,5}}?(?:down|offline)\s+for\s+{LENGTH}{_TAIL}",
        rf"(?<![\w-])(?:{_IT}|that|which|change|release|deploy|crash|bug)\s+\Z",
    ),
    (
        EXACT,
        ("outage was over", "incident was over", "disruption was over"),
        rf"\w+\s+was\s+over\s+(?:in|within|after)\s+{LENGTH}",
        "",
    ),
    (
        PART,
        ("downtime was ", "outage was "),
        rf"\w+\s+was\s+{LENGTH}{_TAIL}",
        "",
    ),
    (
        EXACT,
        ("time to recover ", "time to restore ", "time to recover:"),
        rf"time\s+to\s+re\w+(?:\s+service)?(?::|\s+was)?\s+{LENGTH}{_TAIL}",
        r"(?<!average\s)(?<!mean\s)(?<!median\s)(?<!target\s)(?<!usual\s)\Z",
    ),
    (DETECT, ("detection took ",), rf"detection\s+took\s+{LENGTH}{_TAIL}", ""),
    (
        DETECT,
        ("noticed ", "detected "),
        rf"""\w+\s+(?:(?:it|this)\s+)?{LENGTH}\s+after\s+(?:the\s+)?
             (?: onset\b | {_IT}\s+(?:had\s+)?(?:began|begun|started)\b)""",
        rf"\b(?:we|{_IT}\s+was)\s+(?:(?:only|first)\s+)?\Z",
    ),
    (
        EXACT,
        tuple(f"{noun} dauerte" for noun in ("störung", "ausfall", "unterbrechung")),
        rf"\w+\s+dauerte\s+(?:nur\s+|insgesamt\s+)?{german.LENGTH}",
        "",
    ),
)
"""For each: what it states, how it may begin, its pattern, and what is before it."""
_REACH = 40
"""Characters before it that tell whether it is said of the incident."""


def phrased(
    subject: Subject, *names: str
) -> Iterator[tuple[str, Passage, re.Match[str]]]:
    """Yield the lengths that are stated so in these fields, with what each states."""
    for stated, words, pattern, behind in _WAYS:
        if not subject.words.spots(words):
            continue
        for passage, found in begun(subject, made(pattern), words, *names):
            before = found.string[max(0, found.start() - _REACH) : found.start()]
            if made(behind).search(before):
                yield stated, passage, found


def is_stated(subject: Subject, length: timedelta) -> bool:
    """Tell whether a passage states exactly this length."""
    for pattern in (LENGTH, german.LENGTH):
        for passage in subject.passages:
            for found in made(rf"\b{pattern}").finditer(subject.small(passage)):
                if length_of(found["length"]) == length:
                    return True
    return False


@cache
def made(pattern: str) -> re.Pattern[str]:
    """Return a verbose pattern, which is made once it is needed."""
    return re.compile(pattern, re.VERBOSE)
