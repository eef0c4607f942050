"""One escaper for each place that text can go to: terminal, one line, CSV, HTML.

What was imported or typed may hold terminal commands, text that is drawn backwards
(CVE-2021-42574) or spreadsheet formulas; it is shown, and none of it works.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 but tab and newline, DEL, C1
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # direction marks, Unicode's bidi
    "\u200b\u2028\u2029\u2060\ufeff\ufff9-\ufffb"  # no width, or a line break to some
    "\ud800-\udfff]"
)
_BREAKS = re.compile(r"[ \t]*(?:[\n\r\v\f\x1c-\x1e\x85\u2028\u2029][ \t]*)+")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_CARET = {*range(0x20), 0x7F}
# OWASP's list, and the full-width forms that some spreadsheets fold. A spreadsheet
# whose separator is a semicolon does not see that a later cell is quoted, so a formula
# can also begin behind a separator or a line break inside a cell.
_FORMULA = r"""(?=['" \xa0]*[-=+@\t\r\0\uff0b\uff0d\uff1d\uff20])"""
_CSV_RISK = re.compile(rf"(\A|[;\t\r\n]){_FORMULA}")
_CSV_MARK = re.compile(rf"(\A|[;\t\r\n])'{_FORMULA}")


def terminal(text: str) -> str:
    r"""Return text that cannot command a terminal, with what it hides made visible.

    Newlines and tabs stay. Other control characters are shown as `^[`, direction
    marks, C1 controls, invisible characters and lone surrogates as `U+202E`.

    >>> terminal("a\x1b[2Jb\u202ec")
    'a^[[2JbU+202Ec'
    """
    return text if text.isprintable() else _UNSEEN.sub(_seen, text)


def unseen(text: str) -> Iterator[int]:
    """Yield where a text has a character that `terminal` shows by its number."""
    if text.replace("\n", "").isprintable():  # none of them is, and this is quick
        return iter(())
    return (found.start() for found in _UNSEEN.finditer(text))


def uncommented(text: str) -> str:
    """Return Markdown without its HTML comments; one that does not end stays.

    Nothing is looked for behind the last end: thousands that begin take no time.

    >>> uncommented("a<!-- b --> c <!-- d")
    'a c <!-- d'
    """
    end = text.rfind("-->") + len("-->")
    if end < len("<!---->"):
        return text
    return _COMMENT.sub("", text[:end]) + text[end:]


def single_line(text: str) -> str:
    r"""Return text on one line, safe for a terminal.

    Line breaks of any kind, with the blanks around them, become one space; blanks at
    both ends go; tabs become spaces.

    >>> single_line("a \r\n\u2028 b\tc\n")
    'a b c'
    """
    if text.isprintable():  # no break, no tab, and nothing that hides: the quick way
        return text.strip()
    return terminal(_BREAKS.sub(" ", text).replace("\t", " ").strip())


def csv_cell(text: str) -> str:
    r"""Return text that no spreadsheet takes for a formula; `csv_text` undoes it.

    Quoting by RFC 4180 is the csv module's.

    >>> csv_cell("=1+1"), csv_cell("a;=1+1"), csv_cell("it's")
    ("'=1+1", "a;'=1+1", "it's")
    """
    return _CSV_RISK.sub(r"\1'", text)


def csv_text(cell: str) -> str:
    """Return the text of which `csv_cell` made a cell."""
    return _CSV_MARK.sub(r"\1", cell)


def html(text: str) -> str:
    """Return text for an element or a quoted attribute of HTML."""
    from html import escape

    return escape(text, quote=True)


def _seen(found: re.Match[str]) -> str:
    code = ord(found[0])
    return f"^{chr(code ^ 0x40)}" if code in _CARET else f"U+{code:04X}"
