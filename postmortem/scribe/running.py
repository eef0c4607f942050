"""A command that runs as if nobody listened, while what it prints is kept."""

from __future__ import annotations

import os
import selectors
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from types import FrameType
from typing import IO, Any

from postmortem.errors import Missing, PostmortemError

HEAD = 48 * 1024
TAIL = 16 * 1024
"""Bytes that are kept of the beginning and of the end of what is printed."""

_PIECE = 65536
_LOOK = 0.1
_QUIET = 0.5
"""Seconds after a command's end in which what it left running may still print."""

Sink = Callable[[bytes], object]


class Kept:
    """The beginning and the end of what went by, and how much was between."""

    def __init__(self) -> None:
        self._head, self._tail = bytearray(), bytearray()
        self.size = 0
        """Bytes that went by."""

    def add(self, piece: bytes) -> None:
        """Take in the next bytes."""
        self.size += len(piece)
        room = HEAD - len(self._head)
        self._head += piece[:room] if room > 0 else b""
        self._tail += piece[max(room, 0) :]
        del self._tail[: max(len(self._tail) - TAIL, 0)]

    @property
    def text(self) -> str:
        """What is kept, as text; where something is left out it says how much."""
        gone = self.size - len(self._head) - len(self._tail)
        middle = f"\n[{gone} bytes are left out here]\n".encode() if gone else b""
        raw = bytes(self._head) + middle + bytes(self._tail)
        return raw.decode("utf-8", "replace").replace("\r\n", "\n")


@dataclass(frozen=True, kw_only=True)
class Ran:
    """How a command ended."""

    exit: int
    """As a shell says it: 128 and the signal's number where one ended it."""
    output: str
    interrupted: bool
    """Whether somebody stopped it from outside."""


def run(words: Sequence[str], out: Sink, err: Sink) -> Ran:
    """Run a command, give on what it prints as it comes, and return what is kept of it.

    Ctrl-C is for the command; what it printed up to its end is kept. A hang-up or the
    request to end is handed on to it. Raises Missing where there is no such command.
    """
    kept = Kept()
    child = _started(words)
    with _signals(child) as seen:
        _read(child, kept, {1: out, 2: err})
        child.wait()
    code = child.returncode
    return Ran(
        exit=128 - code if code < 0 else code, output=kept.text, interrupted=bool(seen)
    )


def _started(words: Sequence[str]) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(
            list(words), stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0
        )
    except FileNotFoundError as error:
        hint = "what is behind -- is a program with its arguments, not a line of shell"
        raise Missing(f"there is no command {words[0]!r}", hint=hint) from error
    except OSError as error:
        said = error.strerror or str(error)
        raise PostmortemError(f"{words[0]!r} cannot be run: {said}") from error


def _read(child: subprocess.Popen[bytes], kept: Kept, sinks: dict[int, Sink]) -> None:
    """Read both of its streams until they end, in the order in which they come."""
    with selectors.DefaultSelector() as watched:
        for number, stream in ((1, child.stdout), (2, child.stderr)):
            if stream is not None:
                watched.register(stream, selectors.EVENT_READ, number)
        ended: float | None = None
        while watched.get_map():
            ready = watched.select(_LOOK)
            for key, _ in ready:
                _take(watched, key, kept, sinks)
            if ready or child.poll() is None:
                ended = None
                continue
            ended = ended or time.monotonic()
            if time.monotonic() - ended > _QUIET:
                break
    for stream in (child.stdout, child.stderr):
        if stream is not None:
            stream.close()


def _take(
    watched: selectors.BaseSelector,
    key: selectors.SelectorKey,
    kept: Kept,
    sinks: dict[int, Sink],
) -> None:
    stream: IO[bytes] = key.fileobj  # type: ignore[assignment]  # registered above
    piece = os.read(stream.fileno(), _PIECE)
    if not piece:
        watched.unregister(stream)
        stream.close()
        return
    kept.add(piece)
    try:
        sinks[key.data](piece)
    except OSError:  # whoever read has gone; what comes is kept all the same
        sinks[key.data] = _nowhere


def _nowhere(_piece: bytes) -> None:
    """Give it to nobody."""


@contextmanager
def _signals(child: subprocess.Popen[bytes]) -> Iterator[list[int]]:
    """Outlive what is meant for the command; yield the signals that came."""
    seen: list[int] = []

    def _came(number: int, _frame: FrameType | None) -> None:
        seen.append(number)
        again = number == signal.SIGINT and seen.count(number) > 1
        if number != signal.SIGINT or again:
            with suppress(OSError):
                child.send_signal(signal.SIGTERM if again else number)

    before: dict[int, Any] = {}
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None:
            with suppress(ValueError, OSError):  # another thread may have no handlers
                before[number] = signal.signal(number, _came)
    try:
        yield seen
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
