"""Runs of git that run others' programs: heard line by line, and ended in time."""

from __future__ import annotations

import queue
import subprocess
import time
from contextlib import suppress
from threading import Thread
from typing import IO, TYPE_CHECKING

from postmortem.history.environment import hooks_see
from postmortem.history.running import PLUMBING, Progress, overdue, start, stop, verb
from postmortem.history.words import Ran, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path


QUIET = 0.25
"""Seconds of silence after which it is looked whether a process is still there."""


def watch(
    folder: Path,
    *args: str,
    stdin: bytes | None = None,
    env: Mapping[str, str] | None = None,
    deadline: float = PLUMBING,
    interactive: bool = False,
    progress: Progress | None = None,
) -> Ran:
    """Run a command that may run hooks, filters, signers or transports.

    What it says goes to `progress` line by line. It ends when git ends, even if a
    program that was left behind keeps the pipes open. Ctrl-C stops it and is raised.
    """
    env = {**hooks_see(interactive=interactive), **(env or {})}
    alone = not interactive
    popen = start(folder, args, stdin=stdin is not None, env=env, alone=alone)
    parts: dict[str, list[bytes]] = {"out": [], "err": []}
    try:
        for kind, line in _heard(popen, stdin, deadline):
            parts[kind].append(line)
            if progress is not None and kind == "err" and (text := plain(line)):
                progress(text)
    except TimeoutError:
        stop(popen, alone=alone)
        raise overdue(verb(args), deadline) from None
    except BaseException:
        stop(popen, alone=alone)
        raise
    return Ran(
        verb=verb(args),
        code=popen.returncode,
        out=b"".join(parts["out"]),
        err=b"".join(parts["err"]),
    )


def _heard(
    popen: subprocess.Popen[bytes], stdin: bytes | None, deadline: float
) -> Iterator[tuple[str, bytes]]:
    """Yield what a process says, until it has ended; raises TimeoutError.

    A pipe that stays open after that, since a program was left behind, is not read on.
    """
    said: queue.SimpleQueue[tuple[str, bytes]] = queue.SimpleQueue()
    pipes = {"out": popen.stdout, "err": popen.stderr}
    for kind, pipe in pipes.items():
        Thread(target=_read, args=(pipe, kind, said), daemon=True).start()
    if stdin is not None and popen.stdin is not None:
        Thread(target=_feed, args=(popen.stdin, stdin), daemon=True).start()
    until = time.monotonic() + deadline
    while pipes:
        left = until - time.monotonic()
        if left <= 0:
            raise TimeoutError
        try:
            kind, line = said.get(timeout=min(left, QUIET))
        except queue.Empty:
            if popen.poll() is not None:
                return
            continue
        if line:
            yield kind, line
        else:
            del pipes[kind]
    try:
        popen.wait(max(0.0, until - time.monotonic()))
    except subprocess.TimeoutExpired:
        raise TimeoutError from None


def _feed(pipe: IO[bytes], stdin: bytes) -> None:
    with suppress(BrokenPipeError), pipe:
        pipe.write(stdin)


def _read(
    pipe: IO[bytes], kind: str, said: queue.SimpleQueue[tuple[str, bytes]]
) -> None:
    with pipe:
        for line in pipe:
            said.put((kind, line))
    said.put((kind, b""))
