"""Candidates of several sources in one order, however they were given."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from operator import attrgetter

from postmortem.importers import Candidate

_NUMBER = re.compile(r"(\d+)")

Key = tuple[object, ...]


def ordered(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return them in the order of their times.

    What one source has at one instant stays in that source's order; it counts nothing
    in which order the sources are given.
    """
    found = sorted(candidates, key=attrgetter("at"))
    start = 0
    for end in range(1, len(found) + 1):
        if end == len(found) or found[end].at != found[start].at:
            if end - start > 1:
                found[start:end] = sorted(found[start:end], key=_within)
            start = end
    return found


@cache
def tool(source: str) -> str:
    """Return the tool of a source, without the part of it: `slack` of `slack #ops`."""
    return source.split(maxsplit=1)[0].casefold() if source.strip() else ""


def _within(candidate: Candidate) -> Key:
    """Return what orders candidates of one instant; equal for equal ones alone."""
    return (
        candidate.source,
        _natural(candidate.where),
        candidate.id or "",
        candidate.text,
        candidate.kind or "",
        candidate.author or "",
        candidate.link or "",
        candidate.same or "",
        candidate.said,
        candidate.weight,
        candidate.approximate,
        candidate.until.isoformat() if candidate.until else "",
    )


def _natural(where: str) -> tuple[tuple[int, int, str], ...]:
    """Return a place so that line 9 is before line 10."""
    return tuple(
        (0, int(part), "") if part.isdecimal() else (1, 0, part)
        for part in _NUMBER.split(where)
    )
