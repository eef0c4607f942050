"""Marks in rendered text that say which value of the record came out where.

Rendering marks, rather than values alone, is what lets one template be the layout and
the parser.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import msgspec

OPEN, MIDDLE, CLOSE, EVENT, END = "\ue000", "\ue001", "\ue002", "\ue003", "\ue004"

INVERTIBLE = ("utc", "local", "box", "day")
"""Filters whose output tells the value that they were given."""

DETAILS = "details"
"""The filter that prints several parts of a row, and can be read back."""

_MARK = re.compile(
    f"{OPEN}(?P<tag>[^{MIDDLE}]*){MIDDLE}(?P<said>[^{CLOSE}]*){CLOSE}"
    f"|{EVENT}(?P<event>[^{END}]*){END}"
)


class Declaration(msgspec.Struct, frozen=True, kw_only=True):
    """A field that a template declares where it stands."""

    name: str
    question: str
    line: int
    options: dict[str, Any] = msgspec.field(default_factory=dict)
    mistake: str | None = None


class Mark(msgspec.Struct, frozen=True, gc=False):
    """A piece of rendered text: literal text, a printed value, or a turning point."""

    kind: str
    """literal, field, part, item, details, derived, panel; loop, row, end, if, fi."""
    said: str = ""
    """What was printed."""
    of: tuple[str, ...] = ()
    """field: name. part: row, part, filter. item: variable. details: row, parts.
    derived: the names that it was made from. panel: filter, and those names.
    loop: name and number. row: row.
    if: test and branch."""


def marks(tagged: str) -> Iterator[Mark]:
    """Take a tagged text apart; neighbouring literals are not joined."""
    at = 0
    for found in _MARK.finditer(tagged):
        if found.start() > at:
            yield Mark("literal", tagged[at : found.start()])
        at = found.end()
        tag, said, event = found.groups()
        kind, of = _told(tag if event is None else event)
        yield Mark(kind, said or "", of)
    if at < len(tagged):
        yield Mark("literal", tagged[at:])


@lru_cache(maxsize=1024)
def _told(tag: str) -> tuple[str, tuple[str, ...]]:
    kind, *of = tag.split("\x1f")
    return kind, tuple(of)


def tag(said: str, kind: str, *of: str) -> str:
    """Return the text of a printed value with its mark around it."""
    return f"{OPEN}{chr(31).join((kind, *of))}{MIDDLE}{said}{CLOSE}"


def event(kind: str, *of: str) -> str:
    """Return the mark of a turning point: a loop, a row, a condition."""
    return f"{EVENT}{chr(31).join((kind, *of))}{END}"
