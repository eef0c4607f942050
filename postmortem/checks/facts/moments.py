"""Rules about the named instants of an incident, in the front matter."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from postmortem import moments
from postmortem.checks.grading import speaks
from postmortem.checks.rules import rule
from postmortem.checks.subject import Subject
from postmortem.model import MOMENTS, Event, Finding, Moment

ORDER = (
    ("onset", "detected"),
    ("detected", "acknowledged"),
    ("detected", "declared"),
    ("detected", "identified"),
    ("onset", "mitigated"),
    ("detected", "resolved"),
    ("mitigated", "resolved"),
    ("onset", "resolved"),
    ("resolved", "closed"),
    ("resolved", "published"),
)
"""What comes before what, in every incident."""
_CLOSE = timedelta(hours=1)
"""How far apart two approximate spellings of an instant may be."""


@rule(code="PM111", name="moments in an impossible order", group="facts")
def order(subject: Subject) -> Iterator[Finding]:
    """Yield moments that are before one which has to come first; each once."""
    told = set()
    for first, last in ORDER:
        start: Moment | None = subject.report.value(first)
        end: Moment | None = subject.report.value(last)
        if start is None or end is None or last in told or end.at >= start.at:
            continue
        if (start.approximate or end.approximate) and start.at - end.at < _CLOSE:
            continue
        told.add(last)
        yield subject.finding(
            f"{last} ({said(end.at)}) is before {first} ({said(start.at)})",
            field=last,
            hint="one of the two times is wrong; look at day, zone, and am or pm",
        )


@rule(code="PM112", name="a time that is still to come", group="facts")
def future(subject: Subject) -> Iterator[Finding]:
    """Yield moments and events of a later day than the one on which it is checked."""
    hint = "look at the year and the month"
    for name in MOMENTS:
        moment: Moment | None = subject.report.value(name)
        if moment and _is_later(moment.at, subject):
            message = f"{name} ({said(moment.at)}) is still to come"
            yield subject.finding(message, field=name, hint=hint)
    for number, event in enumerate(subject.report.timeline or ()):
        if event.at and _is_later(event.at, subject):
            message = f"this event ({said(event.at)}) is still to come"
            told: Moment | None = None
            if event.kind and event.kind.casefold() in MOMENTS:
                told = subject.report.value(event.kind.casefold())
            known = told and not _is_later(told.at, subject)
            yield subject.at_row(
                "timeline",
                number,
                message,
                part="at",
                hint=f"the front matter has {said(told.at)}"
                if told and known
                else hint,
            )


@rule(code="PM115", name="the timeline and the front matter differ", group="facts")
def differ(subject: Subject) -> Iterator[Finding]:
    """Yield events that are a moment, at another time than the front matter has."""
    told: dict[str, list[tuple[int, Event]]] = {}
    for number, event in enumerate(subject.report.timeline or ()):
        if event.at and event.kind and event.kind.casefold() in MOMENTS:
            told.setdefault(event.kind.casefold(), []).append((number, event))
    for name, events in told.items():
        moment: Moment | None = subject.report.value(name)
        if moment is None or len(events) > 1:
            continue
        ((number, event),) = events
        if event.at is None or agree(moment, event) or is_told_as_later(event, subject):
            continue
        yield subject.at_row(
            "timeline",
            number,
            f"here it was {name} at {said(event.at)}, in the front matter at"
            f" {said(moment.at)}",
            part="at",
            hint=_slip(moment.at, event.at) or "correct the one that is wrong",
        )


def said(at: datetime) -> str:
    """Return an instant as messages have it, in UTC."""
    return f"{moments.clock(at, UTC)} UTC"


def is_told_as_later(event: Event, subject: Subject) -> bool:
    """Tell whether PM112 speaks of an event, so that others need not."""
    later = event.at is not None and _is_later(event.at, subject)
    return later and speaks("PM112", subject, "PM114", "PM115")


def agree(moment: Moment, event: Event) -> bool:
    """Tell whether an event's time, where it has one, is that of a moment."""
    if event.at is None:
        return True
    apart = abs(moment.at - event.at)
    about = moment.approximate or event.approximate
    return apart < (_CLOSE if about else timedelta(minutes=1))


def _is_later(at: datetime, subject: Subject) -> bool:
    return at.astimezone(UTC).date() > subject.today


def _slip(one: datetime, two: datetime) -> str | None:
    """Return a hint where two times are exactly a zone's offset apart."""
    offset = one.utcoffset()
    if offset and abs(one - two) == abs(offset):
        return "they are the zone's offset apart: one of them was not converted"
    return None
