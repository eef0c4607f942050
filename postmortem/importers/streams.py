"""A stream that ends where a limit is, and says in our words what went wrong in it."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from contextlib import suppress
from typing import BinaryIO, cast
from zipfile import BadZipFile

from postmortem.errors import PostmortemError

MEMORY = 256 * 1024 * 1024
"""Bytes of piped text that are held."""
_UNZIPPED_AT_LEAST = 64 * 1024 * 1024
_RATIO = 250
_DAMAGE: tuple[type[Exception], ...] = (
    *(BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError),
)
"""What damaged bytes raise: each way to compress has an error of its own."""
with suppress(ImportError):  # a Python may be built without it, and then unpacks none
    from lzma import LZMAError

    _DAMAGE += (LZMAError,)


def guarded(stream: BinaryIO, name: str, limit: int) -> BinaryIO:
    """Return the stream; reading raises PostmortemError.

    It does so behind `limit` bytes, and where the compressed bytes are damaged.
    """
    return cast("BinaryIO", _Guarded(stream, name, limit))


def unzipped(stream: BinaryIO, name: str, size: int) -> BinaryIO:
    """Return what a gzip file holds; the limit comes from its size in bytes."""
    import gzip

    inner = cast("BinaryIO", gzip.GzipFile(fileobj=stream))
    limit = max(_UNZIPPED_AT_LEAST, size * _RATIO)
    return cast("BinaryIO", _Guarded(inner, name, limit, stream))


def all_of(stream: BinaryIO, name: str) -> bytes:
    """Read a pipe to its end, and no more than MEMORY."""
    found = stream.read(MEMORY + 1)
    if len(found) > MEMORY:
        raise PostmortemError(
            f"this is longer than the {MEMORY // 1024 // 1024} MB that a pipe may be",
            path=name,
            hint="Save it as a file and name the file.",
        )
    return found


class _Guarded(io.BufferedIOBase):
    """Passes on what it is asked: the stream within has a buffer of its own."""

    def __init__(
        self, stream: BinaryIO, name: str, limit: int, within: BinaryIO | None = None
    ) -> None:
        super().__init__()
        self._within = within
        self._stream = stream
        self._name = name
        self._left = limit

    def readable(self) -> bool:
        return True

    def read(self, size: int | None = -1, /) -> bytes:
        asked = self._left + 1 if size is None or size < 0 else size
        return self._passed(self._stream.read, asked)

    def read1(self, size: int = -1, /) -> bytes:
        return self.read(size)

    def readline(self, size: int | None = -1, /) -> bytes:
        return self._passed(self._stream.readline, -1 if size is None else size)

    def close(self) -> None:
        self._stream.close()
        if self._within is not None:
            self._within.close()
        super().close()

    def _passed(self, read: Callable[[int], bytes], size: int) -> bytes:
        try:
            found = read(size)
        except _DAMAGE as error:
            raise self._refusal(f"it is damaged: {error}") from error
        self._left -= len(found)
        if self._left < 0:
            raise self._refusal("it is larger unpacked than it may be")
        return found

    def _refusal(self, message: str) -> PostmortemError:
        return PostmortemError(message, path=self._name, hint="Export it again.")
