"""What somebody asked `timeline import` for, and what it means for one report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, tzinfo
from typing import TYPE_CHECKING

from postmortem import moments, timeline
from postmortem.errors import PostmortemError
from postmortem.timeline import Wanted, Window

if TYPE_CHECKING:
    from postmortem.model import Report

_NOON = time(12)


@dataclass(frozen=True, kw_only=True)
class Ask:
    """The options, as they were typed."""

    files: Sequence[str] = ()
    repository: str | None = None
    log: str | None = None
    between: tuple[str, str] | None = None
    grep: Sequence[str] = ()
    kinds: Sequence[str] = ()
    authors: Sequence[str] = ()
    sources: Sequence[str] = ()
    zone: str | None = None
    date: str | None = None
    columns: Sequence[str] = ()
    day_first: bool | None = None
    roles: Sequence[str] = ()
    names: bool = False
    minutes: bool = False
    every: bool = False
    pick: bool | None = None
    dry_run: bool = False
    plain: bool = False
    shape: str = "text"

    @property
    def wanted(self) -> Wanted:
        """The filters; raises PostmortemError."""
        return timeline.wanted(
            grep=self.grep,
            kinds=self.kinds,
            authors=self.authors,
            sources=self.sources,
        )

    @property
    def narrow(self) -> bool:
        """Whether anything says which candidates are meant."""
        return bool(self.wanted or self.between)


def shown_zone(report: Report, name: str | None = None) -> tuple[tzinfo, str]:
    """Return the zone in which times are shown: a named one, the report's, or UTC."""
    if name is not None:
        return moments.zone(name), name
    if report.zone:
        try:
            return moments.zone(report.zone), report.zone
        except PostmortemError:  # its file says so already, as a finding
            pass
    return UTC, "UTC"


def window_of(ask: Ask, report: Report, zone: tzinfo, now: datetime) -> Window:
    """Return the window that was asked for, else the usual one around the incident."""
    if ask.between is None:
        return timeline.usual(report)
    near = timeline.incident(report).begin or now
    begin, _ = _stretch(ask.between[0], zone, near)
    _, end = _stretch(ask.between[1], zone, near, previous=begin)
    if end < begin:
        hint = "the first is where it begins"
        raise PostmortemError("the window ends before it begins", hint=hint)
    return Window(begin, end)


def _stretch(
    said: str, zone: tzinfo, near: datetime, previous: datetime | None = None
) -> tuple[datetime, datetime]:
    """Return the beginning and the end of a time, or of a day by itself."""
    try:
        span = moments.read(said, zone=zone, near=near, previous=previous)
    except moments.Unreadable:
        try:
            day = moments.read_day(said, today=near.date())
        except PostmortemError:
            day = None
        if day is None:
            raise
        first = datetime.combine(day, time(), zone).astimezone(UTC)
        return first, datetime.combine(day, time.max, zone).astimezone(UTC)
    return span.at, span.until or span.at


def near_of(ask: Ask, report: Report, zone: tzinfo, now: datetime) -> datetime | None:
    """Return what a time without a day is near to; None where nothing says it."""
    day = day_of(ask, zone, now)
    if day is None:
        return timeline.incident(report).begin
    return datetime.combine(day, _NOON, zone)


def day_of(ask: Ask, zone: tzinfo, now: datetime) -> date | None:
    """Return the day that was named, on which a text was copied."""
    if ask.date is None:
        return None
    return moments.read_day(ask.date, today=moments.shown_in(now, zone).date())
