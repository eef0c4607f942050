"""What Enter means where answers are plain lines."""

from __future__ import annotations

from dataclasses import dataclass

PROMPT = "> "


@dataclass(frozen=True, kw_only=True)
class Rules:
    """What Enter means in an answer.

    One with more behind it was pasted, and breaks a line.
    """

    lines: bool
    """Whether it has lines; then an empty one ends it."""
    whole: tuple[str, ...] = ()
    """What is ended at once where it is all."""
    alone: bool = False
    """Whether an Enter that comes together with other keys is none."""
