"""The process in which templates that are not trusted run: a line in, a line out."""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING, Any

from postmortem.errors import PostmortemError
from postmortem.templating.plain import plain
from postmortem.templating.travel import SPENT, resolve, told
from postmortem.templating.words import TemplateMistake

if TYPE_CHECKING:
    from typing import BinaryIO

_FILE_BYTES = 1_000_000
"""A file may be written up to here: the compiled modules that Python keeps."""
_OPEN_FILES = 64


def main(*, seconds: float, megabytes: int, output: int) -> None:
    """Answer requests until there are none; the command line of the child."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what anything prints goes nowhere
    limit(megabytes)
    serve(sys.stdin.buffer, answers, seconds=seconds, output=output)


def serve(
    requests: BinaryIO, answers: BinaryIO, *, seconds: float, output: int
) -> None:
    """Answer each line with one line."""
    for line in requests:
        more_time(seconds)
        try:
            said = answer(line, output)
        except MemoryError:
            os._exit(SPENT)
        answers.write(said + b"\n")
        answers.flush()


def answer(line: bytes, output: int) -> bytes:
    """Return what a request gives, or the error that it ends with, as one line."""
    asked = json.loads(line)
    try:
        result = plain(resolve(asked["function"])(asked["request"]), name="answer")
        said = _encoded({"answer": result})
    except PostmortemError as error:
        return _encoded(told(error))
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - a bug of ours, raised again over there
        import traceback

        return _encoded({"bug": traceback.format_exc()[-output // 2 :]})
    if len(said) > output:
        message = f"the template writes more than {output} bytes"
        return _encoded(told(TemplateMistake(message)))
    return said


def limit(megabytes: int) -> None:
    """Take away from this process what laying out a text does not need."""
    try:
        import resource
    except ImportError:  # not a POSIX system; the clock of the parent is left
        return
    if sys.platform != "linux":  # elsewhere RLIMIT_AS is accepted and not enforced
        watch(megabytes)
    for name, most in (
        ("RLIMIT_AS", megabytes * 1024 * 1024),
        ("RLIMIT_FSIZE", _FILE_BYTES),
        ("RLIMIT_NOFILE", _OPEN_FILES),
        ("RLIMIT_NPROC", 0),
        ("RLIMIT_CORE", 0),
    ):
        number = getattr(resource, name, None)
        if number is not None:
            _, hard = resource.getrlimit(number)
            allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
            try:
                resource.setrlimit(number, (allowed, allowed))
            except (OSError, ValueError):  # the platform knows the name only
                continue


def more_time(seconds: float) -> None:
    """Give this process processor time for one more request."""
    try:
        import resource
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    until = int(used.ru_utime + used.ru_stime + seconds) + 2
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    if hard == resource.RLIM_INFINITY or until < hard:
        resource.setrlimit(resource.RLIMIT_CPU, (until, hard))


def watch(megabytes: int, *, every: float = 0.05) -> None:
    """End this process as soon as it has used more memory than this."""
    import resource
    from threading import Thread
    from time import sleep

    unit = 1 if sys.platform == "darwin" else 1024

    def look() -> None:
        while resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit < most:
            sleep(every)
        os._exit(SPENT)

    most = megabytes * 1024 * 1024
    Thread(target=look, daemon=True).start()


def _encoded(said: dict[str, Any]) -> bytes:
    return json.dumps(said, ensure_ascii=False).encode("utf-8", "surrogatepass")
