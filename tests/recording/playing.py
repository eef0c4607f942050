"""A scenario at a real terminal, and what that shows from key to key."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pexpect
import pyte

from tests.recording.scenario import Step
from tests.recording.screens import COLUMNS, ROWS, Frame, Screen, shown

_ROOT = Path(__file__).resolve().parents[2]
_EARLIER = _ROOT / "samples" / "d-same-week" / "answers.yaml"
"""A report that is there already, and whose words are offered."""
_GIT = """\
[user]
\tname = The on-call engineer
\temail = oncall@example.com
[init]
\tdefaultBranch = main
"""
_PATIENCE = 30.0
"""Seconds; a slow machine changes nothing in the recording."""
_STILL = 0.15
"""Seconds without any output, after which a screen is whole.

It is longer than what tells keys that are pressed from keys that are pasted.
"""


def played(
    steps: Sequence[Step], folder: Path, *, at_once: bool = False
) -> Iterator[Frame]:
    """Play the steps in a new repository; yield what is shown, and when.

    The time is that of the scenario, whatever the machine needs. With `at_once` the
    keys of a step are one, and only its end is shown.
    """
    terminal = _Terminal(folder)
    now = 0.0
    try:
        for step in steps:
            keys = ("".join(step.keys),) if at_once and step.keys else step.keys
            for key, delay in zip(keys, step.delays(), strict=False):
                now += delay
                terminal.press(key)
                if not at_once:
                    terminal.settle()
                    yield terminal.shown(now)
            terminal.see(step.shows)
            now += step.takes
            yield terminal.shown(now)
            now += step.rest
    finally:
        terminal.leave()


class _Terminal:
    """A shell in a window, in a repository with one report."""

    def __init__(self, folder: Path) -> None:
        environment = _environment(folder)
        repository = folder / "x"
        for words in (
            ("git", "init", "--quiet", str(repository)),
            ("postmortem", "new", "--answers", str(_EARLIER)),
        ):
            subprocess.run(
                words,
                cwd=repository if repository.exists() else folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                check=True,
            )
        self._screen = Screen(COLUMNS, ROWS)
        self._stream = pyte.ByteStream(self._screen)
        self._child = pexpect.spawn(
            "bash",
            ["--norc", "--noprofile", "-i"],
            cwd=str(repository),
            env=environment,
            dimensions=(ROWS, COLUMNS),
        )
        self._child.delaybeforesend = None

    def press(self, keys: str) -> None:
        """Press keys, all at once."""
        self._child.send(keys)

    def see(self, text: str) -> None:
        """Wait until a text is shown, and nothing else comes."""
        end = time.monotonic() + _PATIENCE
        self.settle()
        while text not in self._text:
            assert time.monotonic() < end, (text, self._text)
            self.settle()

    def settle(self) -> None:
        """Read until nothing comes."""
        while True:
            try:
                self._stream.feed(self._child.read_nonblocking(65536, _STILL))
            except pexpect.TIMEOUT:
                return

    def shown(self, at: float) -> Frame:
        """Return what is shown, at a time of the scenario."""
        return shown(self._screen, at)

    def leave(self) -> None:
        """End whatever still runs."""
        self._child.close(force=True)

    @property
    def _text(self) -> str:
        return "".join(f"{line.rstrip()}\n" for line in self._screen.display)


def _environment(folder: Path) -> dict[str, str]:
    """Return all that a program sees: nothing of whoever records."""
    (folder / ".gitconfig").write_text(_GIT, encoding="utf-8")
    programs = Path(sys.executable).parent
    return {
        "BASH_SILENCE_DEPRECATION_WARNING": "1",
        "EDITOR": "vim",
        "GIT_CONFIG_NOSYSTEM": "1",
        "HISTFILE": "",
        "HOME": str(folder),
        "INPUTRC": os.devnull,
        "LC_ALL": "C.UTF-8",
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "PS1": "$ ",
        "PYTHONPATH": str(_ROOT),
        "TERM": "xterm-256color",
        "TZ": "America/New_York",
    }
