"""Entries of the archive as a list shows them: chosen, in columns, or plain."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from postmortem.archive import compared
from postmortem.escape import single_line

if TYPE_CHECKING:
    from postmortem.archive import Entry

LISTS = ("services", "tags", "reviewers", "related", "aliases")
NO_VALUE = "-"

_GAP = "  "
_TITLE_WIDTH = 20
"""Columns that a title has at least beside the id."""


def fits(entry: Entry, wanted: Mapping[str, Sequence[str]]) -> bool:
    """Tell whether each fact is one of those wanted; none wanted means any."""
    for name, options in wanted.items():
        folded = {each.casefold() for each in options}
        own = entry.several(name) if name in LISTS else (entry.fact(name) or "",)
        if folded and not folded & {each.casefold() for each in own}:
            return False
    return True


def ids(entries: Sequence[Entry]) -> str:
    """Return the ids, one a line."""
    return "".join(f"{single_line(each.id)}\n" for each in entries)


def plain(entry: Entry, shown: Callable[[Entry], str]) -> dict[str, Any]:
    """Return an entry as JSON has it: what is not known is null, lists are lists."""
    facts = {
        name: entry.several(name) if name in LISTS else value
        for name, value in entry.front.items()
        if name not in ("id", "title")
    }
    return {
        "id": entry.id,
        "title": entry.title,
        "path": shown(entry),
        "branch": entry.branch,
        "problem": entry.problem,
        "facts": facts,
    }


def columns(entries: Sequence[Entry], width: int | None) -> str:
    """Return a line for each entry; titles are cut where a width is given.

    Cells are aligned by what a terminal shows of them: letters of some scripts are two
    columns wide, and marks none. Where a title has no room beside the id, all but the
    id is on a line of its own: an id is whole, so that it can be copied. Files that
    share one are told by their names.
    """
    many = Counter(compared(each.id) for each in entries if not each.branch)
    rows = [_cells(each, shared=many[compared(each.id)] > 1) for each in entries]
    wide = [max((width_of(row[at]) for row in rows), default=0) for at in range(3)]
    if width is None or sum(wide) + len(_GAP) * 3 + _TITLE_WIDTH <= width:
        lines = [_line(row, wide, width) for row in rows]
    else:
        lines = []
        for id_, *others in rows:
            below = _line(others, wide[1:], width - len(_GAP))
            lines += (id_, f"{_GAP}{below}")
    return "".join(f"{line}\n" for line in lines)


def cut(text: str, room: int | None) -> str:
    """Return as much of a text as fits, whole characters with their marks.

    >>> cut("one two", 5), cut("one", 5), cut("日本語", 5)
    ('one …', 'one', '日本…')
    """
    if room is None or width_of(text) <= room:
        return text
    from wcwidth import iter_graphemes

    kept, used = "", 0
    for each in iter_graphemes(text):
        used += width_of(each)
        if used > room - 1:
            break
        kept += each
    return f"{kept}…"


def width_of(text: str) -> int:
    """Return how many columns of a terminal show a text."""
    if text.isascii():
        return len(text)
    from wcwidth import wcswidth

    return max(wcswidth(text), 0)


def _line(row: Sequence[str], wide: Sequence[int], width: int | None) -> str:
    """Return facts in their columns and the title in what is left of a line."""
    *facts, title = row
    padded = [
        f"{cell}{' ' * (size - width_of(cell))}"
        for cell, size in zip(facts, wide, strict=True)
    ]
    taken = sum(wide) + len(_GAP) * len(facts)
    room = None if width is None else max(width - taken, 1)
    return _GAP.join((*padded, cut(title, room))).rstrip()


def _cells(entry: Entry, *, shared: bool) -> tuple[str, str, str, str]:
    title = entry.title or "(no title)"
    if shared and not entry.branch:
        title = f"{title} (in {entry.path.name}; another file has this id too)"
    if entry.problem:
        title = f"{title} (front matter: {entry.problem})"
    if entry.branch:
        title = f"{title} (on {entry.branch})"
    severity = entry.fact("severity") or NO_VALUE
    status = entry.fact("status") or NO_VALUE
    return (
        single_line(entry.id),
        single_line(severity),
        single_line(status),
        single_line(title),
    )
