"""The journal of one interview: each answer on disk at once, each letter soon after."""

from __future__ import annotations

import atexit
import threading
from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime
from types import TracebackType
from typing import Any, Self

from postmortem.drafts import locks
from postmortem.drafts.draft import Draft, moment
from postmortem.drafts.locks import Lock
from postmortem.drafts.saver import Saver
from postmortem.drafts.shelf import Shelf
from postmortem.errors import PostmortemError, Refused


class Journal:
    """A draft that is being written, by this process alone; a context manager.

    `typing` and `save` are called from one thread. Where the disk does not take it the
    journal goes on in memory, and `trouble` says so until a save succeeds.
    """

    def __init__(
        self,
        shelf: Shelf,
        draft: Draft,
        clock: Callable[[], datetime],
        *,
        lock: Lock | None,
        trouble: str | None = None,
    ) -> None:
        self._shelf = shelf
        self._clock = clock
        begun = draft.replace(began=draft.began or moment(clock()))
        self._draft = self._kept = begun
        self._stamped = begun
        self._lock = lock
        self._trouble = trouble
        self._closed = False
        self._disk = threading.Lock()
        self._saver = Saver(self._flush)
        atexit.register(self.close)

    @property
    def draft(self) -> Draft:
        """The draft as it is now; `saved` and `writer` are of when it came on disk."""
        draft, stamped = self._draft, self._stamped
        if draft is self._kept:
            return stamped
        return draft.replace(saved=stamped.saved, writer=stamped.writer)

    @property
    def trouble(self) -> str | None:
        """Why what is said here is in memory only, and the path; None when it is not.

        After `close` it says whether all of it came on disk.
        """
        return self._trouble

    def typing(self, text: str) -> None:
        """Hand over a half typed answer; it is on disk 0.3 seconds later.

        Returns at once.
        """
        if text != self._draft.typing:
            self._draft = self._draft.replace(typing=text)
            self._saver.wake()

    def save(self, **changes: Any) -> Draft:
        """Change the draft and return it: it is on disk, or `trouble` says why not.

        What is half typed stays unless `typing` is among the changes.
        """
        if self._closed:
            raise ValueError("this journal is closed")
        self._draft = self._draft.replace(**changes)
        self._flush()
        return self.draft

    def done(self, *, keep: bool = True) -> None:
        """End the draft: all of it is in a file or a commit now.

        It is kept for some days yet, or not.
        """
        self._end(self._finish if keep else self._remove)

    def close(self) -> None:
        """Save what is unsaved, and let others open the draft."""
        self._end(lambda: None)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _end(self, last: Callable[[], None]) -> None:
        """Save, do the last thing while the draft is still one's own, let it go."""
        if self._closed:
            return
        try:
            self._saver.stop()
            self._flush()
            with self._disk:
                last()
        finally:
            with self._disk:
                self._closed = True
                lock, self._lock = self._lock, None
                if lock is not None:
                    lock.release()
            atexit.unregister(self.close)

    def _flush(self) -> bool:
        """Put on disk what is not there; tell whether it is there."""
        with self._disk:
            draft = self._draft
            if draft is self._kept or self._closed:
                return True
            return self._attempt(lambda: self._put(draft))

    def _put(self, draft: Draft) -> None:
        now = self._clock()
        lock = self._lock = self._lock or self._late(draft, now)
        saved = draft.replace(saved=moment(now), writer=lock.writer)
        self._shelf.put(saved)
        self._stamped = saved  # first: whoever sees the other one reads this one
        self._kept = draft

    def _late(self, draft: Draft, now: datetime) -> Lock:
        """Take the lock that could not be had, if nobody had the draft meanwhile."""
        with ExitStack() as undo:
            lock = locks.take(self._shelf, draft.key, now, what=draft.name)
            undo.callback(lock.release)
            there = self._shelf.load(draft.key, now)
            if there and there.saved != self._stamped.saved:
                message = "somebody else went on with this draft meanwhile"
                raise Refused(message, path=str(self._shelf.last(draft.key)))
            undo.pop_all()
        return lock

    def _finish(self) -> None:
        if self._lock is not None:
            self._attempt(lambda: self._shelf.finish(self._draft.key, self._clock()))

    def _remove(self) -> None:
        if self._lock is not None:
            self._attempt(lambda: self._shelf.remove(self._draft.key))

    def _attempt(self, step: Callable[[], None]) -> bool:
        """Do what the disk may refuse; tell whether it was done."""
        try:
            step()
        except (PostmortemError, OSError, MemoryError, ValueError) as error:
            self._trouble = in_memory(error, self._shelf)
            return False
        self._trouble = None
        return True


def in_memory(error: Exception, shelf: Shelf) -> str:
    """Return the sentence for what cannot be saved, and where."""
    path, reason = str(shelf.folder), str(error) or type(error).__name__
    match error:
        case PostmortemError():
            path = error.problem.path or path
            reason = error.problem.message.removeprefix("nothing was saved: ")
        case OSError():
            path = str(error.filename or path)
            reason = error.strerror or reason
    return f"what you type is in memory only, and not in {path}: {reason}"
