"""Guarded YAML: strings stay strings, every mistake has a line, an edit is a splice.

What writes is loaded when something is written: most commands only read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortem.yamls.fences import Split, split
from postmortem.yamls.nodes import (
    ANSWERS_LIMIT,
    FRONT_MATTER_LIMIT,
    Node,
    Tree,
    Value,
    content,
    load,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = [
    "ANSWERS_LIMIT",
    "FRONT_MATTER_LIMIT",
    "Node",
    "Split",
    "Tree",
    "Value",
    "content",
    "flow",
    "load",
    "scalar",
    "splice",
    "split",
]


def scalar(value: str) -> str:
    """Return text as a YAML scalar on one line; see `scalars`."""
    from postmortem.yamls import scalars

    return scalars.scalar(value)


def flow(values: Iterable[str]) -> str:
    """Return a list of texts on one line: `[a, "b, c"]`."""
    from postmortem.yamls import scalars

    return scalars.flow(values)


def splice(
    text: str,
    changes: Mapping[str, Value],
    *,
    order: Sequence[str] = (),
    path: str | None = None,
) -> str:
    """Return a report's text with keys of its front matter set; see `splices`."""
    from postmortem.yamls import splices

    return splices.splice(text, changes, order=order, path=path)
