"""A terminal with the program in it, as somebody sees it and types into it."""

from __future__ import annotations

import os
import re
import signal
import termios
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pexpect
import pyte

from postmortem.prompts.pressing import TOGETHER
from tests.at_terminal import heard

PATIENCE = float(os.environ.get("POSTMORTEM_PATIENCE", "30"))
"""Seconds; a busy machine is no mistake."""
CONSENT = "anything else is no"
"""Of the question that only a typed yes answers."""
_DROPPED = 3.0
"""Seconds after which a key was not read late, but dropped on purpose."""
_ALONE = TOGETHER + 0.005
"""Seconds after which a key is no part of a paste, when the one before was drawn."""
_NARROW = 60
_STYLED = 30
"""Columns from which on lists are drawn."""
_POINTED = re.compile(r"^ [»?] (\d+)\)", re.MULTILINE)
"""In a list; the mark is another one where the terminal's encoding has no such."""
_AT_ONCE = 65536


class Gone(AssertionError):
    """The program has ended, and something was still to come."""


class Terminal:
    """What is shown in it, and the keyboard before it."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        cwd: Path,
        environment: Mapping[str, str],
        size: tuple[int, int],
    ) -> None:
        self.raw = b""
        """All that was ever written to it."""
        self.narrow = size[1] < _NARROW
        """Whether what is said breaks anywhere; then blanks count for nothing."""
        terms = (None, "dumb", "unknown")
        poor = size[1] < _STYLED or environment.get("TERM") in terms
        self.plain = poor or "--plain" in command
        """Whether it asks in plain lines."""
        self.drawn = True
        """Whether what is written is drawn; a lot takes long."""
        self._shown: str | None = None
        self._news: str | None = None
        self._last = b""
        self._echoed = True
        """Whether the last keys were seen to be drawn."""
        rows, columns = size
        self._screen = pyte.HistoryScreen(columns, rows, history=4000)
        self._fresh = self._screen
        self._streams = [pyte.ByteStream(self._screen)]
        self.child = pexpect.spawn(
            command[0],
            list(command[1:]),
            cwd=str(cwd),
            env=dict(environment),
            dimensions=size,
            timeout=PATIENCE,
            preexec_fn=heard,
        )
        self.before = termios.tcgetattr(self.child.fileno())
        self.child.delaybeforesend = None
        self.child.delayafterclose = self.child.ptyproc.delayafterclose = 0.01
        self.mark()

    @property
    def shown(self) -> str:
        """What it shows now, and above it what has scrolled away."""
        if self._shown is None:
            self._shown = _text(self._screen)
        return self._shown

    @property
    def news(self) -> str:
        """What was drawn since the last key, where it was drawn."""
        if self._news is None:
            self._news = _text(self._fresh)
        return self._news

    @property
    def told(self) -> str:
        """All that was ever written, as text, with line feeds alone."""
        return self.raw.decode("utf-8", "replace").replace("\r\n", "\n")

    def mark(self) -> None:
        """Look only at what is drawn from now on."""
        old, self._news = self._screen, None
        self._fresh = pyte.HistoryScreen(old.columns, old.lines, history=4000)
        self._fresh.cursor.x, self._fresh.cursor.y = old.cursor.x, old.cursor.y
        self._streams = [pyte.ByteStream(each) for each in (old, self._fresh)]

    def see(self, *texts: str) -> None:
        """Wait until each of these was drawn since the last key."""
        for text in texts:
            self.until(partial(self.has, text), text)
        self._echoed = True

    def has(self, text: str) -> bool:
        """Tell whether this was drawn since the last key."""
        if self.narrow:
            return "".join(text.split()) in "".join(self.news.split())
        return text in self.news

    def until(self, so: Callable[[], bool], what: str, every: float = 0.25) -> None:
        """Read until something is so; look again after so many seconds."""
        end = time.monotonic() + PATIENCE
        while not so():
            going = self.read(every)
            if not so() and not going:
                raise Gone(f"it ended, and {what!r} is not in\n{self.shown}")
            assert so() or time.monotonic() < end, f"{what!r} is not in\n{self.shown}"

    def press(self, keys: str | bytes) -> None:
        """Press keys, all at once; what is drawn from now on is new."""
        self.mark()
        self._echoed = False
        self.child.send(keys)

    def key(self, key: str) -> None:
        """Press a key by itself: keys that come together were pasted."""
        time.sleep(_ALONE if self._echoed else 2 * TOGETHER)
        self.press(key)

    def enter(self) -> None:
        """Press Enter by itself."""
        self.key("\r")

    def write(self, text: str) -> None:
        """Type words, and wait until they stand there."""
        self.press(text)
        self.see(text)

    def answer(self, text: str, then: str = "") -> None:
        """Type an answer in one line and Enter, then wait for what comes."""
        if text:
            self.write(text)
        self.enter()
        if then:
            self.see(then)

    def write_lines(self, lines: Sequence[str]) -> None:
        """Type lines, and an empty one behind them."""
        for line in lines:
            self.write(line)
            self.enter()
        self.enter()

    def listed(self) -> bool:
        """Tell whether the question that is shown is a list, once it is there."""
        marks = ("»", "editor", "\n>")
        self.until(lambda: any(mark in self.news for mark in marks), "a question")
        return "»" in self.news or "\n  1. " in self.news

    def pick(self, number: int) -> None:
        """Pick an option by its number, in a list that is shown."""
        if self.plain:
            self.until(lambda: self.news.endswith("\n>"), ">")
            self.answer(str(number))
            return
        self.until(lambda: self._pointed() > 0, "a list")
        if self._pointed() != number:
            self.press(str(number))
            self.until(lambda: self._pointed() == number, f"» {number})")
        self.enter()

    def _pointed(self) -> int:
        """Return the number of the option that is pointed at; 0 where there is none."""
        found = _POINTED.search(self.shown)
        return int(found[1]) if found else 0

    def insist(self, keys: str, text: str) -> None:
        """Press keys, again where they are dropped, until a text is drawn."""
        end = time.monotonic() + PATIENCE
        self.mark()
        while not self.has(text):
            assert time.monotonic() < end, f"{text!r} is not in\n{self.shown}"
            time.sleep(2 * TOGETHER)
            self.child.send(keys)
            again = time.monotonic() + _DROPPED
            while not self.has(text) and time.monotonic() < again and self.read():
                pass

    def say_yes(self) -> None:
        """Type the word that commits, once it is asked for."""
        self.see(CONSENT)
        self.insist("y", "y")
        self.write("es")
        self.enter()

    def paste(self, raw: bytes) -> None:
        """Paste much, reading what is shown meanwhile."""
        self.mark()

        def _write() -> None:
            rest = memoryview(raw)
            while rest:
                rest = rest[os.write(self.child.fileno(), rest) :]

        writer = threading.Thread(target=_write)
        writer.start()
        while writer.is_alive():
            self.read(0.05)
        writer.join()

    def resize(self, rows: int, columns: int) -> None:
        """Make the window another size."""
        self._screen.resize(rows, columns)
        self._shown = None
        self.mark()
        self.child.setwinsize(rows, columns)
        self.child.kill(signal.SIGWINCH)

    def kill(self, number: int = signal.SIGKILL) -> None:
        """Send a signal to the program."""
        self.child.kill(number)

    def kill_group(self, number: int) -> None:
        """Send a signal to the program and all that it started in its session."""
        os.killpg(os.getpgid(self.child.pid), number)

    def kill_foreground(self, number: int) -> None:
        """Send a signal to all that the terminal would send Ctrl-C to."""
        os.killpg(os.tcgetpgrp(self.child.fileno()), number)

    def hang_up(self) -> None:
        """Close the terminal, as a connection that drops does."""
        self.child.ptyproc.fileobj.close()
        self.child.closed = True

    def end(self, seconds: float = PATIENCE) -> int:
        """Wait for the program's end; return its code, or minus the signal's number."""
        end = time.monotonic() + seconds
        while self.child.isalive():
            if self.child.closed:
                time.sleep(0.01)
            else:
                self.read(0.05)
            assert time.monotonic() < end, f"it has not ended\n{self.shown}"
        while not self.child.closed and self.read(0.05) and self._last != b"":
            pass
        status, number = self.child.exitstatus, self.child.signalstatus
        return int(status) if status is not None else -int(number)

    def restored(self) -> bool:
        """Tell whether the terminal is as it was before the program."""
        on, off = self.raw.rfind(b"\x1b[?2004h"), self.raw.rfind(b"\x1b[?2004l")
        hidden, back = self.raw.rfind(b"\x1b[?25l"), self.raw.rfind(b"\x1b[?25h")
        now: list[Any] = termios.tcgetattr(self.child.fileno())
        return now == self.before and on <= off and hidden <= back

    def leave(self) -> None:
        """End whatever still runs."""
        self.child.close(force=True)

    def read(self, seconds: float = 0.25) -> bool:
        """Read what is written, for so long at most; tell whether more may come."""
        self._last = b""
        try:
            self._last = self.child.read_nonblocking(_AT_ONCE, seconds)
        except pexpect.TIMEOUT:
            return True
        except pexpect.EOF:
            return False
        self.raw += self._last
        if self.drawn and self._last:
            self._shown = self._news = None
            for stream in self._streams:
                stream.feed(self._last)
        return True


def _text(screen: pyte.HistoryScreen) -> str:
    rows: list[Mapping[int, Any]] = [
        *screen.history.top,
        *(screen.buffer.get(y, {}) for y in range(screen.lines)),
    ]
    return "\n".join(map(_row, rows)).rstrip()


def _row(cells: Mapping[int, Any]) -> str:
    """Return a row without the cells that nothing was written into."""
    drawn = range(max(cells, default=-1) + 1)
    return "".join(cells[at].data if at in cells else " " for at in drawn).rstrip()
