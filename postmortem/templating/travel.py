"""What crosses between parent and child: names of functions, places, and errors."""

from __future__ import annotations

import re
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from postmortem.errors import PostmortemError, Problem, Problems

if TYPE_CHECKING:
    from collections.abc import Callable

SPENT = 77
"""The exit code with which a child says that it takes too much memory."""

_FUNCTION = re.compile(r"(postmortem(?:\.[a-z]\w*)+):([a-z]\w*)")


def named(function: str) -> tuple[str, str]:
    """Return module and name of one of our functions, "postmortem.room.module:name"."""
    match = _FUNCTION.fullmatch(function)
    if match is None:
        message = f"{function!r} is no function of ours"
        raise ValueError(message)
    return match[1], match[2]


def resolve(function: str) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Return one of our functions by its name."""
    import importlib

    module, name = named(function)
    found: Callable[[dict[str, Any]], dict[str, Any]]
    found = getattr(importlib.import_module(module), name)
    return found


def search_path() -> list[str]:
    """Return where this process imports from: absolute, and not the current folder.

    The folder that holds this package is among them, wherever an editable install has
    it.
    """
    home = str(Path(__file__).resolve().parents[2])
    here = str(Path.cwd())
    places = [one for one in sys.path if Path(one).is_absolute()]
    places = [one for one in places if one != here or one == home]
    return places if home in places else [home, *places]


def told(error: PostmortemError) -> dict[str, Any]:
    """Return an error as plain values."""
    return {
        "kind": [type(error).__module__, type(error).__qualname__],
        "problems": [asdict(one) for one in error.problems],
    }


def problem(said: dict[str, Any]) -> Problem:
    """Return the problem that these plain values tell of."""
    return Problem(**said)


def raised(said: dict[str, Any], path: str | None) -> Exception:
    """Return the error that these plain values tell of, placed at least at `path`."""
    if "bug" in said:
        return RuntimeError(f"in the process for templates: {said['bug']}")
    problems = tuple(problem(one) for one in said["problems"])
    kind = _kind(*said["kind"])
    if issubclass(kind, Problems):
        return kind(problems)
    one = problems[0]
    return kind(
        one.message,
        path=one.path or path,
        line=one.line,
        column=one.column,
        hint=one.hint,
    )


def _kind(module: str, name: str) -> type[PostmortemError]:
    """Return one of our own error classes by its home and name."""
    waiting: list[type[PostmortemError]] = [PostmortemError]
    while waiting:
        kind = waiting.pop()
        if (kind.__module__, kind.__qualname__) == (module, name):
            return kind
        waiting += kind.__subclasses__()
    return PostmortemError  # its module is not loaded here, so nobody waits for it
