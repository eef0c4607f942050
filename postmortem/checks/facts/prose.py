"""Rules about times and lengths in prose, held against those that are derived."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

from postmortem import moments
from postmortem.checks.passages import Passage
from postmortem.checks.rules import rule
from postmortem.checks.searching import begun
from postmortem.checks.subject import Subject
from postmortem.errors import PostmortemError
from postmortem.model import Finding, Moment, durations

_NUMBERS = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60}
_WORDS: Mapping[str, int] = {
    "a": 1,
    "an": 1,
    **{word: number for number, word in enumerate(_NUMBERS, 1)},
    **_TENS,
    "ninety": 90,
}
_UNIT = r"(?:weeks?|days?|d|hours?|hrs?|h|minutes?|mins?|m|seconds?|secs?|s)"
_COUNT = (
    rf"(?:\d{{1,5}}(?:\.\d{{1,2}})?[\s-]?{_UNIT}"
    rf"|(?:{'|'.join(_WORDS)})[\s-](?:week|day|hour|minute|second)s?)\b"
)
_LENGTH = (
    r"(?P<about>(?:about|around|approximately|nearly|almost|roughly|some|over|under"
    r"|(?:more|less) than|just (?:over|under))\s+|~\s*)?"
    rf"(?P<length>{_COUNT}(?:(?:,|\s+and)?\s*{_COUNT})*)"
)
_KINDS = "detect|acknowledge|mitigate|resolve"
_NAMED = re.compile(
    rf"(?:\btime\s+to\s+(?P<kind>{_KINDS})|(?:\b|(?<=\bM))TT(?P<letter>[DAMR]))\b"
    rf"[^.\n\d]{{0,24}}?{_LENGTH}",
    re.IGNORECASE,
)
_NAMED_WORDS = ("time to", *(f"tt{letter}" for letter in "damr"))
_NOUNS = ("outage", "incident", "disruption", "interruption", "downtime", "degradation")
_WHOLE = re.compile(
    rf"\b(?:{'|'.join(_NOUNS)})\s+(?:\w+\s+){{0,2}}?(?:lasted|of|took)\s+(?:for\s+)?{_LENGTH}",
    re.IGNORECASE,
)
_DOWN_WORDS = ("was ", "were ")
_DOWN = re.compile(
    rf"\b(?:was|were)\s+(?:down|unavailable|unreachable|degraded)\s+"
    rf"(?:\w+\s+){{0,3}}?for\s+{_LENGTH}",
    re.IGNORECASE,
)
_SEEN_WORDS = ("detected", "noticed")
_SEEN = re.compile(
    rf"\b(?:{'|'.join(_SEEN_WORDS)})\s+(?P<how>after|within)\s+{_LENGTH}", re.IGNORECASE
)
_LETTERS = {"D": "detect", "A": "acknowledge", "M": "mitigate", "R": "resolve"}
_FIELDS = (
    *("summary", "impact", "detection", "response", "recovery", "what_happened"),
    *("lessons", "was_hard", "went_well"),
)
_STEPS = (
    (re.compile(r"s(?:ec|econd)?s?$"), timedelta(seconds=1)),
    (re.compile(r"m(?:in|inute)?s?$"), timedelta(minutes=1)),
    (re.compile(r"h(?:r|our)?s?$"), timedelta(hours=1)),
    (re.compile(r"d(?:ay)?s?$"), timedelta(days=1)),
    (re.compile(r"weeks?$"), timedelta(weeks=1)),
)
_ROUGH = 4
"""A length that is said to be about so may be off by this part of it."""
_CLOCK = re.compile(r"(?<![\d:.+-])(?:[01]?\d|2[0-3]):[0-5]\d(?![\d:])")
_ZONE = re.compile(
    r"\b(?:UTC|GMT|[A-Z]{1,4}[SD]?T|local\s+time|[A-Z]\w+/[A-Z]\w+)\b|\dZ\b|[+-]\d\d:\d\d"
)


@rule(code="PM125", name="a stated length that differs from the derived", group="facts")
def stated(subject: Subject) -> Iterator[Finding]:
    """Yield lengths of time in prose that the moments contradict."""
    derived = {each.name: each for each in durations(subject.report)}
    if not derived:
        return
    whole = _whole(subject)
    for pattern, words in ((_NAMED, _NAMED_WORDS), (_SEEN, _SEEN_WORDS)):
        for passage, found in begun(subject, pattern, words, *_FIELDS):
            own = derived.get(f"time to {_kind(found)}")
            if own and not _fits(found, [own.length], rough=own.approximate):
                formula = f"{moments.duration(own.length)} ({own.formula})"
                yield _differs(subject, passage, found, formula)
    for passage, found in begun(subject, _WHOLE, _NOUNS, *_FIELDS):
        if whole and not _fits(found, whole):
            yield _differs(subject, passage, found, moments.duration(whole[0]))
    for passage, found in begun(subject, _DOWN, _DOWN_WORDS, *_FIELDS):
        length = _length(found["length"])
        if whole and length and length > max(whole) and not _fits(found, whole):
            yield _differs(subject, passage, found, moments.duration(max(whole)))


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


def _kind(found: re.Match[str]) -> str:
    """Return what a length is the time to, in a match of _NAMED or _SEEN."""
    groups = found.groupdict()
    if groups.get("kind"):
        return found["kind"].casefold()
    return _LETTERS[(groups.get("letter") or "D").upper()]


def _differs(
    subject: Subject, passage: Passage, found: re.Match[str], derived: str
) -> Finding:
    return subject.marked(
        passage,
        found.span("length"),
        f"the moments give {derived}, and not {' '.join(found['length'].split())}",
        hint="correct the sentence, or the moment in the front matter",
    )


def _whole(subject: Subject) -> Sequence[timedelta]:
    """Return what the length of the incident may be said to be, the longest first."""
    found = []
    for last in ("resolved", "mitigated", "closed"):
        for first in ("onset", "detected"):
            start: Moment | None = subject.report.value(first)
            end: Moment | None = subject.report.value(last)
            if start and end and end.at > start.at:
                found.append(end.at - start.at)
    return found


def _fits(
    found: re.Match[str], lengths: Sequence[timedelta], *, rough: bool = False
) -> bool:
    """Tell whether a stated length may mean one of these; what nobody can read does."""
    length = _length(found["length"])
    if length is None:
        return True
    about = " ".join((found["about"] or "").casefold().split())
    step = _step(found["length"])
    for each in lengths:
        slack = each / _ROUGH if about or rough else timedelta()
        slack = max(slack, step if step < timedelta(hours=1) else step / 2)
        if "within" in found[0].casefold() or about in ("under", "less than"):
            fits = each <= length + step
        else:
            fits = abs(each - length) <= slack
        if fits:
            return True
    return False


def _length(text: str) -> timedelta | None:
    words = re.sub(r"(?<=[a-z\d])-(?=[a-z])", " ", text.casefold()).split()
    try:
        return moments.read_duration(" ".join(str(_WORDS.get(it, it)) for it in words))
    except PostmortemError:
        return None


def _step(text: str) -> timedelta:
    """Return the smallest unit that a length names."""
    unit = re.findall(r"[a-z]+", text.casefold())[-1]
    return next(
        (step for look, step in _STEPS if look.fullmatch(unit)), timedelta(minutes=1)
    )
