"""Lines that somebody typed or pasted, as rows with their parts.

A line is a row. A line under it that begins with a part's name says that part:

    Put the three health checkers into three buildings
      owner: edge traffic lead
      due: +2w, type: prevent

So can the line itself, of an action or a factor; the kind of a factor comes first:

    trigger: a breaker opened; evidence: alarm log; from F2
    test both breakers; owner: edge lead; due: +2w; P0; prevents F2

A row of a table can be written with | between its cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from postmortem.answers import row_said
from postmortem.answers.row_said import Part, plain
from postmortem.markdown import Field
from postmortem.markdown.fields import ACTIONS, FACTORS, TABLE
from postmortem.model import DONE, FACTOR_KINDS

_BULLET = re.compile(
    r"^(?P<gap>\s*)(?P<mark>(?:[-*+\u2022]|\d{1,3}[.)])(?:\s+|$))?"
    r"(?P<box>\[[ xX]\]\s+)?(?P<rest>.*)$"
)
_PART = re.compile(r"(?P<name>[^\W\d][\w -]{0,30}?)\s*:\s*(?P<said>.*)")
_NEXT = re.compile(r"[,;]\s+(?=[^\W\d][\w -]{0,30}?\s*:\s)")
_CELL = re.compile(r"(?<!\\)\|")
_KIND = re.compile(rf"(?P<kind>{'|'.join(FACTOR_KINDS)})\s*:\s+(?=\S)", re.IGNORECASE)
__all__ = ["BEYOND", "Part", "Row", "first_part", "parts_of", "plain", "rows_of"]

BEYOND = "beyond the last cell"
"""The part of a row that has more cells than its table has columns."""


Row = tuple[Part, ...]
"""The first is the part that a line says when it names none."""


def first_part(known: Field) -> str:
    """Return the part of a row that a line says when it names none."""
    return "text" if "text" in known.parts else known.parts[0]


def rows_of(text: str, known: Field) -> tuple[Row, ...]:
    """Return the rows of a text, each as the parts that it says."""
    rows: list[list[Part]] = []
    indent = 0
    for number, line in enumerate(text.splitlines(), 1):
        found = _BULLET.match(line)
        if found is None or not found["rest"].strip():
            continue
        below = len(found["gap"]) > indent or not found["mark"]
        named = _below(found["rest"], known, number) if rows and below else ()
        there = {part.name for part in rows[-1]} if rows else set()
        if named and there.isdisjoint(part.name for part in named):
            rows[-1] += named
            continue
        indent = len(found["gap"])
        rows.append(list(_begun(found, known, number)))
    return tuple(map(tuple, rows))


def parts_of(line: str, known: Field) -> Row:
    """Return the parts that a line alone says of the row above it; none for a row."""
    parts = () if "\n" in line.strip() else tuple(_named(line, known, 1))
    return () if any(part.name == first_part(known) for part in parts) else parts


def _below(line: str, known: Field, number: int) -> list[Part]:
    """Return what a line says of the row above it, in a text of several lines.

    There it is a line for a part: `;` is part of it, where no other one is behind that.
    """
    parts = _named(line, known, number)
    found = _PART.fullmatch(line.strip())
    alone = [part.name for part in parts[1:]] == [row_said.UNCLEAR]
    return [parts[0]._replace(said=found["said"])] if found and alone else parts


def _begun(found: re.Match[str], known: Field, number: int) -> Iterator[Part]:
    """Yield what the line of a row says of it."""
    box, rest = found["box"] or "", found["rest"].strip()
    checked = "status" in known.parts
    if known.kind == TABLE and _CELL.search(rest):
        cells = [each.strip().replace("\\|", "|") for each in _CELL.split(rest)]
        if rest.startswith("|") and not cells[0]:
            cells = cells[1:]
        if len(cells) > 1 and not cells[-1]:
            cells = cells[:-1]
        names = (*known.parts, *[BEYOND] * len(cells))
        yield from (Part(*each, number) for each in zip(names, cells, strict=False))
        return
    rest = rest if checked else f"{box}{rest}"
    if known.kind in (FACTORS, ACTIONS):
        yield from _whole(rest, known, number)
    else:
        yield Part(first_part(known), rest, number)
    if checked and box[1:2] in ("x", "X"):
        yield Part("status", DONE, number)


def _whole(line: str, known: Field, number: int) -> Iterator[Part]:
    """Yield what one line says of a row: its kind, its words, and parts behind them."""
    found = _KIND.match(line) if known.kind == FACTORS else None
    kind = found["kind"].casefold() if found else None
    words, behind = row_said.whole(
        line[found.end() :] if found else line, known, number
    )
    yield Part(first_part(known), words, number)
    if kind:
        yield Part("kind", kind, number)
    for part in behind:
        if not kind or part.name != "kind":
            yield part
        elif part.said != kind:
            yield part._replace(name=row_said.TWICE)


def _named(line: str, known: Field, number: int) -> list[Part]:
    """Return the parts that a line names, and what it says of them; none for a row."""
    if known.kind in (FACTORS, ACTIONS):
        return row_said.more(line, known, number)
    named = {plain(part): part for part in known.parts}
    parts: list[Part] = []
    for each in _NEXT.split(line.strip()):
        found = _PART.fullmatch(each)
        name = named.get(plain(found["name"])) if found and found["said"] else None
        if found and name:
            parts.append(Part(name, found["said"], number))
        elif parts:
            parts[-1] = parts[-1]._replace(said=f"{parts[-1].said}, {each}")
        else:
            return []
    return parts if len({part.name for part in parts}) == len(parts) else parts[:1]
