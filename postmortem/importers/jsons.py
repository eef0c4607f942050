"""JSON that others wrote: read within bounds, and as far as it goes when it is damaged.

The standard library's scanner says where a value ends, so that the records before and
after a damaged one are found; what it cannot read is told with the character.
"""

from __future__ import annotations

import json
import re
from typing import Any, NamedTuple

from postmortem.errors import PostmortemError
from postmortem.importers.texts import decoded

_LONG = 400
"""Digits; Python refuses to turn many more into a number."""
_DEEP = 12
_SPACE = re.compile(r"[\s,\x1e\ufeff]*")
_BLANK = re.compile(r"\s*")
_STRUCTURE = re.compile(r'"(?:[^"\\]|\\.)*+"|[\[\]{}]', re.DOTALL)
_INSIDE_OUT = re.compile(r"\}\s*,\s*[\[{]")
"""In a string it shows that a quote is missing: strings and the rest are swapped."""
_SCANNED = 1024 * 1024


class Damage(Exception):
    """No value can be read there."""

    def __init__(self, at: int, why: str, *, cut: bool = False) -> None:
        super().__init__(why)
        self.at = at
        """Characters from the beginning of the text that was read."""
        self.why = why
        self.cut = cut
        """Whether the text may only have ended too soon."""


class Value(NamedTuple):
    """What stands at a place of a text, and where it ends."""

    value: Any
    end: int


def value_at(text: str, at: int) -> Value:
    """Read the value that begins there; raises Damage."""
    try:
        return Value(*_USUAL.raw_decode(text, at))
    except json.JSONDecodeError as error:
        cut = error.pos >= len(text) - 8 or error.msg.startswith("Unterminated")
        raise Damage(error.pos, _said(error.msg), cut=cut) from error
    except RecursionError as error:
        raise Damage(at, "it is nested too deeply") from error
    except ValueError as error:
        try:
            return Value(*_CAREFUL.raw_decode(text, at))
        except (ValueError, RecursionError):
            raise Damage(at, "it holds a number without an end") from error


def document(raw: bytes, path: str) -> Any:
    """Return a whole JSON document; raises PostmortemError with the place.

    NaN and infinities are None, lone surrogates and encodings other than UTF-8 are
    borne: what is in a text is for those to clean who use it.
    """
    import msgspec

    try:
        return msgspec.json.decode(raw)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        text = decoded(raw)[0]
    try:
        found = value_at(text, blank(text, 0))
    except Damage as error:
        raise _refusal(text, error, path) from error
    if (end := blank(text, found.end)) < len(text):
        raise _refusal(text, Damage(end, "there is more behind its end"), path)
    return found.value


def embedded(text: object) -> Any:
    """Return what a JSON text within a value says; None when it is none.

    AWS and others wrap a record as a string.
    """
    if not isinstance(text, str) or text.lstrip()[:1] not in ("{", "["):
        return None
    try:
        return document(text.encode("utf-8", "surrogatepass"), "")
    except PostmortemError:
        return None


def salvaged(text: str, at: int, deep: int = _DEEP) -> Any:
    """Return as much of the value that begins there as the text still has."""
    try:
        return value_at(text, at).value
    except Damage:
        opening = text[at : at + 1]
    if not deep or opening not in ("{", "["):
        return None
    return (_members if opening == "{" else _elements)(text, at + 1, deep - 1)


def closing(text: str, at: int) -> int | None:
    """Return where the bracket that opens there is closed; None if nowhere near."""
    if text[at : at + 1] not in ("{", "["):
        return None
    open_: list[str] = []
    for found in _STRUCTURE.finditer(text, at, at + _SCANNED):
        mark = found[0]
        if mark[0] == '"':
            if _INSIDE_OUT.search(mark):
                return None
        elif mark in "[{":
            open_.append("]" if mark == "[" else "}")
        elif mark in "]}":
            if not open_ or open_.pop() != mark:
                return None
            if not open_:
                return found.end()
        if not open_:
            return None
    return None


def blank(text: str, at: int) -> int:
    """Return where the blanks end."""
    found = _BLANK.match(text, at)
    return found.end() if found else at


def between(text: str, at: int) -> int:
    """Return where the blanks and commas between two values end."""
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _members(text: str, at: int, deep: int) -> dict[str, Any]:
    found: dict[str, Any] = {}
    while True:
        try:
            key = value_at(text, between(text, at))
        except Damage:
            return found
        colon = blank(text, key.end)
        if not isinstance(key.value, str) or text[colon : colon + 1] != ":":
            return found
        at = blank(text, colon + 1)
        try:
            found[key.value], at = value_at(text, at)
        except Damage:
            rest = salvaged(text, at, deep)
            return found if rest is None else found | {key.value: rest}


def _elements(text: str, at: int, deep: int) -> list[Any]:
    found: list[Any] = []
    while True:
        at = between(text, at)
        try:
            value, at = value_at(text, at)
        except Damage:
            rest = salvaged(text, at, deep)
            return found if rest is None else [*found, rest]
        found.append(value)


def _refusal(text: str, error: Damage, path: str) -> PostmortemError:
    before = text[: error.at]
    return PostmortemError(
        f"this JSON is damaged at character {error.at}: {error.why}",
        path=path or None,
        line=before.count("\n") + 1,
        column=error.at - before.rfind("\n"),
        hint="Export it again; what was cut off is not in the file.",
    )


def _said(message: str) -> str:
    return message[:1].lower() + message[1:].removesuffix(" at").removesuffix(
        " starting"
    )


def _nothing(constant: str) -> None:
    """Read NaN and Infinity, which JSON does not have, as not known."""


def _short(digits: str) -> int | None:
    return int(digits) if len(digits) < _LONG else None


_USUAL = json.JSONDecoder(strict=False, parse_constant=_nothing)
_CAREFUL = json.JSONDecoder(strict=False, parse_constant=_nothing, parse_int=_short)
