"""Where front matter ends and the body begins."""

from __future__ import annotations

import re
from typing import NamedTuple

from postmortem.errors import Problem
from postmortem.yamls.wrecks import wreck

_OPEN = re.compile(r"\ufeff?(?P<fence>---|\+\+\+)[ \t]*(?P<newline>\r\n|\n|\r)")
_CLOSE = {
    "---": re.compile(r"(?<=[\r\n])(?:---|\.\.\.)[ \t]*(?:\r\n|\n|\r|\Z)"),
    "+++": re.compile(r"(?<=[\r\n])\+\+\+[ \t]*(?:\r\n|\n|\r|\Z)"),
}


class Split(NamedTuple):
    """A text cut in two; offsets are in characters of that text."""

    front: str | None
    """What stands between the fences, its last newline included; None without any."""
    front_start: int = 0
    front_line: int = 1
    """1-based line of its first line: pass it to `load`."""
    front_end: int = 0
    """Offset of the closing fence."""
    body_start: int = 0
    body_line: int = 1
    """1-based line of the body's first line."""
    problem: Problem | None = None
    """Front matter that is not ended, or is not YAML; None when all is well."""
    wrecked: bool = False
    """Whether the problem is that it stands between no fences."""


def split(text: str, path: str | None = None) -> Split:
    """Cut a text behind its front matter; never raises.

    The first line opens it, with or without a byte order mark; `---` or `...` closes
    it; trailing blanks on fences and any newline style are fine. With no closing
    fence all is body (`---` may be a rule), and the problem says so.
    """
    opening = _OPEN.match(text)
    if not opening:
        begins = 1 if text.startswith("\ufeff") else 0
        found = wreck(text, path)
        return Split(
            front=None, body_start=begins, problem=found, wrecked=found is not None
        )
    fence, start = opening["fence"], opening.end()
    closing = _CLOSE[fence].search(text, start)
    if not closing:
        message = f"front matter opens with {fence} here and is not closed"
        hint = f"Put a line {fence} below its last key."
        mark = opening.start("fence")
        problem = Problem(message=message, path=path, line=1, column=1, hint=hint)
        return Split(front=None, body_start=mark, problem=problem)
    body_line = 1 + _lines(text[: closing.end()])
    if fence == "+++":
        message = "this front matter is TOML, and YAML is what is read here"
        hint = "Write it between two lines of --- as `key: value`."
        problem = Problem(message=message, path=path, line=1, column=1, hint=hint)
        return Split(
            front=None,
            body_start=closing.end(),
            body_line=body_line,
            problem=problem,
        )
    return Split(
        front=text[start : closing.start()],
        front_start=start,
        front_line=2,
        front_end=closing.start(),
        body_start=closing.end(),
        body_line=body_line,
    )


def _lines(text: str) -> int:
    return text.count("\n") + text.count("\r") - text.count("\r\n")
