"""Instants as exports have them: counted since the epoch, ISO 8601, a clock."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

from postmortem import moments
from postmortem.errors import PostmortemError
from postmortem.importers.candidates import Setting

SLASHED = re.compile(r"\s*(\d{1,2})([/.])(\d{1,2})\2(\d{4})(?!\d)", re.ASCII)
"""A date with the year last, in which day or month is first."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_SCALES = ((100_000_000, 1_000_000), (100_000_000_000, 1_000))
"""From that many on it is seconds, or thousandths: microseconds in one."""
_MICROS = 100_000_000_000_000
_NANOS = 100_000_000_000_000_000
_BEYOND = 100_000_000_000_000_000_000
_NUMBER = re.compile(r"(\d{9,20})(?:\.(\d+))?", re.ASCII)
_UNSET = re.compile(
    r"0*1-01-01(?:[T ]00:00(?::00(?:\.0+)?)?(?:Z|[+-]00:?00)?)?", re.IGNORECASE
)


class Timeless(PostmortemError):
    """What stands there is no instant, or could be several; `why` is a clause."""

    @property
    def why(self) -> str:
        """Say why, for an Unplaced."""
        return self.problem.message


def unset(value: object) -> bool:
    """Tell whether a time is not there: null, blank, 0, or year 1 as Go writes it."""
    if isinstance(value, str):
        value = value.strip()
        return value in ("", "0", "null", "None", "-") or bool(_UNSET.fullmatch(value))
    return value is None or value == 0 or isinstance(value, bool)


def instant(
    value: object, setting: Setting, *, previous: datetime | None = None
) -> datetime:
    """Return the instant that a value of an export is; aware.

    Numbers, and digits in a string, are seconds, milliseconds, microseconds or
    nanoseconds since 1970 by their size. A clock without a date goes on from
    `previous`, else is near `setting.near`; without a zone it is in `setting.zone`.
    Raises Timeless, and never guesses.
    """
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _counted(value)
    if unset(value):
        raise Timeless("no time")
    if not isinstance(value, str):
        raise Timeless(f"{type(value).__name__} is no time")
    text = value.strip()
    if found := _NUMBER.fullmatch(text):
        return _digits(found)
    return span(text, setting, previous=previous).at


def span(
    text: str,
    setting: Setting,
    *,
    previous: datetime | None = None,
    day: date | None = None,
) -> moments.Span:
    """Read what a person or a program wrote, with its end if it has one.

    `day` is a date that a heading gives, which is then the day itself.
    """
    try:
        found = moments.read(
            _ordered(text, setting),
            zone=setting.zone,
            near=setting.near if day is None else day,
            previous=previous,
        )
    except moments.Unreadable as error:
        raise Timeless(error.problem.message, hint=error.problem.hint) from error
    if found.at.year == 1:
        raise Timeless("no time")
    return found


def _ordered(text: str, setting: Setting) -> str:
    """Return a text whose date is written one way round, where that is known."""
    found = SLASHED.match(text) if setting.day_first is not None else None
    if not found:
        return text
    day, month = (1, 3) if setting.day_first else (3, 1)
    return f"{found[4]}-{found[month]:0>2}-{found[day]:0>2}{text[found.end() :]}"


def _digits(found: re.Match[str]) -> datetime:
    whole, part = int(found[1]), found[2]
    if part and whole < _SCALES[1][0]:
        return _EPOCH + (whole * 1_000_000 + int(part.ljust(6, "0")[:6])) * _MICROSECOND
    return _counted(whole)


def _counted(value: float) -> datetime:
    for start, scale in reversed(_SCALES):
        if start <= value < _MICROS:
            return _since(round(value * scale))
    if _MICROS <= value < _NANOS:
        return _since(int(value))
    if _NANOS <= value < _BEYOND:
        return _since(int(value) // 1_000)
    raise Timeless(f"{value!r} is no time" if value else "no time")


def _since(microseconds: int) -> datetime:
    try:
        return _EPOCH + microseconds * _MICROSECOND
    except OverflowError as error:
        raise Timeless(f"{microseconds} is beyond the calendar") from error
