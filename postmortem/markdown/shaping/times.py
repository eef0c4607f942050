"""Times by the clocks of a zone, and lengths of time in words."""

from __future__ import annotations

from datetime import timedelta, tzinfo

from postmortem import moments, templating
from postmortem.markdown import when
from postmortem.templating import TemplateMistake

_UNITS = ("seconds", "minutes", "hours", "days")


def in_zone(value: object, name: object, own: tuple[tzinfo, str]) -> str:
    """Say a time by the clocks of a zone, with its name; `own` is the report's.

    A time that is no instant stays as it was said.
    """
    if value is None:
        return ""
    told = when.from_iso(str(value))
    if told.at is None:
        return told.said or ""
    zone, called = own if name is None else (_zone(name), str(name))
    return f"{when.written(told, zone)} {called}"


def since(end: object, start: object) -> str:
    """Say how long it was from one moment to another; "" where one is not known."""
    last, first = (when.from_iso(str(each or "")) for each in (end, start))
    if last.at is None or first.at is None:
        return ""
    about = "~" if last.approximate or first.approximate else ""
    return about + moments.duration(last.at - first.at)


def humanised(number: object, unit: str = "seconds") -> str:
    """Say a number of seconds, or of another unit, as people do: `1 h 55 min`."""
    if number is None:
        return ""
    if isinstance(number, bool) or not isinstance(number, (int, float)):
        message = f"humanised takes a number, and this is none: {number!r:.40}"
        hint = "for the time between two moments: {{ resolved | since(onset) }}"
        raise TemplateMistake(message, hint=hint)
    if unit not in _UNITS:
        near = templating.nearest(str(unit), _UNITS)
        hint = f"did you mean {near!r}?" if near else f"there are {', '.join(_UNITS)}"
        raise TemplateMistake(f"{str(unit)[:40]!r} is no unit of time", hint=hint)
    try:
        return moments.duration(timedelta(**{unit: number}))
    except (OverflowError, ValueError) as error:
        message = f"{number} {unit} is no length of time"
        raise TemplateMistake(message) from error


def _zone(name: object) -> tzinfo:
    try:
        return moments.zone(str(name))
    except moments.Unreadable as error:
        raise TemplateMistake(error.problem.message, hint=error.problem.hint) from error
