"""The names by which people call a zone, and what each of them means.

An abbreviation is a fixed offset (CET is +01:00 the whole year), a name such as
Europe/Paris follows the clocks of its place. The names of two letters (PT, ET) are
what people write when they mean the clocks of a place, so they are that place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, timedelta, timezone, tzinfo
from functools import cache, lru_cache

from postmortem.moments.installed import iana, spelled
from postmortem.moments.refusals import AmbiguousZone, NoZone, UnknownZone, shown

_PLACES = {
    "PT": "America/Los_Angeles",
    "MT": "America/Denver",
    "CT": "America/Chicago",
    "ET": "America/New_York",
}
_FIXED = {
    "-10:00": ("HST",),
    "-09:00": ("AKST",),
    "-08:00": ("PST", "AKDT"),
    "-07:00": ("MST", "PDT"),
    "-06:00": ("MDT",),
    "-05:00": ("EST", "CDT"),
    "-04:00": ("EDT",),
    "-03:30": ("NST",),
    "-03:00": ("ADT", "BRT"),
    "-02:30": ("NDT",),
    "+00:00": ("WET",),
    "+01:00": ("CET", "MET", "WAT", "WEST"),
    "+02:00": ("CAT", "CEST", "EET", "MEST", "SAST"),
    "+03:00": ("EAT", "EEST", "IDT", "MSK", "TRT"),
    "+05:00": ("PKT",),
    "+05:45": ("NPT",),
    "+07:00": ("WIB",),
    "+08:00": ("AWST", "HKT", "PHT", "SGT"),
    "+09:00": ("JST", "KST"),
    "+09:30": ("ACST",),
    "+10:00": ("AEST",),
    "+10:30": ("ACDT",),
    "+11:00": ("AEDT",),
    "+12:00": ("NZST",),
    "+13:00": ("NZDT",),
}
_OFFSETS = {name: size for size, names in _FIXED.items() for name in names}
_SEVERAL = {
    "IST": (("India", "+05:30"), ("Israel", "+02:00"), ("Ireland", "+01:00")),
    "CST": (("US Central", "-06:00"), ("China", "+08:00")),
    "BST": (("Britain", "+01:00"), ("Bangladesh", "+06:00")),
    "AST": (("Atlantic", "-04:00"), ("Arabia", "+03:00")),
    "GST": (("the Gulf", "+04:00"), ("South Georgia", "-02:00")),
    "SST": (("Samoa", "-11:00"), ("Singapore", "+08:00")),
}
_UTC = ("UTC", "GMT", "Z", "UT")
SEASONAL = {
    **dict.fromkeys(("WET", "WEST"), "Europe/Lisbon"),
    **dict.fromkeys(("CET", "CEST", "MET", "MEST"), "Europe/Paris"),
    **dict.fromkeys(("EET", "EEST"), "Europe/Athens"),
    **dict.fromkeys(("NST", "NDT"), "America/St_Johns"),
    **dict.fromkeys(("AST, Atlantic", "ADT"), "America/Halifax"),
    **dict.fromkeys(("EST", "EDT"), "America/New_York"),
    **dict.fromkeys(("CST, US Central", "CDT"), "America/Chicago"),
    **dict.fromkeys(("MST", "MDT"), "America/Denver"),
    **dict.fromkeys(("PST", "PDT"), "America/Los_Angeles"),
    **dict.fromkeys(("AKST", "AKDT"), "America/Anchorage"),
    **dict.fromkeys(("ACST", "ACDT"), "Australia/Adelaide"),
    **dict.fromkeys(("AEST", "AEDT"), "Australia/Sydney"),
    **dict.fromkeys(("NZST", "NZDT"), "Pacific/Auckland"),
    "BST, Britain": "Europe/London",
    "IST, Israel": "Asia/Jerusalem",
    "IDT": "Asia/Jerusalem",
}
"""Names for one half of the year, and a place that uses them: who writes PST in
summer may mean PDT."""

WORDS = {"CAT", "CT", "EAT", "ET", "MET", "MT", "PT", "WAT", "WEST", "WET"}
"""Names that are words as well: only in capitals do they name a zone."""

_OFFSET = re.compile(
    r"""(?:UTC|GMT)?\s?(?P<sign>[+-])\s?(?!\d{3}(?!\d))(?P<hours>\d{1,2})
    (?::?(?P<minutes>[0-5]\d)(?::(?P<seconds>[0-5]\d(?:\.\d{1,6})?))?)?""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_LONGEST = 64


