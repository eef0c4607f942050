"""The time of an event as one text: an instant or a span, exact or not, or as said.

Between the record and a template it is spelled in ISO 8601, `~` for approximate and
`/` before the end of a span; in a report as a clock in the zone of its column.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, tzinfo
from typing import NamedTuple

from postmortem import moments
from postmortem.errors import PostmortemError

_SOME_DAY = date(2000, 1, 1)
_UNKNOWN = ("unknown", "not known", "n/a", "unbekannt", "\u4e0d\u660e", "\u672a\u77e5")
_CLOCK = r"(?:(?:[\d?]{1,2}|--)[:.](?:[\d?]{2}|--)|[Hh]{2}:[Mm]{2})"
_DATE = r"[\d?]{4}(?:/[\d?]{2})?[-/.][\d?]{2}[-/.][\d?]{2}(?![\d?])"
_DAYS = (
    r"(?:(?:between|from)\s+)?(\S.*?)"
    r"(?:\s+(?:to|and|until|till|through|[-/~])\s+|\s*[\u2013\u2014\u2192\u301c\uff5e]\s*)"
    r"(\S.*)"
)
_LEFT_OPEN = rf"(?a)(?:{_DATE} ?)?(?:{_CLOCK}(?: ?[-~\u2013] ?{_CLOCK})?)?"


class When(NamedTuple):
    """The four parts of an event that together say when it was."""

    at: datetime | None = None
    until: datetime | None = None
    approximate: bool = False
    said: str | None = None


def iso(when: When) -> str:
    """Spell it for a template's context; empty when nothing is known."""
    if when.at is None:
        return when.said or ""
    text = moments.iso(when.at)
    if when.until is not None:
        text = f"{text}/{moments.iso(when.until)}"
    return f"~{text}" if when.approximate else text


def from_iso(text: str) -> When:
    """Read back what `iso` spelled; any other text is the wording of a time."""
    bare = text.removeprefix("~")
    start, slash, end = bare.partition("/")
    try:
        at = datetime.fromisoformat(start)
        until = datetime.fromisoformat(end) if slash else None
    except ValueError:
        return When(said=text or None)
    if at.tzinfo is None or (until is not None and until.tzinfo is None):
        return When(said=text or None)
    return When(at, until, approximate=text.startswith("~"))


def written(when: When, zone: tzinfo | None) -> str:
    """Spell it for a report: in the zone of the column, or in UTC with the word."""
    if when.at is None:
        return when.said or ""
    text = moments.span(when.at, when.until, zone or UTC)
    if zone is None:
        text = f"{text} UTC"
    return f"~{text}" if when.approximate else text


def read(
    text: str, zone: tzinfo | None, *, near: date | None, previous: datetime | None
) -> tuple[When, PostmortemError | None]:
    """Read a time cell; what is no instant comes back as it was said, with the error.

    `zone` is the column's or the report's; `previous` is the time of the row above,
    `near` an instant or the day of the incident. Both date a bare clock time.
    """
    if not text:
        return When(), None
    try:
        found = moments.read(text, zone=zone, near=near, previous=previous)
    except PostmortemError as error:
        return When(said=text), error
    return When(found.at, found.until, found.approximate), None


def says_unknown(text: str) -> bool:
    """Tell whether a text says of a time that it, or a part of it, is not known.

    `14:??` does, and `--:--`; `14:32?` and `HH:MM` may be meant otherwise.
    """
    bare = text.strip(" ()[]")
    if bare.casefold() in _UNKNOWN:
        return True
    return ("?" in bare or "--:" in bare) and (
        not bare.strip("?") or re.fullmatch(_LEFT_OPEN, bare) is not None
    )


def says_unknown_day(text: str) -> bool:
    """Tell whether a text begins with a date that it says is not known whole."""
    found = re.match(_DATE, text) if "?" in text else None
    return found is not None and "?" in found[0]


def is_day(text: str, near: date | None = None) -> bool:
    """Tell whether a text is a day and no more."""
    if not any(character.isdigit() for character in text):
        return False
    try:
        moments.read_day(text, near=near or _SOME_DAY)
    except moments.AmbiguousDay:
        return True
    except PostmortemError:
        return False
    return True


def is_days(text: str) -> bool:
    """Tell whether a text is a day, or several from one to another, and no more."""
    if is_day(text):
        return True
    ends = re.fullmatch(_DAYS, text.strip(), re.IGNORECASE)
    return ends is not None and all(map(is_day, ends.groups()))
