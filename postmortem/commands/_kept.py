"""Outlines of templates, kept in the cache folder by the content of what made them.

They can be made again at any time, so whatever goes wrong with the cache is ignored.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, MutableMapping
from contextlib import suppress
from functools import cached_property
from pathlib import Path

import postmortem
from postmortem import files
from postmortem.commands._cached import put
from postmortem.errors import PostmortemError

_LENS = "markdown"
"""The part of the package that makes outlines: when it changes, so may they."""


class Kept(MutableMapping[str, bytes]):
    """A folder as a mapping; each value is a file that only its owner can read."""

    def __init__(self, cache: Path) -> None:
        self._cache = cache

    def __getitem__(self, key: str) -> bytes:
        try:
            return files.read_private(self._path(key))
        except (PostmortemError, OSError) as error:
            raise KeyError(key) from error

    def __setitem__(self, key: str, value: bytes) -> None:
        put(self._cache, self._path(key), value)

    def __delitem__(self, key: str) -> None:
        with suppress(OSError):
            self._path(key).unlink()

    def __iter__(self) -> Iterator[str]:
        """Yield nothing: a key cannot be told from the name of its file."""
        return iter(())

    def __len__(self) -> int:
        return 0

    def _path(self, key: str) -> Path:
        name = hashlib.sha256(f"{self._made_by}/{key}".encode()).hexdigest()
        return self._cache / "outlines" / f"{name[:40]}.json"

    @cached_property
    def _made_by(self) -> str:
        """What tells this version of the lens from any other, released or not."""
        package = Path(postmortem.__file__).parent / _LENS
        with suppress(OSError):
            latest = max(each.stat().st_mtime_ns for each in package.glob("*.py"))
            return f"{postmortem.__version__}/{latest}"
        return postmortem.__version__
