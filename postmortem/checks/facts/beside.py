"""Lengths of time that stand beside their own beginning and end, in the same words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from postmortem.checks.facts import german
from postmortem.checks.facts.lengths import LENGTH, fits, length_of
from postmortem.checks.facts.phrased import made
from postmortem.checks.searching import among
from postmortem.checks.subject import Subject

_TIME = r"(?:[01]?\d|2[0-3]):[0-5]\d"
_ZONE = r"(?:\s+(?:utc|gmt|[a-z]{1,4}[sd]?t|uhr))?"
_FIRST = {
    "from ": "english",
    "between ": "english",
    "von ": "german",
    "zwischen ": "german",
}
_ENGLISH = rf"""(?:from|between)\s+(?P<first>{_TIME})(?P<zone>{_ZONE})
    \s+(?:to|until|till|and)\s+(?P<last>{_TIME})(?P<other>{_ZONE})
    (?P<same>\s*\(|,?\s+(?:i\.e\.,?|or|that\s+is|which\s+is)\s+
      |,?\s+(?:(?:for|in)\s+)?a\s+total\s+of\s+|,?\s+for\s+|,?\s+lasting\s+)
    {LENGTH}(?=\s*(?:[.;)]|,\s|\Z|\n\s*\n)|\s+(?:and|in\s+total)\b)"""
_GERMAN = rf"""(?:von|zwischen)\s+(?P<first>{_TIME})(?P<zone>{_ZONE})
    \s+(?:bis|und)\s+(?P<last>{_TIME})(?P<other>{_ZONE})(?:\s+(?:aus|gestört|offline))?
    (?P<same>\s*\(|,?\s+(?:also|d\.\s?h\.|insgesamt|zusammen)\s+|,?\s+für\s+)
    {german.LENGTH}(?=\s*(?:[.;)]|,\s|\Z|\n\s*\n)|\s+(?:lang|und)\b)"""
_IN_PARTS = re.compile(
    r"\b(?:intermittent|sporadic|repeated|several|twice|flap|wave|on and off|times\b"
    r"|part of|at most|up to|each|every|daily|zeitweise|mehrfach|immer wieder|teilweise"
    r"|jeweils|täglich|jede)"
)
"""What says that it was not so all the time."""
_DAY, _HALF_DAY = timedelta(days=1), timedelta(hours=12)

_LABEL = re.compile(
    r"^[ \t|>*_-]*(?P<name>duration|start(?:ed| time)?|began|end(?:ed| time)?|resolved"
    r"|dauer|beginn|ende)\b[ \t*_]*(?::|\|)[ \t*_]*(?P<value>[^|\n]+)",
    re.MULTILINE,
)
_AT = re.compile(
    rf"(?P<day>\d{{4}}-\d\d-\d\d)[ t]+(?P<time>{_TIME})(?P<zone>[^,;(|\n]*)"
)
_LENGTHS = ("duration", "dauer")
_STARTS = ("start", "began", "beginn")
_NEAR = 4
"""Lines between a length and its beginning or end, at most."""

Beside = tuple[int, int, str, timedelta]
"""Where such a length stands, from which words it is counted, and what these give."""


def beside(subject: Subject) -> Iterator[Beside]:
    """Yield the lengths that differ from the times beside them."""
    text = subject.lowered
    for first, language in _FIRST.items():
        pattern = _ENGLISH if language == "english" else _GERMAN
        size = len(first)
        near = [
            at
            for at in subject.words.spots((first,))
            if ":" in text[at + size + 1 : at + size + 3]
        ]
        for passage, places in among(subject, near) if near else ():
            said = subject.small(passage)
            for place in places:
                found = made(pattern).match(said, place)
                length = _between(found["first"], found["last"]) if found else None
                if found and length and not _agree(found, length):
                    start, end = (passage.start + at for at in found.span("length"))
                    words = f"from {found['first']} to {found['last']}"
                    yield start, end, words, length
    if subject.words.spots(_LENGTHS):
        yield from _labelled(subject)


def _between(first: str, last: str) -> timedelta | None:
    """Return how long it is from one time of a day to the next other one."""
    start, end = (
        timedelta(hours=int(hour), minutes=int(minute))
        for hour, minute in (it.split(":") for it in (first, last))
    )
    return (end - start) % _DAY or None


def _agree(found: re.Match[str], length: timedelta) -> bool:
    """Tell whether a length may be what lies between, or a part of it."""
    stated = length_of(found["length"])
    zones = {each.strip() for each in found.group("zone", "other")} - {""}
    if stated is None or stated >= _DAY or len(zones) > 1:
        return True
    if fits(found, length) or fits(found, length % _HALF_DAY):
        return True
    if stated > length:
        return False
    before = found.string[found.string.rfind(". ", 0, found.start()) + 1 : found.end()]
    return found["same"].strip(" ,\n") in ("for", "für") or bool(
        _IN_PARTS.search(before)
    )


def _labelled(subject: Subject) -> Iterator[Beside]:
    """Yield the lengths that stand under a label, near a beginning and an end."""
    text = subject.lowered
    labels = [(subject.place(it.start("name"))[0], it) for it in _LABEL.finditer(text)]
    for line, found in labels:
        pattern = german.LENGTH if found["name"] == "dauer" else LENGTH
        whole = made(rf"{pattern}\s*\Z")
        stated = whole.match(text, *found.span("value"))
        if found["name"] not in _LENGTHS or not stated:
            continue
        near = [
            (each["name"], at)
            for there, each in labels
            if abs(there - line) <= _NEAR and (at := _AT.match(each["value"]))
        ]
        starts = [at for name, at in near if name.startswith(_STARTS)]
        ends = [at for name, at in near if not name.startswith(_STARTS)]
        if len(starts) == len(ends) == 1 and starts[0]["zone"] == ends[0]["zone"]:
            length = _moment(ends[0]) - _moment(starts[0])
            if length > timedelta() and not fits(stated, length):
                yield *stated.span("length"), "from start to end", length


def _moment(found: re.Match[str]) -> datetime:
    return datetime.fromisoformat(f"{found['day']} {found['time'].zfill(5)}")
