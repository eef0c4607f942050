"""Values read from the last section, joined to the rows that they are parts of."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from postmortem.markdown import elsewhere, fields
from postmortem.markdown.blocks import COMMENT, TABLE
from postmortem.markdown.cut import Cut
from postmortem.markdown.fields import STANDARD, Field
from postmortem.markdown.inline import BREAK
from postmortem.markdown.outline import Column, Outline, Rows
from postmortem.markdown.patterns import PART, Item, Piece
from postmortem.markdown.rows import Container, Found
from postmortem.markdown.synonyms import plain_heading

_UNSET = (None, "", False)


def named(outline: Outline, here: Cut, lines: Sequence[str]) -> Field:
    """Return the field that a heading in the last section names; else make one up."""
    heading = plain_heading(here.heading)
    for name in dict.fromkeys((*outline.fields, *STANDARD)):
        known = outline.fields.get(name) or STANDARD[name]
        if known.in_body and heading in (plain_heading(known.label), name):
            return known
    name = re.sub(r"\W+", "_", here.heading.strip()).strip("_") or "unnamed"
    table = next((block for block in here.blocks if block.kind == TABLE), None)
    if table is None or _is_text(here, lines):
        return Field(name=name, label=here.heading)
    heads = table.heads
    columns = tuple(re.sub(r"\W+", "_", head.strip()) for head in heads)
    return Field(name=name, label=here.heading, kind=fields.TABLE, columns=columns)


def unmarked(here: Cut, lines: Sequence[str]) -> Cut:
    """Return a text that holds a table without the empty comment that says so."""
    if not _is_text(here, lines):
        return here
    return msgspec.structs.replace(
        here, start=here.blocks[0].end, blocks=here.blocks[1:]
    )


def _is_text(here: Cut, lines: Sequence[str]) -> bool:
    """Tell whether a table stands in a text, and its lines are no rows.

    The writer puts an empty comment above it then.
    """
    return (
        any(block.kind == TABLE for block in here.blocks)
        and here.blocks[0].kind == COMMENT
        and lines[here.blocks[0].start].strip() == BREAK
    )


def home_of(known: Field) -> Rows:
    """Return the home that rows have in this last section: a table of all parts.

    Those of a plain list have one, and stand in a list.
    """
    if known.kind == fields.LIST:
        item = Item((Piece(PART, "text"),))
        return Rows(field=known.name, loop="elsewhere", section=-1, items=(item,))
    columns = tuple(
        Column(head=elsewhere.head(part), patterns=((Piece(PART, part),),))
        for part in elsewhere.parts(known)
    )
    return Rows(field=known.name, loop="elsewhere", section=-1, columns=columns)


def is_elsewhere(container: Container) -> bool:
    """Tell whether a table or list stands in the last section."""
    return container.home is not None and container.home.section == -1


def merged(known: Field, found: Sequence[tuple[Any, Found]]) -> list[tuple[Any, Found]]:
    """Join the parts that stand in the last section to the rows that they belong to.

    First to rows of exactly that name, one after the other, then to one that is like it
    as far as both say. Rows that say nothing, even then, are none.
    """
    here = [pair for pair in found if not is_elsewhere(pair[1].container)]
    left = [
        pair for pair in found if is_elsewhere(pair[1].container) and not pair[1].blank
    ]
    free = list(range(len(here)))
    filled: set[int] = set()
    owners: dict[int, int] = {}
    for belongs in (_is_named, _belongs):
        for number, (value, _) in enumerate(left):
            if number in owners:
                continue
            at = next((n for n in free if belongs(known, here[n], value)), None)
            if at is not None:
                free.remove(at)
                owners[number] = at
    for number, (value, each) in enumerate(left):
        at = owners.get(number)
        if at is None:
            here.append((value, each))
        else:
            filled.add(at)
            here[at] = (_joined(known, here[at][0], value), here[at][1])
    return [pair for at, pair in enumerate(here) if at in filled or not pair[1].blank]


def _is_named(known: Field, pair: tuple[Any, Found], left: Any) -> bool:
    """Tell whether a row is the one that the last section names, part by part."""
    row, found = pair
    home = found.container.home
    if isinstance(row, str) or isinstance(left, str) or home is None:
        return False
    named = elsewhere.identity(known, elsewhere.parts_of(home))
    return bool(named) and all(_name(row, each) == _name(left, each) for each in named)


def _name(row: Any, part: str) -> Any:
    if part == "at":
        return row.at, row.until, row.approximate, row.said
    return _part(row, part) or None


def _belongs(known: Field, pair: tuple[Any, Found], left: Any) -> bool:
    row, found = pair
    if found.blank:
        return False
    if isinstance(row, str) or isinstance(left, str):
        return bool(row == left)
    shared = [
        (mine, theirs)
        for part in _attributes(known)
        if (mine := _part(row, part)) is not None
        and (theirs := _part(left, part)) is not None
        and part != "status"
        and (part, theirs) != ("text", "")
    ]
    return bool(shared) and all(mine == theirs for mine, theirs in shared)


def _joined(known: Field, row: Any, left: Any) -> Any:
    if isinstance(row, str):
        return row
    more = {
        part: value
        for part in _attributes(known)
        if (value := _part(left, part)) not in _UNSET
        and (_part(row, part) in _UNSET or part == "status")
        and (part, value) != ("status", "open")
    }
    if isinstance(row, Mapping):
        return {**row, **more}
    return row.replace(**more)


def _attributes(known: Field) -> Sequence[str]:
    kind = fields.ROW_TYPES.get(known.kind)
    return kind.__struct_fields__ if kind else known.parts


def _part(row: Any, part: str) -> Any:
    return row.get(part) if isinstance(row, Mapping) else getattr(row, part)
