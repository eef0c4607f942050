"""Reading an instant, a span or a day of what people type and what exports hold.

What reports hold by the thousand is read here, all else with the grammar behind it.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from postmortem.moments.dating import STEP_BACK
from postmortem.moments.refusals import NotATime, Span, shown
from postmortem.moments.walls import sole

_NEXT_DAY = timedelta(days=1) - STEP_BACK
_WALL = r"(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:[.,]\d{1,9})?)?"
_OFFSET = r"\d\d(?::?[0-5]\d(?::[0-5]\d(?:\.\d{6})?)?)?"
_ISO = re.compile(
    rf"\d{{4}}-\d\d-\d\d(?:T{_WALL}(?:Z|[+-]{_OFFSET})?| {_WALL}(?:Z|\+{_OFFSET})?)",
    re.ASCII,
)


def read(
    text: str,
    *,
    zone: tzinfo | None = None,
    near: date | None = None,
    previous: datetime | None = None,
) -> Span:
    """Read an instant or a span: `2025-05-24 13:05`, `sat 9:12am EDT`, `+5m`, ISO.

    What the text does not say comes from around it: the zone from `zone`, the day
    from `previous`, the time before it in the same list, or else from `near`, which
    is the present for what a person types (`-10 min`, `yesterday`), an instant of the
    incident, or a plain date that is the day itself. Times without a day roll over
    midnight; digits beyond microseconds are cut.

    Raises Unreadable, in one of its kinds, and never guesses.
    """
    try:
        span = _quickly(text, zone, near, previous)
    except OverflowError:
        span = None
    try:
        return span or _slowly(text, zone, near, previous)
    except OverflowError as error:
        raise NotATime(
            f"{shown(text)} is beyond the calendar",
            hint="write a year from 0001 to 9999",
        ) from error


def read_day(text: str, *, today: date | None = None, near: date | None = None) -> date:
    """Read a day: `2025-05-24`, `Sat, May 24, 2025`, `+2w`, `fri`, `tomorrow`.

    With `today` it is a day to come, as a due date is: `fri` is the next Friday after
    it, a day without its year the next such day. With `near` it is the closest one.

    `in a month`, `next month` and `+2 months` are the same day of that month, or its
    last one where it has no such day: 31 January and a month is 28 February, in a leap
    year the 29th. `in a week` and `next week` are seven days; `+1m` is a minute, and so
    no day. Raises NotATime, NoDay, AmbiguousDay.
    """
    try:
        return _day(text)
    except ValueError:
        from postmortem.moments.days import day_read

        return day_read(text, today, near)


def _quickly(
    text: str, zone: tzinfo | None, near: date | None, previous: datetime | None
) -> Span | None:
    """Read what reports hold by the thousand; None for what wants more thought."""
    if text.endswith(" UTC"):
        span = _quickly(text[:-4], UTC, near, previous)
        if span is None or span.zone_given:
            return None
        return Span(at=span.at, day_given=span.day_given, zone_given=True)
    if len(text) == len("13:05"):
        around = previous or near
        if zone is None or around is None:
            return None
        if not isinstance(around, datetime):
            return _clock(text, datetime.combine(around, time(), zone))
        return None if around.tzinfo is None else _clock(text, around.astimezone(zone))
    if not _ISO.fullmatch(text):
        return None
    try:
        here = datetime.fromisoformat(text)
    except ValueError:
        return None
    if here.tzinfo is not None:
        return Span(at=here, day_given=True, zone_given=True)
    at = None if zone is None else sole(here.replace(tzinfo=zone))
    return None if at is None else Span(at=at, day_given=True)


def _clock(text: str, local: datetime) -> Span | None:
    """Read `13:05` where it is clearly on the day of that local time."""
    if text[2] != ":" or text >= "24":
        return None
    try:
        here = datetime.combine(local, time.fromisoformat(text), local.tzinfo)
    except ValueError:
        return None
    # Python takes times of one zone apart as clocks on the wall: here that is meant.
    if not -STEP_BACK <= here - local < _NEXT_DAY:
        return None
    at = sole(here)
    return None if at is None else Span(at=at)


def _slowly(
    text: str, zone: tzinfo | None, near: date | None, previous: datetime | None
) -> Span:
    """Read all else; what reads it is loaded when there is some."""
    from postmortem.moments.settling import Context
    from postmortem.moments.weighing import weighed

    return weighed(Context(text, zone, near, previous))


def _day(text: str) -> date:
    """Read `2025-05-24`; raises ValueError for all else, other ISO forms among it."""
    if len(text) != len("2025-05-24") or text[4] != "-" or text[7] != "-":
        raise ValueError(text)
    return date.fromisoformat(text)
