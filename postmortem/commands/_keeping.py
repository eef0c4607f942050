"""What a refusal keeps: the message, and the command that finishes the commit."""

from __future__ import annotations

import shlex
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from postmortem.commands import _messages
from postmortem.errors import (
    Interrupted,
    PostmortemError,
    Problem,
    Problems,
    Refused,
    Untrusted,
)

if TYPE_CHECKING:
    from postmortem.env import Env

_KINDS = (Interrupted, Untrusted, Refused)


class Keeper:
    """Keeps a message until its commit is made; a context manager.

    An error that leaves it says with which command the same is done later, with no
    question; what ends well leaves nothing behind. What the commit template made is
    made anew then, and is not kept.
    """

    def __init__(
        self, *, env: Env, root: Path, key: str, text: str | None = None
    ) -> None:
        self.env, self.root, self.key = env, root, key
        self.text = text
        """Subject and body, as typed or as the commit template made them."""
        self._typed = text is not None
        self._options: dict[str, str | None] = {}
        self._path: Path | None = None

    def repeat(self, option: str, value: object) -> None:
        """Say an option again in the command that finishes it, if it says anything."""
        if value is True:
            self._options[option] = None
        elif value and value != "ask":
            self._options[option] = str(value)

    def keep(self) -> None:
        """Put a message that somebody wrote on disk, whatever happens next."""
        if self._typed and self.text is not None:
            self._path = _messages.keep(self.env, self.root, self.key, self.text)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Forget the message when all is done; else say how to go on."""
        if error is None:
            _messages.forget(self._path)
        elif isinstance(error, KeyboardInterrupt):
            message = "stopped before anything was committed"
            raise self._explained(Interrupted(message)) from error
        elif isinstance(error, PostmortemError):
            raise self._explained(error) from error

    def _explained(self, error: PostmortemError) -> PostmortemError:
        """Return the error with what finishes it added to its last hint."""
        self.keep()
        *others, last = error.problems
        hints = (last.hint, f"finish it later with:\n  {self._command()}")
        hint = "\n".join(hint for hint in hints if hint)
        if others:
            return Problems((*others, _with_hint(last, hint)))
        for kind in _KINDS:
            if isinstance(error, kind):
                return _made(kind, last, hint)
        return _made(PostmortemError, last, hint)

    def _command(self) -> str:
        words = ["postmortem", "submit", self.key]
        for option, value in self._options.items():
            words += [f"--{option}"] if value is None else [f"--{option}", value]
        if self._path is not None:
            words += ["--message-file", str(self._path)]
        return shlex.join(words)


def _with_hint(problem: Problem, hint: str) -> Problem:
    from dataclasses import replace

    return replace(problem, hint=hint)


def _made(kind: type[PostmortemError], problem: Problem, hint: str) -> PostmortemError:
    return kind(
        problem.message,
        path=problem.path,
        line=problem.line,
        column=problem.column,
        hint=hint,
    )
