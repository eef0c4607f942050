"""What can be typed about rows that are there, in the place of another row.

3               go through row 3 again; A3 and `edit 3` do too
drop 3          take row 3 out; `drop 2-4` three of them, `drop 2, 5` two
undo            put back what was taken out last
move 3 1        put row 3 in the place of row 1
A3 owner: edge  say one part of a row
shift +1h       move all times; `shift 2-4 -10m` those of three rows
show            show all rows

Of exports it is said how they are imported, which is a command of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from postmortem.answers.row_lines import plain
from postmortem.errors import Missing, Refused

EDIT, DROP, MOVE, SAY, SHIFT = "edit", "drop", "move", "say", "shift"
SHOW, UNDO = "show", "undo"

_ROW = r"[A-Za-z]?\d{1,4}"
_ROWS = rf"{_ROW}(?:(?:\s*[-,]\s*|\s+){_ROW})*"
_SHAPES = {
    SHOW: re.compile(r"show(?:\s+all)?", re.IGNORECASE),
    UNDO: re.compile(r"undo", re.IGNORECASE),
    EDIT: re.compile(rf"(?:(?P<word>edit)\s+)?(?P<row>{_ROW})", re.IGNORECASE),
    DROP: re.compile(rf"(?:drop|delete|del|rm)\s+(?P<rows>{_ROWS})", re.IGNORECASE),
    MOVE: re.compile(
        rf"move\s+(?P<row>{_ROW})\s+(?:to\s+)?(?P<to>{_ROW})", re.IGNORECASE
    ),
    SHIFT: re.compile(
        rf"shift\s+(?:(?P<rows>{_ROWS})\s+)?(?P<said>[-+]\s*\w.*)", re.IGNORECASE
    ),
    SAY: re.compile(
        rf"(?P<row>{_ROW})\s+(?P<part>[a-z][a-z_ -]*?)\s*:\s*(?P<said>.*)",
        re.IGNORECASE,
    ),
}
_IMPORT = re.compile(
    r"import\s+(?P<files>(?:.*\s)?(?:--\w+|\S*[./]\S+))", re.IGNORECASE
)
_CLOCK = 3
"""Digits from which a number can be a time, as in 1402."""


@dataclass(frozen=True, kw_only=True)
class Order:
    """One such order: what to do, and with which rows, by their places from 0."""

    what: str
    rows: tuple[int, ...] = ()
    part: str = ""
    said: str = ""


def order(
    text: str,
    names: Sequence[str],
    parts: Sequence[str],
    *,
    timed: bool = False,
    undoes: bool = False,
) -> Order | None:
    """Return the order that a text is; None when it is a row.

    `names` are what the rows are called: keys, or numbers. Raises Missing for a row
    that is not there, Refused for files to import. A text that begins with a number is
    an order only where its form is one; `timed` rows can be shifted, and begin with
    numbers that are times; `undoes` says that there is something to put back.
    """
    said = text.strip()
    if "\n" in said:
        return None
    if timed and (wish := _IMPORT.fullmatch(said)):
        hint = f"run in a shell: postmortem timeline ID import {wish['files']}"
        raise Refused("files are imported by a command of their own", hint=hint)
    for what, shape in _SHAPES.items():
        found = shape.fullmatch(said)
        if found is None or not {SHIFT: timed, UNDO: undoes}.get(what, True):
            continue
        named = found.groupdict()
        part = _part(named.get("part") or "", parts)
        if what == SAY and not part:
            _refuse_slip(named, names, parts)
            continue
        row = named.get("row") or ""
        clock = timed and row.isdecimal() and len(row) >= _CLOCK
        clock = clock and what in (EDIT, SAY) and not named.get("word")
        if clock and _found(row, names) is None:
            continue  # a time without its words, or with a colon behind them
        return Order(
            what=what,
            rows=_rows(what, named, names),
            part=part,
            said=(named.get("said") or "").strip(),
        )
    return None


def _rows(
    what: str, named: dict[str, str | None], names: Sequence[str]
) -> tuple[int, ...]:
    if what == UNDO:
        return ()
    if what == SHOW or (what == SHIFT and not named["rows"]):
        return tuple(range(len(names)))
    if what == MOVE:
        return (_place(str(named["row"]), names), _place(str(named["to"]), names))
    chosen: dict[int, None] = {}
    said = re.sub(r"\s*-\s*", "-", named.get("rows") or str(named.get("row")))
    for each in re.split(r"[,\s]+", said):
        ends = [_place(end, names) for end in each.split("-")]
        chosen |= dict.fromkeys(range(min(ends), max(ends) + 1))
    return tuple(chosen)


def _found(named: str, names: Sequence[str]) -> int | None:
    """Return where the row of that name is; A3 can be called 3."""
    known = [name.casefold() for name in names]
    bare = [name.lstrip("abcdefghijklmnopqrstuvwxyz") for name in known]
    for called in (known, bare):
        if named.casefold() in called:
            return called.index(named.casefold())
    return None


def _place(named: str, names: Sequence[str]) -> int:
    at = _found(named, names)
    if at is None:
        there = f"there are {_span(names)}" if names else "there are none yet"
        hint = f"{there}; a row of your own can begin with `- `"
        raise Missing(f"there is no row {named}", hint=hint)
    return at


def _span(names: Sequence[str]) -> str:
    return f"{names[0]} to {names[-1]}" if len(names) > 1 else f"only {names[0]}"


def _part(named: str, parts: Sequence[str]) -> str:
    same = [each for each in parts if plain(each) == plain(named)]
    return same[0] if same else ""


def _refuse_slip(
    named: dict[str, str | None], names: Sequence[str], parts: Sequence[str]
) -> None:
    """Refuse a key that is there, with a part that no row has: nobody means a row."""
    row = str(named["row"])
    if not row.isdecimal() and _found(row, names) is not None:
        hint = f"there are {', '.join(parts)}; a row of your own can begin with `- `"
        raise Missing(f"{row} has no part {named['part']!r}", hint=hint)
