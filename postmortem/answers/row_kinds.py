"""The kind of an event at the beginning of its words, as lists and reports print it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from postmortem.model import MOMENTS, Event

KINDS = ("change", "deploy", "alert", "message", "action")
"""What an event can be that is no moment; a team may have words of its own."""


class Kinded(NamedTuple):
    """What is said of an event, and of which kind it says that it is."""

    kind: str | None
    text: str


def kinded(text: str, own: Iterable[str] = ()) -> Kinded:
    """Read `resolved: 5xx are back` and `**Resolved:** 5xx are back`.

    Another word before a colon is one of the text, but for those in `own`.
    """
    found = _beginning().match(text)
    if found is None:
        return Kinded(None, text)
    said = " ".join(found["kind"].split()).casefold()
    words = {kind.casefold(): kind for kind in (*own, *MOMENTS, *KINDS)}
    kind = words.get(said)
    return Kinded(kind, text[found.end() :]) if kind else Kinded(None, text)


def without(text: str, kind: str | None) -> str:
    """Return what is said of an event of that kind, without the kind before it."""
    found = kinded(text, (kind,)) if kind else Kinded(None, text)
    return found.text if found.kind == kind else text


def kinds_of(rows: Iterable[Event] | None) -> set[str]:
    """Return the words by which rows that are there are called."""
    return {row.kind for row in rows or () if row.kind}


@cache
def _beginning() -> re.Pattern[str]:
    return re.compile(
        r"(?P<mark>\*\*|__|)(?P<kind>[^\W\d_][\w -]{0,30}?)"
        r"(?::(?P=mark)|(?P=mark):)\s+(?=\S)"
    )
