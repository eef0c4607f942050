"""The error tree and the exit codes: the only way anything here says "could not".

PostmortemError                 2  could not: bad input, refused, missing, wrong usage
  Problems                      2  several mistakes of one input, all of them at once
  Missing                       2  what was named is not there
  Refused                       2  it could be done, and is not, to protect something
    Untrusted                   4  it would have to run or trust code of a repository
  Interrupted                 130  the person stopped it; everything said is kept

Anything else that reaches the command line is a bug of ours and exits with 3.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import ClassVar


class Exit(IntEnum):
    """How a command ends; documented in the README."""

    DONE = 0
    FINDINGS = 1
    COULD_NOT = 2
    BUG = 3
    UNTRUSTED = 4
    INTERRUPTED = 130


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One mistake in somebody's input, with the place where it can be mended."""

    message: str
    path: str | None = None
    line: int | None = None
    """1-based."""
    column: int | None = None
    """1-based, in characters."""
    hint: str | None = None

    def __str__(self) -> str:
        place = ":".join(
            str(part) for part in (self.path, self.line, self.column) if part
        )
        said = f"{place}: {self.message}" if place else self.message
        return f"{said}\n  {self.hint}" if self.hint else said


class PostmortemError(Exception):
    """The root: a sentence that says what is so, where, and what to do next."""

    exit: ClassVar[Exit] = Exit.COULD_NOT

    def __init__(
        self,
        message: str,
        *,
        path: str | None = None,
        line: int | None = None,
        column: int | None = None,
        hint: str | None = None,
    ) -> None:
        self.problem = Problem(
            message=message, path=path, line=line, column=column, hint=hint
        )
        super().__init__(str(self.problem))

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Every mistake that this error reports."""
        return (self.problem,)


class Problems(PostmortemError):
    """Several mistakes of one input; printed one a line, in the order found."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("; ".join(str(problem) for problem in problems))
        self._problems = problems

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Every mistake, in the order in which it stands in the input."""
        return self._problems

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self._problems)


class Missing(PostmortemError):
    """What was named is not there; the message names the nearest that is."""


class Refused(PostmortemError):
    """It could be done and is not, because it would lose, leak or bypass something."""


class Untrusted(Refused):
    """It would have to run or trust what a repository brought along."""

    exit = Exit.UNTRUSTED


class Interrupted(PostmortemError):
    """The person stopped it; what was said is on disk."""

    exit = Exit.INTERRUPTED
