"""Lengths of time as German prose states them, read as those of English are."""

from __future__ import annotations

import re
from collections.abc import Mapping

_FROM_TWO = (
    *("zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn"),
    *("elf", "zwölf"),
)
_TENS = ("zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig")
_NUMBERS: Mapping[str, str] = {
    **dict.fromkeys(("ein", "eine", "einen"), "1"),
    **{word: str(number) for number, word in enumerate(_FROM_TWO, 2)},
    **{word: f"{number}0" for number, word in enumerate(_TENS, 2)},
    "fünfzehn": "15",
    "neunzig": "90",
}
_UNITS: Mapping[str, str] = {
    **dict.fromkeys(("sekunde", "sekunden"), "s"),
    **dict.fromkeys(("minuten", "min"), "min"),
    **dict.fromkeys(("stunde", "stunden", "std", "h"), "h"),
    **dict.fromkeys(("tag", "tage"), "d"),
    **dict.fromkeys(("woche", "wochen"), "w"),
}
_PARTS: Mapping[str, str] = {
    "dreiviertelstunde": "45 min",
    "viertelstunde": "15 min",
    "halbe stunde": "30 min",
}
_COUNT = (
    rf"(?:\d{{1,5}}(?:,\d{{1,2}})?|{'|'.join(_NUMBERS)})\s?(?:{'|'.join(_UNITS)})\b"
)
LENGTH = (
    r"(?P<about>(?:etwa|rund|circa|ca\.|knapp|gut|fast|ungefähr|über|unter"
    r"|(?:mehr|weniger)\s+als)\s+)?"
    r"(?P<length>(?:eine\s+)?(?:halbe\s+stunde|(?:drei)?viertelstunde)\b"
    rf"|{_COUNT}(?:\s+(?:und\s+)?{_COUNT})?)"
)
"""A pattern with the groups of `lengths.LENGTH`; for small letters, and verbose."""


def english(text: str) -> str:
    """Return a length as it is written in English; what is none in German as it is.

    >>> english("1,5 stunden"), english("eine halbe stunde"), english("two hours")
    ('1.5 h', '30 min', 'two hours')
    """
    bare = " ".join(text.split()).removeprefix("eine ")
    if bare in _PARTS:
        return _PARTS[bare]
    parts = re.findall(r"[a-zäöüß]+|[^a-zäöüß]+", text)
    if not _UNITS.keys() & parts:
        return text
    known = {**_NUMBERS, **_UNITS, "und": ""}
    return "".join(known.get(it, it) for it in parts).replace(",", ".")
