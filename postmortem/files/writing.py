"""Saving a report: only what was read is replaced, and only where reports belong."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import overload

from postmortem.errors import Missing, PostmortemError, Refused
from postmortem.files import atomic
from postmortem.files.places import place
from postmortem.files.texts import Snapshot, digest, read_bytes, snapshot

ATTEMPTS = 99
"""How many names are tried for a new file: `x.md`, `x-2.md` … `x-99.md`."""


@overload
def write(
    path: Path,
    content: str,
    *,
    root: Path,
    expected: Snapshot | None = None,
    exclusive: bool = False,
) -> Snapshot: ...


@overload
def write(
    path: Path,
    content: bytes,
    *,
    root: Path,
    expected: Snapshot | None = None,
    exclusive: bool = False,
) -> None: ...


def write(
    path: Path,
    content: str | bytes,
    *,
    root: Path,
    expected: Snapshot | None = None,
    exclusive: bool = False,
) -> Snapshot | None:
    """Replace or make a file below `root`; return text as reading it back would.

    `expected` is what was read: the file must still be so, keeps its permissions, and
    if all its line breaks are CRLF, so are those of the new text. `exclusive` makes a
    new file only. With neither, whatever stands there is replaced: for files that are
    made, not written. Folders on the way are made.

    Raises Refused (changed or gone since it was read; outside `root`; through a link;
    hard-linked), Taken, or NotSaved; then the old bytes are there still.
    """
    target = place(path, root)
    raw = content if isinstance(content, bytes) else _encoded(content, path, expected)
    written = snapshot(path, raw, 0) if isinstance(content, str) else None
    _make_folders(target.parent)
    mode = atomic.put(
        target,
        raw,
        old=_replaceable(target),
        exclusive=exclusive,
        check=lambda: _check_unchanged(target, expected),
    )
    return replace(written, mode=mode) if written else None


def create(path: Path, content: Callable[[Path], str], *, root: Path) -> Snapshot:
    """Make a new file under the first free name: `x.md`, else `x-2.md`, `x-3.md` ….

    `content` gives the text for a name, which may stand in it. Of many runs that do
    this at once each gets a name of its own. Raises Taken when 99 names are.
    """
    for candidate in _candidates(path):
        with suppress(atomic.Taken):
            return write(candidate, content(candidate), root=root, exclusive=True)
    raise atomic.Taken(path)


def _candidates(path: Path) -> Iterator[Path]:
    yield path
    for number in range(2, ATTEMPTS + 1):
        yield path.with_name(f"{path.stem}-{number}{path.suffix}")


def _encoded(text: str, path: Path, expected: Snapshot | None) -> bytes:
    if expected and expected.newline == "\r\n" and not expected.mixed:
        text = re.sub(r"\r?\n", "\r\n", text)
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise PostmortemError(
            f"nothing was saved: UTF-8 cannot hold U+{ord(text[error.start]):04X}",
            path=str(path),
            line=text.count("\n", 0, error.start) + 1,
            hint="Remove that character.",
        ) from error


def _make_folders(folder: Path) -> None:
    """Make the folders on the way, and put their names on disk."""
    try:
        missing = [here for here in (folder, *folder.parents) if not here.exists()]
        folder.mkdir(parents=True, exist_ok=True)
        for here in missing:
            atomic.sync_folder(here.parent)
    except OSError as error:
        raise atomic.NotSaved(folder, error.strerror or str(error)) from error


def _replaceable(target: Path) -> os.stat_result | None:
    """Return the state of the file that will be replaced; None when it is new."""
    try:
        state = os.lstat(target)
        if state.st_nlink > 1:
            atomic.sweep(target.parent, twin=state)
            state = os.lstat(target)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise atomic.NotSaved(target, error.strerror or str(error)) from error
    if state.st_nlink > 1:
        raise Refused(
            "this file has another name too (a hard link), which would not follow",
            path=str(target),
            hint="Give it a copy of its own: cp -p FILE NEW, then mv NEW FILE.",
        )
    if not state.st_mode & stat.S_IWUSR:
        message = "this file is write-protected"
        raise Refused(message, path=str(target), hint="chmod u+w lifts that.")
    return state


def _check_unchanged(target: Path, expected: Snapshot | None) -> None:
    if expected is None:
        return
    try:
        now, _ = read_bytes(target, limit=None)
    except Missing as error:
        message = "this is gone since it was read, so it is not written"
        raise Refused(message, path=str(target), hint="Read it again.") from error
    if digest(now) != expected.digest:
        raise Refused(
            "somebody changed this since it was read, so it is not overwritten",
            path=str(target),
            hint="Read it again; what was there is unchanged.",
        )
