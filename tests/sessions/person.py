"""Somebody in a repository who runs the program, with or without a terminal.

Whatever they do waits for what is shown; nothing here hopes that a while is enough.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from postmortem.drafts import Draft, Drafts
from tests.history.repos import Repository
from tests.sessions.terminal import Terminal

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = (sys.executable, "-P", "-m", "postmortem")
AT_LENGTH = "POSTMORTEM_KILLS" in os.environ
"""Whether what takes minutes is tried, and not only an example of each kind."""
_PATIENCE = 60
"""Seconds, for a command without a terminal."""


@dataclass(frozen=True, kw_only=True)
class Person:
    """Where somebody stands, and what is theirs."""

    root: Path
    home: Path
    variables: Mapping[str, str] = field(default_factory=dict)
    """Of the environment; one that is "" is not set."""
    terminals: list[Terminal] = field(default_factory=list)
    """Those that they ever sat at."""

    @property
    def program(self) -> tuple[str, ...]:
        """The words that start the program."""
        return PROGRAM

    @property
    def repo(self) -> Repository:
        """The repository that they stand in."""
        return Repository(self.root)

    @property
    def state(self) -> Path:
        """Where the program keeps what it must not lose."""
        return self.home / ".local/state/postmortem"

    @property
    def cache(self) -> Path:
        """Where it keeps what can be made again."""
        return self.home / ".cache/postmortem"

    @property
    def reports(self) -> list[Path]:
        """The reports in the work tree."""
        return sorted((self.root / "postmortems").glob("*.md"))

    @property
    def report(self) -> Path:
        """The only one of them."""
        (path,) = self.reports
        return path

    @property
    def drafts(self) -> tuple[Draft, ...]:
        """What could be gone on with; all of it can be read."""
        found = Drafts(self.state / "drafts", lambda: datetime.now(UTC))
        kept = found.all()
        assert found.problems == ()
        return kept

    @property
    def draft(self) -> Draft:
        """The only one of them."""
        (kept,) = self.drafts
        return kept

    def keeps(self, terminal: Terminal, words: str) -> None:
        """Wait until what is half typed at a terminal is on disk."""
        terminal.until(
            lambda: any(draft.typing == words for draft in self.drafts), words, 0.02
        )

    def begun(self, *assignments: str) -> str:
        """Make a report without being asked; return its id."""
        given = ("title=X down", "severity=SEV-2", "onset=2025-05-24T13:05Z")
        words = [word for each in (*given, *assignments) for word in ("--set", each)]
        done = self.run("new", *words)
        assert done.returncode == 0, done.stderr
        return self.report.stem

    def with_variables(self, **variables: str) -> Person:
        """Return the same person in another environment."""
        return replace(self, variables={**self.variables, **variables})

    def sit(self, *words: str, rows: int = 40, columns: int = 90) -> Terminal:
        """Run a command at a terminal."""
        return self.start([*PROGRAM, *words], rows=rows, columns=columns)

    def shell(self, script: str, *words: str) -> Terminal:
        """Run a script of bash at a terminal, in which `"$@"` is a command."""
        return self.start(["bash", "--norc", "-c", script, "bash", *PROGRAM, *words])

    def start(
        self, command: Sequence[str], *, rows: int = 40, columns: int = 90
    ) -> Terminal:
        """Run any program at a terminal."""
        terminal = Terminal(
            command,
            cwd=self.root,
            environment=self._environment(),
            size=(rows, columns),
        )
        self.terminals.append(terminal)
        return terminal

    def run(
        self, *words: str, before: Sequence[str] = ()
    ) -> subprocess.CompletedProcess[str]:
        """Run a command where nobody sees or answers anything, `before` it another."""
        return subprocess.run(
            [*before, *PROGRAM, *words],
            cwd=self.root,
            env=self._environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=_PATIENCE,
        )

    def _environment(self) -> dict[str, str]:
        # What was changed would else be compiled at each start.
        given = {
            "TERM": "xterm-256color",
            "PYTHONPATH": str(ROOT),
            "PYTHONDONTWRITEBYTECODE": "",
        }
        every = {**os.environ, **given, **self.variables}
        return {name: value for name, value in every.items() if value}
