"""How a command ends when it does not end well: an exception, as words and a code.

The command line asks for it, once; nothing below raises anything but what it knows.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from postmortem import __version__
from postmortem.errors import Exit, PostmortemError, Problem
from postmortem.escape import terminal
from postmortem.mask import masked

if TYPE_CHECKING:
    from postmortem.env import Env

PIPE_CLOSED = 141
"""What a shell gives for a program that SIGPIPE ended: whoever read had enough."""


def ended(
    error: BaseException, words: Sequence[str], *, debug: bool, env: Env | None = None
) -> int:
    """Say on stderr what is so and what to do next; return the exit code.

    `words` are the command line, for the log of a bug; `env` is None before there is
    one. With `debug` the traceback comes first; secrets are masked in all that is said
    and kept.
    """
    for stream in (sys.stdout, sys.stderr):
        _abandon_if_broken(stream)
    if isinstance(error, BrokenPipeError):
        return PIPE_CLOSED
    match error:
        case PostmortemError():
            said, code = [_said(it) for it in error.problems], error.exit
        case click.Abort() | KeyboardInterrupt():
            said, code = ["interrupted"], Exit.INTERRUPTED
        case click.exceptions.NoArgsIsHelpError():
            said, code = [error.format_message()], Exit.COULD_NOT
        case click.ClickException():
            said, code = [_said(_usage(error))], Exit.COULD_NOT
        case OSError() | MemoryError():
            said, code = [_said(_refusal(error))], Exit.COULD_NOT
        case _:
            said, code = [_said(_bug(error, words, env))], Exit.BUG
    shown = [_traceback(error)] if debug else []
    _say("\n".join(shown + said), env.stderr if env else sys.stderr)
    return code


def _usage(error: click.ClickException) -> Problem:
    """Return what is wrong with the command line, and how the command is used."""
    said = error.format_message().rstrip(".")
    message = said[:1].lower() + said[1:]
    context = getattr(error, "ctx", None)
    if not isinstance(context, click.Context):
        return Problem(message=message)
    usage = " ".join(
        (context.command_path, *context.command.collect_usage_pieces(context))
    )
    hint = f"{usage}\n{context.command_path} --help says more"
    return Problem(message=message, hint=hint)


def _refusal(error: OSError | MemoryError) -> Problem:
    """Return what the machine said no to."""
    if isinstance(error, MemoryError):
        return Problem(message="there is not enough memory for this")
    said = error.strerror or str(error) or type(error).__name__
    if error.filename is None:
        return Problem(message=f"this could not be read or written: {said}")
    return Problem(message=said, path=os.fsdecode(error.filename))


def _bug(error: BaseException, words: Sequence[str], env: Env | None) -> Problem:
    """Keep the traceback in a file of its own; return where, and what to do with it."""
    message = f"a bug in postmortem: {type(error).__name__}: {error}"
    log = _log(error, words)
    try:
        path = _kept(log, env)
    except Exception as unkept:  # noqa: BLE001 - the bug may have broken this too
        return Problem(message=message, hint=f"{log}it is not in a file: {unkept}")
    hint = f"report it with the traceback, which only you can read: {path}"
    return Problem(message=message, hint=hint)


def _log(error: BaseException, words: Sequence[str]) -> str:
    import platform
    import shlex

    python = f"Python {platform.python_version()} on {platform.platform()}"
    command = masked(shlex.join(("postmortem", *words)))
    return f"postmortem {__version__}, {python}\n{command}\n\n{_traceback(error)}\n"


def _kept(log: str, env: Env | None) -> Path:
    """Write a new file that only its owner can read, and return where it is."""
    import time

    from postmortem.env import Env
    from postmortem.files import write_private

    folder = (env or Env.real()).state_dir
    stamp = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
    path = folder / f"bug-{stamp}-{os.getpid()}.log"
    write_private(path, log.encode(errors="replace"), root=folder)
    return path


def _traceback(error: BaseException) -> str:
    from traceback import format_exception

    return masked("".join(format_exception(error))).rstrip("\n")


def _said(problem: Problem) -> str:
    """Return it with all behind its first line indented, so that it forges no other."""
    first, *more = masked(str(problem)).splitlines() or [""]
    return "\n".join((first, *(f"  {line.removeprefix('  ')}" for line in more)))


def _say(text: str, stream: TextIO | None) -> None:
    if stream is not None:
        with suppress(OSError):
            stream.write(f"{terminal(text)}\n")
            stream.flush()


def _abandon_if_broken(stream: TextIO | None) -> None:
    """Point a stream that takes nothing more at nothing, or leaving fails again."""
    if stream is None:
        return
    try:
        stream.flush()
    except OSError:
        with suppress(OSError):
            nothing = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nothing, stream.fileno())
            os.close(nothing)
