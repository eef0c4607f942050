"""What is guessed while a document becomes a template, and which names are taken."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from postmortem.errors import Problem
from postmortem.markdown.adopting.names import slug, stem
from postmortem.markdown.context import HELPERS
from postmortem.markdown.fields import STANDARD

_OURS = (
    *HELPERS,
    *("event", "action", "factor", "revision", "question", "each", "row", "duration"),
    *("field", "loop", "range", "namespace", "caller", "super", "self", "cycler"),
    *("and", "or", "not", "in", "is", "if", "else", "true", "false", "none"),
    *("dict", "lipsum", "joiner", "varargs", "kwargs", "import", "include", "block"),
)
"""Names that mean something else in a template, or in those that are made here."""
_SHOWN = 60


@dataclass(frozen=True, kw_only=True)
class Guess:
    """What became of a piece of the document, and why."""

    line: int
    """1-based, in the document."""
    said: str
    became: str
    why: str

    @property
    def text(self) -> str:
        """Return it as a line for people, without the place."""
        words = " ".join(self.said.split())
        short = words if len(words) <= _SHOWN else f"{words[: _SHOWN - 1]}…"
        return f"{short} -> {self.became} ({self.why})"


@dataclass(frozen=True, kw_only=True)
class Adopted:
    """A document as a template."""

    text: str
    guesses: tuple[Guess, ...] = ()
    known: tuple[str, ...] = ()
    """The standard fields that have a place in it, or are shown."""
    declared: tuple[str, ...] = ()
    """The fields that it declares."""
    problems: tuple[Problem, ...] = ()
    """What of the document could not be read."""


@dataclass(kw_only=True)
class Notes:
    """What was decided so far."""

    guesses: list[Guess] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    known: dict[str, None] = field(default_factory=dict)
    declared: dict[str, None] = field(default_factory=dict)
    fronted: dict[str, None] = field(default_factory=dict)
    """Facts that the document's front matter has; a label may show them too."""
    prompts: dict[str, str] = field(default_factory=dict)
    """Questions of standard fields, as the document asks them."""
    hidden: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    """Fields that are declared in the front matter, as no line shows them."""

    def guess(self, line: int, said: str, became: str, why: str) -> None:
        """Note what became of a piece of the document."""
        guess = Guess(line=line, said=said.strip(), became=became, why=why)
        self.guesses.append(guess)

    def left_out(self, line: int, said: str, why: str) -> None:
        """Note a piece of the document that is not in the template."""
        self.guess(line, said, "left out", why)

    def is_free(self, name: str | None) -> bool:
        """Tell whether a standard field has no place yet."""
        return name is not None and name not in self.known

    def named(self, said: str, number: int) -> str:
        """Return a free name for a field of the template's own, and take it.

        It is made from a heading or label; from its number where that has no letters
        that a name can have.
        """
        stump = slug(stem(said)) or f"section_{number}"
        name, count = stump, 1
        while name in STANDARD or name in self.declared or name in _OURS:
            count += 1
            name = f"{stump}_{count}"
        self.declared[name] = None
        return name


def quoted(text: str) -> str:
    """Return a text as a string of Jinja."""
    said = text.replace("\\", "\\\\").replace('"', '\\"')
    said = re.sub(r"\{(?=[{%#])", r"\\x7b", said)
    said = re.sub(r"(?<=[}%#])\}", r"\\x7d", said)
    return f'"{said}"'
