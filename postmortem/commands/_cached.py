"""Files of the cache folder: their owner's alone, and gone when nobody writes them.

They can be made again at any time, so whatever goes wrong with them is ignored.
"""

from __future__ import annotations

import time
from contextlib import suppress
from typing import TYPE_CHECKING

from postmortem import files
from postmortem.errors import PostmortemError

if TYPE_CHECKING:
    from pathlib import Path

    from postmortem.commands._desk import Desk

_AGE = 30 * 24 * 3600
"""Seconds after which a file that nobody wrote anew is not missed."""


def file_of(desk: Desk, folder: str, kind: str = "") -> Path:
    """Return where something is kept about a place.

    It is the same file in all work trees of a repository: a commit aside is checked by
    its hook in a work tree of its own.
    """
    import hashlib

    from postmortem.history import shared_by

    root = desk.place.root.resolve()
    known = shared_by(root)
    name = f"{known[1]}//{root.relative_to(known[0])}" if known else str(root)
    digest = hashlib.sha256(name.encode("utf-8", "surrogateescape")).hexdigest()
    return desk.env.cache_dir / folder / f"{digest[:40]}{kind}.json"


def put(cache: Path, path: Path, content: bytes) -> None:
    """Save a file below the cache folder, and drop those beside it that are old."""
    with suppress(PostmortemError, OSError):
        files.write_private(path, content, root=cache)
        _drop_old(path.parent)


def _drop_old(folder: Path) -> None:
    before = time.time() - _AGE
    for path in [*folder.iterdir()]:
        with suppress(OSError):
            if path.lstat().st_mtime < before:
                path.unlink()
