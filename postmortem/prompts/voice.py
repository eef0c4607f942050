"""What is said to somebody at a terminal, in lines as wide as it is."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator

from postmortem.env import Env
from postmortem.errors import Interrupted
from postmortem.escape import terminal

_DIM, _BOLD, _PLAIN = "\x1b[2m", "\x1b[1m", "\x1b[0m"
_NARROWEST = 8
_BETWEEN = " · "
_KEPT = "\u00a0"
"""A blank at which no line is broken."""
_WORD = re.compile(r"( *)((?:`(?:git|postmortem) [^`]*`|[^ ])+)")
"""A command between backticks is one of them."""
_COMMANDS = ("  git ", "  postmortem ")
"""With what a line begins, set in, that is one to copy."""


class Voice:
    """Writes to stderr, where the conversation is; what is shown commands nothing."""

    def __init__(self, env: Env, *, colour: bool) -> None:
        self._env = env
        self._colour = colour

    @property
    def columns(self) -> int:
        """The width of the terminal now; COLUMNS decides where it is set."""
        if self._env.stderr is None or self._env.variables.get("COLUMNS"):
            return self._env.width
        try:
            return os.get_terminal_size(self._env.stderr.fileno()).columns or 80
        except (OSError, ValueError):
            return self._env.width

    def say(
        self, text: str = "", *, quiet: bool = False, bold: bool = False, hang: int = 0
    ) -> None:
        """Show lines, broken at words, the rest of each set in by `hang` columns."""
        shown = "\n".join(wrapped(terminal(text), self.columns, hang=hang))
        if self._colour and (quiet or bold) and shown:
            shown = f"{_DIM if quiet else _BOLD}{shown}{_PLAIN}"
        self.write(f"{shown}\n")

    def write(self, text: str) -> None:
        """Write text as it is; raises Interrupted where the terminal is gone."""
        stream = self._env.stderr
        if stream is None:
            return
        encoding = stream.encoding or "utf-8"
        try:
            stream.write(text.encode(encoding, "replace").decode(encoding))
            stream.flush()
        except (OSError, ValueError) as error:
            raise Interrupted("the terminal is gone") from error


def cells(text: str) -> int:
    """Return how many columns of a terminal text takes."""
    if text.isascii():
        return len(text)
    return sum(map(_cells, text))


def cut(text: str, width: int) -> str:
    """Return text no wider than so many columns, with an ellipsis for what is gone."""
    if cells(text) <= width:
        return text
    while text and cells(text) >= width:
        text = text[:-1]
    return f"{text}…" if width > 0 else ""


def wrapped(text: str, width: int, *, hang: int = 0) -> Iterator[str]:
    """Yield lines no wider than so many columns; what one is indented by, its rest is.

    The rest hangs, by so many columns more, where that leaves room for words. Words
    that are wider stand alone on a line, and the terminal breaks them, as it does a
    command, so that all of one is copied.
    """
    width = max(width, _NARROWEST)
    for line in text.replace("\t", " ").split("\n"):
        if cells(line) <= width or line.startswith(_COMMANDS):
            yield line.rstrip()
            continue
        indent = line[: len(line) - len(line.lstrip(" "))][: width // 2]
        below = f"{indent}{' ' * hang}" if len(indent) + hang <= width // 2 else indent
        yield from _broken(line, indent, below, width)


def phrases(text: str, width: int) -> Iterator[str]:
    """Yield lines that are broken between the phrases of a text, not within one.

    Between phrases stands ` · `; one that is wider than a line is broken at words.
    """
    indent = len(text) - len(text.lstrip(" "))
    room = width - indent - len(_BETWEEN.rstrip())
    parts = text[indent:].split(_BETWEEN)
    whole = [
        each.replace(" ", _KEPT) if cells(each) <= room else each for each in parts
    ]
    glued = f"{_KEPT}{_BETWEEN.lstrip()}".join(whole)
    for line in wrapped(f"{text[:indent]}{glued}", width):
        yield line.replace(_KEPT, " ")


def _broken(line: str, indent: str, below: str, width: int) -> Iterator[str]:
    """Yield a long line in rows; blanks between its first words stay as they are."""
    so_far, begun = indent, False
    for gap, word in _words(line[len(indent) :], width - cells(below)):
        if begun and cells(so_far) + len(gap) + cells(word) > width:
            yield so_far
            so_far, begun = below, False
        so_far += (gap if begun else "") + word
        begun = True
    yield so_far if so_far.strip() else ""


def _words(line: str, room: int) -> Iterator[tuple[str, str]]:
    """Yield words and the blanks before them; a command that has room is one word."""
    for gap, word in _WORD.findall(line):
        first, *others = (word,) if cells(word) <= room else word.split(" ")
        yield gap, first
        yield from ((" ", other) for other in others)


def _cells(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) in ("Me", "Mn", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
