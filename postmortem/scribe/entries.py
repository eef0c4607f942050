"""One entry of a running log, and the line of JSON that it is in the file."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

MARK = "postmortem-log"
"""The first key of every line, by which an importer knows the file."""
VERSION = 1

_TEXTS = ("kind", "host", "user", "command", "output")


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One thing that was noted."""

    at: datetime
    """Aware."""
    text: str
    id: str
    kind: str | None = None
    """A moment's name (detected, mitigated …), or a word such as deploy."""
    host: str | None = None
    user: str | None = None
    """A role; or a login name behind `@`, where somebody asked for it."""
    command: str | None = None
    """What ran, as a shell would take it."""
    output: str | None = None
    exit: int | None = None


@dataclass(frozen=True, kw_only=True)
class Damage:
    """A line that is no entry: a write that was cut off, or something else."""

    line: int
    """1-based."""
    why: str


@dataclass(frozen=True, kw_only=True)
class Contents:
    """A log as it is."""

    entries: tuple[Entry, ...]
    """In the order in which they were written."""
    damaged: tuple[Damage, ...] = ()


def fresh() -> str:
    """Return an id that no other entry has."""
    return os.urandom(6).hex()


def plain(entry: Entry) -> dict[str, Any]:
    """Return it as JSON has it; what is not known is left out."""
    told: dict[str, Any] = {
        MARK: VERSION,
        "at": entry.at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        "text": _clean(entry.text),
    }
    for name in _TEXTS:
        if (said := getattr(entry, name)) is not None:
            told[name] = _clean(said)
    if entry.exit is not None:
        told["exit"] = entry.exit
    return {**told, "id": entry.id}


def line(entry: Entry) -> bytes:
    """Return the line of the file, with its line break."""
    said = json.dumps(plain(entry), ensure_ascii=False, separators=(",", ":"))
    return f"{said}\n".encode()


def read(raw: bytes) -> Contents:
    """Read a log; what is no entry is told, and the lines around it count."""
    entries: list[Entry] = []
    damaged: list[Damage] = []
    lines = raw.split(b"\n")
    for number, each in enumerate(lines, 1):
        if not each.strip():
            continue
        try:
            entries.append(_entry(each))
        except (ValueError, RecursionError) as error:
            torn = number == len(lines)
            why = "it was cut off while it was written" if torn else str(error)
            damaged.append(Damage(line=number, why=why))
    return Contents(entries=tuple(entries), damaged=tuple(damaged))


def _entry(raw: bytes) -> Entry:
    try:
        told = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise ValueError("it is no JSON") from error
    if not isinstance(told, dict) or told.get(MARK) != VERSION:
        message = f"it is no entry: {MARK!r} is not {VERSION}"
        raise ValueError(message)
    at, text, known = told.get("at"), told.get("text"), told.get("id")
    if not isinstance(at, str) or not isinstance(text, str):
        message = "its time or its text is missing"
        raise ValueError(message)  # noqa: TRY004 - as above
    when = datetime.fromisoformat(at)
    if when.tzinfo is None:
        raise ValueError(f"its time names no zone: {at}")
    ended = told.get("exit")
    return Entry(
        at=when,
        text=text,
        id=known if isinstance(known, str) else "",
        exit=ended if isinstance(ended, int) else None,
        **{name: said for name in _TEXTS if isinstance(said := told.get(name), str)},
    )


def _clean(text: str) -> str:
    """Return text that UTF-8 can hold."""
    return text.encode("utf-8", "replace").decode()
