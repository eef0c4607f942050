"""Reading an instant or a span out of what people type and what exports hold."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from postmortem.moments.counting import counted
from postmortem.moments.dating import STEP_BACK
from postmortem.moments.hyphens import spelled_out
from postmortem.moments.meaning import Ends, label, meanings
from postmortem.moments.phrases import sides
from postmortem.moments.refusals import Ambiguous, NotATime, Span, shown
from postmortem.moments.settling import Context
from postmortem.moments.tokens import plain
from postmortem.moments.walls import sole
from postmortem.moments.writing import iso

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
        return span or _slowly(Context(text, zone, near, previous))
    except OverflowError as error:
        raise NotATime(
            f"{shown(text)} is beyond the calendar",
            hint="write a year from 0001 to 9999",
        ) from error


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
        if zone is None or not isinstance(around, datetime) or around.tzinfo is None:
            return None
        return _clock(text, around.astimezone(zone))
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


def _slowly(context: Context) -> Span:
    text = context.text
    bare = plain(text)
    count = counted(bare, context.zone, context.near, context.previous)
    if count is not None:
        return count
    found: dict[tuple[datetime, datetime | None], tuple[Ends, Span]] = {}
    refusal: NotATime | None = None
    for spelled in spelled_out(bare):
        try:
            for ends, span in meanings(sides(spelled), context):
                found.setdefault((span.at, span.until), (ends, span))
        except NotATime as error:
            refusal = refusal or error
    if refusal and not found:
        raise refusal
    if len(found) > 1:
        options = tuple((label(ends), span) for ends, span in found.values())
        hint = f"write {' or '.join(_exactly(span) for _, span in options)}"
        raise Ambiguous(text, options, hint)
    return next(iter(found.values()))[1]


def _exactly(span: Span) -> str:
    said = iso(span.at) if span.until is None else f"{iso(span.at)}/{iso(span.until)}"
    return f"~{said}" if span.approximate else said
