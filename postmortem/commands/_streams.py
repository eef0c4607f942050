"""The two streams of a command: the answer on stdout, the conversation on stderr.

Everything that a command prints goes through here, so that nothing that was imported,
typed or said by git commands the terminal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from postmortem.env import is_terminal
from postmortem.escape import terminal

if TYPE_CHECKING:
    from postmortem.env import Env


def answer(env: Env, text: str, *, exact: bool = False) -> None:
    """Print lines that were asked for.

    With `exact` they are another program's or a file's, so that byte for byte they
    stay what they are unless a terminal shows them.
    """
    shown = text if exact and not is_terminal(env.stdout) else terminal(text)
    _print(env.stdout, shown)


def tell(env: Env, text: str, *, exact: bool = False) -> None:
    """Print lines for the person who waits, which are no part of the answer.

    A terminal gets them broken at words, unless they are to be copied: `exact`.
    """
    if exact or not is_terminal(env.stderr):
        _print(env.stderr, terminal(text))
        return
    from postmortem.prompts.voice import Voice, wrapped

    columns = Voice(env, colour=False).columns
    _print(env.stderr, "\n".join(wrapped(terminal(text), columns)))


def _print(stream: TextIO | None, text: str) -> None:
    if stream is None:
        return
    lines = text if text.endswith("\n") or not text else f"{text}\n"
    try:
        stream.write(lines)
    except UnicodeEncodeError:
        encoding = stream.encoding
        stream.write(lines.encode(encoding, "replace").decode(encoding))
    stream.flush()
