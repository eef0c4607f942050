"""A hyphen after a clock is a minus sign or stands between the ends of a span.

`2025-05-24T09:05-04:00` is an offset, `09:00-11:00` is a span, and what is written
`2025-05-24 02:00-04:00` can be both: two hours, or two o'clock in New York.
"""

from __future__ import annotations

import re
from enum import Flag, auto

from postmortem.moments.writing import west

_HYPHEN = re.compile(
    r"""
    (?P<iso>(?<=\d)T)?
    (?P<clock>(?<!\d)\d{1,2}:\d\d(?P<seconds>:\d\d(?:[.,]\d{1,9})?)?)
    (?P<gap>\s*)-(?P<end>(?P<hours>\d{1,2}):(?P<minutes>\d\d)(?P<more>:\d\d)?)
    (?![\d:])(?=\s*(?P<after>[a-z]?))
    """,
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_DATED = re.compile(r"\d[-/.]\d|[a-z]{3}", re.IGNORECASE)


class Hyphen(Flag):
    """What a hyphen can be."""

    SPAN = auto()
    MINUS = auto()


_EITHER = Hyphen.SPAN | Hyphen.MINUS


def spelled_out(text: str) -> tuple[str, ...]:
    """Return the text with every such hyphen made plain, once for each meaning."""
    meanings = [_meaning(each, text) for each in _HYPHEN.finditer(text)]
    if _EITHER in meanings:
        return (_with(Hyphen.SPAN, text), _with(Hyphen.MINUS, text))
    return (_with(Hyphen.SPAN, text),) if meanings else (text,)


def _with(prefer: Hyphen, text: str) -> str:
    """Return the text with the preferred meaning for those that can be either."""
    return _HYPHEN.sub(lambda found: _spelled(found, text, prefer), text)


def _spelled(found: re.Match[str], text: str, prefer: Hyphen) -> str:
    meaning = _meaning(found, text)
    if meaning == _EITHER:
        meaning = prefer
    start = f"{found['iso'] or ''}{found['clock']}"
    if meaning is Hyphen.SPAN:
        return f"{start} - {found['end']}"
    return f"{start}[-{found['end']}]"


def _meaning(found: re.Match[str], text: str) -> Hyphen:
    if found["iso"]:
        return Hyphen.MINUS
    dated = _DATED.search(text, 0, found.start()) is not None
    tight = not found["gap"]
    if found["after"] or not _minus(found) or (tight and not dated):
        return Hyphen.SPAN
    return Hyphen.MINUS if found["seconds"] else _EITHER


def _minus(found: re.Match[str]) -> bool:
    return not found["more"] and west(int(found["hours"]), int(found["minutes"]))
