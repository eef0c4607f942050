"""The one emitter of YAML scalars: one line, and text for every reader of YAML.

YAML 1.1 and 1.2 readers guess different types for a plain scalar; what any of them
could take for something else is quoted. Quotes are chosen as prettier chooses them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_TYPED_WORDS = frozenset(("y", "n", "yes", "no", "on", "off", "true", "false", "null"))
_TYPED = re.compile(
    r"""
    [0-9][0-9_,.:]* (?: [eE][-+]?[0-9_]* )?      # 1.10, 010, 1_000, 12:30, 1e3
    | 0[xX] [0-9a-fA-F_.]* (?: [pP][-+]?[0-9]+ )?
    | 0[oO] [0-9_]*
    | 0[bB] [0-9_]*
    | [0-9]+-[0-9]+-[0-9]+                       # a date, or one with seconds
      (?: (?: [tT] | \s+ ) [0-9]+:[0-9]+:[0-9.]+ .* )?
    """,
    re.VERBOSE,
)
_STARTS = re.compile(r"[\w/($]")
_FLOW_UNSAFE = re.compile(r"[,\[\]{}:?]")
_ESCAPED = re.compile(
    r'["\\\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069'
    r"\ufeff\ufffe\uffff]"
)
_NAMED = {"\0": "\\0", "\t": "\\t", "\n": "\\n", "\r": "\\r", '"': '\\"', "\\": "\\\\"}


def scalar(value: str) -> str:
    r"""Return text as a YAML scalar on one line.

    Plain when every YAML 1.1 and 1.2 reader gives the same string back; else quoted.
    Surrogates are the exception, since no UTF-8 file can hold them: pairs are joined,
    lone ones become U+FFFD.

    >>> scalar("db down"), scalar("12:30"), scalar('"no", he said')
    ('db down', '"12:30"', '\'"no", he said\'')
    """
    text = encodable(value)
    return text if _is_plain(text) else quoted(text)


def flow(values: Iterable[str]) -> str:
    """Return a list of texts on one line: `[a, "b, c"]`."""
    return f"[{', '.join(flow_item(value) for value in values)}]"


def flow_item(value: str) -> str:
    """Return text as a YAML scalar for use between brackets."""
    text = encodable(value)
    plain = _is_plain(text) and not _FLOW_UNSAFE.search(text)
    return text if plain else quoted(text)


def quoted(value: str, *, prefer: str = "double") -> str:
    """Return text in quotes: the preferred ones, unless the others save escapes."""
    text = encodable(value)
    if not _ESCAPED.search(text.replace('"', "").replace("\\", "")):
        single = prefer == "single" or (re.search(r'["\\]', text) and "'" not in text)
        if single:
            return "'" + text.replace("'", "''") + "'"
    return '"' + _ESCAPED.sub(_escape, text) + '"'


def _is_plain(text: str) -> bool:
    return (
        bool(_STARTS.match(text))
        and text.isprintable()
        and not text.endswith((" ", ":"))
        and ": " not in text
        and " #" not in text
        and text.casefold() not in _TYPED_WORDS
        and not _TYPED.fullmatch(text)
    )


def _escape(found: re.Match[str]) -> str:
    character = found[0]
    if character in _NAMED:
        return _NAMED[character]
    code = ord(character)
    return f"\\x{code:02X}" if character <= "\xff" else f"\\u{code:04X}"


def encodable(text: str) -> str:
    """Return text that UTF-8 can hold: pairs of surrogates joined, lone ones U+FFFD."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text
