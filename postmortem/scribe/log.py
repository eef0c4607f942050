"""The file of a log: appended to in one write, under a lock, by any number at once.

A line that a killed process or a full disk cut off stays alone on its line: the next
one begins a new one. The file is 0600 in a folder of its own.
"""

from __future__ import annotations

import errno
import os
import re
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from postmortem import files
from postmortem.errors import Missing, PostmortemError, Refused
from postmortem.files import NotSaved, Taken
from postmortem.scribe import entries
from postmortem.scribe.entries import Contents, Entry

FOLDER = "logs"
"""In the program's state folder."""
USUAL = "incident"
SUFFIX = ".jsonl"
LIMIT = 256 * 1024 * 1024

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}", re.IGNORECASE)
_CLEARED = ".cleared-"
_PATIENCE = 10.0
"""Seconds to wait for the lock; a line is appended without it rather than refused."""
_ATTEMPTS = 100
_FLAGS = os.O_RDWR | os.O_APPEND
for _flag in ("O_NOFOLLOW", "O_CLOEXEC", "O_NONBLOCK", "O_BINARY"):
    _FLAGS |= getattr(os, _flag, 0)


class Log:
    """A log by its name, in the program's state folder; made with its first line."""

    def __init__(self, state: Path, name: str = USUAL) -> None:
        if not _NAME.fullmatch(name) or _CLEARED in name:
            hint = "take letters, digits and hyphens, as in checkout-2025"
            raise PostmortemError(f"{name!r} is no name for a log", hint=hint)
        self.name = name
        self.path = state / FOLDER / f"{name}{SUFFIX}"
        self._state = state

    def append(self, entry: Entry) -> None:
        """Write one entry behind all others; raises NotSaved, and then none is."""
        raw = entries.line(entry)
        with self._locked() as descriptor:
            size = os.fstat(descriptor).st_size
            if size and _at(descriptor, size - 1) != b"\n":
                raw = b"\n" + raw
            try:
                _write(descriptor, raw)
            except OSError as error:
                with suppress(OSError):
                    os.ftruncate(descriptor, size)
                said = error.strerror or str(error)
                raise NotSaved(self.path, said) from error

    def read(self) -> Contents:
        """Return what is in it; nothing where there is no log."""
        try:
            raw = files.read_private(self.path, limit=LIMIT)
        except Missing:
            return Contents(entries=())
        return entries.read(raw)

    def undo(self) -> Entry | None:
        """Take the last line out and return it; None where there is no line.

        What was cut off behind it goes too.
        """
        if not self.path.exists():
            return None
        with self._locked(sure=True) as descriptor:
            raw = b""
            while piece := os.read(descriptor, 1 << 20):
                raw += piece
            end = len(raw)
            while end:
                start = raw.rfind(b"\n", 0, end - 1) + 1
                held = entries.read(raw[start:end]).entries
                if held:
                    os.ftruncate(descriptor, start)
                    os.fsync(descriptor)
                    return held[-1]
                end = start
        return None

    def clear(self, stamp: str) -> Path | None:
        """Put the log aside, and return where it is now; None where there is none."""
        if not self.path.exists():
            return None
        aside = self.path.with_name(f"{self.name}{_CLEARED}{stamp}{SUFFIX}")
        with self._locked(sure=True):
            if aside.exists():
                raise Taken(aside)
            self.path.rename(aside)
        return aside

    @contextmanager
    def _locked(self, *, sure: bool = False) -> Iterator[int]:
        """Yield the open file, which nobody else writes to meanwhile.

        Where it is not `sure`, it is given without the lock to one who waited long:
        what is appended in one write is whole all the same.
        """
        for _ in range(_ATTEMPTS):
            descriptor = self._opened()
            try:
                if not _lock(descriptor) and sure:
                    message = "another process is writing to this log"
                    raise Refused(message, path=str(self.path))
                if self._is_current(descriptor):
                    yield descriptor
                    return
            finally:
                os.close(descriptor)
        raise NotSaved(self.path, "its name is given away again and again")

    def _opened(self) -> int:
        try:
            descriptor = self._open()
        except FileNotFoundError:
            with suppress(Taken):
                files.write_private(self.path, b"", root=self._state, exclusive=True)
            descriptor = self._open()
        state = os.fstat(descriptor)
        own = os.name == "nt" or state.st_uid == os.geteuid()
        if not stat.S_ISREG(state.st_mode) or not own or state.st_nlink > 1:
            os.close(descriptor)
            raise Refused("this is not a file of yours alone", path=str(self.path))
        if os.name != "nt" and state.st_mode & 0o077:
            os.fchmod(descriptor, 0o600)
        return descriptor

    def _open(self) -> int:
        try:
            return os.open(self.path, _FLAGS)
        except FileNotFoundError:
            raise
        except OSError as error:
            if error.errno in (errno.ELOOP, errno.EMLINK, errno.ENXIO):
                message = "the log is a link or a pipe, and is not written to"
                raise Refused(message, path=str(self.path)) from error
            raise NotSaved(self.path, error.strerror or str(error)) from error

    def _is_current(self, descriptor: int) -> bool:
        """Tell whether the open file has the name: another may have cleared it."""
        try:
            return os.path.samestat(os.fstat(descriptor), os.lstat(self.path))
        except OSError:
            return False


def _write(descriptor: int, raw: bytes) -> None:
    """Write all of it in one go; raises OSError where only a part has room."""
    if os.write(descriptor, raw) != len(raw):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    os.fsync(descriptor)


def _at(descriptor: int, place: int) -> bytes:
    os.lseek(descriptor, place, os.SEEK_SET)
    return os.read(descriptor, 1)


def _lock(descriptor: int) -> bool:
    """Lock an open file until it is closed; False when another holds it too long.

    Where the file system knows no locks, nobody holds it.
    """
    try:
        import fcntl
    except ImportError:
        return True
    end = time.monotonic() + _PATIENCE
    pause = 0.0005
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno not in (errno.EAGAIN, errno.EACCES):
                return True
            if time.monotonic() > end:
                return False
            time.sleep(pause)
            pause = min(pause * 2, 0.02)
        else:
            return True
