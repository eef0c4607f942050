"""A row spelled for a table or list as people have it: their columns, their bullets."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from postmortem.markdown import context, fields, inline, remarking, when
from postmortem.markdown.fields import Field
from postmortem.markdown.pieces import LIST_MARKER
from postmortem.markdown.rows import Container
from postmortem.markdown.spots import RowSpot
from postmortem.markdown.values import unset

_PIPE = re.compile(r"(?<!\\)\|")
_WORD = re.compile(r"[^\W_]+")
_TAG = re.compile(r"<[^<>]*>")
_BULLET = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])\s+")


def cells(
    known: Field, container: Container, row: Any, spot: RowSpot
) -> list[str | None]:
    """Return what each column of a table in the text says of a row; None: foreign."""
    said = _said(known, row)
    home = container.home
    heads = [column.head for column in home.columns] if home else []
    out: list[str | None] = []
    for head, parts in zip(container.heads, container.columns, strict=False):
        if not parts:
            out.append(None)
        elif head in heads and len(heads) == len(spot.cells):
            out.append(spot.cells[heads.index(head)])
        else:
            values = (value for part in parts if (value := said.get(part)))
            out.append(inline.cell(" ".join(values)))
    return out


def spliced(line: str, cells: Sequence[str | None]) -> str:
    """Return a table's line with the cells that differ put in, the others as they are.

    A cell keeps its width where it can, and its comments where its words are there;
    None is a column of others'.
    """
    edges = [found.start() for found in _PIPE.finditer(line)]
    leading = bool(re.match(r"\s*\|", line))
    starts = edges if leading else [-1, *edges]
    ends = [*starts[1:], len(line)]
    out = line
    for at in reversed(range(min(len(cells), len(starts)))):
        cell = cells[at]
        start, end = starts[at] + 1, ends[at]
        for each in remarking.within(out[start:end]) if cell else ():
            cell = remarking.hidden(cell or "", each, cell=True) or cell
        if cell is not None and out[start:end].strip() != cell:
            out = out[:start] + _padded(cell, out[start:end]) + out[end:]
    return out


def says_more(line: str, columns: Sequence[tuple[str, ...]]) -> bool:
    """Tell whether a table's line says something in a column of others'."""
    cells = [cell.strip() for cell in _PIPE.split(line)]
    if re.match(r"\s*\|", line):
        del cells[0]
    return any(cell and not parts for cell, parts in zip(cells, columns, strict=False))


def unread(value: Any, parts: Mapping[str, str]) -> set[str]:
    """Return the parts of a row that have words of which its value knows nothing."""
    if getattr(value, "said", None):
        return set()
    return {
        part
        for part, said in parts.items()
        if said.strip("? ") and not unset(said) and getattr(value, part, said) is None
    }


def leaves_out(lines: Sequence[str], parts: Mapping[str, str]) -> bool:
    """Tell whether the lines in which a row was found have words that it has not."""
    said = Counter(_WORD.findall(_TAG.sub("", "\n".join(lines))))
    return bool(said - Counter(_WORD.findall(_TAG.sub("", "\n".join(parts.values())))))


def _padded(cell: str, now: str) -> str:
    width = len(now)
    if not cell and width >= 2:  # noqa: PLR2004 - a blank at each side
        return " "
    padded = f" {cell} "
    return padded.ljust(width) if width > len(now.strip()) + 2 else padded


def item(
    known: Field, row: Any, spot: RowSpot, lines: Sequence[str], like: str
) -> list[str]:
    """Return a row as the lines of a list item, with the bullet of the line `like`.

    `lines` are those that the template gives it.
    """
    made = [_bullet(known, row)] if spot.shape == "table" else list(lines)
    while made and not made[-1].strip():
        made.pop()
    marker = _BULLET.match(like)
    own = LIST_MARKER.match(made[0].lstrip())
    if marker is None or own is None or marker[0] == own[0]:
        return made
    pad = " " * len(marker[0])
    rest = [re.sub(rf"^ {{0,{len(own[0])}}}", pad, line) for line in made[1:]]
    return [marker[0] + made[0].lstrip()[own.end() :], *rest]


def _bullet(known: Field, row: Any) -> str:
    """Spell a row of a table as a list item, for a list that people put instead."""
    said = _said(known, row)
    first = [said.get(part) for part in ("at", "key", "on")]
    text = said.get("text") or " ".join(value for value in said.values() if value)
    return "- " + " ".join(each for each in (*first, text) if each)


def _said(known: Field, row: Any) -> dict[str, str | None]:
    plain = context.row(row, known)
    if isinstance(plain, str):
        return {"text": inline.canonical(plain)}
    if known.kind == fields.EVENTS and plain["at"]:
        plain["at"] = when.written(when.from_iso(plain["at"]), None)
    return {
        part: inline.canonical(value) if value else value
        for part, value in plain.items()
    }
