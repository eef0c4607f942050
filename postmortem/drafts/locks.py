"""One writer of a draft at a time; the kernel frees what a killed process held.

The lock is a file beside the draft that says who holds it. Where the file system knows
no locks, what it says is all there is, and counts for as long as that process lives.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from postmortem.drafts import processes
from postmortem.drafts.draft import Writer
from postmortem.drafts.shelf import Shelf
from postmortem.drafts.spelling import signature, written_by
from postmortem.errors import Refused
from postmortem.files import NotSaved, Taken, write_private

_ATTEMPTS = 20
_MOST = 4096
_FAR = 1 << 20
_FLAGS = ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY")
_HELD = (errno.EAGAIN, errno.EACCES, errno.EDEADLK)
_UNITS = ((86400, "day", "days"), (3600, "hour", "hours"), (60, "minute", "minutes"))


class Busy(Refused):
    """Somebody has this draft open."""

    def __init__(self, what: str, writer: Writer | None, age: timedelta) -> None:
        self.writer = writer
        self.age = age
        who, stop = "another process", "end it"
        if writer is not None:
            at = f", at {writer.terminal}" if writer.terminal else ""
            who = f"process {writer.pid} on {writer.host}{at}"
            since = f"{datetime.fromisoformat(writer.since).astimezone():%H:%M %Z}"
            who = f"{who}, since {since} ({_length(age)})"
            here = writer.host == processes.host() and os.name != "nt"
            stop = f"end it with: kill {writer.pid}" if here else stop
        super().__init__(
            f"{what} is open elsewhere: {who}",
            hint=f"go on there, or {stop}; what was typed there is kept",
        )


class Lock:
    """A draft that is one's own for as long as this is not released."""

    def __init__(self, path: Path, descriptor: int, writer: Writer) -> None:
        self.writer = writer
        self._path = path
        self._descriptor: int | None = descriptor

    def release(self) -> None:
        """Let somebody else have the draft."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is None:
            return
        # The name goes first, while nobody else can hold it.
        with suppress(OSError):
            self._path.unlink()
        with suppress(OSError):
            os.close(descriptor)
        with suppress(OSError):
            if os.name == "nt":
                self._path.unlink()


def take(shelf: Shelf, key: str, now: datetime, *, what: str = "this draft") -> Lock:
    """Take the lock of a draft; `what` is its name in words for people.

    Raises Busy; or Refused, NotSaved, OSError where none can be had.
    """
    path = shelf.path(key, "lock")
    writer = processes.this(now)
    if not shelf.prepared():
        with suppress(Taken):
            write_private(path, b"", root=shelf.state, exclusive=True)
    for _ in range(_ATTEMPTS):
        descriptor = _opened(path)
        if descriptor is None:
            continue
        try:
            if _held(path, descriptor, writer, now, what):
                return Lock(path, descriptor, writer)
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)
    raise NotSaved(path, "its name is given away again and again")


def _opened(path: Path) -> int | None:
    """Open the file of a lock; None when something else had its name and was removed.

    A link is not followed and a pipe not waited for.
    """
    flags = os.O_RDWR | os.O_CREAT
    for name in _FLAGS:
        flags |= getattr(os, name, 0)
    try:
        descriptor = os.open(path, flags, 0o600)
    except OSError as error:
        if error.errno not in (errno.ELOOP, errno.EMLINK, errno.ENXIO):
            raise
        path.unlink()
        return None
    if stat.S_ISREG(os.fstat(descriptor).st_mode):
        return descriptor
    os.close(descriptor)
    path.unlink()
    return None


def _held(
    path: Path, descriptor: int, writer: Writer, now: datetime, what: str
) -> bool:
    """Hold the file that has the name; False when the name is another file's by now."""
    sure = _locked(what, descriptor, now)
    state = os.fstat(descriptor)
    try:
        same = os.path.samestat(state, os.lstat(path))
    except FileNotFoundError:
        return False
    if same and (state.st_nlink > 1 or not _own(state)):
        path.unlink()  # it has another name too, and what that holds stays as it is
        return False
    if not same:
        return False
    with suppress(OSError):
        if os.name != "nt":
            os.fchmod(descriptor, 0o600)
        os.ftruncate(descriptor, 0)
        _pwrite(descriptor, signature(writer))
    if not sure and (said := _said(descriptor)) not in (None, writer):
        raise _busy(what, said, now)
    return True


def _locked(what: str, descriptor: int, now: datetime) -> bool:
    """Lock a file, or raise Busy; False where only its words tell who has it."""
    try:
        _lock(descriptor)
    except ImportError:
        pass
    except OSError as error:
        if error.errno in _HELD:
            raise _busy(what, _said(descriptor), now) from error
    else:
        return True
    said = _said(descriptor)
    if said is not None and processes.lives(said, now):
        raise _busy(what, said, now)
    return False


def _lock(descriptor: int) -> None:
    """Lock an open file until it is closed, or raise OSError."""
    if sys.platform == "win32":
        import msvcrt

        os.lseek(descriptor, _FAR, os.SEEK_SET)  # what is locked cannot be read
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _said(descriptor: int) -> Writer | None:
    """Return who an open lock says has it."""
    try:
        os.lseek(descriptor, 0, os.SEEK_SET)
        return written_by(os.read(descriptor, _MOST))
    except OSError:
        return None


def _pwrite(descriptor: int, raw: bytes) -> None:
    os.lseek(descriptor, 0, os.SEEK_SET)
    os.write(descriptor, raw)


def _busy(what: str, writer: Writer | None, now: datetime) -> Busy:
    age = writer.age(now) if writer else timedelta()
    return Busy(what, writer, age)


def _own(state: os.stat_result) -> bool:
    return os.name == "nt" or state.st_uid == os.geteuid()


def _length(age: timedelta) -> str:
    """Return a length of time in its largest unit."""
    for seconds, one, many in _UNITS:
        if (count := int(age.total_seconds()) // seconds) > 0:
            return f"{count} {one if count == 1 else many}"
    return "less than a minute"
