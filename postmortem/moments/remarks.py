"""What a heading or a line says of all times below it: their day and their zone."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from postmortem.moments.reading import read_day
from postmortem.moments.refusals import Unreadable
from postmortem.moments.zones import abbreviated, place_of

_MONTH = (
    "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DATE = re.compile(
    rf"""(?<![\w/.:-])(?:
        \d{{4}}(?P<by>[-/])\d\d?(?P=by)\d\d?
      | \d{{1,2}}\.\d{{1,2}}\.\d{{4}}
      | \d{{1,2}}(?:st|nd|rd|th|\.)?\s+(?:of\s+)?{_MONTH},?\s+\d{{4}}
      | {_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?(?:,\s*|\s+)\d{{4}}
    )(?:(?=T\d)|(?![\w/-]|[.:]\d))""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_NO_YEAR = re.compile(
    rf"""(?<![\w/.:-])(?:
        \d{{1,2}}(?:st|nd|rd|th|\.)?\s+(?:of\s+)?(?=[A-Z])(?i:{_MONTH})
      | (?=[A-Z])(?i:{_MONTH})\s+\d{{1,2}}(?:st|nd|rd|th)?
    )(?![\w:])""",
    re.VERBOSE | re.ASCII,
)
_RANGE = r"(?:[-\u2010-\u2015/&+]|\b(?:and|or|to|till|until|through)\b)"
_BEFORE = re.compile(rf"\d(?:st|nd|rd|th|\.)?\s*{_RANGE}\s*$", re.IGNORECASE)
_BEHIND = re.compile(rf"\s*{_RANGE}\s*(?:\d\d?(?![\d:.])|{_MONTH}\s+\d)", re.IGNORECASE)
_WORD = re.compile(r"[^\s,;.()\[\]*_`#|]+")
_FILLERS = frozenset(
    (
        *("all", "every", "the", "this", "times", "time", "timestamps", "clocks"),
        *("are", "is", "in", "on", "of", "at", "for", "given", "shown", "listed"),
        *("stated", "expressed", "reported", "recorded", "here", "below", "date"),
        *("timeline", "report", "document", "post", "24-hour", "format", "dates"),
        *("alle", "zeiten", "uhrzeiten", "zeitangaben", "sind", "am", "vom", "datum"),
    )
)
_WEEKDAYS = (
    *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
)
_ZONE = re.compile(
    r"[A-Z][A-Za-z_]+(?:/[A-Z][A-Za-z0-9_+-]+)+|(?:UTC|GMT)?[+-]\d[\d:]*|[A-Z]{3}\d[A-Z]{3}"
)
_LONGEST = 120


class Remark(NamedTuple):
    """A line that says nothing else than when, or by which clocks, times are told."""

    day: date | None
    zone: bool
    """Whether it names a zone, or several."""
    of_all: bool
    """Whether it speaks of times, as in `All times are UTC`."""


def dates_in(text: str, near: date | None = None) -> tuple[date, ...]:
    """Return the days that a text writes out with their years, each once.

    With `near` those without their years as well, where there is one close to it.
    """
    found = [day for _, day in _dates(text)]
    for each in _NO_YEAR.findall(_DATE.sub(" ", text)) if near else ():
        try:
            found.append(read_day(" ".join(each.split()), near=near))
        except Unreadable:
            continue
    return tuple(dict.fromkeys(found))


def day_in(text: str) -> date | None:
    """Return the one day that a text writes out; None of several, and of a range.

    >>> day_in("Timeline (UTC, 19 August 2026)")
    datetime.date(2026, 8, 19)
    """
    found = list(_dates(text))
    days = {day for _, day in found}
    if len(days) != 1 or any(_in_range(text, each) for each, _ in found):
        return None
    return days.pop()


def remark(text: str) -> Remark | None:
    """Read a line that is about the times below it alone; None for any other line.

    >>> remark("All times are UTC on 19 August 2026.").day
    datetime.date(2026, 8, 19)
    """
    if len(text) > _LONGEST:
        return None
    day = day_in(text)
    rest = text if day is None else _DATE.sub(" ", text)
    words = [word for each in _WORD.findall(rest) if (word := each.strip(":"))]
    low = {each.casefold() for each in words}
    zones = [each for each in words if each.casefold() not in _FILLERS]
    if day is not None:
        zones = [each for each in zones if each.casefold() != _WEEKDAYS[day.weekday()]]
    if not all(map(_is_zone, zones)) or (day is None and not zones):
        return None
    of_all = not low.isdisjoint(("times", "timestamps", "zeiten", "zeitangaben"))
    return Remark(day, bool(zones), of_all)


def _dates(text: str) -> list[tuple[re.Match[str], date]]:
    found = []
    for each in _DATE.finditer(text):
        try:
            found.append((each, read_day(" ".join(each[0].split()))))
        except Unreadable:
            continue
    return found


def _in_range(text: str, found: re.Match[str]) -> bool:
    """Tell whether a date is one end of several days: `18-19 August 2026`."""
    before = _BEFORE.search(text[max(0, found.start() - _LONGEST) : found.start()])
    return bool(before or _BEHIND.match(text, found.end()))


def _is_zone(name: str) -> bool:
    return abbreviated(name) or (
        _ZONE.fullmatch(name) is not None and place_of(name) is not None
    )
