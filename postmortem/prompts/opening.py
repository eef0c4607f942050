"""Who asks at this terminal: one with colours and keys, or plain lines."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from postmortem.env import Env, is_terminal
from postmortem.errors import Missing
from postmortem.prompts.asking import Prompts
from postmortem.prompts.voice import Voice

if TYPE_CHECKING:
    from prompt_toolkit.input.base import Input
    from prompt_toolkit.output import Output

_NARROW = 30
"""Columns below which lists and toolbars cannot be read."""


def terminal(
    env: Env,
    *,
    typed: Callable[[str], None],
    edited: Callable[[str], str],
    plain: bool = False,
) -> Prompts:
    """Return who asks at the terminal; raises Missing where there is none.

    Questions are written to stderr and answers read from stdin. `typed` is told the
    whole answer, without control characters, whenever it changes; it is quick. `edited`
    opens the person's editor with a text and returns what it is then; when it raises
    PostmortemError, the message is shown and the text stays. Whatever either raises
    else is raised by the question.
    """
    stdin, stderr = env.stdin, env.stderr
    if stdin is None or not is_terminal(stdin):
        raise _nobody("standard input is not a terminal")
    if stderr is None or not is_terminal(stderr):
        raise _nobody("standard error is not a terminal")
    if plain or env.dumb or Voice(env, colour=False).columns < _NARROW:
        from postmortem.prompts.plain import Plain

        return Plain(env, stdin, typed=typed, edited=edited)

    from postmortem.prompts.styled import Styled

    def _keys() -> Input:
        from postmortem.prompts.surface import keys_of

        return keys_of(stdin)

    def _screen() -> Output:
        from postmortem.prompts.surface import screen_of

        return screen_of(stderr, colour=env.colour_on(stderr))

    return Styled(env, typed=typed, edited=edited, keys=_keys, screen=_screen)


def _nobody(why: str) -> Missing:
    hint = "Run it in a terminal; the command's --help says how to do it without one."
    return Missing(f"there is nobody to ask: {why}", hint=hint)
