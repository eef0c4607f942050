"""The drafts of one person: what there is to go on with, and the way into each."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path

from postmortem.drafts import locks
from postmortem.drafts.draft import Draft, key_of
from postmortem.drafts.journal import Journal, in_memory
from postmortem.drafts.locks import Busy
from postmortem.drafts.shelf import Shelf
from postmortem.drafts.spelling import Newer
from postmortem.errors import Missing, PostmortemError, Problem

DAYS_KEPT = 30
"""Days for which a submitted draft is kept."""

_NEVER = "0001-01-01T00:00:00+00:00"


class Drafts:
    """The drafts in a folder of the program's state folder; both are made 0700."""

    def __init__(self, folder: Path, clock: Callable[[], datetime]) -> None:
        self._shelf = Shelf(folder)
        self._clock = clock

    @property
    def folder(self) -> Path:
        """Where they are; it need not exist."""
        return self._shelf.folder

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was found that cannot be read, and under which name it is kept."""
        return tuple(self._shelf.problems)

    def all(self) -> tuple[Draft, ...]:
        """Return every draft that can be gone on with, the latest first.

        Of one that cannot be read it is the one before it. Never raises for what it
        finds: `problems` tells.
        """
        found: list[Draft] = []
        for key in sorted(self._shelf.listed()):
            try:
                draft = self._shelf.load(key, self._clock())
            except PostmortemError as error:
                self._shelf.note(*error.problems)
            else:
                found += [draft] if draft else []
        return tuple(sorted(found, key=_moment, reverse=True))

    def find(self, key: str) -> Draft | None:
        """Return the draft of this key, or the one of the report that has this key.

        A new report's draft keeps its first key when the report gets a file. Raises
        Refused for one that a newer version made.
        """
        if key in self._shelf.listed():
            draft = self._shelf.load(key, self._clock())
            if draft is not None:
                return draft
        for draft in self.all():
            if draft.report is not None and key_of(draft.root, draft.report) == key:
                return draft
        return None

    def open(self, draft: Draft) -> Journal:
        """Open the journal of a draft; what is on disk of it decides, if anything is.

        Raises Busy when another process has it, Missing when it was on disk and is not
        any more, Refused when a newer version made it. Where nothing can be saved the
        journal is in memory, and its `trouble` says so.
        """
        now = self._clock()
        try:
            lock = locks.take(self._shelf, draft.key, now, what=draft.name)
        except Busy:
            raise
        except (PostmortemError, OSError) as error:
            trouble = in_memory(error, self._shelf)
            draft = self._found(draft, now) or draft
            return Journal(self._shelf, draft, self._clock, lock=None, trouble=trouble)
        with ExitStack() as undo:
            undo.callback(lock.release)
            known = self.problems
            found = self._shelf.load(draft.key, now)
            gone = found is None and self.problems == known
            if gone and draft.saved is not None:
                message = "this draft is gone: it was submitted or discarded meanwhile"
                raise Missing(message, path=str(self._shelf.folder))
            undo.pop_all()
        return Journal(self._shelf, found or draft, self._clock, lock=lock)

    def discard(self, draft: Draft, sure: Callable[[], bool] = lambda: True) -> bool:
        """Remove a draft and what is kept of it; tell whether it was.

        Raises Busy when somebody has it; else nobody can while `sure` is asked.
        """
        lock = locks.take(self._shelf, draft.key, self._clock(), what=draft.name)
        try:
            if not sure():
                return False
            self._shelf.remove(draft.key)
        finally:
            lock.release()
        return True

    def sweep(self) -> None:
        """Remove submitted drafts after 30 days, and what killed runs left."""
        self._shelf.sweep(before=self._clock() - timedelta(days=DAYS_KEPT))

    def _found(self, draft: Draft, now: datetime) -> Draft | None:
        """Return what is on disk of a draft that cannot be saved there."""
        if draft.key not in self._shelf.listed():
            return None
        try:
            return self._shelf.load(draft.key, now)
        except Newer:
            raise
        except PostmortemError as error:
            self._shelf.note(*error.problems)
            return None


def _moment(draft: Draft) -> datetime:
    return datetime.fromisoformat(draft.saved or _NEVER)
