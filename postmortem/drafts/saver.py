"""A thread that saves while somebody types, and never lets them wait for a disk."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from queue import Empty, SimpleQueue

PAUSE = 0.3
"""Seconds from the first unsaved change until it is on disk, the saving included."""
_LEAST = 0.05
_RETRY = 2.0
"""Seconds until what could not be saved is tried again, when nobody types."""
_PATIENCE = 2.0


class Saver:
    """Calls `save` soon after `wake`, once for all that happened meanwhile.

    `save` returns whether it could. Whoever types shares no lock with it that lasts,
    and only primitives that a signal cannot leave half taken.
    """

    def __init__(self, save: Callable[[], bool]) -> None:
        self._save = save
        self._queue: SimpleQueue[bool] = SimpleQueue()
        self._pending = False
        self._stopping = threading.Lock()
        self._stopping.acquire()
        self._ended = threading.Lock()
        self._ended.acquire()
        self._unstarted = threading.Lock()
        self._thread: threading.Thread | None = None
        self._stopped = False

    def wake(self) -> None:
        """Have what is unsaved saved soon; returns at once."""
        if self._pending or self._stopped:
            return
        self._pending = True
        self._queue.put(True)  # noqa: FBT003 -- whether to go on
        if self._unstarted.acquire(blocking=False):  # and never released: once
            self._thread = threading.Thread(target=self._run, name="saver", daemon=True)
            try:
                self._thread.start()
            except RuntimeError:  # no more threads: then whoever types waits
                self._unstarted.release()
                self._pending = False
                self._save()

    def stop(self) -> None:
        """Have what is unsaved saved, and return when that was tried.

        An interruption is heard after it.
        """
        if self._stopped:
            return
        self._stopped = True
        if self._thread is None or self._thread.ident is None:
            return
        self._stopping.release()
        self._queue.put(False)  # noqa: FBT003 -- whether to go on
        try:
            self._ended.acquire()
        except BaseException:
            self._ended.acquire(timeout=_PATIENCE)
            raise

    def _run(self) -> None:
        try:
            self._save_until_stopped()
        finally:
            self._ended.release()

    def _save_until_stopped(self) -> None:
        saved, took = True, 0.0
        going = True
        while going:
            with suppress(Empty):
                going = self._queue.get(timeout=None if saved else _RETRY)
            # What a slow disk takes, the pause gives.
            pause = max(_LEAST, PAUSE - took)
            going = going and not self._stopping.acquire(timeout=pause)
            self._pending = False  # before `save` looks: a later change wakes again
            start = time.monotonic()
            saved = self._save()
            took = time.monotonic() - start
