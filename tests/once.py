"""What several laws ask of one record, done once: its text, and what is read of it.

Both depend on nothing but what they are given, so that a law loses nothing by it.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection
from typing import NamedTuple, TypeVar

from postmortem import markdown
from postmortem.markdown import Outline, Reading, Template, reader
from postmortem.model import Report

K = TypeVar("K")
V = TypeVar("V")
_KEPT = 8
"""Texts and records that are kept: laws of one record come one after the other."""


class _Written(NamedTuple):
    record: Report
    """Kept, so that no other can have its identity."""
    made: Template
    text: str


_written: OrderedDict[tuple[int, int], _Written] = OrderedDict()
_read: OrderedDict[tuple[str, str], Reading] = OrderedDict()
_shared: OrderedDict[tuple[str, str], Reading] = OrderedDict()


def written(record: Report, made: Template) -> str:
    """Return what `write` makes of this very record."""
    key = (id(record), id(made))
    if key not in _written:
        text = markdown.write(record, made)
        _written[key] = _Written(record, made, text)
    return _latest(_written, key).text


def reading(text: str, made: Template) -> Reading:
    """Return what `read` makes of a text; nobody changes it."""
    key = (text, made.outline.reference)
    if key not in _read:
        _read[key] = markdown.read(text, made)
    return _latest(_read, key)


def share() -> None:
    """Let the lens itself read a text once, where laws make it read the same again."""
    read_anew = reader.read
    if read_anew.__module__ == __name__:
        return

    def read(
        text: str,
        outline: Outline,
        *,
        path: str | None = None,
        only: Collection[str] | None = None,
    ) -> Reading:
        if path is not None or only is not None:
            return read_anew(text, outline, path=path, only=only)
        key = (text, outline.reference)
        if key not in _shared:
            _shared[key] = read_anew(text, outline)
        return _latest(_shared, key)

    reader.read = read


def _latest(kept: OrderedDict[K, V], key: K) -> V:
    kept.move_to_end(key)
    while len(kept) > _KEPT:
        kept.popitem(last=False)
    return kept[key]
