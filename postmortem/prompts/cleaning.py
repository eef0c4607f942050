"""An answer without what a keyboard does not mean: commands, controls, broken bytes."""

from __future__ import annotations

import re

_BREAKS = re.compile("\r\n|[\r\v\f\x85]")
_COMMANDS = re.compile(
    r"""
    (?:\x1b\[|\x9b) [0-?]* [ -/]* [@-~]               # CSI: colours, keys, paste marks
    | (?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])            # OSC, DCS and their like,
      [^\x07\x1b\x9c\n]* (?:\x07|\x1b\\|\x9c)         #   up to their end
    | \x1b                                            # what is left of anything else
    """,
    re.VERBOSE,
)
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_BYTES = re.compile("[\udc80-\udcff]+")
_SURROGATES = re.compile("[\ud800-\udfff]")


def cleaned(text: str, *, lines: bool) -> str:
    r"""Return text as it is kept: no control characters, lines broken by `\n`.

    Without `lines`, breaks become blanks, and so do tabs. Bytes that the terminal's
    encoding could not read are read as UTF-8; what then is none becomes U+FFFD.
    Direction marks stay: they are somebody's language.

    >>> cleaned("a\x1b[31mb\r\nc\td\x9c", lines=True)
    'ab\nc d'
    """
    text = _COMMANDS.sub("", _BREAKS.sub("\n", text)).replace("\t", " ")
    text = _SURROGATES.sub("\ufffd", _BYTES.sub(_read_again, text))
    text = _CONTROLS.sub("", text)
    return text if lines else text.replace("\n", " ")


def answered(text: str, *, lines: bool) -> str:
    """Return what was typed as an answer: clean, with no blanks around it."""
    return cleaned(text, lines=lines).strip("\n").rstrip().removeprefix("\ufeff")


def _read_again(found: re.Match[str]) -> str:
    return found[0].encode(errors="surrogateescape").decode(errors="replace")
