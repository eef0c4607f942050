"""The record of one incident: frozen values, and the numbers derived from them.

Everywhere here `None` means "not known yet" and an empty tuple means "known to be
none". Instants are aware datetimes; a naive one is refused when a record is made.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone
from typing import Any, Self, TypeVar

import msgspec

Text = str | tuple[()]
"""Authored Markdown prose; `()` is known to be none."""

Row = Mapping[str, str | None]
"""A row of a table that a template declares: column name to inline Markdown."""

Value = Any
"""What a field beyond the standard ones can hold: None, bool, int, float, str, date,
Moment, a tuple of strings or of rows, or a mapping found in front matter."""

DONE, OPEN, IN_PROGRESS, DROPPED = "done", "open", "in progress", "dropped"
ACTION_STATUSES = (OPEN, IN_PROGRESS, DONE, DROPPED)
ACTION_TYPES = (
    "prevent",
    "detect",
    "mitigate",
    "repair",
    "process",
    "investigate",
    "accept",
    "other",
)
PRIORITIES = ("P0", "P1", "P2", "P3", "P4")
FACTOR_KINDS = ("trigger", "root", "contributing", "mitigating", "safeguard")
MOMENTS = (
    "onset",
    "detected",
    "acknowledged",
    "declared",
    "identified",
    "mitigated",
    "resolved",
    "closed",
    "published",
)
STATUSES = ("draft", "in-review", "final", "closed", "not-required")


class _Frozen(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    def replace(self, **changes: Any) -> Self:
        """Return a copy with these attributes changed."""
        return msgspec.structs.replace(self, **changes)


class Moment(_Frozen, frozen=True, kw_only=True):
    """A named instant of the incident."""

    at: datetime
    """Aware; equal to any other spelling of the same instant."""
    approximate: bool = False

    def __post_init__(self) -> None:
        _pin(self, "at")


class Event(_Frozen, frozen=True, kw_only=True):
    """One line of the timeline."""

    text: str
    """Inline Markdown, one line."""
    at: datetime | None = None
    """Aware; None when the time is not known or cannot be told."""
    until: datetime | None = None
    """Aware; the end of a span that begins at `at`."""
    approximate: bool = False
    said: str | None = None
    """The wording of a time that is no instant ("early that morning"), else None."""
    kind: str | None = None
    """A moment's name, or a word such as deploy, alert, message."""
    source: str | None = None
    link: str | None = None

    def __post_init__(self) -> None:
        _pin(self, "at")
        _pin(self, "until")


class Factor(_Frozen, frozen=True, kw_only=True):
    """What contributed to the incident, to its size or to its length."""

    text: str
    key: str | None = None
    """`F1`, `F2`, …: never changes, never used again."""
    kind: str | None = None
    """One of FACTOR_KINDS, or a word of the team's own."""
    evidence: str | None = None
    """Where it can be seen; the word "assumed" when it cannot."""
    cause: str | None = None
    """The key of the factor that it came from (five whys as a chain)."""


class Action(_Frozen, frozen=True, kw_only=True):
    """One promise."""

    text: str
    key: str | None = None
    """`A1`, `A2`, …: never changes, never used again."""
    type: str | None = None
    owner: str | None = None
    due: date | None = None
    priority: str | None = None
    link: str | None = None
    status: str = OPEN
    done_when: str | None = None
    """The state in which anybody can see that it is done."""
    factor: str | None = None
    """The key of the factor that it answers."""

    def overdue(self, today: date) -> bool:
        """Tell whether it is still to do and its day has passed."""
        still = self.status not in (DONE, DROPPED)
        return still and self.due is not None and self.due < today


class Revision(_Frozen, frozen=True, kw_only=True):
    """A change made after the report was final."""

    text: str
    on: date | None = None


class Other(_Frozen, frozen=True, kw_only=True):
    """A section that the template does not know; kept as it is."""

    heading: str
    text: str
    level: int = 2


