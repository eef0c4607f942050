"""Lengths of time as prose states them: in digits or words, and roughly."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta

from postmortem import moments
from postmortem.checks.facts.german import english
from postmortem.errors import PostmortemError

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
LENGTH = (
    r"(?P<about>(?:about|around|approximately|nearly|almost|roughly|some|over|under"
    r"|(?:more|less)\ than|just\ (?:over|under))\s+|~\s*)?"
    rf"(?P<length>{_COUNT}(?:(?:,|\s+and)?\s*{_COUNT})*)"
)
"""A pattern, with the groups `about` and `length`; for small letters, and verbose."""
_UNDER = ("under", "less than", "unter", "weniger als")
_STEPS = (
    (re.compile(r"s(?:ec|econd)?s?$"), timedelta(seconds=1)),
    (re.compile(r"m(?:in|inute)?s?$"), timedelta(minutes=1)),
    (re.compile(r"h(?:r|our)?s?$"), timedelta(hours=1)),
    (re.compile(r"d(?:ay)?s?$"), timedelta(days=1)),
    (re.compile(r"weeks?$"), timedelta(weeks=1)),
)
_ROUGH = 4
"""A length that is said to be about so may be off by this part of it."""


def fits(found: re.Match[str], length: timedelta, *, rough: bool = False) -> bool:
    """Tell whether a stated length may mean this; what nobody can read does."""
    stated = length_of(found["length"])
    if stated is None:
        return True
    about = " ".join((found["about"] or "").split())
    step = _step(found["length"])
    if "within" in found[0] or about in _UNDER:
        return length <= stated + step
    slack = length / _ROUGH if about or rough else timedelta()
    slack = max(slack, step if step < timedelta(hours=1) else step / 2)
    return abs(length - stated) <= slack


def length_of(text: str) -> timedelta | None:
    """Return a stated length; none, where it is not one that can be read."""
    words = re.sub(r"(?<=[a-z\d])-(?=[a-z])", " ", english(text)).split()
    try:
        return moments.read_duration(" ".join(str(_WORDS.get(it, it)) for it in words))
    except PostmortemError:
        return None


def _step(text: str) -> timedelta:
    """Return the smallest unit that a length names."""
    unit = re.findall(r"[a-z]+", english(text))[-1]
    return next(
        (step for look, step in _STEPS if look.fullmatch(unit)), timedelta(minutes=1)
    )
