"""Who is at work in a repository: locks that end with the process that holds them."""

from __future__ import annotations

import os
import random
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from postmortem.errors import Refused
from postmortem.history.words import Contended

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_T = TypeVar("_T")
SHORTEST, LONGEST = 0.01, 0.1
"""Seconds between two attempts; drawn by lot, so that many do not meet again."""


def patiently(attempt: Callable[[], _T], patience: float) -> _T:
    """Return what an attempt gives, trying again while others hold what it needs."""
    until = time.monotonic() + patience
    while True:
        try:
            return attempt()
        except Contended:
            if time.monotonic() >= until:
                raise
        time.sleep(random.uniform(SHORTEST, LONGEST))  # noqa: S311 - no secret


@contextmanager
def alone(folder: Path, patience: float) -> Iterator[None]:
    """Hold a folder of git's against other runs of ours; nothing is left in it.

    Where folders cannot be locked (Windows, some network drives) git's locks remain.
    """
    place = _opened(folder)
    if place is None:
        yield
        return
    try:
        patiently(lambda: _lock(place, folder), patience)
        yield
    finally:
        os.close(place)


def claimed(place: int) -> bool:
    """Take an open file for ours; False when a living process holds it."""
    try:
        import fcntl
    except ImportError:
        return True
    try:
        fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True


def _lock(place: int, folder: Path) -> None:
    if not claimed(place):
        raise Contended(
            f"another postmortem is committing in {str(folder)!r}",
            hint="try again when it has ended",
        )


def _opened(folder: Path) -> int | None:
    try:
        return os.open(folder, os.O_RDONLY)
    except PermissionError:
        return None
    except OSError as error:
        raise Refused(f"{str(folder)!r} cannot be read: {error.strerror}") from error
