"""The members of a zip, which may lie: counted and measured before any is opened.

Names are labels and never paths: nothing is extracted. What is looked for is what
zip bombs do: too many entries, entries that share their bytes, sizes without measure
(https://www.bamsoftware.com/hacks/zipbomb/), and a zip within the zip.
"""

from __future__ import annotations

import struct
import weakref
import zipfile
from collections.abc import Callable
from functools import partial
from operator import attrgetter
from typing import BinaryIO

from postmortem import escape
from postmortem.errors import PostmortemError
from postmortem.importers.candidates import Unplaced
from postmortem.importers.evidence import Member
from postmortem.importers.streams import guarded

MOST_ENTRIES = 200_000
MOST_UNPACKED = 16 * 1024**3
"""Bytes of all members together; each is read on its own."""
RATIO = 250
"""How much larger unpacked, for a member of more than RATIO_FROM bytes."""
RATIO_FROM = 4 * 1024 * 1024
LONGEST_NAME = 300

_END = struct.Struct("<4s4H2LH")
_END_MARK = b"PK\x05\x06"
_ENTRY_MARK = b"PK\x01\x02"
_LOCATOR_MARK = b"PK\x06\x07"
_DIRECTORY = 32 * 1024 * 1024
_LOCAL = 30
_TAIL = 65_536 + _END.size
_IN_64 = 0xFFFFFFFF
_ENCRYPTED = 0x1
_LINK = 0xA
"""The type of a file, as Unix has it in the highest bits of its mode."""
_ODD = ("", "/", ".")
"""What no name of an export begins with."""
_NESTED = (".zip", ".jar", ".tar", ".tgz", ".tar.gz", ".7z", ".rar")
_FORKS = ("__MACOSX/",)

Opener = Callable[[], BinaryIO]


def members(opener: Opener, name: str) -> tuple[tuple[Member, ...], list[Unplaced]]:
    """Return the members of a zip, and what of it is not read with the reason.

    Raises PostmortemError when the zip as a whole is no honest export.
    """
    with opener() as stream:
        _measure(stream, name)
    stream = opener()
    try:
        archive = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        stream.close()
        said = str(error).lower()
        raise _refusal(f"this zip cannot be read: {said}", name) from error
    weakref.finalize(archive, stream.close)
    entries = archive.infolist()
    _refuse_bombs(entries, name)
    found: dict[str, Member] = {}
    refused: list[Unplaced] = []
    for entry in entries:
        label = entry.filename
        if not label.isprintable() or label[:1] in _ODD or "\\" in label:
            label = _label(label)
        if label[-1:] == "/" or (label[:1] == "_" and label.startswith(_FORKS)):
            continue
        # Most entries are small and of JSON; only the others are looked at closely.
        if (
            entry.flag_bits & _ENCRYPTED
            or entry.file_size > RATIO_FROM
            or label[-5:] != ".json"
            or entry.external_attr >> 28 == _LINK
        ) and (why := _unread(entry, label)):
            refused.append(Unplaced(where=label, why=why))
            continue
        if label in found:
            said = "the zip has this name twice; the later one is read"
            refused.append(Unplaced(where=label, why=said))
        opened = partial(_opened, archive, entry, label)
        found[label] = Member(name=label, size=entry.file_size, opener=opened)
    return tuple(found.values()), refused


def _measure(stream: BinaryIO, name: str) -> None:
    """Count the entries before a library makes an object of each."""
    size = stream.seek(0, 2)
    stream.seek(max(0, size - _TAIL))
    tail = stream.read(_TAIL)
    at = tail.rfind(_END_MARK)
    if at < 0 or len(tail) - at < _END.size:
        hint = "It is cut off, or no zip: export or download it again."
        raise PostmortemError("this zip has no end", path=name, hint=hint)
    _, _, _, _, count, length, start, _ = _END.unpack_from(tail, at)
    if _IN_64 in (length, start) or _LOCATOR_MARK in tail[max(0, at - 20) : at]:
        # The real numbers are in front of it, and the directory right before those.
        length = min(size, _DIRECTORY + 1)
        start = max(0, size - length)
        count = MOST_ENTRIES
    if length > _DIRECTORY:
        raise _too_many(name)
    stream.seek(max(0, size - len(tail) + at - length))
    entries = stream.read(length).count(_ENTRY_MARK)
    if max(entries, count if count < MOST_ENTRIES else 0) > MOST_ENTRIES:
        raise _too_many(name)


def _refuse_bombs(entries: list[zipfile.ZipInfo], name: str) -> None:
    end = total = 0
    for entry in sorted(entries, key=attrgetter("header_offset")):
        if entry.header_offset < end:
            raise _refusal("the entries of this zip overlap", name)
        end = entry.header_offset + _LOCAL + entry.compress_size
        total += entry.file_size
    if total > MOST_UNPACKED:
        said = f"this zip is larger than {MOST_UNPACKED // 1024**3} GB unpacked"
        raise _refusal(said, name)


def _unread(entry: zipfile.ZipInfo, label: str) -> str | None:
    """Return why a member is not read; None for one that is."""
    if entry.external_attr >> 28 == _LINK:
        return "it is a symbolic link, which is not followed"
    if entry.flag_bits & _ENCRYPTED:
        return "it is encrypted; unpack it with its password first"
    if label.endswith(_NESTED):
        return "an archive within the zip is not opened; unpack it first"
    packed = entry.compress_size or 1
    if entry.file_size > RATIO_FROM and entry.file_size > RATIO * packed:
        times = entry.file_size // packed
        return f"it is {times} times larger unpacked, as only zip bombs are"
    return None


def _opened(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, label: str) -> BinaryIO:
    try:
        stream = archive.open(entry)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError) as error:
        said = f"it is damaged: {str(error).lower()}"
        raise PostmortemError(said, path=label, hint="Export it again.") from error
    return guarded(stream, label, entry.file_size)  # type: ignore[arg-type] # bytes


def _label(name: str) -> str:
    """Return a name for people, whatever was put into the zip."""
    name = name.replace("\\", "/").lstrip("/")
    if len(name) > LONGEST_NAME:
        name = f"{name[:100]}…{name[-100:]}"
    return name if name.isprintable() else escape.single_line(name)


def _too_many(name: str) -> PostmortemError:
    return _refusal(f"this zip has more than {MOST_ENTRIES} entries", name)


def _refusal(message: str, name: str) -> PostmortemError:
    hint = "Unpack it with a tool that you trust, and name the folder or the files."
    return PostmortemError(message, path=name, hint=hint)
