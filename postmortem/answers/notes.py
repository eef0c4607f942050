"""The mistakes of one input, as they are found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from postmortem.errors import PostmortemError, Problem
from postmortem.templating import nearest
from postmortem.yamls import Node

_MANY = 12
_ALL = "`postmortem schema` names them all"


class Notes:
    """Takes note of what is wrong, and where."""

    def __init__(self, path: str | None, *, lines: bool = True) -> None:
        self.path = path
        """The file; for a word of the command line, that word, which has no lines."""
        self._lines = lines
        self._problems: list[Problem] = []

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All mistakes, in the order of the lines."""
        key = lambda each: (each.line or 0, each.column or 0)  # noqa: E731
        return tuple(sorted(self._problems, key=key))

    def wrong(
        self,
        node: Node,
        message: str,
        hint: str | None = None,
        *,
        column: int | None = None,
    ) -> None:
        """Note what is so at a node, and what to write instead.

        `column` is where it stands in a word of the command line.
        """
        self._problems.append(
            Problem(
                message=message,
                path=self.path,
                line=node.line if self._lines else None,
                column=node.column if self._lines else column,
                hint=hint,
            )
        )

    def unknown(
        self,
        node: Node,
        what: str,
        word: str,
        words: Iterable[str],
        near: str | None = None,
    ) -> None:
        """Note a word that nothing knows, with the nearest that something does.

        `near` is what somebody found to be that by other means.
        """
        known = tuple(words)
        near = near or nearest(word, known)
        there = f"there are {', '.join(known)}" if len(known) <= _MANY else _ALL
        hint = f"did you mean {near}?" if near else there
        self.wrong(node, f"there is no {what} {word!r}", hint)

    @contextmanager
    def at(self, node: Node, name: str) -> Iterator[None]:
        """Note whatever is raised within as a mistake of that node."""
        try:
            yield
        except PostmortemError as error:
            for problem in error.problems:
                said = problem.message
                message = said if said.startswith(name) else f"{name}: {said}"
                self.wrong(node, message, problem.hint)


def place(node: Node) -> Node:
    """Return the key of a value, where it has one: it is what people look for."""
    return node.key or node
