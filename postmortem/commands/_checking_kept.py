"""Results of checks, kept in the cache folder by everything that they depend on.

They can be found again at any time, so whatever goes wrong with the cache is ignored.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC
from functools import cached_property
from pathlib import Path

import msgspec

import postmortem
from postmortem import files
from postmortem.checks.results import Result
from postmortem.commands._cached import put
from postmortem.commands._checking_values import Asked, Done, Job, Shared, exists
from postmortem.errors import PostmortemError

PACKAGE = Path(postmortem.__file__).parent
"""Everything in it may decide what is found."""
FOLDER = "checks"
LARGEST = 256 * 1024 * 1024
"""Bytes of what is kept about one place; 10,000 weak reports have 50 million."""


class _Kept(msgspec.Struct, kw_only=True):
    result: Result
    asked: Asked


class _File(msgspec.Struct, kw_only=True):
    day: str
    results: dict[str, _Kept] = msgspec.field(default_factory=dict)
    stand: str = ""
    right: dict[str, str] = msgspec.field(default_factory=dict)
    """By report, what tells that its derived lines are right, on other days too."""


class KeptResults:
    """The results of one place on one day; `save` writes those that are new.

    They are in the file `where` below the folder `cache`, and are the same wherever the
    `root` of the place is. `stamp` is what tells another program that looks as well
    from any other state of it.
    """

    def __init__(
        self,
        where: Path,
        cache: Path,
        root: Path,
        shared: Shared,
        *,
        stamp: str = "",
        package: Path = PACKAGE,
    ) -> None:
        self._path, self._cache, self._root = where, cache, root
        self._folders: dict[str, str] = {}
        self._shared = shared
        self._day = shared.now.astimezone(UTC).date().isoformat()
        self._stamp = stamp
        self._package = package
        self._new = False

    def look_up(self, job: Job) -> Done | None:
        """Return what is known of a job, if all that it depends on is as it was."""
        kept = self._file.results.get(self._key(job))
        if kept is None:
            return None
        if self._shared.formers and len(kept.result.formers) < len(kept.result.prints):
            return None
        asked = kept.asked
        if any(exists(job.folder, it) != was for it, was in asked.files.items()):
            return None
        ids = self._shared.ids
        known = (ids is None or it in ids for it in asked.reports)
        if list(known) != list(asked.reports.values()):
            return None
        return Done(result=kept.result.called(job.path), asked=asked)

    def right(self, job: Job) -> str:
        """Return what a report was right by the last time, whatever its text is now."""
        return self._file.right.get(self._where(job), "")

    def keep(self, job: Job, done: Done) -> None:
        """Note what came of a job; nothing where a link or an id is a credential."""
        from postmortem.checks.privacy.secrets import credentials

        if done.right:
            self._file.right[self._where(job)] = done.right
        asked = done.asked
        secret = credentials("\n".join((*asked.files, *asked.reports)))
        if not done.problems and not secret:
            kept = _Kept(result=done.result, asked=done.asked)
            self._file.results[self._key(job)] = kept
            self._new = True

    def save(self) -> None:
        """Write what was noted."""
        if self._new:
            put(self._cache, self._path, msgspec.json.encode(self._file))

    @cached_property
    def _file(self) -> _File:
        return _read(self._path, self._day, self._stand)

    @cached_property
    def _stand(self) -> str:
        stand = f"{_stand(self._shared, self._package)}/{self._stamp}"
        return hashlib.sha256(stand.encode("utf-8", "replace")).hexdigest()

    def _key(self, job: Job) -> str:
        template = self._shared.digests[job.kind] if job.kind else ""
        past = (f"{status} {at}" for status, at in job.past)
        beside = (f"{it.name} {it.stamp}" for it in job.attachments)
        known = (job.lost, "aside" * job.aside, *job.namesakes, *beside)
        parts = (self._stand, template, self._where(job), *past, *known)
        own = hashlib.sha256("\x1f".join(parts).encode("utf-8", "replace"))
        own.update(job.text.encode("utf-8", "surrogatepass"))
        return own.hexdigest()[:40]

    def _where(self, job: Job) -> str:
        """Return a report's path from the root on; of one on a branch, what it is."""
        if job.folder is None:
            return job.path
        if job.folder not in self._folders:
            self._folders[job.folder] = os.path.relpath(job.folder, self._root)
        name = job.path.replace(os.sep, "/").rpartition("/")[2]
        return f"{self._folders[job.folder]}/{name}"


def _read(path: Path, day: str, stand: str) -> _File:
    """Return what is kept; of another day, what holds on this one too."""
    known = _File(day=day, stand=stand)
    with suppress(PostmortemError, OSError, msgspec.MsgspecError):
        found = msgspec.json.decode(files.read_private(path, limit=LARGEST), type=_File)
        if found.stand == stand:
            known.right = found.right
        if found.day == day:
            known.results = found.results
    return known


def _stand(shared: Shared, package: Path) -> str:
    """Return what tells this version of the rules and settings from any other."""
    own: list[str] = []
    with suppress(OSError):
        own = sorted(_states(str(package)))
    settings = f"{shared.settings!r} {shared.templates!r}"
    return f"{postmortem.__version__}/{own}/{settings}"


def _states(folder: str) -> Iterator[str]:
    """Yield the name, time and size of each file of the package.

    All of them, since what is found depends on far more than the checks.
    """
    with os.scandir(folder) as found:
        for each in found:
            if not each.is_dir():
                state = each.stat()
                yield f"{each.path} {state.st_mtime_ns} {state.st_size}"
            elif each.name != "__pycache__":
                yield from _states(each.path)
