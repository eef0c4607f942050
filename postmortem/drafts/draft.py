"""A draft as a value: what was said of one report and is in no file or commit yet."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Self

KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,159}")
"""What a key looks like: it is the name of files, on any system."""


def key_of(root: Path | str, report: str | None = None) -> str:
    """Return the key of a report's draft, from its repository and its id.

    Without an id it is one that nothing else has: several new reports may be written
    at once, each in a terminal of its own.
    """
    import hashlib

    from postmortem.files import slug

    if report is None:
        return f"new-{os.urandom(8).hex()}"
    said = "\0".join((os.path.realpath(root), report))
    mark = hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    letters = slug(report).encode("ascii", "ignore").decode().strip("-")
    return f"{letters}-{mark}" if letters else mark


def moment(instant: datetime) -> str:
    """Return an instant as drafts keep it: ISO 8601, UTC."""
    return instant.astimezone(UTC).isoformat()


@dataclass(frozen=True, kw_only=True)
class Writer:
    """The process that has a journal open."""

    pid: int
    host: str
    started: str | None = None
    """What tells it from a later process of the same number, where the system says."""
    since: str
    """When it opened the journal: ISO 8601, UTC."""
    terminal: str | None = None
    """The device at which somebody sits before it, where there is one."""

    def age(self, now: datetime) -> timedelta:
        """Return for how long it has had the journal open."""
        return now - datetime.fromisoformat(self.since)


@dataclass(frozen=True, kw_only=True)
class Draft:
    """The state of one interview."""

    key: str
    """Which report it is of; `key_of` makes it."""
    root: str
    """The absolute path of the folder that the settings are of."""
    report: str | None = None
    """The id of the report, once it has a file."""
    path: str | None = None
    """Where that file is, in words for people."""
    title: str | None = None
    template: str | None = None
    """The name of the template."""
    folder: str | None = None
    answers: tuple[tuple[str, str], ...] = ()
    """Field and words as they were typed, in order, before there is a file."""
    at: str | None = None
    """The field of the question that is open."""
    part: str | None = None
    """The place within the field: a row's key."""
    typing: str = ""
    """The answer that is half typed."""
    text: str | None = None
    """A whole report that is in no file: it goes to a branch, or could not be saved."""
    base: str | None = None
    """What `text` is based on: a text, or its SHA-256."""
    began: str | None = None
    """When it was first opened: ISO 8601, UTC; the journal sets it."""
    saved: str | None = None
    """When it was last put on disk: ISO 8601, UTC; None before it ever was."""
    writer: Writer | None = None
    """Who put it there; that process may be long gone."""

    @property
    def name(self) -> str:
        """What people know it by: the report's id, else its title."""
        return self.report or self.title or "a report without a title"

    def replace(self, **changes: Any) -> Self:
        """Return a copy with these attributes changed."""
        return type(self)(**(vars(self) | changes))

    def age(self, now: datetime) -> timedelta:
        """Return how long ago it was saved, or begun; nothing for one that is new."""
        at = self.saved or self.began
        return now - datetime.fromisoformat(at) if at else timedelta()
