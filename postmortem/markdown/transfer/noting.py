"""Notes put on the rows of a text: below the items of a list, in columns of a table."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from postmortem.markdown import remarking
from postmortem.markdown.matching import matched
from postmortem.markdown.reading import Reading
from postmortem.markdown.rows import Container, Found
from postmortem.markdown.transfer.row_notes import (
    BREAK,
    UNNAMED,
    Note,
    Notes,
    is_hidden,
)

_MARK = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])\s+")


def written(gathered: Notes, into: Reading) -> list[str]:
    """Return the lines of a text with notes on the rows that it has."""
    lines = list(into.spans.lines)
    below: dict[int, list[str]] = {}
    for name, notes in gathered.of.items():
        tables: dict[int, tuple[Container, dict[int, list[Note]]]] = {}
        for was, row in _rows(gathered, name, into).items():
            if row.container.shape == "table":
                held = tables.setdefault(id(row.container), (row.container, {}))
                line = into.spans.body + row.start
                held[1][row.start] = _not_hidden(lines, line, notes[was])
            else:
                _remarks(lines, into.spans.body, row, notes[was])
                end, made = _items(lines, into.spans.body, row, notes[was])
                below[end] = made
        for container, rows in tables.values():
            _columns(lines, into.spans.body, container, rows)
    for end in sorted(below, reverse=True):
        lines[end:end] = below[end]
    return lines


def _rows(gathered: Notes, name: str, into: Reading) -> dict[int, Found]:
    """Return the rows of a text that get notes, by the row that has them."""
    old = gathered.reading.report.value(name) or ()
    new = into.report.value(name) or ()
    found = into.spans.rows.get(name, [])
    rows = {
        was: found[at]
        for at, was in _same_rows(old, new).items()
        if was in gathered.of[name] and at < len(found)
    }
    if gathered.of[name].keys() - rows.keys():
        gathered.homeless.add(name)
    return rows


def _same_rows(old: Sequence[Any], new: Sequence[Any]) -> dict[int, int]:
    """Match the rows of two layouts, new to old: one may have sorted them by a part."""
    pairs: dict[int, int] = {}
    for at, row in enumerate(new):
        key = getattr(row, "key", None)
        for was, other in enumerate(old):
            same = other.key == key if key else other == row
            if same and was not in pairs.values():
                pairs[at] = was
                break
    left = [at for at in range(len(new)) if at not in pairs]
    free = [was for was in range(len(old)) if was not in pairs.values()]
    more = matched([old[was] for was in free], [new[at] for at in left])
    return pairs | {left[at]: free[was] for at, was in more.items()}


def _columns(
    lines: list[str], body: int, table: Container, rows: Mapping[int, list[Note]]
) -> None:
    """Add the columns that the notes need to a table."""
    labels = dict.fromkeys(label for said in rows.values() for label, _ in said)
    first = body + table.start
    for at in range(first, body + table.end):
        line = lines[at].rstrip()
        if not line:
            break
        said = rows.get(at - body, ())
        for label in labels:
            cell = "<br>".join(text for other, text in said if other == label)
            if at == first:
                cell = label
            elif at == first + 1:
                cell = "---"
            line += f" {_cell(cell)} |" if cell else " |"
        lines[at] = line


def _cell(said: str) -> str:
    """Escape bars; the rest is Markdown of the person who wrote it."""
    return re.sub(r"(?<!\\)\|", r"\\|", said)


def _items(
    lines: Sequence[str], body: int, row: Found, notes: Sequence[Note]
) -> tuple[int, list[str]]:
    """Return notes as they stand below an item of a list, and before which line."""
    end = body + row.end
    while end > 0 and not lines[end - 1].strip():
        end -= 1
    mark = _MARK.match(lines[body + row.start])
    room = " " * (len(mark[0]) if mark else 2)
    return end, [f"{room}{line}" for note in notes for line in _item(*note)]


def _not_hidden(lines: list[str], at: int, notes: Sequence[Note]) -> list[Note]:
    """Return the notes of a table's row, without comments that are within its words."""
    left = []
    for label, said in notes:
        new = None
        if is_hidden(said):
            new = remarking.hidden(lines[at], said, cell=True)
        if new is None:
            left.append((label, said))
        else:
            lines[at] = new
    return left


def _remarks(lines: list[str], body: int, row: Found, notes: Sequence[Note]) -> None:
    """Put the comments among notes at the end of an item's own lines."""
    start = body + row.start
    end = start + row.own
    said = [each for note in notes for each in _parts(*note) if is_hidden(each)]
    lines[start:end] = remarking.put_back(lines[start:end], said)


def _item(label: str, said: str) -> list[str]:
    if label == UNNAMED:
        return [f"- {each}" for each in _parts(label, said) if not is_hidden(each)]
    return [f"- {label}: {said}"]


def _parts(label: str, said: str) -> list[str]:
    """Return what the notes that one cell holds say; others say one thing."""
    return BREAK.split(said) if label == UNNAMED else []
