"""Which characters of a text are its author's own words: not code, quotes or links."""

from __future__ import annotations

import re

from postmortem.checks.windows import alike, spots

FILLER = "\x00"
"""Stands for each character that is masked; no word and no blank."""

_NOT_AUTHORED = re.compile(
    r"""
      ^[ ]{0,3}(?P<fence>`{3,}+|~{3,}+)[^\n]*+\n     # fenced code, to its end
        (?: (?:.*?\n)??[ ]{0,3}(?P=fence)[`~]*[ \t]*$ | .*\Z )
    | <!--(?:(?!<!--).){0,20000}?-->
    | ^[ \t]*>[^\n]*                              # a line of a block quote
    | (?<!`)`(?!`)(?:[^`\n]|\n(?![ \t]*\n)){1,1000}`(?!`)          # code
    | (?<!`)``(?!`)(?:[^`\n]|`(?!`)|\n(?![ \t]*\n)){1,1000}``(?!`)  # code with a tick
    | \]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+"[^"\n]*")?\)   # a link's target
    | \bhttps?://[^\s<>|]+
    | </?[a-zA-Z][^<>\n]*>
    | (?<!\w)"(?:[^"\n|]|\n(?![ \t]*\n)){1,400}?"(?!\w)
    | \u201c(?:[^\u201c\u201d\n|]|\n(?![ \t]*\n)){1,400}?\u201d
    | \u201e(?:[^\u201c\u201d\n|]|\n(?![ \t]*\n)){1,400}?[\u201c\u201d]
    | \u00ab(?:[^\u00ab\u00bb\n|]|\n(?![ \t]*\n)){1,400}?\u00bb
    """,
    re.VERBOSE | re.MULTILINE | re.DOTALL,
)
_SIGNS = bytes(0 if chr(at) in '`~<>"\u00ab]' else at for at in range(256))
_OTHERS = ("http", "\u201c", "\u201e")
"""What every match of it begins with, or has behind the blanks of its line: a nought
for each such character, and what is none of Latin-1 or longer.
"""
_AT_LINES = (">", "`", "~")


def masked(text: str) -> str:
    r"""Return the text with every character that is quoted, code or a link masked.

    It has the same length and the same line breaks, so places are the same in both.

    >>> masked('it said "down", `so`').replace(FILLER, "_")
    'it said ______, ____'
    """
    kept, end = [], 0
    for sign in sorted((*alike(text, _SIGNS, b"\0"), *spots(text, _OTHERS))):
        at = sign
        if at < end:
            continue
        if text[at] in _AT_LINES:
            line = text.rfind("\n", 0, at) + 1
            at = line if line >= end and text[line:at].isspace() else at
        found = _NOT_AUTHORED.match(text, at)
        if found:
            lines = found[0].split("\n")
            kept += [text[end:at], "\n".join(FILLER * len(line) for line in lines)]
            end = found.end()
    return "".join((*kept, text[end:]))
