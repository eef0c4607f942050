"""Where the tags of a template are, found in one pass without Jinja.

Agrees with Jinja wherever Jinja can read the text; stops without a word elsewhere.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

STRING = re.compile(r""""(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'""", re.DOTALL)
"""A string of Jinja, quotes and all."""

_OPEN = re.compile(r"\{[{%#]")
_STOP = re.compile(r"""["'()\[\]{]|[%}]\}|\}""")
_RAW = re.compile(r"[-+]?\s*raw\s*-?%\}")
_END_RAW = re.compile(r"\{%[-+]?\s*endraw\s*[-+]?%\}")


class Tag(NamedTuple):
    """One tag, or comment, with its place in the text."""

    sign: str
    """`{{`, `{%` or `{#`."""
    start: int
    end: int


def tags(text: str) -> Iterator[Tag]:
    """Yield the tags and comments of a template, but none between raw and endraw."""
    at = 0
    while opening := _OPEN.search(text, at):
        sign, start = opening.group(), opening.end()
        if sign == "{#":
            at = text.find("#}", start) + 2
        else:
            at = _end(text, start, "}}" if sign == "{{" else "%}")
        if at < start:
            return
        yield Tag(sign, opening.start(), at)
        if sign == "{%" and _RAW.fullmatch(text, start, at):
            ending = _END_RAW.search(text, at)
            if ending is None:
                return
            at = ending.end()


def _end(text: str, at: int, closing: str) -> int:
    """Return the place after the end of a tag, 0 where it does not end."""
    depth = 0
    while stop := _STOP.search(text, at):
        mark, at = stop.group(), stop.end()
        if mark in "\"'":
            string = STRING.match(text, stop.start())
            if string is None:
                return 0
            at = string.end()
        elif mark in "([{":
            depth += 1
        elif depth == 0:
            return at if mark == closing else 0
        elif mark == "%}":
            at -= 1
        else:
            depth -= 1
            at = stop.start() + 1
    return 0
