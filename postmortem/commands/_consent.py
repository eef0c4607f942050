"""Questions that only a person at a terminal can answer; a pipe can confirm nothing."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, TextIO

from postmortem.commands._streams import tell
from postmortem.env import is_terminal
from postmortem.errors import Interrupted

if TYPE_CHECKING:
    from postmortem.env import Env

YES, NO = "yes", "no"


def somebody(env: Env) -> bool:
    """Tell whether there is a person who sees a question and can answer it.

    The answer of a command may go to another program all the same.
    """
    return is_terminal(env.stdin) and is_terminal(env.stderr)


def agreed(env: Env, question: str) -> bool:
    """Ask for an explicit yes, typed in full after the question was shown."""
    return _typed(env, f"{question} ({YES} or {NO}) ").casefold() == YES


def chosen(env: Env, options: Sequence[str], others: Sequence[str] = ()) -> str:
    """Ask for one of these words before something is committed; "" for a no.

    Enter alone takes the first one, and so does a yes. `others` are taken as well,
    though they are not told.
    """
    first, *more = options
    *words, last = (f"{YES[0]} (or {first})", *more)
    told = f"Type {', '.join(words)} or {last}; {NO[0]} commits nothing"
    every = (*options, *others, YES[0], YES, NO[0], NO)
    while True:
        said = _typed(env, f"{told}; Enter takes {first}: ").casefold() or first
        fits = [option for option in every if option.startswith(said)]
        if said in every or len(fits) == 1:
            word = said if said in every else fits[0]
            return {YES: first, NO: ""}.get(_whole(word), word)
        tell(env, f"{said!r} is none of them")


def _whole(word: str) -> str:
    """Return the yes or no of which a letter was typed."""
    return {YES[0]: YES, NO[0]: NO}.get(word, word)


def _typed(env: Env, question: str) -> str:
    """Return the line that is typed; what was typed before the question is dropped.

    A paste must not answer what it has not seen.
    """
    if env.stdin is None or env.stderr is None:
        raise Interrupted("there is nobody to ask")
    _drain(env.stdin)
    env.stderr.write(question)
    env.stderr.flush()
    line = env.stdin.readline()
    if not line:
        raise Interrupted("there was no answer")
    return line.strip()


def _drain(stream: TextIO) -> None:
    with suppress(ImportError, OSError, ValueError):
        import termios

        with suppress(termios.error):
            termios.tcflush(stream.fileno(), termios.TCIFLUSH)
