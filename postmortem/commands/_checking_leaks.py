"""What gitleaks sees in reports, where it is installed: one run for all of them.

It is given the texts on its standard input, and redacts what it reports. Whatever goes
wrong with it is said in a line, and fails no check.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from postmortem.checks import OFF
from postmortem.commands._streams import tell
from postmortem.errors import PostmortemError

if TYPE_CHECKING:
    from postmortem.commands._checking_values import Job
    from postmortem.commands._desk import Desk

CODE = "PM702"
DEADLINE = 60.0
"""Seconds."""

_PROGRAM = "gitleaks"
_OWN = (".gitleaks.toml", ".gitleaksignore")
"""The team's settings of gitleaks, at the top of what is looked at."""
_GIVEN = ("GITLEAKS_CONFIG", "GITLEAKS_CONFIG_TOML")
"""Variables that name a file of settings, or are one."""


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
        given = [self._env.variables.get(name, "") for name in _GIVEN]
        words += [str(self._root), *given]
        for name in filter(None, (*_OWN, given[0])):
            with suppress(OSError):
                words.append((self._root / name).read_text("utf-8", "replace"))
        return hashlib.sha256("\0".join(words).encode("utf-8", "replace")).hexdigest()

    def seen(self, jobs: Sequence[Job]) -> tuple[Sequence[Job], bool]:
        """Return the jobs with what it sees in each; and whether it could look."""
        if self._program is None or not jobs:
            return jobs, True
        from postmortem.commands._checking_leak_run import leaks

        try:
            found = leaks(
                [job.text.replace("\r\n", "\n") for job in jobs],
                program=self._program,
                root=self._root,
                variables=self._env.variables,
                deadline=self._deadline,
            )
        except PostmortemError as error:
            tell(self._env, f"gitleaks is left out: {error}")
            return jobs, False
        pairs = zip(jobs, found, strict=True)
        return [msgspec.structs.replace(job, leaks=own) for job, own in pairs], True
