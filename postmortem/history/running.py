"""One way to run git, which ends when its time is over.

What changes something is started by GitPython. What only looks is started at once where
processes are simple: importing GitPython takes as long as all else that a hook does
with one file that was checked.
"""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from threading import Event, Timer
from typing import TYPE_CHECKING, Any, Self

from postmortem.errors import PostmortemError
from postmortem.history.environment import (
    ENGLISH,
    LOOKING,
    given,
    hooks_see,
    known,
    scrubbed,
)
from postmortem.history.words import NoGit, Ran, failed

if TYPE_CHECKING:
    from pathlib import Path

PLUMBING = 10.0
"""Seconds that a command may take that runs nobody else's programs."""
GRACE = 2.0
"""Seconds between asking a process to end and ending it."""

Progress = Callable[[str], None]


class Running:
    """A run of git in a folder, under way; several may go side by side.

    Unless it `alters` something it only looks: no locks, no network. Raises NoGit.
    """

    def __init__(
        self,
        folder: Path,
        *args: str,
        stdin: bytes | None = None,
        env: Mapping[str, str] = LOOKING,
        alters: bool = False,
    ) -> None:
        self._verb = verb(args)
        self._stdin = stdin
        self._ran: Ran | None = None
        begin = start if alters or os.name != "posix" else _look
        self._popen = begin(folder, args, stdin=stdin is not None, env=env)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        """Leave no run behind that nobody waited for; none is waited for in vain."""
        if self._ran is None and kind is not None:
            stop(self._popen)
            for pipe in (self._popen.stdin, self._popen.stdout, self._popen.stderr):
                with suppress(OSError):
                    if pipe:
                        pipe.close()
        else:
            self.end(check=False)

    def end(self, *, deadline: float = PLUMBING, check: bool = True) -> Ran:
        """Wait for it and return how it ended; with `check`, a failure is raised.

        Asked again, it says the same again.
        """
        if self._ran is None:
            self._ran = self._ended(deadline)
        if check and self._ran.code:
            raise failed(self._ran)
        return self._ran

    def _ended(self, deadline: float) -> Ran:
        over = Event()
        timer = Timer(deadline, self._expire, [over])
        timer.daemon = True
        timer.start()
        try:
            out, err = self._popen.communicate(self._stdin)
        except BaseException:
            stop(self._popen)
            raise
        finally:
            timer.cancel()
        if over.is_set():
            raise overdue(self._verb, deadline)
        return Ran(verb=self._verb, code=self._popen.returncode, out=out, err=err)

    def _expire(self, over: Event) -> None:
        over.set()
        stop(self._popen)


def look(
    folder: Path, *args: str, stdin: bytes | None = None, check: bool = True
) -> Ran:
    """Run a command that only looks: no locks, no network, nobody else's programs."""
    return Running(folder, *args, stdin=stdin).end(check=check)


def alter(
    folder: Path,
    *args: str,
    stdin: bytes | None = None,
    env: Mapping[str, str] | None = None,
    deadline: float = PLUMBING,
) -> Ran:
    """Run a command that changes something, but runs no hook that talks to people."""
    env = {**hooks_see(interactive=False), **(env or {})}
    running = Running(folder, *args, stdin=stdin, env=env, alters=True)
    return running.end(deadline=deadline, check=False)


def start(
    folder: Path,
    args: tuple[str, ...],
    *,
    stdin: bool,
    env: Mapping[str, str],
    alone: bool = True,
) -> subprocess.Popen[bytes]:
    """Let GitPython start git, in a session of its own when it is `alone`.

    Without a terminal nothing can ask there, and a signal reaches all it started.
    GitPython expands `$HOME` in the name of a folder, and runs git wherever we are when
    there is none of the name that comes of it: so git is told the folder itself.
    """
    try:
        with scrubbed():
            from git import Git

            git: Any = Git(str(folder))
            began = git.execute(
                [str(git.GIT_PYTHON_GIT_EXECUTABLE), "-C", str(folder), *args],
                as_process=True,
                istream=subprocess.PIPE if stdin else None,
                env=dict(env),
                start_new_session=alone,
            )
    except (ImportError, OSError) as error:  # it looks for git as it is imported
        raise NoGit from error
    popen: subprocess.Popen[bytes] = began.proc
    began.proc = None  # its finaliser would end the process
    return popen


def _look(
    folder: Path, args: tuple[str, ...], *, stdin: bool, env: Mapping[str, str]
) -> subprocess.Popen[bytes]:
    """Start git as `start` does, for what only looks."""
    program = given("GIT_PYTHON_GIT_EXECUTABLE") or "git"
    try:
        return subprocess.Popen(
            [program, "-C", str(folder), *args],
            stdin=subprocess.PIPE if stdin else subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**known(), **ENGLISH, **env},
            start_new_session=True,
        )
    except OSError as error:
        raise NoGit from error


def stop(popen: subprocess.Popen[bytes], *, alone: bool = True) -> None:
    """End a process and all that it started, as Ctrl-C would, and only then by force.

    At Ctrl-C git drops its locks, and a hook that has put the person's unstaged work
    aside puts it back (pre-commit does).
    """
    for how in (signal.SIGINT, signal.SIGTERM, getattr(signal, "SIGKILL", 0)):
        if not _signalled(popen, how, alone=alone):
            break
        until = time.monotonic() + GRACE
        while time.monotonic() < until and _signalled(popen, 0, alone=alone):
            time.sleep(0.02)
    popen.wait()


def _signalled(popen: subprocess.Popen[bytes], how: int, *, alone: bool) -> bool:
    """Signal the process or its group; tell whether anything of it was there."""
    ended = popen.poll() is not None
    try:
        if alone and hasattr(os, "killpg"):
            os.killpg(popen.pid, how)
        elif not ended:
            os.kill(popen.pid, how)
    except (ProcessLookupError, PermissionError):
        return False
    return alone or not ended


def overdue(verb: str, deadline: float) -> PostmortemError:
    """Return the error for a command whose time was over."""
    return PostmortemError(
        f"git {verb} did not end within {deadline:g} s, and was stopped",
        hint="a hook, a signer or a server may wait for something; try it by hand",
    )


def verb(args: tuple[str, ...]) -> str:
    """Return which of git's commands these words run."""
    words = iter(args)
    for word in words:
        if word == "-c":
            next(words, None)
        elif not word.startswith("-"):
            return word
    return ""
