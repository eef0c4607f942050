"""A keyboard read key by key, for a terminal that is told nothing but characters.

The terminal is left as it was after every question, and while somebody suspends us.
"""

from __future__ import annotations

import codecs
import os
import select
import signal
import termios
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Any, TextIO

from postmortem.prompts.leaving import interrupted

TOGETHER = 0.03
"""Seconds; keys that follow each other faster were pasted, or typed long ago."""

_AT_ONCE = 4096
_ESCAPE = "\x1b"
_TEXT_SEQUENCES = "]PX^_"


class Keyboard:
    """Gives characters as they come, and what stands for none is told apart."""

    def __init__(self, stream: TextIO) -> None:
        self._file = stream.fileno()
        self._decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
        self._read: deque[str] = deque()
        self._before: list[Any] = []
        self._suspended: Any = None
        self.redraw: Callable[[], None] = _nothing
        """Shows an unfinished answer anew, when they have suspended us."""
        self.taken = ""
        """What Ctrl-U took away last, which Ctrl-Y brings back."""
        self.silent = False
        """Whether the terminal echoed nothing when we came: its host does."""

    def left(self, text: str, given: str) -> str:
        """Return what of an answer stands there still, and have Ctrl-Y know the rest.

        A host that echoes shows whole lines only: there nothing was taken away.
        """
        if self.silent:
            return given
        if not text:
            self.taken = given or self.taken
        return text

    @contextmanager
    def open(self) -> Iterator[None]:
        """Have the terminal give every key at once, and show none by itself."""
        self._before = termios.tcgetattr(self._file)
        self.silent = not self._before[3] & termios.ECHO
        self._take()
        try:
            yield
        finally:
            self._give_back()
            self.redraw = _nothing

    @contextmanager
    def lent(self) -> Iterator[None]:
        """Let another program have the terminal for a while, as it was."""
        self._give_back()
        try:
            yield
        finally:
            self._take()

    def next(self) -> str:
        """Wait for a character; raises Interrupted where there will be none.

        A key that is a sequence of them, such as an arrow or a mark around what is
        pasted, is "".
        """
        char = self._char()
        if char != _ESCAPE:
            return char
        self._pass_over()
        return ""

    def waits(self) -> bool:
        """Tell whether more has been typed, or is just coming."""
        return bool(self._read) or self._ready(TOGETHER)

    @property
    def more(self) -> bool:
        """Whether more of what came at once is there."""
        return bool(self._read) or self._ready(0)

    def forget(self) -> None:
        """Drop what was typed before now."""
        termios.tcflush(self._file, termios.TCIFLUSH)
        self._read.clear()
        self._decoder.reset()

    def _char(self) -> str:
        while not self._read:
            self._ready(None)
            try:
                got = os.read(self._file, _AT_ONCE)
            except OSError as error:
                raise interrupted() from error
            if not got:
                raise interrupted()
            self._read.extend(self._decoder.decode(got))
        return self._read.popleft()

    def _ready(self, seconds: float | None) -> bool:
        try:
            return bool(select.select([self._file], [], [], seconds)[0])
        except (OSError, ValueError) as error:
            raise interrupted() from error

    def _pass_over(self) -> None:
        """Read the rest of a sequence whose ESC was read; ECMA-48 says how they go."""
        if not self.waits():
            return
        kind = self._char()
        while kind == _ESCAPE and self.waits():
            kind = self._char()
        if kind == "[":
            while self.waits() and not "@" <= self._char() <= "~":
                pass
        elif kind == "O" and self.waits():
            self._char()
        elif kind in _TEXT_SEQUENCES:
            while self.waits() and (char := self._char()) != "\a":
                if char == _ESCAPE and self.waits():
                    self._char()
                    break

    def _take(self) -> None:
        modes = termios.tcgetattr(self._file)
        modes[0] &= ~(termios.IXON | termios.IXOFF)  # Ctrl-S is no way to get stuck
        modes[3] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN)
        modes[6] = [*modes[6]]
        modes[6][termios.VMIN], modes[6][termios.VTIME] = 1, 0
        none = bytes([os.fpathconf(self._file, "PC_VDISABLE") & 0xFF])
        modes[6][termios.VQUIT] = none
        termios.tcsetattr(self._file, termios.TCSANOW, modes)
        with suppress(ValueError):  # only the main thread may
            self._suspended = signal.signal(signal.SIGTSTP, self._suspend)

    def _give_back(self) -> None:
        with suppress(termios.error):
            termios.tcsetattr(self._file, termios.TCSANOW, self._before)
        if self._suspended is not None:
            signal.signal(signal.SIGTSTP, self._suspended)
            self._suspended = None

    def _suspend(self, number: int, _frame: FrameType | None) -> None:
        self._give_back()
        os.kill(os.getpid(), number)
        # Here they have brought us back.
        self._take()
        self.redraw()


def _nothing() -> None:
    pass
