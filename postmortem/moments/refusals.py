"""What reading a time gives, and the ways in which it says that it cannot.

Unreadable
  NotATime        no clock or calendar shows it: 13:06 pm, 2026-02-31
    NoForm        it does not have the form of a time at all: early morning
  NoDay           a time of day, and nothing says of which day
  NoZone          a wall clock, and nothing says of which zone
  UnknownZone     no zone of that name
  Absent          the clocks were put forward over it
  Ambiguous       it could be several instants; `options` are the spans
  AmbiguousDay    the same of days
  AmbiguousZone   the same of zones

Nothing here is ever a guess: who asks a person offers the options, and who reads a
file turns the error into a finding.
"""

from __future__ import annotations

from datetime import date, datetime, tzinfo

import msgspec

from postmortem.errors import PostmortemError

_SHOWN = 60


class Span(msgspec.Struct, frozen=True, kw_only=True):
    """An instant, or the time between two, and what of it was written."""

    at: datetime
    """Aware, with a fixed offset: differences of two are real lengths of time."""
    until: datetime | None = None
    """Not before `at`; None when one instant was written."""
    approximate: bool = False
    day_given: bool = False
    """Whether the text itself says the day, or the day came from around it."""
    zone_given: bool = False
    """Whether the text itself says the zone, or the zone came from around it."""


class Unreadable(PostmortemError):
    """What was written cannot be told to be one instant, day, length or zone."""


class NotATime(Unreadable):
    """It is no instant, day or length, or one that no clock and no calendar shows."""


class NoForm(NotATime):
    """Its words and signs do not have the form of a time at all."""


class NoDay(Unreadable):
    """It is a time of day, and neither it nor what is around it says the day."""


class NoZone(Unreadable):
    """It is what a clock showed, and nothing says where that clock stood."""


class UnknownZone(Unreadable):
    """No zone has that name; the hint names near ones."""


class Ambiguous(Unreadable):
    """It could be several instants."""

    options: tuple[tuple[str, Span], ...]
    """A label for a person, and what the text would then mean; at least two."""

    def __init__(
        self, text: str, options: tuple[tuple[str, Span], ...], hint: str
    ) -> None:
        said = ", or ".join(label for label, _ in options)
        super().__init__(f"{shown(text)} could be {said}", hint=hint)
        self.options = options


class Absent(Unreadable):
    """No clock of that zone showed it: the clocks were put forward over it."""

    options: tuple[tuple[str, Span], ...]
    """The neighbours: the same reading by the clock before, and by the clock after."""

    def __init__(
        self, text: str, zone: str, options: tuple[tuple[str, Span], ...]
    ) -> None:
        said = ", or ".join(label for label, _ in options)
        super().__init__(
            f"{text} does not exist in {zone}: the clocks were put forward over it",
            hint=f"it may be {said}",
        )
        self.options = options


class AmbiguousDay(Unreadable):
    """It could be several days."""

    options: tuple[tuple[str, date], ...]

    def __init__(self, text: str, days: tuple[date, ...]) -> None:
        self.options = tuple((day.isoformat(), day) for day in days)
        said = " or ".join(label for label, _ in self.options)
        super().__init__(f"{shown(text)} could be {said}", hint=f"write {said}")


class AmbiguousZone(Unreadable):
    """It could be several zones."""

    options: tuple[tuple[str, tzinfo], ...]

    def __init__(self, text: str, options: tuple[tuple[str, tzinfo], ...]) -> None:
        said = ", or ".join(label for label, _ in options)
        super().__init__(
            f"{shown(text)} names more than one zone: {said}",
            hint="write an offset such as +02:00, or a name such as Europe/Paris",
        )
        self.options = options


def shown(text: str) -> str:
    """Quote what was written, cut to what fits on a line."""
    cut = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
    return (
        ascii(cut) if any("\ud800" <= each <= "\udfff" for each in cut) else repr(cut)
    )
