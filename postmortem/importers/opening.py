"""Opening what somebody named: a file, a folder, a zip, a gzip file or piped text."""

from __future__ import annotations

import io
import os
import stat
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import BinaryIO

from postmortem import escape
from postmortem.errors import Missing, PostmortemError
from postmortem.importers import zips
from postmortem.importers.candidates import Unplaced
from postmortem.importers.evidence import Evidence, Member
from postmortem.importers.shapes import GZIP, ZIP
from postmortem.importers.streams import all_of, guarded, unzipped

MOST_FILES = 200_000
_FILE = 64 * 1024**3
_SKIPPED = {".git", ".hg", ".svn", "__MACOSX", "node_modules"}


def opened(path: Path | None, stdin: BinaryIO | None = None) -> Evidence:
    """Return the evidence in a file, folder or zip, told by content; `None` is stdin.

    Files are read when an importer wants them, and need to stay until then. Raises
    Missing, or PostmortemError for what cannot be read or is a zip bomb.
    """
    if path is None:
        if stdin is None:
            raise Missing("nothing is piped in", hint="Name a file, or pipe text in.")
        return _of_bytes(all_of(stdin, "-"), "-", "-")
    name = escape.single_line(str(path))
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:
        hint = "Name a file, a folder or a zip that a tool exported."
        raise Missing("there is no such file", path=name, hint=hint) from error
    if stat.S_ISDIR(mode):
        return _of_folder(path, name)
    if not stat.S_ISREG(mode):
        # What a shell makes of <(command) can be read only once.
        with _file(path, name) as stream:
            return _of_bytes(all_of(stream, name), name, path.name)
    own, size = escape.single_line(path.name), path.stat().st_size
    return _of_opener(partial(_file, path, name), name, own, size)


def _of_opener(opener: zips.Opener, name: str, own: str, size: int) -> Evidence:
    with opener() as stream:
        head = stream.read(4)
    if head.startswith(ZIP):
        members, unread = zips.members(opener, name)
        return Evidence(name=name, members=members, refused=tuple(unread))
    if head.startswith(GZIP):
        return Evidence(name=name, members=(_gzipped(opener, own, size),))
    member = Member(name=own, size=size, opener=partial(_whole, opener, own))
    return Evidence(name=name, members=(member,))


def _of_bytes(raw: bytes, name: str, own: str) -> Evidence:
    return _of_opener(partial(io.BytesIO, raw), name, own, len(raw))


def _gzipped(opener: zips.Opener, own: str, size: int) -> Member:
    own = own.removesuffix(".gz")

    def inner() -> BinaryIO:
        return unzipped(opener(), own, size)

    return Member(name=own, size=-1, opener=inner)


def _of_folder(root: Path, name: str) -> Evidence:
    members: list[Member] = []
    refused: list[Unplaced] = []
    for path in _walked(root):
        label = escape.single_line(path.relative_to(root).as_posix())
        if isinstance(found := _of_file(path, label), Unplaced):
            refused.append(found)
        else:
            members.append(found)
        if len(members) + len(refused) > MOST_FILES:
            raise PostmortemError(
                f"this folder has more than {MOST_FILES} files",
                path=name,
                hint="Name the folder that the export is in.",
            )
    return Evidence(
        name=name, members=tuple(members), refused=tuple(refused), folder=root
    )


def _of_file(path: Path, label: str) -> Member | Unplaced:
    state = path.lstat()
    if stat.S_ISLNK(state.st_mode):
        said = "it is a symbolic link, which is not followed"
        return Unplaced(where=label, why=said)
    if not stat.S_ISREG(state.st_mode):
        return Unplaced(where=label, why="it is no file")
    opener = partial(_file, path, label)
    if path.suffix.lower() == ".gz":
        return _gzipped(opener, label, state.st_size)
    opener = partial(_whole, opener, label)
    return Member(name=label, size=state.st_size, opener=opener)


def _walked(root: Path) -> Iterator[Path]:
    """Yield the files below a folder in the order of their names."""
    for folder, inner, files in os.walk(root, followlinks=False):
        linked = [each for each in inner if (Path(folder) / each).is_symlink()]
        inner[:] = sorted({*inner} - _SKIPPED - {*linked})
        for each in sorted([*files, *linked]):
            yield Path(folder) / each


def _whole(opener: zips.Opener, name: str) -> BinaryIO:
    return guarded(opener(), name, _FILE)


def _file(path: Path, name: str) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        said = error.strerror or str(error)
        raise PostmortemError(f"this cannot be read: {said}", path=name) from error
