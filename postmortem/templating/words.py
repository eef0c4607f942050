"""The one error of this room, and the nearest right word for a wrong one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortem.errors import PostmortemError

if TYPE_CHECKING:
    from collections.abc import Iterable


_LONG, _MANY = 100, 2000
"""What is compared costs time: the names come out of other people's templates."""


class TemplateMistake(PostmortemError):
    """A template cannot be found, read or rendered; says where and what to do."""


def nearest(word: str, words: Iterable[str]) -> str | None:
    """Return the one of these words that looks most like this one, if any does."""
    import difflib

    right = sorted({known for known in words if known != word})
    found = difflib.get_close_matches(word[:_LONG], right[:_MANY], n=1, cutoff=0.6)
    return found[0] if found else None


def quoted(word: object) -> str:
    """Return a word out of a template in quotes, cut off where it is very long."""
    said = str(word)
    return repr(said if len(said) <= _LONG else said[: _LONG - 1] + "…")


def suggestion(word: str, words: Iterable[str]) -> str | None:
    """Return the hint that names the nearest right word, if any looks like it."""
    right = nearest(word, words)
    return f"did you mean {quoted(right)}?" if right else None