class Report(_Frozen, frozen=True, kw_only=True):
    """The record of one incident."""

    id: str | None = None
    template: str | None = None
    """The template that laid it out: name, version and short content hash."""
    title: str | None = None
    status: str | None = None
    severity: str | None = None
    audience: str | None = None
    services: tuple[str, ...] | None = None
    tags: tuple[str, ...] | None = None
    owner: str | None = None
    reviewers: tuple[str, ...] | None = None
    zone: str | None = None
    """The IANA name of the zone in which people read and write its times."""

    onset: Moment | None = None
    detected: Moment | None = None
    acknowledged: Moment | None = None
    declared: Moment | None = None
    identified: Moment | None = None
    mitigated: Moment | None = None
    resolved: Moment | None = None
    closed: Moment | None = None
    published: Moment | None = None
    related: tuple[str, ...] | None = None
    retired: tuple[str, ...] | None = None
    """Keys of rows that are gone, so that no new row takes them."""

    summary: Text | None = None
    impact: Text | None = None
    background: Text | None = None
    detection: Text | None = None
    response: Text | None = None
    recovery: Text | None = None
    what_happened: Text | None = None
    trigger: Text | None = None
    root_causes: Text | None = None
    safeguards_held: Text | None = None
    safeguards_failed: Text | None = None
    went_well: Text | None = None
    was_hard: Text | None = None
    lucky: Text | None = None
    lessons: Text | None = None
    appendix: Text | None = None

    timeline: tuple[Event, ...] | None = None
    factors: tuple[Factor, ...] | None = None
    actions: tuple[Action, ...] | None = None
    open_questions: tuple[str, ...] | None = None
    revisions: tuple[Revision, ...] | None = None

    extra: Mapping[str, Value] = msgspec.field(default_factory=dict)
    """Fields beyond the standard ones, by name."""
    other: tuple[Other, ...] = ()

    def value(self, name: str) -> Any:
        """Return the value of a standard field or of one beyond them, by name."""
        if name in _STANDARD:
            return getattr(self, name)
        return self.extra.get(name)

    def with_value(self, name: str, value: Any) -> Report:
        """Return a copy in which the field of that name holds another value."""
        if name in STANDARD:
            return self.replace(**{name: value})
        extra = {key: kept for key, kept in self.extra.items() if key != name}
        if value is not None:
            extra[name] = value
        return self.replace(extra=extra)


STANDARD = tuple(
    name for name in Report.__struct_fields__ if name not in ("extra", "other")
)
_STANDARD = frozenset(STANDARD)


class Duration(_Frozen, frozen=True, kw_only=True):
    """A length of time between two moments, with the formula that gave it."""

    name: str
    start: str
    end: str
    length: timedelta
    """Negative when the moments are in the wrong order."""
    approximate: bool = False

    @property
    def formula(self) -> str:
        """`time to detect = detected - onset`."""
        return f"{self.name} = {self.end} - {self.start}"


FORMULAS = (
    ("time to detect", "onset", "detected"),
    ("time to acknowledge", "detected", "acknowledged"),
    ("time to mitigate", "onset", "mitigated"),
    ("time to resolve", "onset", "resolved"),
)


def durations(report: Report) -> tuple[Duration, ...]:
    """Return the durations that the known moments give, in the usual order."""
    return tuple(
        Duration(
            name=name,
            start=start,
            end=end,
            length=last.at - first.at,
            approximate=first.approximate or last.approximate,
        )
        for name, start, end in FORMULAS
        if (first := getattr(report, start)) and (last := getattr(report, end))
    )


def next_key(letter: str, taken: set[str]) -> str:
    """Return the first key of that letter above every one ever used.

    >>> next_key("A", {"A1", "A7", "F9"})
    'A8'
    """
    numbers = [
        int(key[1:]) for key in taken if key[:1] == letter and key[1:].isdecimal()
    ]
    return f"{letter}{max(numbers, default=0) + 1}"


def keyed(report: Report) -> Report:
    """Give every factor and action that has no key the next free one."""
    taken = set(report.retired or ())
    taken |= {row.key for row in report.factors or () if row.key}
    taken |= {row.key for row in report.actions or () if row.key}
    factors = tuple(_keyed(row, "F", taken) for row in report.factors or ())
    actions = tuple(_keyed(row, "A", taken) for row in report.actions or ())
    return report.replace(
        factors=factors or report.factors, actions=actions or report.actions
    )


_Keyed = TypeVar("_Keyed", Factor, Action)


def _keyed(row: _Keyed, letter: str, taken: set[str]) -> _Keyed:
    if row.key is not None:
        return row
    key = next_key(letter, taken)
    taken.add(key)
    return row.replace(key=key)


def _pin(struct: msgspec.Struct, name: str) -> None:
    """Refuse a naive instant; hold an aware one by its offset.

    Two spellings of an instant then compare equal even where clocks are set back, which
    datetimes with a zone's rules do not (PEP 495).
    """
    at: datetime | None = getattr(struct, name)
    if at is None or type(at.tzinfo) is timezone:
        return
    offset = at.utcoffset()
    if offset is None:
        message = f"an instant needs a zone: {at.isoformat()}"
        raise ValueError(message)
    pinned = at.replace(tzinfo=timezone(offset), fold=0)
    msgspec.structs.force_setattr(struct, name, pinned)


class Finding(_Frozen, frozen=True, kw_only=True):
    """What a reader or a check reports about a text: data, never an exception."""

    code: str
    message: str
    line: int
    """1-based, in the whole file."""
    column: int = 1
    """1-based, in characters."""
    severity: str = "warning"
    """`error`, `warning` or `hint`."""
    field: str | None = None
    hint: str | None = None
    length: int = 0
    """How many characters from its place on it is about; 0 for the line."""
    suggestion: str | None = None
    """What could stand there instead of these characters."""
