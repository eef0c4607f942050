"""The records of a JSON file, one by one, whatever its size and whatever is damaged."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

from postmortem.importers.candidates import Note, Unplaced
from postmortem.importers.evidence import Member
from postmortem.importers.feeding import LARGEST, Feed
from postmortem.importers.jsons import Damage, blank, closing
from postmortem.importers.texts import decoded

QUICK = 8 * 1024 * 1024
"""Bytes that are decoded at once; a larger file is read piece by piece."""
_WORST = 1_000
"""Damaged records, after which the rest of a file is given up."""
_START = re.compile(r"[,\]}]\s*(?=[{\[])|\n\s*(?=[{\[])")
_LINE = re.compile(r"\n\s*(?=[{\[])|\}\s*(?=\{)")


class Record(NamedTuple):
    """One record, and where it stands."""

    value: Any
    where: str
    around: dict[str, Any]
    """The fields of the object that holds the list, as far as they came before it."""


def records(
    member: Member, *, under: Collection[str] = ()
) -> Iterator[Record | Unplaced | Note]:
    """Yield the records of a file in their order, and what is damaged as Unplaced.

    An array is its elements; several values, one after the other or one a line, are
    one record each; an object is one record, or the elements of the first list that
    it has under one of those keys. A file that breaks off gives what came before.
    """
    if 0 <= member.size <= QUICK:
        raw = member.read(QUICK)
        yield from from_bytes(raw, member.name, under=under)
        return
    with member.open() as stream:
        yield from _Walk(member.name, Feed(stream), under).records()


def from_bytes(
    raw: bytes, name: str, *, under: Collection[str]
) -> Iterator[Record | Unplaced | Note]:
    """Yield the records of what was read already, as `records` does."""
    import msgspec

    try:
        value = msgspec.json.decode(raw)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        text, guessed = decoded(raw)
        if guessed:
            yield Note(where=name, text=guessed)
        yield from _Walk(name, Feed(None, text), under).records()
        return
    around: dict[str, Any] = {}
    if isinstance(value, dict):
        key = next((k for k in value if k in under and isinstance(value[k], list)), "")
        if not key:
            yield Record(value, name, {})
            return
        around = {k: v for k, v in value.items() if k != key}
        value = value[key]
    if isinstance(value, list):
        for number, each in enumerate(value, 1):
            yield Record(each, f"{name}#{number}", around)
    else:
        yield Record(value, name, {})


class _Walk:
    """One way through a file."""

    def __init__(self, name: str, feed: Feed, under: Collection[str]) -> None:
        self.name = name
        self.feed = feed
        self.under = under
        self.number = 0
        self.damaged = 0
        self.first: set[str] = set()
        """The first keys of good records: where one begins is known by them."""

    def records(self) -> Iterator[Record | Unplaced | Note]:
        count = 0
        while (mark := self.feed.peek()) and self.damaged < _WORST:
            count += 1
            if mark == "[" and count == 1:
                self.feed.at += 1
                yield from self._elements({}, "]")
            elif mark == "{" and self.under:
                yield from self._object()
            elif mark in "]}" and count > 1:
                self.feed.at += 1
            else:
                yield from self._one()

    def _one(self) -> Iterator[Record | Unplaced]:
        where = f"{self.name}:{self.feed.line}"
        try:
            yield Record(self.feed.value(), where, {})
        except Damage as error:
            yield self._unplaced(where, error)
            self._past(lines=True)

    def _object(self) -> Iterator[Record | Unplaced]:
        """Read an object field by field, and go into the list that is wanted."""
        feed, where = self.feed, f"{self.name}:{self.feed.line}"
        around: dict[str, Any] = {}
        start, inner = feed.at, False
        feed.at += 1
        try:
            while (mark := feed.peek()) != "}":
                key = feed.value() if mark == '"' else None
                if not isinstance(key, str) or feed.peek(skip=False) != ":":
                    at = feed.gone + feed.at
                    raise Damage(at, "expecting a name and a colon", cut=not mark)  # noqa: TRY301
                feed.at += 1
                if key in self.under and feed.peek(skip=False) == "[":
                    feed.at += 1
                    inner = True
                    yield from self._elements(around, "]")
                    if not feed.peek():
                        return
                else:
                    feed.peek(skip=False)
                    around[key] = feed.value()
            feed.at += 1
            if not inner:
                yield Record(around, where, {})
        except Damage as error:
            yield self._unplaced(where, error)
            feed.at = min(max(start, feed.at), len(feed.text))
            self._past(lines=True)

    def _elements(
        self, around: dict[str, Any], end: str
    ) -> Iterator[Record | Unplaced]:
        feed = self.feed
        whole = True
        while self.damaged < _WORST:
            mark = feed.peek()
            if whole and mark == end:
                feed.at += 1
                return
            if not whole and (not mark or (mark not in "{[" and not self._past())):
                return
            self.number += 1
            where = f"{self.name}#{self.number}"
            try:
                if not mark:
                    at = feed.gone + feed.at
                    raise Damage(at, "it has no end", cut=True)  # noqa: TRY301
                value = feed.value()
            except Damage as error:
                yield self._unplaced(where, error)
                whole = self._closed()
                if whole or self._past():
                    continue
                return
            if isinstance(value, dict) and value:
                self.first.add(next(iter(value)))
            yield Record(value, where, around)
        said = "so much of it is damaged that the rest is not read"
        yield Unplaced(where=self.name, why=said)

    def _closed(self) -> bool:
        """Go behind a damaged value whose brackets close before the next begins."""
        feed = self.feed
        end = closing(feed.text, feed.at)
        if end is None:
            return False
        rest = blank(feed.text, end)
        if feed.text[rest : rest + 1] not in (",", "]"):
            return False
        feed.at = end
        return True

    def _past(self, *, lines: bool = False) -> bool:
        """Go to where the next value seems to begin; tell if there is one."""
        feed = self.feed
        start = feed.at
        form = _LINE if lines else _START
        for found in form.finditer(feed.text, start + 1, start + LARGEST):
            if self._begins(found.end(), lines=lines):
                feed.at = found.end()
                return True
        feed.at = len(feed.text)
        feed.stream = None
        return False

    def _begins(self, at: int, *, lines: bool) -> bool:
        if lines or not self.first:
            return True
        inner = blank(self.feed.text, at + 1)
        keys = (f'"{key}"' for key in self.first)
        return any(self.feed.text.startswith(key, inner) for key in keys)

    def _unplaced(self, where: str, error: Damage) -> Unplaced:
        self.damaged += 1
        if error.cut and self.feed.stream is None:
            return Unplaced(where=where, why=f"the JSON breaks off ({_at(error)})")
        return Unplaced(where=where, why=f"the JSON is damaged: {_at(error)}")


def _at(error: Damage) -> str:
    return f"{error.why} at character {error.at}"
