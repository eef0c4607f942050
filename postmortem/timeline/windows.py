"""From when to when evidence is wanted, where nobody says it: around the incident."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from postmortem.model import MOMENTS, Report

AROUND = timedelta(hours=2)
"""What is wanted before the first moment and after the last."""
WIDEST_SHIFT = timedelta(hours=14)
"""No zone is further from UTC."""

_AFTERWARDS = ("closed", "published")
"""Moments that can be days later, when all is over."""


@dataclass(frozen=True)
class Window:
    """A stretch of time; both ends are in it, and None is no end."""

    begin: datetime | None = None
    end: datetime | None = None

    def holds(self, at: datetime) -> bool:
        """Tell whether an instant is in it."""
        early = self.begin is not None and at < self.begin
        return not early and (self.end is None or at <= self.end)

    def wider(self, by: timedelta) -> Window:
        """Return it with that much more at both ends."""
        return Window(_moved(self.begin, -by), _moved(self.end, by))


def incident(report: Report) -> Window:
    """Return the time of the incident: its moments, else its timeline's ends."""
    known = {
        name: moment.at for name in MOMENTS if (moment := getattr(report, name, None))
    }
    inner = [at for name, at in known.items() if name not in _AFTERWARDS]
    inner = inner or list(known.values())
    if not inner:
        inner = [each.at for each in report.timeline or () if each.at]
    if not inner:
        return Window()
    begin = known.get("onset") or min(inner)
    end = known.get("resolved") or max(inner)
    return Window(begin, max(begin, end))


def usual(report: Report) -> Window:
    """Return the window of candidates: two hours on both sides of the incident."""
    return incident(report).wider(AROUND)


def _moved(at: datetime | None, by: timedelta) -> datetime | None:
    """Return an instant moved; where the calendar ends, there is no end."""
    if at is None:
        return None
    try:
        return at.astimezone(UTC) + by
    except OverflowError:
        return None
