"""What the beginning of a file looks like: enough for an importer to say yes or no."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from postmortem.importers.jsons import Damage, between, blank, salvaged, value_at
from postmortem.importers.texts import decoded

ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
GZIP = b"\x1f\x8b"
_ARRAY = re.compile(
    r"\[\s*(?:[\[{\]]|\"(?:[^\"\\]|\\.)*+\"\s*[,\]]|[\d.eE+-]+\s*[,\]])"
)
_OBJECT = re.compile(r"\{\s*[\"}]")
_CONTROL = re.compile(rb"[\x00-\x06\x0e-\x1a]")
_KEYS = 6
_NOT_ASCII = 0x80
_LEADING = 0xC0
"""The first byte of a character of several, in UTF-8."""
_SHOWN = 60


@dataclass(frozen=True, kw_only=True)
class Shape:
    """The beginning of a file, decoded as far as it goes."""

    kind: str
    """`object`, `array` or `lines` of JSON; `text`, `empty`, `zip`, `binary`."""
    text: str = ""
    """The beginning, decoded, without a byte order mark."""
    value: Any = None
    """The JSON value, cut where the beginning ends; of several, the first."""
    records: tuple[Mapping[str, Any], ...] = field(default=())
    """The first objects: of the array, of the lines, or the one object."""

    @property
    def json(self) -> bool:
        """Tell whether it is JSON of any form."""
        return self.kind in ("object", "array", "lines")

    @property
    def keys(self) -> frozenset[str]:
        """The keys of the first record; none when it is no JSON."""
        return frozenset(self.records[0]) if self.records else frozenset()

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines of its beginning that are not blank; the last may be cut."""
        return tuple(line for line in self.text.splitlines() if line.strip())

    @property
    def looks(self) -> str:
        """Say in a clause what it looks like."""
        if self.kind == "text":
            first = self.lines[0].strip() if self.lines else ""
            cut = first if len(first) <= _SHOWN else f"{first[:_SHOWN]}…"
            return f"text that begins with {cut!r}"
        if not self.json:
            return {"empty": "an empty file", "zip": "a zip"}.get(
                self.kind, "a binary file"
            )
        said = {"array": "a JSON array", "lines": "JSON, one value after the other"}
        keys = [*self.records[0]][:_KEYS] if self.records else []
        of = f" of objects with {', '.join(map(repr, keys))}" if keys else ""
        if self.kind == "object":
            return f"a JSON object with {', '.join(map(repr, keys))}"
        return f"{said[self.kind]}{of}"


def shape(head: bytes, *, whole: bool) -> Shape:
    """Look at the first bytes of a file, which are all of them if `whole`."""
    if not head:
        return Shape(kind="empty")
    if head.startswith(ZIP):
        return Shape(kind="zip")
    text = decoded(head if whole else _uncut(head))[0].removeprefix("\ufeff")
    if head.startswith(GZIP) or _CONTROL.search(text.encode("utf-8", "replace")):
        return Shape(kind="binary")
    if not text.strip():
        return Shape(kind="empty")
    start = blank(text, 0)
    if _ARRAY.match(text, start):
        return _array(text, start)
    if _OBJECT.match(text, start):
        return _object(text, start, whole=whole)
    return Shape(kind="text", text=text)


def _array(text: str, start: int) -> Shape:
    value = salvaged(text, start)
    if isinstance(value, list) and _many(text, start):
        return Shape(kind="lines", text=text, value=value, records=())
    items = value if isinstance(value, list) else []
    records = tuple(each for each in items if isinstance(each, dict))
    return Shape(kind="array", text=text, value=value, records=records)


def _object(text: str, start: int, *, whole: bool) -> Shape:
    value = salvaged(text, start)
    if not isinstance(value, dict):
        return Shape(kind="text", text=text)
    records = tuple(_several(text, start))
    if len(records) > 1 or (not whole and _many(text, start)):
        return Shape(kind="lines", text=text, value=value, records=records or (value,))
    return Shape(kind="object", text=text, value=value, records=(value,))


def _many(text: str, start: int) -> bool:
    """Tell whether another value follows the first."""
    try:
        end = between(text, value_at(text, start).end)
    except Damage:
        return False
    return text[end : end + 1] in ("{", "[") and end > start


def _several(text: str, at: int) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    while len(found) < _SHOWN:
        try:
            value, at = value_at(text, between(text, at))
        except Damage:
            break
        if isinstance(value, dict):
            found.append(value)
    return found


def _uncut(head: bytes) -> bytes:
    """Drop the part of a character that the end of the beginning cut."""
    if b"\0" in head[:64]:
        return head[: len(head) // 2 * 2]
    for size in range(1, 5):
        if head[-size] >= _LEADING:
            return head[:-size]
        if head[-size] < _NOT_ASCII:
            break
    return head
