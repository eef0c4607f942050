"""Stretches of an incident of which the timeline says nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from postmortem.model import Event
from postmortem.timeline.windows import Window

LONGEST = timedelta(minutes=20)
"""What is longer is a gap, where nobody says otherwise."""


@dataclass(frozen=True)
class Gap:
    """From one event to the next."""

    begin: datetime
    end: datetime

    @property
    def length(self) -> timedelta:
        """How long nothing is told."""
        return self.end - self.begin


def gaps(
    events: Iterable[Event], within: Window, longest: timedelta = LONGEST
) -> list[Gap]:
    """Return the stretches that are longer than `longest` and in the incident.

    A span is told of from its beginning to its end.
    """
    found: list[Gap] = []
    told: datetime | None = None
    spans = sorted((each.at, each.until or each.at) for each in events if each.at)
    for begin, end in spans:
        if told is not None and begin - told > longest and _inside(told, begin, within):
            found.append(Gap(told, begin))
        told = end if told is None else max(told, end)
    return found


def _inside(begin: datetime, end: datetime, within: Window) -> bool:
    """Tell whether a stretch and the incident overlap."""
    before = within.begin is not None and end <= within.begin
    return not before and (within.end is None or begin < within.end)
