"""The page of a rule, for who wants to know why something is found."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from postmortem.checks import rules
from postmortem.checks.pages import page
from postmortem.commands._streams import answer
from postmortem.errors import Exit, Missing

if TYPE_CHECKING:
    from postmortem.env import Env


def explained(env: Env, code: str) -> Exit:
    """Print the page of a rule; raises Missing with the nearest codes."""
    known = rules()
    wanted = code.strip().upper()
    if wanted not in known:
        near = get_close_matches(wanted, known, 3)
        hint = f"the nearest: {', '.join(near)}" if near else None
        raise Missing(f"there is no rule {code!r}", hint=hint)
    text = page(wanted).text
    if env.stdout_is_terminal and not env.dumb:
        from postmortem.commands._terminal import print_laid_out

        print_laid_out(env, text)
    else:
        answer(env, text)
    return Exit.DONE
