"""A text file as it was when it was read, and what tells whether it changed."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from postmortem.errors import Missing, PostmortemError

LIMIT = 8 * 1024 * 1024
"""Bytes; a report is far smaller, and reading one costs time by its size."""

_WIDE = ((b"\xff\xfe", "UTF-16"), (b"\xfe\xff", "UTF-16"))
_NEWLINE = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, kw_only=True, slots=True)
class Snapshot:
    """A text file at one moment; `text` is exact, byte order mark and CRs included."""

    path: Path
    text: str
    newline: str
    r"""The most frequent line break: `\n`, `\r\n` or `\r`; `\n` when there is none."""
    mixed: bool
    """Whether there are line breaks of more than one kind."""
    final_newline: bool
    digest: str
    """SHA-256 of its bytes, in hexadecimal."""
    mode: int
    """Permission bits."""


def read(path: Path, *, limit: int = LIMIT) -> Snapshot:
    """Return a UTF-8 file as it is.

    Raises Missing, or PostmortemError with the line of a byte that is no text: NUL,
    UTF-16, invalid UTF-8; also for what is no file, cannot be read or is too large.
    """
    raw, state = read_bytes(path, limit=limit)
    return snapshot(path, raw, stat.S_IMODE(state.st_mode))


def snapshot(path: Path, raw: bytes, mode: int) -> Snapshot:
    """Return what reading these bytes from that path gives."""
    text = _decoded(raw, path)
    kinds = _newlines(text)
    return Snapshot(
        path=path,
        text=text,
        newline=kinds[0] if kinds else "\n",
        mixed=len(kinds) > 1,
        final_newline=text.endswith(("\n", "\r")),
        digest=digest(raw),
        mode=mode,
    )


def _newlines(text: str) -> Sequence[str]:
    """Return the kinds of line breaks in a text, the most frequent first."""
    if "\r" not in text:
        return ["\n"] if "\n" in text else []
    breaks = _NEWLINE.findall(text)
    return sorted(set(breaks), key=breaks.count, reverse=True)


def read_bytes(
    path: Path, *, limit: int | None = LIMIT, follow: bool = True
) -> tuple[bytes, os.stat_result]:
    """Return the bytes of a regular file and its state; a pipe is not waited for.

    Without `follow` a symbolic link is refused too.
    """
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    flags |= getattr(os, "O_CLOEXEC", 0)
    flags |= 0 if follow else getattr(os, "O_NOFOLLOW", 0)
    try:
        descriptor = os.open(path, flags)
        try:
            return _content(descriptor, path, limit), os.fstat(descriptor)
        finally:
            os.close(descriptor)
    except FileNotFoundError as error:
        raise Missing("there is no such file", path=str(path)) from error
    except (OSError, ValueError) as error:
        said = getattr(error, "strerror", None) or str(error)
        raise PostmortemError(f"this cannot be read: {said}", path=str(path)) from error


def _content(descriptor: int, path: Path, limit: int | None) -> bytes:
    state = os.fstat(descriptor)
    if not stat.S_ISREG(state.st_mode):
        raise PostmortemError("this is not a file", path=str(path))
    if limit is not None and state.st_size > limit:
        message = f"this is larger than the {limit} bytes that are read"
        raise PostmortemError(message, path=str(path), hint="Split it.")
    with os.fdopen(descriptor, "rb", closefd=False) as file:
        return file.read()


def digest(raw: bytes) -> str:
    """Return what tells two contents apart."""
    import hashlib

    return hashlib.sha256(raw).hexdigest()


def _decoded(raw: bytes, path: Path) -> str:
    for mark, name in _WIDE:
        if raw.startswith(mark):
            _refuse(f"this is {name}, and UTF-8 is what is read", raw, 0, path)
    if (at := raw.find(b"\0")) >= 0:
        _refuse("this holds a NUL byte, so it is not text", raw, at, path)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        byte = f"0x{raw[error.start]:02X}"
        _refuse(f"the byte {byte} is not UTF-8", raw, error.start, path)
        raise


def _refuse(message: str, raw: bytes, at: int, path: Path) -> None:
    before = raw[:at].decode("utf-8", "replace")
    raise PostmortemError(
        message,
        path=str(path),
        line=len(_NEWLINE.findall(before)) + 1,
        column=len(_NEWLINE.split(before)[-1]) + 1,
        hint="Save it as UTF-8 in an editor.",
    )
