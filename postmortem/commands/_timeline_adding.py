"""The record with what was chosen in it: rows, and the moments that were named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from postmortem import moments, timeline
from postmortem.model import MOMENTS, Event, Moment, Report
from postmortem.timeline.already import already

if TYPE_CHECKING:
    from postmortem.commands._timeline_asked import Ask
    from postmortem.timeline import Group, People


@dataclass(frozen=True, kw_only=True)
class Added:
    """What a report then holds."""

    report: Report
    events: tuple[Event, ...]
    remarks: tuple[str, ...] = ()


def added(
    report: Report,
    groups: Mapping[int, Group],
    chosen: Mapping[int, str],
    people: People,
    ask: Ask,
    form: Collection[str] = MOMENTS,
) -> Added:
    """Return the record with events of these groups, each once.

    A moment that was named in choosing is set where it is not known. What a tool calls
    a moment is one only where the report says the same, and never sets it; where the
    `form` asks for it, it is said how to.
    """
    rows = report.timeline or ()
    places = list(groups)
    there = already([groups[at] for at in places], rows, people)
    fresh = [at for number, at in enumerate(places) if number not in there]
    events: list[Event] = []
    remarks: list[str] = []
    kinds = Counter(groups[at].kind for at in fresh)
    kinds.update(row.kind for row in rows)
    for at in fresh:
        group = groups[at]
        event = timeline.event_of(group, people, minutes=ask.minutes)
        remark = None
        if (named := chosen[at]) in MOMENTS:
            event = event.replace(kind=named)
            report, remark = _with_moment(report, named, event)
        elif not _is_moment(report, event, kinds, named=group.named):
            event = timeline.event_of(group, people, minutes=ask.minutes, kind=False)
        elif event.kind in form and _is_open(report, event.kind):
            remark = _unset(report, event)
        remarks += [remark] if remark else []
        events.append(event)
    rows = timeline.placed(rows, events)
    if events:
        report = report.replace(timeline=rows)
    return Added(report=report, events=tuple(events), remarks=tuple(remarks))


def _unset(report: Report, event: Event) -> str:
    """Say how a moment is set that an event is named after."""
    at = moments.iso(event.at) if event.at else ""
    which = report.id or "ID"
    return (
        f"{event.kind} is not known yet, and an event is called so: "
        f"`postmortem set {which} {event.kind}={at}`"
    )


def _with_moment(report: Report, name: str, event: Event) -> tuple[Report, str | None]:
    """Set a moment that is not known; say where the report knows another time."""
    known: Moment | None = getattr(report, name)
    if event.at is None:
        return report, None
    if known is None:
        at = Moment(at=event.at, approximate=event.approximate)
        return report.with_value(name, at), None
    if _same_minute(known, event):
        return report, None
    said = moments.iso(event.at)
    return report, f"{name} stays {moments.iso(known.at)}; the event is at {said}"


def _is_open(report: Report, kind: str | None) -> bool:
    return kind in MOMENTS and report.value(kind) is None


def _is_moment(
    report: Report, event: Event, kinds: Counter[str | None], *, named: bool
) -> bool:
    """Tell whether the kind that a tool or a person gave an event can stand there."""
    if event.kind not in MOMENTS:
        return True
    known: Moment | None = getattr(report, event.kind)
    if known is None:
        return named or kinds[event.kind] == 1
    return _same_minute(known, event)


def _same_minute(known: Moment, event: Event) -> bool:
    if event.at is None:
        return False
    first, second = (
        each.replace(second=0, microsecond=0) for each in (known.at, event.at)
    )
    return first == second
