"""Rules about the timeline: order, bounds, gaps, and what each row lacks."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

from postmortem import moments
from postmortem.checks.facts.moments import agree, is_told_as_later, said
from postmortem.checks.facts.phrased import is_stated
from postmortem.checks.rules import HINT, REVIEW, rule
from postmortem.checks.subject import Subject
from postmortem.model import MOMENTS, Event, Finding, Moment

_BEHIND = timedelta(days=7)
"""How long after its end something may still belong to an incident."""
_BEFORE = timedelta(days=366)
_GAP = timedelta(minutes=30)
_SHARE = 3
"""A gap counts from this part of the time between noticing and mitigating it."""
_MANY = 5


@rule(code="PM113", name="a timeline that is out of order", group="facts")
def order(subject: Subject) -> Iterator[Finding]:
    """Yield the fewest events that would have to move for all to be in order."""
    timed = [
        (number, event, event.at)
        for number, event in enumerate(subject.report.timeline or ())
        if event.at
    ]
    times = [at for _, _, at in timed]
    if times == sorted(times):
        return
    if len(times) > 2 and times == sorted(times, reverse=True):  # noqa: PLR2004
        message = "the timeline has its latest event first"
        hint = "write it from the first event to the last"
        yield subject.finding(message, heading="timeline", hint=hint)
        return
    kept = longest_order(times, [_vouched(event, subject) for _, event, _ in timed])
    for place in sorted(set(range(len(timed))).difference(kept)):
        number, _, at = timed[place]
        yield subject.at_row(
            "timeline",
            number,
            f"this event ({said(at)}) stands {_where(place, kept, times)}",
            part="at",
            hint="move it, or correct its day or its time",
        )


@rule(code="PM114", name="an event outside the incident", group="facts")
def outside(subject: Subject) -> Iterator[Finding]:
    """Yield events long before the onset, or after the watch ended.

    Of those that are still to come PM112 speaks.
    """
    report = subject.report
    onset = report.onset or report.detected
    end, late = report.closed, timedelta()
    if end is None:
        end, late = report.resolved, _BEHIND
    hint = "correct its time, or tell of it in the prose"
    for number, event in enumerate(report.timeline or ()):
        if event.at is None or is_told_as_later(event, subject):
            continue
        message = None
        if onset and event.at < onset.at - _BEFORE:
            message = f"this event ({said(event.at)}) is over a year before the onset"
        elif end and event.at > end.at + late:
            what = "the watch ended" if report.closed else "a week after its end"
            message = f"this event ({said(event.at)}) is later than {what}"
        if message:
            yield subject.at_row("timeline", number, message, part="at", hint=hint)


@rule(code="PM116", name="a gap that nothing explains", group="facts", severity=HINT)
def gap(subject: Subject) -> Iterator[Finding]:
    """Yield long stretches without an event between noticing and mitigating it."""
    report = subject.report
    end = report.mitigated or report.resolved
    if not report.detected or not end or end.at <= report.detected.at:
        return
    long = max(_GAP, (end.at - report.detected.at) / _SHARE)
    before: datetime | None = None
    timed = [
        (event.at, number, event.until or event.at)
        for number, event in enumerate(report.timeline or ())
        if event.at and report.detected.at <= event.at <= end.at
    ]
    for at, number, until in sorted(timed):
        if before and at - before > long and not is_stated(subject, at - before):
            length = moments.duration(at - before)
            yield subject.at_row(
                "timeline",
                number,
                f"nothing is told of the {length} before this event",
                part="at",
                hint="say what was tried in that time, even if it did not help",
            )
        before = max(before or at, until)


@rule(code="PM117", name="an event without a time", group="facts", since=REVIEW)
def no_time(subject: Subject) -> Iterator[Finding]:
    """Yield events of which nobody can tell when they were."""
    hint = "write about when it was: ~14:05, or a span: 14:00-14:20"
    for number, event in enumerate(subject.report.timeline or ()):
        if event.at is not None or event.said:
            continue
        from postmortem.checks.facts.untimed import lacks_time

        if lacks_time(subject, number):
            message = "this event has no time"
            yield subject.at_row("timeline", number, message, hint=hint)


@rule(code="PM119", name="an event that is told twice", group="facts")
def twice(subject: Subject) -> Iterator[Finding]:
    """Yield events with the time and the words of one above.

    Rows without a time may be of another table, and be alike for good reason.
    """
    seen = set()
    for number, event in enumerate(subject.report.timeline or ()):
        if event.at is None:
            continue
        told = (event.at, " ".join(event.text.casefold().split()))
        if told in seen:
            message = "this event stands in the timeline already"
            yield subject.at_row("timeline", number, message, hint="take one out")
        seen.add(told)


@rule(code="PM120", name="a timeline without sources", group="facts", severity=HINT)
def no_sources(subject: Subject) -> Iterator[Finding]:
    """Yield a timeline of which no event says where it can be seen."""
    events = subject.report.timeline or ()
    told = any(event.source or event.link for event in events)
    if len(events) >= _MANY and not told and subject.keeps("timeline", "source"):
        yield subject.finding(
            "no event says where it can be seen",
            heading="timeline",
            hint="name the log, channel or alert in the column of sources",
        )


@rule(
    code="PM121",
    name="a timeline that begins when it was noticed",
    group="facts",
    severity=HINT,
)
def late(subject: Subject) -> Iterator[Finding]:
    """Yield a timeline without an event from before anybody noticed."""
    report = subject.report
    if not report.onset or not report.detected or report.onset.at >= report.detected.at:
        return
    events: Sequence[Event] = report.timeline or ()
    times = [event.at for event in events if event.at]
    if times and min(times) >= report.detected.at:
        yield subject.finding(
            "the timeline begins when it was noticed, and the incident did before",
            heading="timeline",
            hint="add what set it off: the change, the load, the first error",
        )


def longest_order(times: Sequence[datetime], weights: Sequence[int]) -> list[int]:
    """Return the places of the most times that are in order among each other.

    Of several choices it is the weightiest; of those the one furthest down.
    """
    tails: list[datetime] = []
    ends: list[list[int]] = []
    # by size: the places that such an order can end with, weights and times falling
    before: list[int | None] = []
    total: list[int] = []
    for place, at in enumerate(times):
        size = bisect_right(tails, at)
        last = None
        if size:
            fit = bisect_left(ends[size - 1], x=True, key=lambda end: times[end] <= at)
            last = ends[size - 1][fit]
        before.append(last)
        total.append(weights[place] + (0 if last is None else total[last]))
        tails[size : size + 1] = [at]
        if size == len(ends):
            ends.append([])
        while ends[size] and total[ends[size][-1]] <= total[place]:
            ends[size].pop()
        ends[size].append(place)
    kept, place_ = [], ends[-1][0] if ends else None
    while place_ is not None:
        kept.append(place_)
        place_ = before[place_]
    return kept[::-1]


def _vouched(event: Event, subject: Subject) -> int:
    """Return how many of its kind and the front matter say when an event was."""
    kind = (event.kind or "").casefold()
    moment: Moment | None
    if kind in MOMENTS:
        moment = subject.report.value(kind)
        return 1 if moment is None else 2 * agree(moment, event)
    told = (subject.report.value(name) for name in MOMENTS)
    return int(any(each is not None and each.at == event.at for each in told))


def _where(place: int, kept: Sequence[int], times: Sequence[datetime]) -> str:
    """Say between which of the times in order another one stands."""
    behind = bisect_left(kept, place)
    day = times[place].astimezone(UTC).date()
    before, after = (
        [
            moments.clock(at, UTC, with_date=at.astimezone(UTC).date() != day)
            for at in (times[each] for each in near)
        ]
        for near in (kept[:behind][-1:], kept[behind : behind + 1])
    )
    if before and after:
        return f"between {before[0]} and {after[0]} UTC"
    return f"after {before[0]} UTC" if before else f"before {after[0]} UTC"
