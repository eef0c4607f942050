"""What can be asked and answered: the words between an interview and whoever answers.

The interview knows only these; behind them is a terminal with colours and keys, one
that shows nothing but lines, or a script of answers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
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

PASTED = "that came as a paste; press Enter to answer with it"
"""Said where an Enter came with more than a short answer, and answered nothing."""


def command_in(text: str, given: str, commands: Sequence[str]) -> str | None:
    """Return the command that an answer is: alone, or behind what was given."""
    for typed in (text, text.removeprefix(given) if given else text):
        if typed.strip() in commands:
            return typed.strip()
    return None


def without(command: str, text: str, given: str) -> str:
    """Return what stood there before a command was typed: nothing, where it is all."""
    return "" if text.strip() == command else given


def pending(keys: str, command: str) -> str:
    """Return what a command will do that was typed and waits for its Enter."""
    said = [each for each in keys.split(" · ") if each.startswith(f"{command} ")]
    return f"Enter: {(said or [command])[0]}"


def joined(keys: str, more: str) -> str:
    """Return two quiet lines as one; one of them where the other is empty."""
    return f"{keys} · {more}" if keys and more else keys or more


def entering(keys: str, said: str) -> str:
    """Return what can be typed with that said of Enter; nothing where it is said else.

    >>> entering("Enter: skip · ? why", "Enter takes it")
    'Enter takes it · ? why'
    """
    others = [each for each in keys.split(" · ") if not each.startswith("Enter")]
    return " · ".join(filter(None, (said, *others)))


def typed_keys(question: Question, more: str, *, lines: bool) -> str:
    """Return what can be typed at a question whose keys are said but once."""
    keys = joined(question.keys, more)
    if question.given and "Enter keeps" not in keys and not lines:
        return entering(keys, "Enter takes it")
    return keys


YES = "yes"
LETTER = "y"
"""Counts as yes where keys come one by one, so that a paste of it is told apart.

Where whole lines come, what was pasted looks the same: there the word is typed.
"""
TYPED = f"that came as a paste; type {LETTER} yourself, then Enter"
"""Said where that was no answer to what commits."""
NO_HELP = "There is no more to say about this."


def ways_on(ways: Mapping[str, str], *, letter: bool = True) -> str:
    """Say what is typed to go on.

    >>> ways_on({"yes": "on a new branch", "s": "there, and stay", "h": "here"})
    'Type y (or yes), s or h; anything else is no'
    >>> ways_on({}, letter=False)
    'Type yes to go on; anything else is no'
    """
    yes = f"{LETTER} (or {YES})" if letter else YES
    *words, last = [word for word in ways if word != YES] or [""]
    typed = f"{', '.join((yes, *words))} or {last}" if last else f"{yes} to go on"
    return f"Type {typed}; anything else is no"


def word_in(said: str, ways: Mapping[str, str], *, letter: bool = True) -> str:
    """Return which of the words was typed; nothing for another one, which is no."""
    word = said.strip().casefold()
    if letter and word == LETTER:
        return YES
    return word if word in (YES, *ways) else ""


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
    """One quiet line that says what else can be typed, with ` · ` between."""
    again: bool = False
    """Whether it was just asked the same way: plain lines do not say the keys again."""
    words: Sequence[str] = ()
    """What the last word of the answer may be completed to; as `a, b` for a list."""
    listed: bool = False
    """Whether the answer is a list with commas, each part completed by itself."""
    understood: Callable[[str], str] | None = None
    """Say what an answer means, in one line or none (""); raises PostmortemError.

    It is called while somebody types, so it is quick. What it refuses is not accepted:
    the message is shown, and the answer stays to be mended.
    """
    complete: Callable[[str], bool] | None = None
    """Tell whether lines are all of an answer, so that Enter ends it without an empty
    line."""
    shown: Callable[[], None] | None = None
    """Called, more than once perhaps, when the question is there to be read."""


class Option(NamedTuple):
    """One of the answers from which one is chosen."""

    value: str
    label: str
    meaning: str = ""
    """What choosing it says, in a few words."""
    mark: str = ""
    """What stands before it, such as `[x]`; with no mark, the options have no column
    for them."""
    aside: str = ""
    """Another name of it, which can be typed as well."""
    group: str | None = None
    """The heading of it and its like; an empty one is a row left free, None is none."""


class Prompts(Protocol):
    r"""Who is asked.

    Every question raises Interrupted when whoever answers leaves: Ctrl-C, Ctrl-D, a
    hang-up, the end of the script. Answers come without control characters, and with
    `\n` between their lines. An empty answer is "", whatever was `given`.
    """

    def say(self, text: str = "", *, quiet: bool = False, hang: int = 0) -> None:
        """Show lines; quiet ones stand back, the rest of a long one `hang` columns."""

    def line(self, question: Question) -> str | Move:
        """Ask for one line; line breaks in what is pasted become spaces."""

    def text(self, question: Question) -> str | Move:
        """Ask for lines; an empty line ends them, where nothing follows it."""

    def rows(self, question: Question) -> str | Move:
        """Ask for a line; what is pasted may have several."""

    def choose(self, question: Question, options: Sequence[Option]) -> str | Move:
        """Ask for one of the options, and return its value; `given` is one of them."""

    def several(
        self, question: Question, options: Sequence[Option], chosen: Sequence[str] = ()
    ) -> tuple[str, ...] | Move:
        """Ask for any number of the options, and return their values in that order."""

    def yes(self, question: str) -> bool:
        """Ask for what cannot be taken back: `yes` in full, typed after it is seen."""

    def consent(self, question: str, ways: Mapping[str, str]) -> str:
        """Ask the same, or for one of a few other words; return it, "" for a no.

        `ways` say behind each word what it does, `yes` among them; none are but that.
        """
