"""What gitleaks sees in reports, where it is installed: one run for all of them.

It is given the texts on its standard input, and redacts what it reports. Whatever goes
wrong with it is said in a line, and fails no check.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import tempfile
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from postmortem.checks import OFF, Leak
from postmortem.commands._streams import tell

if TYPE_CHECKING:
    from postmortem.commands._checking_work import Job
    from postmortem.commands._desk import Desk

CODE = "PM702"
DEADLINE = 60.0
"""Seconds."""

_PROGRAM = "gitleaks"
_OWN = ".gitleaks.toml"
"""The team's settings of gitleaks, at the top of what is looked at."""
_GIVEN = ("GITLEAKS_CONFIG", "GITLEAKS_CONFIG_TOML")
_REDACTED = "REDACTED"


class Scanner:
    """Gitleaks for the reports of a desk; nothing where it is not, or not wanted."""

    def __init__(self, desk: Desk, *, deadline: float = DEADLINE) -> None:
        self._env, self._root, self._deadline = desk.env, desk.place.root, deadline
        wanted = desk.place.settings.checks.get(CODE) != OFF
        found = shutil.which(_PROGRAM, path=self._env.variables.get("PATH", ""))
        self._program = (
            found if wanted and found and Path(found).is_absolute() else None
        )

    @property
    def stamp(self) -> str:
        """What tells its present state from any other in which it finds others."""
        if self._program is None:
            return ""
        state = Path(self._program).stat()
        words = [self._program, f"{state.st_mtime_ns}", f"{state.st_size}"]
        words += [self._env.variables.get(name, "") for name in _GIVEN]
        with suppress(OSError):
            words.append((self._root / _OWN).read_text("utf-8", "replace"))
        return hashlib.sha256("\0".join(words).encode("utf-8", "replace")).hexdigest()

    def seen(self, jobs: Sequence[Job]) -> tuple[Sequence[Job], bool]:
        """Return the jobs with what it sees in each; and whether it could look."""
        if self._program is None or not jobs:
            return jobs, True
        texts = [job.text.replace("\r\n", "\n") for job in jobs]
        try:
            found = self._found(
                self._program, "\n".join(texts).encode("utf-8", "replace")
            )
            leaks = tuple(leaks_in(texts, found))
        except (
            OSError,
            KeyError,
            TypeError,
            ValueError,
            subprocess.SubprocessError,
        ) as error:
            tell(self._env, f"gitleaks is left out: {_reason(error, self._deadline)}")
            return jobs, False
        made = [replace(job, leaks=own) for job, own in zip(jobs, leaks, strict=True)]
        return made, True

    def _found(self, program: str, text: bytes) -> Sequence[Mapping[str, Any]]:
        """Run it once; raises what running a program and reading JSON can raise."""
        with tempfile.TemporaryDirectory(prefix="postmortem-") as folder:
            path = Path(folder) / "report.json"
            words = [program, "stdin", "--no-banner", "--redact", "--exit-code", "0"]
            words += ["--report-format", "json", "--report-path", str(path)]
            self._run(words, text)
            found = json.loads(path.read_text("utf-8"))
        if found is None:  # how older ones say that there is nothing
            return ()
        if not isinstance(found, list):
            raise ValueError("a report is a list")  # noqa: TRY004 - it is read text
        return [each for each in found if isinstance(each, dict)]

    def _run(self, words: Sequence[str], text: bytes) -> None:
        quiet = subprocess.DEVNULL
        with subprocess.Popen(
            words,
            cwd=self._root,
            env=dict(self._env.variables),
            stdin=subprocess.PIPE,
            stdout=quiet,
            stderr=quiet,
            start_new_session=True,
        ) as program:
            try:
                program.communicate(text, timeout=self._deadline)
            finally:
                if program.poll() is None:
                    _end(program)
        if program.returncode:
            raise subprocess.CalledProcessError(program.returncode, _PROGRAM)


def leaks_in(
    texts: Sequence[str], found: Sequence[Mapping[str, Any]]
) -> Iterator[tuple[Leak, ...]]:
    """Yield for each text what was found in all of them, joined by line breaks.

    Lines and columns count from 1, columns in bytes. Versions differ by a line, and
    some begin anew after each chunk: so what stands around a secret decides.
    """
    lines = "\n".join(texts).split("\n")
    firsts, at = [], 0
    for text in texts:
        firsts.append(at)
        at += text.count("\n") + 1
    leaks: list[list[Leak]] = [[] for _ in texts]
    for each in found:
        line = _line(lines, each)
        number = bisect_right(firsts, line) - 1
        before = lines[firsts[number] : line]
        offset = sum(map(len, before)) + len(before)
        start, end = _columns(lines[line], each)
        leak = Leak(
            rule=str(each.get("RuleID") or "a rule without a name"),
            start=offset + start,
            end=offset + end,
        )
        leaks[number].append(leak)
    yield from map(tuple, leaks)


def _line(lines: Sequence[str], found: Mapping[str, Any]) -> int:
    """Return the line that a finding is on, counted from 0."""
    told: int = min(max(int(found["StartLine"]) - 1, 0), len(lines) - 1)
    match = str(found.get("Match") or "").partition("\n")[0]
    before, secret, after = match.partition(_REDACTED)
    around = [piece for piece in (before.strip(), after.strip()) if piece]
    if not secret or not around:
        return told
    near = [at for at in (told, told + 1) if at < len(lines)]
    for at in chain(near, range(len(lines))):
        if all(piece in lines[at] for piece in around):
            return at
    return told


def _columns(line: str, found: Mapping[str, Any]) -> tuple[int, int]:
    """Return where it stands in its line, counted from 0 in characters; never empty."""
    raw = line.encode("utf-8", "replace")
    start = max(int(found.get("StartColumn") or 1) - 1, 0)
    end = int(found.get("EndColumn") or 0)
    if int(found.get("EndLine") or found["StartLine"]) != int(found["StartLine"]):
        end = len(raw)
    first, last = (len(raw[:at].decode("utf-8", "ignore")) for at in (start, end))
    if first >= last or first >= len(line):
        return 0, len(line)
    return first, last


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
                f"it ended with {error.returncode}"
                " (`gitleaks stdin` is there from version 8.19 on)"
            )
        case OSError():
            return f"{error.strerror or error}"
    return "its report cannot be read"
