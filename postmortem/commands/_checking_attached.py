"""The files beside reports, which a commit takes along: they may hold credentials."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from postmortem.archive.folders import SUFFIX
from postmortem.checks.around import Attached
from postmortem.commands._checking_values import Attachment, Job
from postmortem.errors import PostmortemError

if TYPE_CHECKING:
    from postmortem.archive import Entry
    from postmortem.commands._checking_since import Origin
    from postmortem.history import Index


def attachments(
    entries: Sequence[Entry], origin: Origin | None
) -> Mapping[Path, tuple[Attachment, ...]]:
    """Return those of each report in the work tree that has any.

    With an `origin` only those that are not as they were there.
    """
    found = {
        entry.path: tuple(_attachments(entry))
        for entry in entries
        if entry.on is None and entry.attachments.is_dir()
    }
    if origin and found:
        found = _since(found, origin, {entry.path: entry for entry in entries})
    return {path: those for path, those in found.items() if those}


def attached(job: Job) -> tuple[Attached, ...]:
    """Look into the files of a job."""
    return tuple(each for it in job.attachments for each in _looked_into(job, it))


def widened(paths: Iterable[str]) -> Iterator[str]:
    """Yield these paths, the folders beside reports, and the reports beside folders."""
    for path in paths:
        yield path
        if path == ".":
            continue
        bare = path.removesuffix(SUFFIX)
        yield bare if bare != path else f"{path}{SUFFIX}"
        yield from _reports(path)


def changed_beside(index: Index) -> Mapping[str, list[Attachment]]:
    """Return the files that a commit changes, by the reports that they are beside."""
    known = {file.path for file in index.files}
    found: dict[str, list[Attachment]] = {}
    for file in index.files:
        for report in _reports(file.path) if file.changed else ():
            if report in known and not PurePosixPath(file.path).name.startswith("."):
                name = PurePosixPath(file.path).relative_to(
                    PurePosixPath(report).parent
                )
                own = Attachment(
                    name=name.as_posix(),
                    stamp=hashlib.sha256(file.content).hexdigest(),
                    content=file.content,
                )
                found.setdefault(report, []).append(own)
    return found


def is_at(path: str, named: Collection[str]) -> bool:
    """Tell whether a path is one of these, or below one."""
    return "." in named or any(
        it in named for it in (path, *map(str, PurePosixPath(path).parents))
    )


def _reports(path: str) -> Iterator[str]:
    """Yield where a report could be that a file is beside."""
    for folder in PurePosixPath(path).parents:
        if folder.name:
            yield f"{folder}{SUFFIX}"


def _attachments(entry: Entry) -> Iterator[Attachment]:
    for path in entry.attached():
        if not path.is_symlink():  # git takes the name that it points to
            state = path.stat()
            yield Attachment(
                name=path.relative_to(entry.path.parent).as_posix(),
                stamp=f"{state.st_size} {state.st_mtime_ns} {state.st_ctime_ns}",
            )


def _since(
    found: Mapping[Path, tuple[Attachment, ...]],
    origin: Origin,
    entries: Mapping[Path, Entry],
) -> dict[Path, tuple[Attachment, ...]]:
    """Leave out the files that have not changed since."""
    of = {path.parent / it.name: path for path, those in found.items() for it in those}
    named = {
        file: origin.beside(entries[of[file]], name)
        for file, name in origin.history.among(of).items()
    }
    held = origin.contents(named.values())

    def same(file: Path) -> bool:
        with suppress(OSError):
            return held.get(named.get(file, "")) == file.read_bytes()
        return False

    return {
        path: tuple(it for it in those if not same(path.parent / it.name))
        for path, those in found.items()
    }


def _looked_into(job: Job, file: Attachment) -> Iterator[Attached]:
    from postmortem.checks.privacy.attached import LARGEST, looked_into
    from postmortem.files.texts import read_bytes

    raw = file.content
    try:
        if raw is None:
            raw = read_bytes(Path(job.folder or "") / file.name, limit=LARGEST)[0]
    except PostmortemError as error:
        yield Attached(name=file.name, unread=error.problems[0].message)
        return
    if len(raw) > LARGEST:
        message = f"this is larger than the {LARGEST} bytes that are read"
        yield Attached(name=file.name, unread=message)
        return
    yield from looked_into(file.name, raw)
