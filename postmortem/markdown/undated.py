"""The day of a time that says none, or not its year, where other words tell it.

Those are the row above, which is but a day, and the days that the report writes out.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from postmortem import moments
from postmortem.errors import PostmortemError
from postmortem.markdown import when
from postmortem.markdown.when import When

if TYPE_CHECKING:
    from postmortem.markdown.convert import Clock

A_WEEK = timedelta(days=7)
"""A day without its year is the same, counted from so long before; a weekday is not."""
_SOME_DAY = date(2000, 1, 1)


def read(text: str, clock: Clock) -> tuple[When, PostmortemError | None] | None:
    """Read a time for which the clock has no day; None where nothing tells it.

    Below a row that is but a day, it is of that one if the report writes out no other.
    """
    day, clock.alone = _of_row_above(text, clock), ""
    if day is not None:
        clock.near = day
        return when.read(text, clock.zone, near=day, previous=None)
    settled = _settled(text, clock)
    return (settled, None) if settled else None


def leave(error: PostmortemError, text: str, clock: Clock, *, days: bool) -> None:
    """Set the clock behind a row that was not read; `days` are all that it says.

    A time that says no day, further down, is not of the day of the rows above it.
    """
    known = clock.previous or clock.near
    if _is_of_other_day(error, text, known):
        clock.near = clock.previous = None
        clock.alone = ""
        if known is not None:
            clock.unsaid = "a row above it is of another day"
    if days and known is None and not clock.unsaid:
        clock.alone = text


def _of_row_above(text: str, clock: Clock) -> date | None:
    """Return the day that a row above is, where a time can only be of that one."""
    days = clock.written() if clock.alone else ()
    if len(days) != 1 or not _is(clock.alone, days[0]) or _says_its_day(text):
        return None
    return days[0]


def _settled(text: str, clock: Clock) -> When | None:
    """Return the one instant of a day without its year that all written days allow.

    A weekday is another one when it is counted from a week before.
    """
    found: set[When] = set()
    for day in clock.written():
        try:
            span = moments.read(text, zone=clock.zone, near=day)
            before = moments.read(text, zone=clock.zone, near=day - A_WEEK)
        except (PostmortemError, OverflowError):
            found.clear()
            break
        if not span.day_given:
            return None
        found |= {When(it.at, it.until, it.approximate) for it in (span, before)}
    if len(found) != 1:
        clock.written = tuple
        return None
    return found.pop()


def _is(text: str, day: date) -> bool:
    """Tell whether a text is that day, or without its year is closest to it."""
    try:
        return moments.read_day(text, near=day) == day
    except PostmortemError:
        return False


def _says_its_day(text: str) -> bool:
    """Tell whether a time says its day itself, or may do so."""
    try:
        return moments.read(text, zone=UTC, near=_SOME_DAY).day_given
    except (moments.Ambiguous, moments.Absent) as error:
        return any(span.day_given for _, span in error.options)
    except PostmortemError:
        return True


def _is_of_other_day(error: PostmortemError, text: str, near: date | None) -> bool:
    """Tell whether what could not be read says a day, and not just that of `near`.

    A day that is not known whole is another one.
    """
    if isinstance(error, moments.Ambiguous | moments.Absent):
        spans = [span for _, span in error.options]
        days = tuple({span.at.date() for span in spans if span.day_given})
    else:
        days = moments.dates_in(text, near or _SOME_DAY)
    day = near.date() if isinstance(near, datetime) else near
    if days:
        return days != (day,)
    return when.is_days(text) or when.says_unknown_day(text)
