"""A person in a folder who types commands, with or without a terminal before them."""

from __future__ import annotations

import os
import shlex
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import NamedTuple

from postmortem.cli import main
from postmortem.env import Env
from tests.history.repos import Repository

ID = "2025-05-24-x-down"
PATH = f"postmortems/{ID}.md"
BRANCH = f"postmortem/{ID}"
TITLE = "X down: failover did not take over"
REPORT = f"""\
---
id: {ID}
template: minimal
status: draft
severity: SEV-1
onset: 2025-05-24T13:05Z
detected: 2025-05-24T13:12Z
resolved: 2025-05-24T15:00Z
---

# {TITLE}

## What happened

The failover did not take over.

## What we change

- [ ] **A1** Try the failover every month (storage on-call, due 2025-06-30)
- [ ] **A2** Page on replica lag (storage on-call)
"""


class Said(NamedTuple):
    """How a command ended, and what it said on each stream."""

    code: int
    out: str
    err: str


class Screen(StringIO):
    """A stream that a person looks at, or types into."""

    def isatty(self) -> bool:
        """Say so."""
        return True


class Interrupted(Screen):
    """A terminal at which somebody presses Ctrl-C."""

    def readline(self, size: int = -1, /) -> str:  # type: ignore[override]  # as StringIO has it
        """Interrupt, as the key does."""
        raise KeyboardInterrupt


@dataclass(frozen=True)
class Stage:
    """Where the person stands."""

    root: Path
    home: Path
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def repo(self) -> Repository:
        """The repository that they stand in."""
        return Repository(self.root)

    @property
    def state(self) -> Path:
        """Where drafts and messages are kept."""
        return self.env().state_dir

    @property
    def message(self) -> str:
        """The message of the last commit of the report's own branch."""
        return self.repo.git("log", "-1", "--format=%B", BRANCH).strip()

    def env(self, typed: StringIO | str | None = None) -> Env:
        """Return the world as it is for them; `typed` is what a terminal gives."""
        terminal = Screen(typed) if isinstance(typed, str) else typed
        return Env(
            cwd=self.root,
            home=self.home,
            variables={**os.environ, **self.environment},
            stdin=terminal,
            stdout=StringIO() if terminal is None else Screen(),
            stderr=StringIO() if terminal is None else Screen(),
        )

    def run(self, *words: str, typed: StringIO | str | None = None) -> Said:
        """Run a command as the command line does."""
        env = self.env(typed)
        code = main(words, env=env)
        out, err = env.stdout, env.stderr
        assert isinstance(out, StringIO)
        assert isinstance(err, StringIO)
        return Said(code, out.getvalue(), err.getvalue())

    def follow(self, err: str, typed: str | None = None) -> Said:
        """Run the command that a refusal says finishes it later."""
        _, _, command = err.rpartition("finish it later with:\n")
        program, *words = shlex.split(command.splitlines()[0])
        assert program == "postmortem"
        return self.run(*words, typed=typed)

    def write(self, path: str, text: str) -> Path:
        """Write a file below where they stand."""
        return self.repo.write(path, text)
