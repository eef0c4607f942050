"""What can be asked and answered: the words between an interview and whoever answers.

The interview knows only these; behind them is a terminal with colours and keys, one
that shows nothing but lines, or a script of answers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple, Protocol


class Move(Enum):
    """What somebody can do instead of answering; the value is what they type for it."""

    BACK = "<"
    """To the question before."""
    ALL = "/"
    """To the list of all questions."""


EXPLAIN = "?"
"""Typed alone, it shows a question's help; the question then stands as before."""


def command_in(text: str, given: str, commands: Sequence[str]) -> str | None:
    """Return the command that an answer is: alone, or behind what was given."""
    for typed in (text, text.removeprefix(given) if given else text):
        if typed.strip() in commands:
            return typed.strip()
    return None


@dataclass(frozen=True, kw_only=True)
class Question:
    """One thing to ask, with all that helps to answer it."""

    text: str
    progress: str = ""
    """Such as `2/6`; it stands before the text."""
    given: str = ""
    """What is in the answer already: a value to change, or words half typed."""
    help: str = ""
    """Why it is asked, and an example; lines, shown when somebody types `?`."""
    keys: str = ""
    """One quiet line that says what else can be typed."""
    words: Sequence[str] = ()
    """What the last word of the answer may be completed to; as `a, b` for a list."""
    listed: bool = False
    """Whether the answer is a list with commas, each part completed by itself."""
    understood: Callable[[str], str] | None = None
    """Say what an answer means, in one line or none (""); raises PostmortemError.

    It is called while somebody types, so it is quick. What it refuses is not accepted:
    the message is shown, and the answer stays to be mended.
    """
    shown: Callable[[], None] | None = None
    """Called, more than once perhaps, when the question is there to be read."""


class Option(NamedTuple):
    """One of the answers from which one is chosen."""

    value: str
    label: str
    meaning: str = ""
    """What choosing it says, in a few words."""


class Prompts(Protocol):
    r"""Who is asked.

    Every question raises Interrupted when whoever answers leaves: Ctrl-C, Ctrl-D, a
    hang-up, the end of the script. Answers come without control characters, and with
    `\n` between their lines. An empty answer is "", whatever was `given`.
    """

    def say(self, text: str = "", *, quiet: bool = False) -> None:
        """Show lines; quiet ones stand back."""

    def line(self, question: Question) -> str | Move:
        """Ask for one line; line breaks in what is pasted become spaces."""

    def text(self, question: Question) -> str | Move:
        """Ask for lines; an empty line ends them, where nothing follows it."""

    def choose(self, question: Question, options: Sequence[Option]) -> str | Move:
        """Ask for one of the options, and return its value; `given` is one of them."""

    def several(
        self, question: Question, options: Sequence[Option], chosen: Sequence[str] = ()
    ) -> tuple[str, ...] | Move:
        """Ask for any number of the options, and return their values in that order."""

    def yes(self, question: str) -> bool:
        """Ask for what cannot be taken back: `yes` in full, typed after it is seen."""
