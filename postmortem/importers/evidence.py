"""Files, folders, zips and piped text as one thing: named members that can be read.

Nothing is extracted and no name leads anywhere: a member is only ever read in memory.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import BinaryIO

import msgspec

from postmortem.errors import PostmortemError
from postmortem.importers.candidates import Unplaced
from postmortem.importers.shapes import Shape, shape

HEAD = 16_384
"""Bytes that are enough to tell what a file is."""
WHOLE = 64 * 1024 * 1024
"""Bytes of one member that are held in memory at once; larger ones are streamed."""


class Member(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """One file of the evidence."""

    name: str
    """Its path in the folder or zip, parts joined by /; else the file's own name."""
    size: int
    """Bytes, as far as they are known; -1 for piped text."""
    opener: Callable[[], BinaryIO]

    def open(self) -> BinaryIO:
        """Open it for reading from its beginning; reading raises PostmortemError."""
        return self.opener()

    def head(self, most: int = HEAD) -> bytes:
        """Return its first bytes."""
        with self.open() as stream:
            return stream.read(most)

    def read(self, most: int = WHOLE) -> bytes:
        """Return all of it; PostmortemError when it is larger than that."""
        with self.open() as stream:
            found = stream.read(most + 1)
        if len(found) > most:
            raise PostmortemError(
                f"this is larger than the {most // 1024 // 1024} MB that are read",
                path=self.name,
                hint="Export a shorter time, or split it.",
            )
        return found

    @cached_property
    def shape(self) -> Shape:
        """What its beginning looks like; every importer asks, so it is kept."""
        head = self.head()
        return shape(head, whole=len(head) < HEAD)


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """What somebody named on the command line, or piped."""

    name: str
    """As it was typed; `-` for piped text."""
    members: tuple[Member, ...]
    refused: tuple[Unplaced, ...] = ()
    """What is in it and is not read: links, zips within the zip, damaged entries."""
    folder: Path | None = None
    """The folder, where it is one on disk."""

    @property
    def only(self) -> Member | None:
        """Return the member when there is just one."""
        return self.members[0] if len(self.members) == 1 else None
