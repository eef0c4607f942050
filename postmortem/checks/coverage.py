"""Which factors an action answers, by the keys that rows name."""

from __future__ import annotations

import re
from collections.abc import Mapping

from postmortem.checks.subject import Subject
from postmortem.model import DROPPED, Factor

_KEY = re.compile(r"\b[A-Z]\d+\b")


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
