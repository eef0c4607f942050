"""An author at a fixed hour, who may pipe something into a command."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from io import BytesIO, StringIO, TextIOWrapper

from postmortem.env import Env
from tests.commands.stage import Stage

NOW = datetime(2025, 5, 27, 9, 30, tzinfo=UTC)


@dataclass(frozen=True)
class Author(Stage):
    """Somebody in Berlin, on the Tuesday after."""

    piped: bytes | None = None
    """What stands on standard input; None is a closed one."""
    at_terminal: bool = False

    def env(self, typed: StringIO | str | None = None) -> Env:
        """Return the world as it is for them."""
        env = super().env("" if self.at_terminal else typed)
        env = replace(env, clock=lambda: NOW, zone_name=lambda: "Europe/Berlin")
        return env if self.piped is None else replace(env, stdin=_pipe(self.piped))

    def with_stdin(self, raw: bytes) -> Author:
        """Return the same author with that on standard input."""
        return replace(self, piped=raw)

    def at_a_terminal(self, **variables: str) -> Author:
        """Return the same author, who reads the answer on a screen."""
        return replace(self, at_terminal=True, environment=variables)


def _pipe(raw: bytes) -> TextIOWrapper:
    return TextIOWrapper(BytesIO(raw), encoding="utf-8")
