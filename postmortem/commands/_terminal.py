"""A report laid out for a terminal: what is in it is shown, and commands nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from io import StringIO
from typing import TYPE_CHECKING

from postmortem import yamls
from postmortem.commands._engine import engine
from postmortem.escape import terminal

if TYPE_CHECKING:
    from markdown_it.token import Token

    from postmortem.env import Env

_STYLE = re.compile(r"(\x1b\[[0-9;]*m)")
"""The only control sequences that are printed: they set colour and weight."""
_WIDEST = 100
"""Columns beyond which lines of prose are hard to read."""
_BARE_TABLE = re.compile(r"^\|.*\|\n\|[ :|-]+\|\n(?!\|)", re.MULTILINE)
"""The head of a table that has no rows."""
_COMMENT = re.compile(r"<!--.*?-->\n?", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


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

    Whatever the report holds of them is made visible before it is laid out. Where
    letters of it would be missing, as of lists in lists that are wider than the
    terminal, it stays as it stands.
    """
    from rich.console import Console
    from rich.markdown import Markdown

    colour = env.colour and not plain
    split = yamls.split(text)
    body = terminal(text[split.body_start :].replace("\r\n", "\n"))
    body = _BARE_TABLE.sub("", _without_comments(body))
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
    page = Markdown("", hyperlinks=False)
    page.parsed = engine().parse(body)
    above = out.tell()
    console.print(page)
    made = out.getvalue()
    shown = _STYLE.sub("", made[above:])
    return made if _letters(_said(page.parsed)) <= _letters([shown]) else terminal(text)


def _without_comments(body: str) -> str:
    """Return text without comments; behind the last end none is looked for."""
    end = body.rfind("-->") + 4
    return _COMMENT.sub("", body[:end]) + body[end:]


def _said(tokens: Sequence[Token]) -> Iterator[str]:
    """Yield every text that a reader of the page would see."""
    for token in tokens:
        if token.children:
            yield from _said(token.children)
        elif token.type == "html_block":
            yield _TAG.sub("", token.content)
        elif token.type == "link_open":
            yield str(token.attrs.get("href", ""))
        elif token.type in ("text", "code_inline", "fence", "code_block"):
            yield token.content


def _letters(texts: Iterator[str] | Sequence[str]) -> Counter[str]:
    """Count letters and digits; where lines are broken changes nothing."""
    return Counter(each for text in texts for each in text if each.isalnum())
