"""Values read from the last section, joined to the rows that they are parts of."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from postmortem.markdown import elsewhere, fields
from postmortem.markdown.blocks import TABLE
from postmortem.markdown.cut import Cut
from postmortem.markdown.fields import STANDARD, Field
from postmortem.markdown.outline import Column, Outline, Rows
from postmortem.markdown.patterns import PART, Piece
from postmortem.markdown.rows import Container, Found
from postmortem.markdown.synonyms import plain_heading


def named(outline: Outline, here: Cut) -> Field:
    """Return the field that a heading in the last section names; else make one up."""
    heading = plain_heading(here.heading)
    for name in dict.fromkeys((*outline.fields, *STANDARD)):
        known = outline.fields.get(name) or STANDARD[name]
        if known.in_body and heading in (plain_heading(known.label), name):
            return known
    name = re.sub(r"\W+", "_", here.heading.strip()).strip("_") or "unnamed"
    table = next((block for block in here.blocks if block.kind == TABLE), None)
    if table is None:
        return Field(name=name, label=here.heading)
    heads = table.heads
    columns = tuple(re.sub(r"\W+", "_", head.strip()) for head in heads)
    return Field(name=name, label=here.heading, kind=fields.TABLE, columns=columns)


def home_of(known: Field) -> Rows:
    """Return the home that rows have in this last section: a table of all parts."""
    columns = tuple(
        Column(head=elsewhere.head(part), patterns=((Piece(PART, part),),))
        for part in elsewhere.parts(known)
    )
    return Rows(field=known.name, loop="elsewhere", section=-1, columns=columns)


def is_elsewhere(container: Container) -> bool:
    """Tell whether a table or list stands in the last section."""
    return container.home is not None and container.home.section == -1


def merged(known: Field, found: Sequence[tuple[Any, Found]]) -> list[tuple[Any, Found]]:
    """Join the parts that stand in the last section to the rows that they belong to."""
    here = [pair for pair in found if not is_elsewhere(pair[1].container)]
    free = list(range(len(here)))
    for value, each in found:
        if not is_elsewhere(each.container):
            continue
        at = next((n for n in free if _belongs(known, here[n][0], value)), None)
        if at is None:
            here.append((value, each))
        else:
            free.remove(at)
            here[at] = (_joined(known, here[at][0], value), here[at][1])
    return here


def _belongs(known: Field, row: Any, left: Any) -> bool:
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
        if (value := _part(left, part)) not in (None, "")
        and (_part(row, part) in (None, "") or part == "status")
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
