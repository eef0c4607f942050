"""The zone that a heading, a column head or a line under it names for what follows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timezone, tzinfo

from postmortem.moments.refusals import AmbiguousZone, UnknownZone
from postmortem.moments.walls import meanings
from postmortem.moments.zones import SEASONAL, WORDS, abbreviated, place

_NAMED = re.compile(
    r"""
    (?P<offset>\b(?:UTC|GMT)\s?[+\N{MINUS SIGN}-]\s?\d[\d:]*)
  | \((?P<bare>[+\N{MINUS SIGN}-]\d\d:?\d\d)\)
  | (?P<name>\b[A-Z][A-Za-z_]+(?:/[A-Z][A-Za-z0-9_+-]+)+ | \b[A-Z]{3}\d[A-Z]{3}\b)
  | \((?P<alone>[A-Za-z]{2,5})\)
  | (?:\b(?:[Ii]n|[Aa]ll|[Tt]imes?)\s+)(?P<said>[A-Z]{2,5})(?![A-Za-z0-9-])
  | (?<![A-Za-z0-9-])(?P<utc>[Uu][Tt][Cc])(?![A-Za-z0-9])
  | (?<![A-Za-z0-9-])(?P<word>[A-Z]{3,5})(?![A-Za-z0-9-])
    """,
    re.VERBOSE,
)
_LONGEST = 400


def column_zone(text: str) -> tzinfo | None:
    """Return the zone that a heading names: `Timeline (all times PST)`, `時刻 (JST)`.

    None when it names none. Both halves of a year (`PST/PDT`) are the place that has
    them. Raises AmbiguousZone when it names several, or one that several places use.
    """
    found: list[tuple[str, tzinfo]] = []
    for name in _names(text[:_LONGEST]):
        try:
            named = [(label or name, each) for label, each in meanings(name)]
        except UnknownZone:
            continue
        if len(named) > 1:
            raise AmbiguousZone(name, tuple(named))
        if named[0][1] not in [each for _, each in found]:
            found += named
    if len(found) > 1 and (shared := _place_of(found)) is not None:
        return shared
    if len(found) > 1:
        raise AmbiguousZone(text, tuple(found))
    return found[0][1] if found else None


def _names(text: str) -> Iterator[str]:
    for found in _NAMED.finditer(text):
        kind, name = found.lastgroup, found[found.lastgroup or 0]
        if kind == "word" and (name in WORDS or not abbreviated(name)):
            continue
        if kind in ("alone", "said") and not abbreviated(name.upper()):
            continue
        if kind == "name" and "/" in name:
            yield from (each for each in name.split("/") if abbreviated(each))
        yield name.upper() if kind == "alone" else name


def _place_of(found: list[tuple[str, tzinfo]]) -> tzinfo | None:
    """Return the place whose two halves of the year these are."""
    names = {
        SEASONAL.get(each.tzname(None) or "") if type(each) is timezone else None
        for _, each in found
    }
    name = names.pop()
    return place(name) if name and not names else None
