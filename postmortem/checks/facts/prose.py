"""Rules about times and lengths in prose, held against those that are derived."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

from postmortem import moments
from postmortem.checks.passages import Passage
from postmortem.checks.rules import rule
from postmortem.checks.searching import among, begun
from postmortem.checks.subject import Subject
from postmortem.errors import PostmortemError
from postmortem.model import Duration, Finding, Moment, durations

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
    r"|(?:more|less)\ than|just\ (?:over|under))\s+|~\s*)?"
    rf"(?P<length>{_COUNT}(?:(?:,|\s+and)?\s*{_COUNT})*)"
)
_KINDS = "detect|acknowledge|mitigate|resolve"
_NOUNS = ("outage", "incident", "disruption", "interruption", "downtime", "degradation")
_STATED = re.compile(
    rf"""\b(?: (?: time\s+to\s+(?P<kind>{_KINDS}) | m?tt(?P<letter>[damr]) )\b
               [^.\n\d]{{0,24}}?
          | (?:detected|noticed)\s+(?:after|within)\s+
          | (?P<whole>{"|".join(_NOUNS)})\s+(?:\w+\s+){{0,2}}?(?:lasted|of|took)\s+
               (?:for\s+)?
          | (?P<part> (?:{"|".join(_NOUNS)})(?::|\s+for)\s+
             | (?:(?<!ed\ )(?<!ing\ )(?<!ood\ )down|unavailable|unreachable|offline
                |(?<=was\ )degraded|(?<=were\ )degraded)\s+
               (?:(?:\w+\s+){{0,3}}?for\s+)? )
        ){_LENGTH}""",
    re.VERBOSE,
)
_BEGINNINGS = (
    *("time to", *(f"{m}tt{it}" for m in ("", "m") for it in "damr")),
    *("detected", "noticed", *_NOUNS),
    *("down ", "unavailable", "unreachable", "offline", "degraded"),
)
"""What a stated length may begin with, in small letters."""
_AHEAD = re.compile(
    rf"""\b{_LENGTH}(?:\s+of)?(?:\s+\w+)??\s+(?:{"|".join(_NOUNS)})\b
         (?!\s+(?:an?|per|each|every)\s)""",
    re.VERBOSE,
)
_REACH = 60
"""Characters before such a noun in which its length may begin."""
_LETTERS = {"d": "detect", "a": "acknowledge", "m": "mitigate", "r": "resolve"}
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
    for passage, found in begun(subject, _STATED, _BEGINNINGS, *_FIELDS):
        if given := _contradicted(found, derived, whole):
            yield _differs(subject, passage, found, given)
    for passage, found in _ahead(subject) if whole else ():
        if _is_longer(found, whole):
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


def _contradicted(
    found: re.Match[str], derived: Mapping[str, Duration], whole: Sequence[timedelta]
) -> str | None:
    """Return what the moments give, where it is not what is stated."""
    if found["whole"]:
        return moments.duration(whole[0]) if whole and not _fits(found, whole) else None
    if found["part"]:
        return moments.duration(max(whole)) if _is_longer(found, whole) else None
    own = derived.get(f"time to {_kind(found)}")
    if own is None or _fits(found, [own.length], rough=own.approximate):
        return None
    return f"{moments.duration(own.length)} ({own.formula})"


def _ahead(subject: Subject) -> Iterator[tuple[Passage, re.Match[str]]]:
    """Yield the lengths that stand before what lasted so long."""
    for passage, places in among(subject, subject.words.spots(_NOUNS)):
        text = subject.small(passage)
        for place in places if passage.field in _FIELDS else ():
            if found := _AHEAD.search(text, max(0, place - _REACH)):
                yield passage, found


def _is_longer(found: re.Match[str], whole: Sequence[timedelta]) -> bool:
    """Tell whether a length is that of no part of the incident."""
    stated = _length(found["length"])
    return bool(whole and stated and stated > max(whole) and not _fits(found, whole))


def _kind(found: re.Match[str]) -> str:
    """Return what a length is the time to."""
    return found["kind"] or _LETTERS[found["letter"] or "d"]


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
    about = " ".join((found["about"] or "").split())
    step = _step(found["length"])
    for each in lengths:
        slack = each / _ROUGH if about or rough else timedelta()
        slack = max(slack, step if step < timedelta(hours=1) else step / 2)
        if "within" in found[0] or about in ("under", "less than"):
            fits = each <= length + step
        else:
            fits = abs(each - length) <= slack
        if fits:
            return True
    return False


def _length(text: str) -> timedelta | None:
    words = re.sub(r"(?<=[a-z\d])-(?=[a-z])", " ", text).split()
    try:
        return moments.read_duration(" ".join(str(_WORDS.get(it, it)) for it in words))
    except PostmortemError:
        return None


def _step(text: str) -> timedelta:
    """Return the smallest unit that a length names."""
    unit = re.findall(r"[a-z]+", text)[-1]
    return next(
        (step for look, step in _STEPS if look.fullmatch(unit)), timedelta(minutes=1)
    )
