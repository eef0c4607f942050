"""Which factors an action answers, by the keys that rows name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from postmortem.checks.grading import speaks
from postmortem.checks.rules import once
from postmortem.checks.subject import Subject
from postmortem.model import DROPPED, Factor

ACCEPTED = re.compile(
    r"\b(?:accept(?:s|ed)?\b.{0,30}\brisk|risk\b.{0,30}\baccept(?:s|ed)?|accepted)\b",
    re.IGNORECASE,
)
_KEY = re.compile(r"\b[A-Z]\d+\b")
NO_CAUSES = ("mitigating", "trigger")
"""Kinds of factors with which no chain of causes ends, and which want no action."""


@once
def covered(subject: Subject) -> set[str]:
    """Return the keys of factors that an action is about, or that come from such."""
    factors = subject.report.factors or ()
    actions = {each.key for each in subject.report.actions or () if each.key}
    named: set[str] = set()
    for action in subject.report.actions or ():
        if action.status != DROPPED:
            named |= keys(action.factor) | keys(action.text)
    named |= {each.key for each in factors if each.key and actions & keys(said(each))}
    causes = {each.key: keys(each.cause) for each in factors}
    known = {each.key for each in factors if each.key}
    return {key for key in known if key in named or named & above(key, causes)}


@once
def unanswered(subject: Subject) -> Sequence[tuple[int, Factor]]:
    """Return the factors that want an action and have none, with their numbers.

    A trigger wants none, nor does what made it smaller, nor a risk that is accepted.
    """
    answered = covered(subject)
    return [
        (number, factor)
        for number, factor in enumerate(subject.report.factors or ())
        if factor.key not in answered
        and kind(factor) not in NO_CAUSES
        and not ACCEPTED.search(said(factor))
    ]


@once
def meant(subject: Subject) -> Mapping[str, str]:
    """Return the factor that was probably meant, by each key that is of none.

    It is the only one that wants an action and has none, or of several the one whose
    number is next to it; where two are, nobody can tell.
    """
    known = {each.key for each in subject.report.factors or ()}
    told: set[str] = set()
    heard = speaks("PM409", subject, "PM304", "PM305")
    for action in subject.report.actions or () if heard else ():
        if action.status != DROPPED:
            told |= keys(action.factor) - known
    left = {factor.key or "" for _, factor in unanswered(subject)} if told else ()
    near = {key: _nearest(key, left) for key in told}
    return {key: other for key, other in near.items() if other}


def those_there(subject: Subject) -> str:
    """Return a hint that names the keys of all factors."""
    every = [each.key for each in subject.report.factors or () if each.key]
    return f"there are {', '.join(every)}" if every else "no factor has a key"


def _nearest(key: str, left: Iterable[str]) -> str | None:
    may_be = [each for each in left if _KEY.fullmatch(each) and each[0] == key[0]]
    if len(may_be) > 1:
        number = int(key[1:])
        may_be = [each for each in may_be if abs(int(each[1:]) - number) == 1]
    return may_be[0] if len(may_be) == 1 else None


def above(key: str, causes: Mapping[str | None, set[str]]) -> set[str]:
    """Return the keys of what a factor comes from, by however many steps."""
    found: set[str] = set()
    left = set(causes.get(key, ()))
    while left:
        each = left.pop()
        if each not in found:
            found.add(each)
            left |= causes.get(each, set())
    return found


def keys(text: str | None) -> set[str]:
    """Return the keys that a text names."""
    return set(_KEY.findall(text or ""))


def said(factor: Factor) -> str:
    """Return what a factor says, its evidence included."""
    return f"{factor.text} {factor.evidence or ''}"


def kind(factor: Factor) -> str:
    """Return a factor's kind in small letters; empty where it has none."""
    return (factor.kind or "").casefold()
