"""The date of a day that a text names, given what is around that text."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from postmortem.moments.refusals import NoDay, NotATime, shown

OVERNIGHT = timedelta(hours=12)
"""Beyond that, an earlier time of day is the next day's."""
STEP_BACK = timedelta(hours=2)
"""Up to that, an earlier time of day is out of order, of the same day."""

_DAY = timedelta(days=1)
_WEEK = 7
_MONTH = timedelta(days=31)
_HALF_A_YEAR = timedelta(days=183)
_WEEKDAYS = (
    *("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
)


class Day(NamedTuple):
    """What a text says about the day; one of the first four at least is set."""

    dates: tuple[date, ...] = ()
    """Several when day and month could be either way round."""
    month_day: tuple[int, int] | None = None
    shift: int | None = None
    """Days from today: yesterday is -1."""
    weekday: int | None = None
    """Monday is 0; beside a date it has to agree with it."""
    eve: bool = False
    """Whether the night before that day is meant."""


class Around(NamedTuple):
    """What is known around a text that does not say its day."""

    near: date | None = None
    """The present, or an instant of the incident; a plain date is the day itself."""
    previous: datetime | None = None
    """The naive time before it in the same list."""


def dates(day: Day | None, clock: time, around: Around, text: str) -> tuple[date, ...]:
    """Return the dates that a day can be; several only where nobody can tell.

    Raises NoDay when nothing around it says, NotATime when the weekday is another.
    """
    if day is None:
        return _unsaid(clock, around, text)
    found = _agreeing(day.dates or _counted(day, around, text), day.weekday, text)
    return tuple(each - _DAY for each in found) if day.eve else found


def coming(day: Day, today: date, text: str) -> tuple[date, ...]:
    """Return the next date after today that a day can be, as a due date is meant."""
    if day.month_day is not None:
        found = _years(day.month_day, range(today.year, today.year + 9))
        ahead = [each for each in found if each >= today]
        return _agreeing(tuple(ahead[:1]), day.weekday, text)
    if day.dates or day.shift is not None:
        return dates(day, time(), Around(near=today), text)
    ahead_by = ((day.weekday or 0) - today.weekday()) % _WEEK
    return (today + (ahead_by or _WEEK) * _DAY,)


def _unsaid(clock: time, around: Around, text: str) -> tuple[date, ...]:
    """Roll over midnight: a list goes forward, but for small steps back.

    More than twelve hours back is the next day, up to two are the same one. Between
    them it can be either; so can what is almost a day ahead.
    """
    if around.previous is not None:
        today = around.previous.date()
        ahead = datetime.combine(today, clock) - around.previous
        if ahead < -OVERNIGHT:
            return (today + _DAY,)
        if ahead < -STEP_BACK:
            return (today, today + _DAY)
        if ahead >= _DAY - STEP_BACK and today > date.min:
            return (today - _DAY, today)
        return (today,)
    if isinstance(around.near, datetime):
        today = around.near.date()
        ahead = datetime.combine(today, clock) - around.near
        if abs(ahead) <= _DAY - STEP_BACK:
            return (today,)
        return (today - _DAY if ahead > timedelta() else today + _DAY,)
    if around.near is not None:
        return (around.near,)
    raise _no_day(text)


def _counted(day: Day, around: Around, text: str) -> tuple[date, ...]:
    """Return the day that is counted from one around it.

    In a list a weekday is the closest one; else it is the last one, today included.
    """
    near = around.near.date() if isinstance(around.near, datetime) else around.near
    start = around.previous.date() if around.previous else near
    if day.shift is not None:
        start = near
    if start is None:
        raise _no_day(text)
    if day.shift is not None:
        return (start + day.shift * _DAY,)
    if day.month_day is not None:
        return _in_some_year(day.month_day, start, forward=around.previous is not None)
    back = (start.weekday() - (day.weekday or 0)) % _WEEK
    if around.previous and back > _WEEK // 2:
        back -= _WEEK
    return (start - back * _DAY,)


def _in_some_year(
    month_day: tuple[int, int], start: date, *, forward: bool
) -> tuple[date, ...]:
    """Return the closest such day; the ones around when it is not clearly that one.

    A list goes forward, and what is told goes back: half a year that way, and a month
    the other way, are clear.
    """
    found = _years(month_day, range(max(start.year - 8, 1), start.year + 9))
    closest = min(found, key=lambda each: abs(each - start))
    ahead = closest - start if forward else start - closest
    if -_MONTH <= ahead <= _HALF_A_YEAR:
        return (closest,)
    before = [each for each in found if each <= start]
    after = [each for each in found if each > start]
    return (*before[-1:], *after[:1])


def _years(month_day: tuple[int, int], years: Iterable[int]) -> list[date]:
    """Return that day of each year which has it: 29 February is in few."""
    month, day = month_day
    found = []
    for year in years:
        try:
            found.append(date(year, month, day))
        except ValueError:
            continue
    return found


def _agreeing(
    found: tuple[date, ...], weekday: int | None, text: str
) -> tuple[date, ...]:
    agreeing = tuple(each for each in found if weekday in (None, each.weekday()))
    if agreeing:
        return agreeing
    said = " and ".join(
        f"{each.isoformat()} is a {_WEEKDAYS[each.weekday()]}" for each in found
    )
    raise NotATime(
        f"{shown(text)} names another weekday: {said}",
        hint="mend the date or leave the weekday out",
    )


def _no_day(text: str) -> NoDay:
    return NoDay(
        f"{shown(text)} does not say of which day",
        hint="write the date as well, as in 2025-05-24 13:05",
    )
