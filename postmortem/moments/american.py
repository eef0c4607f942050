"""The zones of the United States as people say them: `US Eastern`, `Pacific time`.

They are the clocks of a place, as ET is; `Eastern Standard Time` is those of one half
of the year. `Eastern` alone is a word like any other.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_PLACES = {
    "eastern": "America/New_York",
    "central": "America/Chicago",
    "mountain": "America/Denver",
    "pacific": "America/Los_Angeles",
}
_HALF = r"(?:\s+(?:standard|daylight))?\s+time"
SAID = rf"""
    (?:U\.?S\.?\s?[\s/]\s?(?:eastern|central|mountain|pacific)\b(?:{_HALF}\b)?
      |(?:eastern|central|mountain|pacific){_HALF}\b)(?![\w/+-])
"""
"""A pattern, for any case and with blanks that do not count."""
_SAID = re.compile(SAID, re.VERBOSE | re.IGNORECASE | re.ASCII)


class American(NamedTuple):
    """What such a name means."""

    place: str
    """By its IANA name."""
    half: str = ""
    """The abbreviation of the half of the year that is named: EDT; else nothing."""


def american(name: str) -> American | None:
    """Return what a name in such words means; None for any other name."""
    if not _SAID.fullmatch(name):
        return None
    words = re.split(r"[\s/]+", name.lower())
    region = next(each for each in words if each in _PLACES)
    half = "D" if "daylight" in words else "S" if "standard" in words else ""
    return American(_PLACES[region], half and f"{region[0].upper()}{half}T")


def meant_by(name: str) -> str | None:
    """Return the place that a word such as `Eastern` may mean, for a suggestion."""
    return _PLACES.get(name.strip().lower().removeprefix("us").strip(" /-_"))


def zone_spelled(name: str) -> str:
    """Return the IANA name of a place that is said in words; any other name as it is.

    >>> zone_spelled("US Eastern time")
    'America/New_York'
    """
    said = american(" ".join(name.split()))
    return said.place if said and not said.half else name
