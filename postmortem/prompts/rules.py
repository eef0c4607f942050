"""What Enter means where answers are plain lines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

PROMPT = "> "


@dataclass(frozen=True, kw_only=True)
class Rules:
    """What Enter means in an answer.

    One with more behind it was pasted, and breaks a line.
    """

    lines: bool
    """Whether it has lines; then an empty one ends it."""
    at_once: bool = False
    """Whether one line ends it all the same: those that are more were pasted."""
    whole: tuple[str, ...] = ()
    """What is ended at once where it is all."""
    complete: Callable[[str], bool] | None = None
    """Tell whether an answer of lines is ended at once by an Enter."""
    alone: bool = False
    """Whether what was typed before the question was seen is dropped."""

    def end(self, text: str) -> bool:
        """Tell whether an Enter behind a text ends it, though it has lines."""
        return text.strip() in self.whole or bool(self.complete and self.complete(text))


ALONE = Rules(lines=False, alone=True)
"""Of an answer that is typed now, or is none."""


def nobody(_text: str) -> None:
    """Tell nobody: what is chosen is not typed."""
