"""One run of gitleaks over texts; loaded where that program is."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from postmortem.checks import Leak
from postmortem.commands._checking_leak_places import leaks_in
from postmortem.errors import PostmortemError

_PROGRAM = "gitleaks"


def leaks(
    texts: Sequence[str],
    *,
    program: str,
    root: Path,
    variables: Mapping[str, str],
    deadline: float,
) -> Sequence[tuple[Leak, ...]]:
    """Return what the program sees in each text, when it is run in the folder `root`.

    `deadline` is in seconds. Raises PostmortemError where it cannot be run, does not
    end, or says what nobody can read.
    """
    text = "\n".join(texts).encode("utf-8", "replace")
    try:
        with tempfile.TemporaryDirectory(prefix="postmortem-") as folder:
            path = Path(folder) / "report.json"
            words = [program, "stdin", "--no-banner", "--redact", "--exit-code", "0"]
            words += ["--report-format", "json", "--report-path", str(path)]
            _run(words, text, root, variables, deadline)
            return tuple(leaks_in(texts, _found(path.read_text("utf-8"))))
    except (
        OSError,
        KeyError,
        OverflowError,
        TypeError,
        ValueError,
        subprocess.SubprocessError,
    ) as error:
        raise PostmortemError(_reason(error, deadline)) from error


def _run(
    words: Sequence[str],
    text: bytes,
    root: Path,
    variables: Mapping[str, str],
    deadline: float,
) -> None:
    quiet = subprocess.DEVNULL
    with subprocess.Popen(
        words,
        cwd=root,
        env=dict(variables),
        stdin=subprocess.PIPE,
        stdout=quiet,
        stderr=quiet,
        start_new_session=True,
    ) as program:
        try:
            program.communicate(text, timeout=deadline)
        finally:
            if program.poll() is None:
                _end(program)
    if program.returncode:
        raise subprocess.CalledProcessError(program.returncode, _PROGRAM)


def _found(text: str) -> Sequence[Mapping[str, Any]]:
    found = json.loads(text)
    if found is None:  # how older ones say that there is nothing
        return ()
    if not isinstance(found, list):
        raise ValueError("a report is a list")  # noqa: TRY004 - it is read text
    return [each for each in found if isinstance(each, dict)]


def _end(program: subprocess.Popen[bytes]) -> None:
    """End a program and what it started."""
    with suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(program.pid, signal.SIGKILL)
        else:
            program.kill()


def _reason(error: Exception, deadline: float) -> str:
    match error:
        case subprocess.TimeoutExpired():
            return f"it did not end within {deadline:g} s"
        case subprocess.CalledProcessError():
            return (
                f"it ended with {error.returncode}; look at its settings, and whether"
                " `gitleaks version` is 8.19 or newer"
            )
        case OSError():
            return f"{error.strerror or error}"
    return "its report cannot be read"
