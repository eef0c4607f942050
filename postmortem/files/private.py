"""Files that only their owner reads: journals of what was typed, and logs.

They lie in folders of mode 0700 that are the owner's own and no links, so nobody can
plant anything in them; a planted link or pipe is replaced, never followed or opened.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

from postmortem.errors import Refused
from postmortem.files import atomic
from postmortem.files.texts import LIMIT, read_bytes


def write_private(
    path: Path, content: str | bytes, *, root: Path, exclusive: bool = False
) -> None:
    """Save a file with mode 0600 below `root`, an own folder that is made at need.

    Every folder from `root` to the file is 0700 then. Lone surrogates are saved as
    they are. Raises Refused (a folder that is a link or another's), Taken, NotSaved.
    """
    raw = content if isinstance(content, bytes) else _encoded(content)
    _prepare(path, root)
    atomic.put(path, raw, mode=0o600, exclusive=exclusive)


def read_private(path: Path, *, limit: int = LIMIT) -> bytes:
    """Return the bytes of an own file; never follow a link or wait for a pipe.

    Raises Missing, or PostmortemError when it is a link, no file, or another's.
    """
    raw, state = read_bytes(path, limit=limit, follow=False)
    if not atomic.own(state):
        raise Refused("this is not a file of yours", path=str(path))
    return raw


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _prepare(path: Path, root: Path) -> None:
    """Make the folders from `root` to the file private, or raise Refused."""
    if ".." in path.parts or not path.parent.is_relative_to(root):
        raise Refused(f"this is outside {root}", path=str(path))
    try:
        root.parent.mkdir(parents=True, exist_ok=True)
        _make_private(root)
        for folder in reversed(path.parents):
            if folder != root and folder.is_relative_to(root):
                _make_private(folder)
    except OSError as error:
        raise atomic.NotSaved(path, error.strerror or str(error)) from error


def _make_private(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        state = os.lstat(folder)
        if not stat.S_ISDIR(state.st_mode) or not atomic.own(state):
            raise Refused(
                "what is private is kept in a folder of your own, and this is none",
                path=str(folder),
                hint="Look at what it is, then remove or rename it.",
            ) from None
        if os.name != "nt" and state.st_mode & 0o077:
            folder.chmod(0o700)
