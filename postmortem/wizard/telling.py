"""A time and the words behind it, as in `sat 9:12am EDT, customer reports`."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from postmortem import moments
from postmortem.errors import PostmortemError

_BREAK = re.compile(r"\s*[,;:]\s+|\s+[-\u2013\u2014(]\s*|\s+")
_STRONG = re.compile(r"\s*[,;]\s+|\s+[-\u2013\u2014]\s+|:\s+")
_MOST = 14


class Told(NamedTuple):
    """What was read: the value of the time, and what else was said."""

    at: Any
    words: str


def told(said: str, read: Callable[[str], Any]) -> Told:
    """Read a time and what follows it; `read` raises PostmortemError for no time.

    The longest beginning that is a time counts. When none is, what is wrong with the
    whole is raised, or with the part before the first comma where that looks like one.
    """
    said = " ".join(said.split())
    try:
        return Told(read(said), "")
    except PostmortemError as error:
        refusal = error
    ends = [found.start() for found in _STRONG.finditer(said)][:_MOST]
    for end in reversed(ends):
        try:
            return Told(read(said[:end]), _rest(said, end))
        except PostmortemError as error:
            if moments.leading(said[:end]) == end:
                refusal = error
    end = moments.leading(said)
    if not end or end in ends:
        raise refusal
    return Told(read(said[:end]), _rest(said, end))


def _rest(said: str, end: int) -> str:
    found = _BREAK.match(said, end)
    rest = said[found.end() if found else end :]
    closed = rest.endswith(")") and rest.count(")") > rest.count("(")
    return (rest[:-1] if closed else rest).strip()
