"""Credentials that Markdown parts: from their names in a table, or by words in bold.

Few reports have any of it, so it is loaded when a text looks like that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from postmortem.checks.privacy.likely import is_chosen
from postmortem.checks.windows import Window, lines

_HEAD = re.compile(
    r"(?i)(?:[^\W_]{1,20}[ _-])?(?:passw(?:or[dt]s?|d)|passphrase|kennwort|pwd|pw)"
)
_RULE = re.compile(r"[ \t>]*\|?[ \t]*:?-[-:| \t]*")
"""The line below the head of a table."""
_CELL = re.compile(r"(?:[^\\|]|\\.)*+")
_MARKS = " \t*`"
_VALUE = re.compile(r"[^\s\"'`,;<>|()\[\]]{6,200}")
_LETTERS = re.compile(r"[A-Za-z]{2}")
_INSIDE = re.compile(r"(?<=[\w-])\*{1,2}(?=[\w-])")
"""What makes a part of a word bold."""


def in_columns(text: str) -> Iterator[Window]:
    """Yield where passwords stand in tables, below a head that says what they are."""
    columns: list[int] = []
    head: Sequence[Window] = ()
    start = 0
    for line in text.splitlines(keepends=True):
        begin, start = start, start + len(line)
        if "|" not in line:
            columns, head = [], ()
            continue
        cells = list(_cells(text, begin, begin + len(line.rstrip())))
        if head and _RULE.fullmatch(line.rstrip()):
            named = (_HEAD.fullmatch(text, *each) for each in head)
            columns = [at for at, found in enumerate(named) if found]
            head = ()
            continue
        head = () if columns else cells
        for at in columns:
            if at < len(cells) and _is_password(text[slice(*cells[at])]):
                yield cells[at]


def joined(text: str) -> Iterator[tuple[str, Sequence[int]]]:
    """Yield lines as a reader sees them, where words are in bold in part.

    With each comes where its characters stand in the text.
    """
    found = list(_INSIDE.finditer(text))
    cut = {at for each in found for at in range(*each.span())}
    for start, end in lines(text, [each.start() for each in found]):
        places = [at for at in range(start, end) if at not in cut]
        yield "".join(text[at] for at in places), places


def _cells(text: str, start: int, end: int) -> Iterator[Window]:
    """Yield where the words of a row's cells begin and end, without what marks them."""
    while start < end and text[start] in " \t>":
        start += 1
    start += text.startswith("|", start, end)
    while start < end:
        found = _CELL.match(text, start, end)
        last = found.end() if found else end
        words = text[start:last]
        begin = start + len(words) - len(words.lstrip(_MARKS))
        yield begin, max(begin, start + len(words.rstrip(_MARKS)))
        start = last + 1


def _is_password(text: str) -> bool:
    """Tell whether a cell of such a column is one, and not what became of it."""
    return bool(
        _VALUE.fullmatch(text) and _LETTERS.search(text) and is_chosen(text, "password")
    )
