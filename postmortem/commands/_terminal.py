"""A report laid out for a terminal: what is in it is shown, and commands nothing."""

from __future__ import annotations

import re
from io import StringIO
from typing import TYPE_CHECKING

from postmortem import yamls
from postmortem.escape import terminal

if TYPE_CHECKING:
    from postmortem.env import Env

_STYLE = re.compile(r"(\x1b\[[0-9;]*m)")
"""The only control sequences that are printed: they set colour and weight."""
_WIDEST = 100
"""Columns beyond which lines of prose are hard to read."""
_BARE_TABLE = re.compile(r"^\|.*\|\n\|[ :|-]+\|\n(?!\|)", re.MULTILINE)
"""The head of a table that has no rows."""
_COMMENT = re.compile(r"<!--.*?-->\n?", re.DOTALL)


def print_laid_out(env: Env, text: str, *, plain: bool = False) -> None:
    """Print a report for a person at a terminal; `plain` without weight and colour."""
    if env.stdout is None:
        return
    parts = _STYLE.split(laid_out(env, text, plain=plain))
    safe = "".join(each if at % 2 else terminal(each) for at, each in enumerate(parts))
    encoding = env.stdout.encoding or "utf-8"
    env.stdout.write(safe.encode(encoding, "replace").decode(encoding))
    env.stdout.flush()


def laid_out(env: Env, text: str, *, plain: bool = False) -> str:
    """Return a report's Markdown as text with control sequences, all of them ours.

    Whatever the report holds of them is made visible before it is laid out.
    """
    from rich.console import Console
    from rich.markdown import Markdown

    colour = env.colour and not plain
    split = yamls.split(text)
    body = _COMMENT.sub("", terminal(text[split.body_start :].replace("\r\n", "\n")))
    body = _BARE_TABLE.sub("", body)
    out = StringIO()
    console = Console(
        file=out,
        force_terminal=True,
        color_system="standard" if colour else None,
        no_color=not colour,
        width=min(env.width, _WIDEST),
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
    )
    for line in terminal(split.front or "").splitlines():
        console.print(line, style="dim", markup=False, highlight=False)
    console.print(Markdown(body, hyperlinks=False))
    return out.getvalue()
