"""How far an import is: a bar at a terminal, for what takes more than a moment."""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, BinaryIO, cast

if TYPE_CHECKING:
    from postmortem.env import Env
    from postmortem.importers import Evidence, Member

_PATIENCE = 1.0
"""Seconds after which it says how far it is."""
_OFTEN = 0.1
_LOOK = 512
_WIDTH = 24
_MANY = 20_000
"""Records from which on putting them in order takes a while."""


class Progress:
    """Says how much of the evidence was read; nothing where nobody watches."""

    def __init__(self, env: Env) -> None:
        self._stream = env.stderr if env.stderr_is_terminal and not env.dumb else None
        self._records = 0
        self._read = 0
        self._all = 0
        self._next = time.monotonic() + _PATIENCE
        self._shown = False

    def watching(self, evidence: Evidence) -> Evidence:
        """Return the evidence, which now says how much of it was read."""
        if self._stream is None:
            return evidence
        self._all += sum(max(0, each.size) for each in evidence.members)
        members = tuple(self._watched(each) for each in evidence.members)
        return replace(evidence, members=members)

    def one(self) -> None:
        """Count a record."""
        self._records += 1
        if not self._records % _LOOK:
            self._show()

    def done(self) -> None:
        """Take the line away."""
        if self._shown and self._stream is not None:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
            self._shown = False

    @contextmanager
    def ordering(self) -> Iterator[None]:
        """Say that what was read is put in order, where that takes a while."""
        if self._stream is not None and self._records >= _MANY:
            self._shown = True
            self._stream.write(f"\r\x1b[K{self._records} records: putting in order")
            self._stream.flush()
        try:
            yield
        finally:
            self.done()

    def _watched(self, member: Member) -> Member:
        import msgspec

        furthest = 0

        def _at(place: int) -> None:
            nonlocal furthest
            if place > furthest:
                self._read += place - furthest
                furthest = place
                self._show()

        def _open() -> BinaryIO:
            return cast("BinaryIO", _Watched(member.open(), _at))

        return msgspec.structs.replace(member, opener=_open)

    def _show(self) -> None:
        now = time.monotonic()
        if now < self._next or self._stream is None:
            return
        self._next = now + _OFTEN
        self._shown = True
        part = min(1.0, self._read / self._all) if self._all else 0.0
        full = round(part * _WIDTH)
        bar = f"[{'#' * full}{'.' * (_WIDTH - full)}] {part:4.0%}  " if part else ""
        self._stream.write(f"\r\x1b[K{bar}{self._records} records read")
        self._stream.flush()


class _Watched(io.BufferedIOBase):
    """Passes on what it is asked, and says how far it is."""

    def __init__(self, stream: BinaryIO, at: Callable[[int], None]) -> None:
        super().__init__()
        self._stream = stream
        self._at = at
        self._place = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int | None = -1, /) -> bytes:
        return self._passed(self._stream.read(-1 if size is None else size))

    def read1(self, size: int = -1, /) -> bytes:
        return self.read(size)

    def readline(self, size: int | None = -1, /) -> bytes:
        return self._passed(self._stream.readline(-1 if size is None else size))

    def close(self) -> None:
        self._stream.close()
        super().close()

    def _passed(self, found: bytes) -> bytes:
        self._place += len(found)
        self._at(self._place)
        return found
