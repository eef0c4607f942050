"""The folder of drafts: the last two saves of each, and those that are done.

KEY.0.json, KEY.1.json   the draft in turn: one is whole while the other is written
KEY.lock                 who has it open
KEY.20250524131200.done  submitted then, and kept for some days
KEY.20250524131200.bad   found then, and could not be read
"""

from __future__ import annotations

import errno
import os
import re
import stat
from contextlib import suppress
from datetime import UTC, datetime
from operator import itemgetter
from pathlib import Path

from postmortem.drafts.draft import KEY, Draft
from postmortem.drafts.spelling import LIMIT, Newer, decoded, encoded
from postmortem.errors import Missing, PostmortemError, Problem, Refused
from postmortem.files import NotSaved, atomic, read_private, sweep, write_private

STAMP = "%Y%m%d%H%M%S"

_DRAFT = re.compile(rf"({KEY.pattern})\.[01]\.json")
_DONE = re.compile(rf"{KEY.pattern}\.(\d{{14}})(?:-\d+)?\.done")
_PASSING = (errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EIO, errno.ESTALE)
_MOST = 999


class Shelf:
    """The drafts of one person on this machine, in a folder of the program's own."""

    def __init__(self, folder: Path) -> None:
        self.state = folder.parent
        self.folder = folder
        self.problems: list[Problem] = []
        """What could not be read and was put aside, or left alone."""
        self._saves: dict[str, int] = {}

    def path(self, key: str, suffix: str) -> Path:
        """Return the path of a draft's file; raises ValueError for what is no key."""
        if not KEY.fullmatch(key):
            raise ValueError(f"no key of a draft: {key!r}")
        return self.folder / f"{key}.{suffix}"

    def last(self, key: str) -> Path:
        """Return the path of the last save of a draft."""
        return self._turn(key, self._saves.get(key, 0))

    def prepared(self) -> bool:
        """Tell whether the folder is there, and nobody else's to read; see `mine`."""
        found = self._states()
        return len(found) > 1 and (
            os.name == "nt" or not any(each.st_mode & 0o077 for each in found)
        )

    def mine(self) -> bool:
        """Tell whether the folder is there; raises Refused when it is not one's own."""
        return len(self._states()) > 1

    def listed(self) -> set[str]:
        """Return the keys of all drafts."""
        return {each[1] for each in self._named(_DRAFT)}

    def load(self, key: str, now: datetime) -> Draft | None:
        """Return a draft, of its saves the last that can be read; None if none can.

        What cannot be read is put aside as `.bad`. Raises Newer.
        """
        last: tuple[Draft | None, int] = (None, 0)
        for turn in (0, 1):
            path = self._turn(key, turn)
            try:
                found = decoded(read_private(path, limit=LIMIT), key, str(path))
            except Missing:
                continue
            except PostmortemError as error:
                self._put_aside(path, error, now)
            else:
                last = max(last, found, key=itemgetter(1))
        self._saves[key] = last[1]
        return last[0]

    def put(self, draft: Draft) -> None:
        """Save a draft; the save before, which `load` or this made, is not touched.

        Raises PostmortemError or OSError.
        """
        save = self._saves.get(draft.key, 0) + 1
        path, raw = self._turn(draft.key, save), encoded(draft, save)
        if len(raw) > LIMIT:
            raise NotSaved(path, f"it is larger than {LIMIT} bytes")
        if self.prepared():  # which `write_private` would find out at length
            atomic.put(path, raw, mode=0o600)
        else:
            write_private(path, raw, root=self.state)
        self._saves[draft.key] = save

    def remove(self, key: str) -> None:
        """Remove a draft: the older save first, so that it is never the last."""
        save = self._saves.pop(key, 0)
        for turn in (save + 1, save):
            self._turn(key, turn).unlink(missing_ok=True)

    def finish(self, key: str, now: datetime) -> None:
        """Keep a draft as one that is done."""
        save = self._saves.pop(key, 0)
        self._turn(key, save + 1).unlink(missing_ok=True)
        with suppress(FileNotFoundError):
            self._rename(self._turn(key, save), now, "done")

    def sweep(self, before: datetime) -> None:
        """Remove what was done before an instant, and what killed runs left."""
        limit = before.astimezone(UTC).strftime(STAMP)
        for each in self._named(_DONE):
            if each[1] < limit:
                with suppress(OSError):
                    (self.folder / each.string).unlink()
        with suppress(Refused):
            if self.mine():
                sweep(self.folder)

    def note(self, *problems: Problem) -> None:
        """Remember what is wrong, once."""
        self.problems += [each for each in problems if each not in self.problems]

    def _turn(self, key: str, save: int) -> Path:
        return self.path(key, f"{save % 2}.json")

    def _states(self) -> list[os.stat_result]:
        """Return the states of the folders that are there, which are one's own."""
        if not self.state.is_absolute():
            message = "there is no home folder to keep drafts in"
            raise Refused(message, path=str(self.state), hint="Set HOME.")
        found: list[os.stat_result] = []
        with suppress(OSError):
            for folder in (self.state, self.folder):
                found.append(os.lstat(folder))
                foreign = os.name != "nt" and found[-1].st_uid != os.geteuid()
                if not stat.S_ISDIR(found[-1].st_mode) or foreign:
                    message = "drafts are kept in a folder of your own; this is none"
                    hint = "Look at what it is, then remove or rename it."
                    raise Refused(message, path=str(folder), hint=hint)
        return found

    def _named(self, pattern: re.Pattern[str]) -> list[re.Match[str]]:
        """Return the names that fit a pattern; in a folder of another's there are none.

        That is noted.
        """
        names: list[str] = []
        try:
            if self.mine():
                names = [path.name for path in self.folder.iterdir()]
        except Refused as error:
            self.note(error.problem)
        except OSError as error:
            reason = f"this cannot be read: {error.strerror}"
            self.note(Problem(message=reason, path=str(self.folder)))
        return [each for name in names if (each := pattern.fullmatch(name))]

    def _put_aside(self, path: Path, error: PostmortemError, now: datetime) -> None:
        """Give what cannot be read another name, so that nothing replaces it."""
        cause = error.__cause__
        passing = isinstance(cause, OSError) and cause.errno in _PASSING
        if passing or isinstance(error, Newer):
            raise error
        aside: Path | None = None
        with suppress(OSError):
            aside = self._rename(path, now, "bad")
        where = f"It is kept as {aside}." if aside else "It is left where it is."
        self.note(Problem(message=error.problem.message, path=str(path), hint=where))

    def _rename(self, path: Path, now: datetime, suffix: str) -> Path:
        """Give a file of a draft a name that it keeps, and return it."""
        key = path.name.partition(".")[0]
        stamp = now.astimezone(UTC).strftime(STAMP)
        for number in range(1, _MOST):
            behind = f"-{number}" if number > 1 else ""
            target = self.folder / f"{key}.{stamp}{behind}.{suffix}"
            if not os.path.lexists(target):
                return path.rename(target)
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
