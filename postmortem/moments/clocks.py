"""What a clock showed, out of the digits and the half of the day beside them."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from postmortem.moments.refusals import NotATime, shown
from postmortem.moments.tokens import Token

_NOON = 12
_LEAP = 60
_HALVES = {
    **dict.fromkeys(("\u5348\u524d", "\u4e0a\u5348"), "a"),  # in Japan, in China
    **dict.fromkeys(("\u5348\u5f8c", "\u4e0b\u5348"), "p"),
}
_SHOWN = re.compile(
    r"(?P<hour>\d{1,2})(?:[:.hH](?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,](?P<part>\d+))?)?)?",
    re.ASCII,
)
_MILITARY = re.compile(
    r"(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)?(?:[.,](?P<part>\d+))?", re.ASCII
)


class Clock(NamedTuple):
    """Hours and minutes as they were written; not yet checked."""

    hour: int
    minute: int = 0
    second: int = 0
    """Up to 60: a leap second, or one that was rounded up, is the next second."""
    microsecond: int = 0
    half: str = ""
    """`a` or `p`, the letter before the m; empty on a clock of 24 hours."""
    from_zero: bool = False
    """Whether a half goes from 0 to 11, as in Japan, where its 12 can be either."""
    exact: bool = False
    """Whether seconds were written."""

    def time(self, text: str) -> time:
        """Return the time of day, a leap second as the one before it.

        Raises NotATime for what no clock shows: 24:00, 13:06 pm, 00:25 am.
        """
        hour = self.hour
        if self.half:
            if self.from_zero and hour == _NOON:
                raise NotATime(
                    f"{shown(text)} could be of noon or of midnight",
                    hint=f"write 00:{self.minute:02} or 12:{self.minute:02}",
                )
            if not (0 if self.from_zero else 1) <= hour <= _NOON:
                raise NotATime(
                    f"{shown(text)} is on no clock: before am and pm stand 1 to 12",
                    hint=f"write {self._said()} alone, or the hour of 12 with am or pm",
                )
            hour = hour % _NOON + (_NOON if self.half == "p" else 0)
        try:
            second = min(self.second, _LEAP - 1) if self.second <= _LEAP else _LEAP
            return time(hour, self.minute, second, self.microsecond)
        except ValueError as error:
            midnight = hour == 2 * _NOON and not self.minute
            raise NotATime(
                f"{shown(text)} is on no clock",
                hint="write 00:00 of the next day"
                if midnight
                else "write hours from 00 to 23, minutes and seconds from 00 to 59",
            ) from error

    def on(self, day: date, text: str) -> datetime:
        """Return what the wall showed, naive; a leap second is the next second."""
        wall = datetime.combine(day, self.time(text))
        return wall + timedelta(seconds=1) if self.second == _LEAP else wall

    def _said(self) -> str:
        return f"{self.hour:02}:{self.minute:02}"


def clock_shown(token: Token, half: Token | None, text: str) -> Clock:
    """Read `14:32:05,810`, `9.12`, `0h28`, `noon`, or the hour before am and pm."""
    if token.text.lower().startswith("noon"):
        if half:
            raise NotATime(f"{shown(text)} is on no clock", hint="write noon alone")
        return Clock(_NOON)
    found = _SHOWN.fullmatch(token.text)
    if found is None:
        raise NotATime(f"{shown(text)} is on no clock", hint="write 14:32")
    if half and half.text in _HALVES:
        return _clock(found, _HALVES[half.text])._replace(from_zero=True)
    return _clock(found, half.text[0].lower() if half else "")


def military(digits: str) -> Clock | None:
    """Read `1432` and `143205.810`, which only a date or a zone tells from a number."""
    found = _MILITARY.fullmatch(digits)
    return _clock(found, "") if found else None


def _clock(found: re.Match[str], half: str) -> Clock:
    return Clock(
        hour=int(found["hour"]),
        minute=int(found["minute"] or 0),
        second=int(found["second"] or 0),
        microsecond=int((found["part"] or "0").ljust(6, "0")[:6]),
        half=half,
        exact=found["second"] is not None,
    )
