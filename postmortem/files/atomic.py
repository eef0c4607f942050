"""The one way in which bytes become a file: whole and on disk, or not at all.

A sibling is filled and synced, takes the name in one step, and the folder is synced;
whoever looks, at whatever moment the machine stops, sees the old bytes or the new.
"""

from __future__ import annotations

import errno
import os
import re
import stat
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from postmortem.errors import PostmortemError, Refused

LEFT_OVER = 3600
"""Seconds after which the sibling of a run that was killed is swept."""

_swept: set[Path] = set()
"""Folders in which this process has looked for what others left."""
_TEMPORARY = re.compile(r"\.pm-[0-9a-f]{16}\.tmp")
_NO_LINKS = (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK)
_NO_FOLDER_SYNC = (errno.EINVAL, errno.ENOTSUP, errno.EBADF, errno.EACCES)


class NotSaved(PostmortemError):
    """The machine did not take it; what stood there before is unchanged."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"nothing was saved: {reason}",
            path=str(path),
            hint=f"What was there is unchanged. Save in another place: ~/{path.name}",
        )


class Taken(Refused):
    """The name has a file already; another one is wanted, such as `name-2`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__(
            "this exists already, and is not overwritten",
            path=str(path),
            hint="Choose another name, or edit that file.",
        )


def put(
    path: Path,
    raw: bytes,
    *,
    mode: int | None = None,
    old: os.stat_result | None = None,
    exclusive: bool = False,
    check: Callable[[], None] = lambda: None,
) -> int:
    """Make `raw` the content of a file and return its permission bits.

    They are `mode`, else those of the file that is replaced, `old`, which gives its
    owner too, else what the umask leaves a new file. `check` is called when all but
    the naming is done, and refuses by raising. With `exclusive` the name must be free.
    Raises NotSaved, or Taken.
    """
    folder = path.parent
    temporary = folder / f".pm-{os.urandom(8).hex()}.tmp"
    if mode is None:
        mode = old.st_mode & 0o777 if old else 0o666 & ~_umask()
    try:
        if folder not in _swept:
            _swept.add(folder)
            sweep(folder)
        _fill(temporary, raw, mode, old)
        check()
        if exclusive:
            _claim(temporary, path)
        else:
            temporary.replace(path)
    except OSError as error:
        raise NotSaved(path, error.strerror or str(error)) from error
    finally:
        with suppress(OSError):
            temporary.unlink()
    try:
        sync_folder(folder)
    except OSError as error:
        message = f"this is written, and the disk did not confirm it: {error.strerror}"
        hint = "Save it in another place too before you rely on it."
        raise PostmortemError(message, path=str(path), hint=hint) from error
    return mode


def sweep(folder: Path, *, twin: os.stat_result | None = None) -> None:
    """Remove what runs that were killed left in a folder: old, and one's own.

    A run killed between giving a new file its name and dropping the first one leaves
    both; `twin` is the state of that file, whose other name goes whatever its age.
    """
    names: list[str] = []
    with suppress(OSError), os.scandir(folder) as entries:
        names += [entry.name for entry in entries if _TEMPORARY.fullmatch(entry.name)]
    for name in names:
        with suppress(OSError):
            state = os.lstat(folder / name)
            old = time.time() - state.st_mtime > LEFT_OVER
            same = twin is not None and os.path.samestat(state, twin)
            if stat.S_ISREG(state.st_mode) and own(state) and (old or same):
                (folder / name).unlink()


def sync_folder(folder: Path) -> None:
    """Put the names in a folder on disk, where the system can."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _NO_FOLDER_SYNC:
            raise
    finally:
        os.close(descriptor)


def own(state: os.stat_result) -> bool:
    """Tell whether a file is the person's own."""
    return os.name == "nt" or state.st_uid == os.geteuid()


def _fill(temporary: Path, raw: bytes, mode: int, old: os.stat_result | None) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
    flags |= getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
    descriptor = os.open(temporary, flags, 0o600)
    try:
        rest = memoryview(raw)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        if os.name != "nt":
            _keep_owner(descriptor, old)
            os.fchmod(descriptor, mode)
        _sync(descriptor)
    finally:
        os.close(descriptor)


def _sync(descriptor: int) -> None:
    """Wait for the disk; on macOS fsync alone waits for its cache only."""
    with suppress(ImportError, OSError):
        import fcntl

        if full := getattr(fcntl, "F_FULLFSYNC", None):
            fcntl.fcntl(descriptor, full)
            return
    os.fsync(descriptor)


def _claim(temporary: Path, path: Path) -> None:
    """Give a file its name if nobody has; of many who try at once, one can."""
    try:
        try:
            os.link(temporary, path)
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
            # No hard links here (FAT, some network folders): hold the name, then fill.
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
            temporary.replace(path)
    except FileExistsError as error:
        raise Taken(path) from error


def _keep_owner(descriptor: int, old: os.stat_result | None) -> None:
    """Give a file the owner of the one it replaces: root edits what is another's."""
    new = os.fstat(descriptor)
    if old and (old.st_uid, old.st_gid) != (new.st_uid, new.st_gid):
        with suppress(OSError):
            os.fchown(descriptor, old.st_uid, old.st_gid)


def _umask() -> int:
    """Return the umask, which can only be read by setting it: to the strictest."""
    umask = os.umask(0o077)
    os.umask(umask)
    return umask
