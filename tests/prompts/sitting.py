"""Somebody who sits before a terminal: types, waits for what is shown, goes away."""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pexpect
import pyte

from postmortem.prompts.pressing import TOGETHER
from tests.at_terminal import heard

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 30.0
"""Seconds; a slow machine is no mistake."""
_SLOW = 2.0
"""Seconds, after which a key was not read late but dropped."""


class Sitting:
    """A terminal with a program in it."""

    def __init__(
        self,
        asked: dict[str, Any],
        folder: Path,
        *,
        rows: int = 24,
        columns: int = 80,
        variables: Mapping[str, str] | None = None,
        echo: bool = True,
    ) -> None:
        self._result = folder / "result.json"
        self.raw = b""
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        told = json.dumps({**asked, "result": str(self._result)})
        environment = {**os.environ, "TERM": "xterm-256color", **(variables or {})}
        self.child = pexpect.spawn(
            sys.executable,
            ["-m", "tests.prompts.asker", told],
            cwd=str(ROOT),
            env={name: value for name, value in environment.items() if value != "-"},
            dimensions=(rows, columns),
            timeout=PATIENCE,
            echo=echo,
            preexec_fn=heard,
        )
        self.child.delaybeforesend = None
        self.child.delayafterclose = self.child.ptyproc.delayafterclose = 0.01

    @property
    def shown(self) -> str:
        """What the terminal shows now."""
        return "\n".join(line.rstrip() for line in self._screen.display).rstrip()

    def see(self, text: str, seconds: float = PATIENCE) -> None:
        """Wait until a text is shown."""
        end = time.monotonic() + seconds
        while text not in self.shown:
            gone = not self._read()
            late = time.monotonic() > end
            assert text in self.shown or not (gone or late), (text, self.shown)

    def until_shown(self, text: str, *, times: int) -> None:
        """Wait until a text is shown that many times."""
        end = time.monotonic() + PATIENCE
        while self.shown.count(text) < times:
            assert self._read(), self.shown
            assert time.monotonic() < end, self.shown

    def ready(self) -> None:
        """Wait until the question listens to keys: a terminal is set before it shows.

        With colours, pastes are marked from then on; without, it prompts.
        """
        end = time.monotonic() + PATIENCE
        while b"\x1b[?2004h" not in self.raw and "\n>" not in self.shown:
            assert self._read(), self.shown
            assert time.monotonic() < end, self.shown

    def press(self, keys: str | bytes) -> None:
        """Press keys, all at once."""
        self.child.send(keys)

    def rest(self) -> None:
        """Let so much time pass that what comes next was not pasted with this."""
        time.sleep(4 * TOGETHER)

    def press_until(self, keys: str, text: str) -> None:
        """Press keys, and again where they are dropped, until a text is shown."""
        end = time.monotonic() + PATIENCE
        while text not in self.shown:
            assert time.monotonic() < end, (text, self.shown)
            self.rest()
            self.press(keys)
            again = time.monotonic() + _SLOW
            while text not in self.shown and time.monotonic() < again and self._read():
                pass

    def paste(self, data: bytes) -> None:
        """Paste much, reading what is shown meanwhile."""

        def _write() -> None:
            rest = memoryview(data)
            while rest:
                rest = rest[os.write(self.child.fileno(), rest) :]

        writer = threading.Thread(target=_write)
        writer.start()
        while writer.is_alive():
            self._read(0.05)
        writer.join()

    def resize(self, rows: int, columns: int) -> None:
        """Make the window another size."""
        self._screen.resize(rows, columns)
        self.child.setwinsize(rows, columns)
        self.child.kill(signal.SIGWINCH)

    def came(self) -> dict[str, Any]:
        """Wait for the program's end, and return what came of the question."""
        end = time.monotonic() + PATIENCE
        while self.child.isalive():
            if not self.child.closed:
                self._read(0.05)
            assert time.monotonic() < end, self.shown
        came: dict[str, Any] = json.loads(self._result.read_text(encoding="utf-8"))
        return came

    def leave(self) -> None:
        """End whatever still runs."""
        self.child.close(force=True)

    def _read(self, seconds: float = 0.5) -> bool:
        try:
            got = self.child.read_nonblocking(65536, seconds)
        except pexpect.TIMEOUT:
            return True
        except pexpect.EOF:
            return False
        self.raw += got
        self._stream.feed(got)
        return True
