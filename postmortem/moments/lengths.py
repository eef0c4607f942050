"""Lengths of time: written with their units, exactly, and read back as people type."""

from __future__ import annotations

import re
from datetime import timedelta

from postmortem.moments.refusals import NotATime, shown

_UNITS = {
    "w": timedelta(weeks=1),
    "d": timedelta(days=1),
    "h": timedelta(hours=1),
    "min": timedelta(minutes=1),
    "s": timedelta(seconds=1),
    "ms": timedelta(milliseconds=1),
}
_WORDS = {
    **dict.fromkeys(("w", "wk", "wks", "week", "weeks"), "w"),
    **dict.fromkeys(("d", "day", "days"), "d"),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), "h"),
    **dict.fromkeys(("m", "min", "mins", "minute", "minutes"), "min"),
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds"), "s"),
    **dict.fromkeys(("ms", "msec", "millisecond", "milliseconds"), "ms"),
}
_MICROSECOND = timedelta(microseconds=1)

_STEP = re.compile(
    r"(?P<whole>\d{1,9})(?:[.](?P<part>\d{1,9}))?\s*(?P<word>[a-z]+)\.?(?:\s*,|\s+and\b)?\s*",
    re.ASCII,
)
_CLOCK = re.compile(r"(\d{1,6}):([0-5]\d)(?::([0-5]\d)(?:[.](\d{1,6}))?)?", re.ASCII)
_ISO = re.compile(
    r"P(?:(?P<w>\d{1,9})W)?(?:(?P<d>\d{1,9})D)?"
    r"(?:T(?=\d)(?:(?P<h>\d{1,9})H)?(?:(?P<m>\d{1,9})M)?(?:(?P<s>\d{1,9}(?:\.\d{1,9})?)S)?)?",
    re.ASCII,
)
_HALF_HOUR = re.compile(r"(\d{1,3})\s?h\s?([0-5]\d)", re.ASCII)
_LONGEST = 80


def duration(length: timedelta) -> str:
    """Write a length of time with its units, exactly; zeros are left out.

    >>> duration(timedelta(hours=1, minutes=55))
    '1 h 55 min'
    """
    if length < timedelta():
        return f"-{duration(-length)}"
    minutes, seconds = divmod(length.seconds, 60)
    hours, minutes = divmod(minutes, 60)
    parts = [(length.days, "d"), (hours, "h"), (minutes, "min")]
    said = [f"{count} {unit}" for count, unit in parts if count]
    if length.microseconds:
        said.append(f"{seconds}.{length.microseconds:06}".rstrip("0") + " s")
    elif seconds:
        said.append(f"{seconds} s")
    return " ".join(said) or "0 min"


def read_duration(text: str) -> timedelta:
    """Read a length of time: `1 h 55 min`, `1h35m`, `90 min`, `1:35`, `PT1H35M`.

    `1:35` is hours and minutes. Raises NotATime for anything else, a bare number
    among it: nobody can tell its unit.
    """
    bare = text.strip().replace("\N{MINUS SIGN}", "-")
    if len(bare) > _LONGEST:
        raise _refusal(text)
    sign = -1 if bare.startswith("-") else 1
    bare = bare.removeprefix("-" if sign < 0 else "+").strip()
    try:
        length = _clock(bare) or _iso(bare) or _steps(bare.lower())
        if length is None:
            raise _refusal(text)
        return sign * length
    except OverflowError as error:
        raise _refusal(text) from error


def _steps(text: str) -> timedelta | None:
    """Read numbers with units, larger units first and none of them twice."""
    if found := _HALF_HOUR.fullmatch(text):
        return timedelta(hours=int(found[1]), minutes=int(found[2]))
    total, last, at = timedelta(), None, 0
    while at < len(text):
        found = _STEP.match(text, at)
        unit = _UNITS.get(_WORDS.get(found["word"], "")) if found else None
        if not found or unit is None or (last is not None and unit >= last):
            return None
        total += int(found["whole"]) * unit + _fraction(found["part"], unit)
        last, at = unit, found.end()
    return None if last is None else total


def _clock(text: str) -> timedelta | None:
    found = _CLOCK.fullmatch(text)
    if not found:
        return None
    hours, minutes, seconds = (int(found[group] or 0) for group in (1, 2, 3))
    part = _fraction(found[4], _UNITS["s"])
    return timedelta(hours=hours, minutes=minutes, seconds=seconds) + part


def _iso(text: str) -> timedelta | None:
    """Read ISO 8601's form; its years and months have no length, so they are not."""
    found = _ISO.fullmatch(text)
    if not found or not any(found.groups()):
        return None
    whole, _, part = (found["s"] or "0").partition(".")
    counts = {unit: int(found[unit] or 0) for unit in "wdh"}
    return (
        sum((count * _UNITS[unit] for unit, count in counts.items()), timedelta())
        + int(found["m"] or 0) * _UNITS["min"]
        + int(whole) * _UNITS["s"]
        + _fraction(part, _UNITS["s"])
    )


def _fraction(digits: str | None, unit: timedelta) -> timedelta:
    """Return that decimal part of a unit, cut to the microsecond."""
    if not digits:
        return timedelta()
    microseconds = int(digits) * (unit // _MICROSECOND) // int(f"1{'0' * len(digits)}")
    return microseconds * _MICROSECOND


def _refusal(text: str) -> NotATime:
    return NotATime(
        f"{shown(text)} is no length of time",
        hint="write it with its units: 1 h 35 min, 90 min, 2 d",
    )