def zone(name: str) -> tzinfo:
    """Return the zone of that name: IANA, fixed offset or abbreviation, any case.

    `US Eastern`, `Pacific time` and the like are the places whose clocks those are.

    Raises AmbiguousZone for an abbreviation of several zones, UnknownZone for no
    zone at all. A named fixed offset keeps its name (`tzname`).

    >>> zone("UTC+5:30").utcoffset(None)
    datetime.timedelta(seconds=19800)
    """
    return _zone(name.strip().replace("\N{MINUS SIGN}", "-"))


def abbreviations() -> tuple[str, ...]:
    """Return the abbreviations of zones, of one or of several, in capitals."""
    return tuple(sorted({*_OFFSETS, *_SEVERAL, "GMT"}))


def abbreviated(name: str) -> bool:
    """Tell whether it is an abbreviation of a zone, or of several."""
    upper = name.upper()
    if upper in WORDS and name != upper:
        return False
    return any(upper in each for each in (_OFFSETS, _SEVERAL, _UTC, _PLACES))


def place_of(name: str) -> str | None:
    """Return what a report calls the zone of that name; None for one of several.

    The place that goes by an abbreviation of half a year, an offset as `UTC-04:00`.
    """
    bare = name.strip("[]").rstrip(".")
    upper = bare.upper()
    if abbreviated(bare):
        if upper in _SEVERAL:
            return None
        return "UTC" if upper in _UTC else (_PLACES | SEASONAL).get(upper, upper)
    if found := offset(bare):
        return str(found)
    if own := iana(bare):
        return own
    from postmortem.moments.american import american

    said = american(bare)
    return said.place if said else None


def local_zone() -> tzinfo:
    """Return the zone of this machine; NoZone when its settings name none."""
    from tzlocal import reload_localzone  # the other way remembers an older TZ

    try:
        return reload_localzone()
    except (LookupError, ValueError, OSError) as error:
        raise NoZone(
            f"the zone of this machine cannot be told: {error}",
            hint="set TZ to a name such as Europe/Paris",
        ) from error


@cache
def place(name: str) -> tzinfo:
    """Return the zone of an IANA name, in the case that IANA spells it."""
    from zoneinfo import ZoneInfo

    return ZoneInfo(name)


def offset(text: str) -> timezone | None:
    """Read `+02:00`, `-0500`, `UTC+1`; None when it is no offset below 24 hours."""
    found = _OFFSET.fullmatch(text)
    if not found:
        return None
    size = timedelta(
        hours=int(found["hours"]),
        minutes=int(found["minutes"] or 0),
        seconds=float(found["seconds"] or 0),
    )
    if size >= timedelta(days=1):
        return None
    return timezone(-size if found["sign"] == "-" else size)


@lru_cache(maxsize=256)
def _zone(name: str) -> tzinfo:
    if len(name) > _LONGEST or not name.isascii() or not name:
        raise _unknown(name, ())
    if abbreviated(name):
        return _abbreviation(name.upper())
    if found := offset(name):
        return found
    if own := iana(name):
        return place(own)
    from postmortem.moments.american import american

    if said := american(name):
        return _of_half(said.half) if said.half else place(said.place)
    raise _unknown(name, _near(name.lower()))


def _abbreviation(name: str) -> tzinfo:
    if name in _UTC:
        return UTC
    if name in _PLACES:
        return place(_PLACES[name])
    if name in _OFFSETS:
        return timezone(_length(_OFFSETS[name]), name)
    raise AmbiguousZone(
        name,
        tuple(
            (f"{where} ({size})", timezone(_length(size), f"{name}, {where}"))
            for where, size in _SEVERAL[name]
        ),
    )


def _of_half(name: str) -> tzinfo:
    """Return the fixed offset of an American abbreviation, CST among them."""
    try:
        return _abbreviation(name)
    except AmbiguousZone as error:
        return error.options[0][1]


def _length(size: str) -> timedelta:
    found = offset(size)
    return found.utcoffset(None) if found else timedelta()


def _near(name: str) -> Iterable[str]:
    from difflib import get_close_matches

    from postmortem.moments.american import meant_by

    if meant := meant_by(name):
        return (meant,)
    names = spelled()
    cities = [full for low, full in names.items() if low.endswith(f"/{name}")]
    close = [names[low] for low in get_close_matches(name, names, n=3)]
    ends = {low.rpartition("/")[2]: full for low, full in names.items()}
    city = name.rpartition("/")[2].replace(" ", "_")
    like = [ends[low] for low in get_close_matches(city, ends, n=2, cutoff=0.8)]
    return tuple(dict.fromkeys([*sorted(cities), *close, *like]))[:3]


def _unknown(name: str, near: Iterable[str]) -> UnknownZone:
    said = " or ".join(near) or "Europe/Paris, an offset such as +02:00, or UTC"
    return UnknownZone(f"no zone is called {shown(name)}", hint=f"write {said}")
