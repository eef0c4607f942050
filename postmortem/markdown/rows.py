"""Rows read from the tables and lists of a section, and where each of them stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

import msgspec

from postmortem.markdown import fields, patterns, remarking
from postmortem.markdown.blocks import LISTS, TABLE, Block
from postmortem.markdown.fields import Field
from postmortem.markdown.inline import BREAK
from postmortem.markdown.outline import Rows
from postmortem.markdown.patterns import PART, Line, Piece
from postmortem.markdown.synonyms import part_named, plain_heading

_FIRST: Mapping[str, Sequence[str]] = {
    fields.EVENTS: ("at", "text"),
    fields.FACTORS: ("text",),
    fields.ACTIONS: ("text",),
}
"""What a table holds first where its heads say nothing, and no template does."""
LOOSE = "loose"
"""The shape of what is neither a table nor a list."""
_Item = tuple[list[str], int, int, bool]
"""An item of a list: its first paragraph's lines, where it stands, whether more."""


class Container(msgspec.Struct, kw_only=True):
    """A table or list that holds rows of a field."""

    field: str
    home: Rows | None
    shape: str
    """table, list or LOOSE."""
    start: int
    end: int
    columns: list[tuple[str, ...]] = msgspec.field(default_factory=list)
    """For a table: the parts that each column holds, () for a column of others'."""
    heads: list[str] = msgspec.field(default_factory=list)


class Found(msgspec.Struct, kw_only=True):
    """One row as it was read: its parts as strings, and where it stands."""

    parts: dict[str, str]
    container: Container
    start: int
    end: int
    own: int = 1
    """How many lines its own paragraph has."""
    remarks: tuple[str, ...] = ()
    """The comments in its lines; those at their ends are no part of it."""
    notes: bool = False
    """It has text below it that is no part of the record."""
    blank: bool = False
    """It says nothing here: what it is may stand in the last section."""


def read(
    blocks: Sequence[Block],
    homes: Sequence[Rows],
    form: Mapping[str, Field],
    is_time: Callable[[str], bool],
    derived: Sequence[str] = (),
) -> Iterator[Container | Found]:
    """Yield each container of a section, and behind it the rows that it holds.

    Items that look like one of `derived`, and tell no time or key, are no rows.
    """
    items = {
        id(block): [each for each in block.items if not _derived(each, homes, derived)]
        for block in blocks
        if block.kind in LISTS
    }
    containers = [
        block
        for block in blocks
        if block.kind == TABLE
        or (block.kind in LISTS and (items[id(block)] or not block.items))
    ]
    for block, home in zip(containers, _assigned(containers, homes), strict=True):
        known = form[home.field]
        if block.kind == TABLE:
            yield from _table(block, home, known)
        else:
            yield from _list(block, items[id(block)], home, known, is_time)


def _derived(item: _Item, homes: Sequence[Rows], derived: Sequence[str]) -> bool:
    lines = item[0]
    if not any(re.fullmatch(own, f"- {' '.join(lines)}") for own in derived):
        return False
    found = (patterns.read_item(each, lines) for home in homes for each in home.items)
    return not any(parts and (parts.get("at") or parts.get("key")) for parts in found)


def _assigned(blocks: Sequence[Block], homes: Sequence[Rows]) -> list[Rows]:
    """Say which home each table or list belongs to: by its head, else in order."""
    if len(homes) == 1:
        return [homes[0]] * len(blocks)
    left = list(homes)
    out: list[Rows] = []
    for block in blocks:
        plain = [plain_heading(head) for head in block.heads]
        best = next(
            (
                home
                for home in left
                if home.columns
                and [plain_heading(c.head) for c in home.columns] == plain
            ),
            None,
        )
        best = best or next(
            (home for home in left if bool(home.columns) == bool(plain)), None
        )
        best = best or (left[0] if left else homes[-1])
        if best in left:
            left.remove(best)
        out.append(best)
    return out


def columns(said: Sequence[str], home: Rows, known: Field) -> list[tuple[Line, ...]]:
    """Give each column of a table the patterns of its cells; () for a foreign one."""
    plain = [plain_heading(head) for head in said]
    own = {plain_heading(column.head): column.patterns for column in home.columns}
    taken: set[str] = set()
    out: list[tuple[Line, ...]] = []
    for head in plain:
        found = own.get(head) if head else None
        if found is None:
            part = part_named(head, known.parts, plain)
            found = ((Piece(PART, part),),) if part and part not in taken else ()
        if found:
            taken |= {name for line in found for name in patterns.names(line)}
        out.append(found)
    text = "text" in known.parts and "text" not in taken and any(out)
    if text and not home.columns and () in out:
        out[out.index(())] = ((Piece(PART, "text"),),)
    if not any(out) and len(said) >= len(home.columns):
        if home.columns:
            by_place = [column.patterns for column in home.columns]
        else:
            first = _FIRST.get(known.kind, known.parts)
            by_place = [((Piece(PART, part),),) for part in first]
        out = [*by_place, *[()] * len(said)][: len(said)]
    return out


def _table(block: Block, home: Rows, known: Field) -> Iterator[Container | Found]:
    found = block.heads
    cell_patterns = columns(found, home, known)
    container = Container(
        field=known.name,
        home=home,
        shape="table",
        start=block.start,
        end=block.end,
        columns=[
            tuple(
                dict.fromkeys(name for line in lines for name in patterns.names(line))
            )
            for lines in cell_patterns
        ],
        heads=list(found),
    )
    yield container
    for line, cells in block.rows:
        if any(cells) or home.section >= 0:
            parts = _cells(cells, cell_patterns)
            yield Found(parts=parts, container=container, start=line, end=line + 1)


def _cells(
    cells: Sequence[str], cell_patterns: Sequence[tuple[Line, ...]]
) -> dict[str, str]:
    parts: dict[str, str] = {}
    for cell, alternatives in zip(cells, cell_patterns, strict=False):
        if not alternatives:
            continue
        for pattern in alternatives:
            found = patterns.read(pattern, cell)
            if found is not None:
                break
        else:
            names = list(patterns.names(alternatives[0]))
            main = "text" if "text" in names else names[0]
            found = {main: cell.replace(BREAK, "")}
        parts |= {
            name: said for name, said in found.items() if said or name not in parts
        }
    return parts


def _list(
    block: Block,
    items: Sequence[_Item],
    home: Rows,
    known: Field,
    is_time: Callable[[str], bool],
) -> Iterator[Container | Found]:
    container = Container(
        field=known.name, home=home, shape="list", start=block.start, end=block.end
    )
    yield container
    for lines, start, end, more in items:
        if not lines:
            continue
        said, remarks = remarking.told_apart(lines, home)
        parts = _item(said, home, known, is_time)
        yield Found(
            parts=parts,
            container=container,
            start=start,
            end=end,
            own=len(lines),
            remarks=remarks,
            notes=more,
        )


def _item(
    lines: list[str], home: Rows, known: Field, is_time: Callable[[str], bool]
) -> dict[str, str]:
    for pattern in home.items:
        found = patterns.read_item(pattern, lines)
        if found is not None and not _swallowed(found, known):
            return found
    from postmortem.markdown import loose

    return loose.row(known, lines, is_time)


def _swallowed(found: Mapping[str, str], known: Field) -> bool:
    """Tell whether a pattern of mere text took what a looser reading tells apart."""
    return (
        known.kind == fields.ACTIONS
        and not found.get("key")
        and bool(re.match(r"\[[ xX]\]\s", found.get("text", "")))
    )
