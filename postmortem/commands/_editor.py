"""A text in the person's own editor, and back: it survives an editor that fails."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from postmortem import files
from postmortem.errors import Missing, PostmortemError

if TYPE_CHECKING:
    from postmortem.env import Env


FOLDER = "edits"
"""In the program's state folder."""


def edited(env: Env, text: str, name: str = "answer") -> str:
    """Open a private copy of a text in the editor, and return what was saved there.

    The copy goes when all went well. Raises PostmortemError when the editor could not
    be started or failed, or took the copy away; what was written is then kept, and the
    hint says where.
    """
    folder = env.state_dir / FOLDER
    stamp = time.strftime("%Y%m%dT%H%M%S")
    path = folder / f"{name}-{stamp}-{os.getpid()}.md"
    files.write_private(path, text, root=env.state_dir)
    _run(env, path, text)
    try:
        made = files.read(path).text
    except Missing as error:
        message = "the editor took the file away; the text is as it was"
        raise PostmortemError(message, path=str(path)) from error
    with suppress(OSError):
        path.unlink()
    if text.strip() and not made.strip():
        raise PostmortemError("the editor left nothing; the text is as it was")
    return made.replace("\r\n", "\n")


def left_behind(env: Env) -> tuple[Path, ...]:
    """Return the copies that a killed program or a failed editor left, oldest first."""
    with suppress(OSError):
        return tuple(sorted((env.state_dir / FOLDER).glob("*.md")))
    return ()


def _run(env: Env, path: Path, text: str) -> None:
    words = [*env.editor, str(path)]
    try:
        with _its_keys():
            done = subprocess.run(words, check=False, cwd=env.cwd)
    except OSError as error:
        message = f"the editor could not be started: {words[0]}: {error.strerror}"
        _forget(path, text)
        hint = "name another one in VISUAL or EDITOR"
        raise PostmortemError(message, hint=hint) from error
    if done.returncode != 0:
        kept = _forget(path, text)
        hint = f"what you wrote is kept in {path}" if kept else "the text is as it was"
        said = f"the editor ended with {done.returncode}"
        raise PostmortemError(said, hint=hint)


@contextmanager
def _its_keys() -> Iterator[None]:
    """Leave Ctrl-C to the editor that runs; it is ours again afterwards.

    Our handler does nothing, and is not `SIG_IGN`, which the editor would inherit. A
    question that is open behind it listens by way of a descriptor; that rests as well.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    heard = signal.set_wakeup_fd(-1)
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        yield
    finally:
        if before is not None:
            signal.signal(signal.SIGINT, before)
        signal.set_wakeup_fd(heard)


def _forget(path: Path, text: str) -> bool:
    """Take the copy away when nothing was written into it; tell whether it is kept."""
    with suppress(PostmortemError):
        if files.read(path).text != text:
            return True
    with suppress(OSError):
        path.unlink()
    return False
