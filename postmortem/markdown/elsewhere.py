"""Values that a template has no place for, written under a last heading."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from postmortem.markdown import context, fields, inline, lettering, parting, prose, when
from postmortem.markdown.blocks import TABLE
from postmortem.markdown.fields import STANDARD, Field
from postmortem.markdown.outline import Outline, Rows
from postmortem.markdown.patterns import Line
from postmortem.markdown.scanning import blocks
from postmortem.markdown.spots import Composition
from postmortem.model import Report

LEVEL = 2
LONG = 200
"""Characters from which an undeclared text has its home in the body."""

_IDENTITY: Mapping[str, tuple[str, ...]] = {
    fields.FACTORS: ("key",),
    fields.ACTIONS: ("key",),
    fields.EVENTS: ("at", "text"),
    fields.REVISIONS: ("on", "text"),
}


def lines(
    report: Report,
    outline: Outline,
    made: Composition,
    only: Collection[str] | None = None,
) -> list[str]:
    """Return the last section of a report; nothing when every value has a place."""
    out: list[str] = []
    for known in body_fields(report, outline):
        if only is not None and known.name not in only:
            continue
        value = report.value(known.name)
        if known.kind == fields.TEXT:
            if value is not None and not _has_text(known.name, made):
                out += _text(known, value, outline)
        else:
            out += _rows(known, value, outline, made)
    if not out:
        return []
    return [f"{'#' * LEVEL} {outline.labels['elsewhere']}", "", *out]


def body_fields(report: Report, outline: Outline) -> Iterator[Field]:
    """Yield every field of the body that a record may have a value for."""
    for name in dict.fromkeys((*outline.fields, *STANDARD)):
        known = outline.fields.get(name) or STANDARD[name]
        if known.in_body:
            yield known
    for name, value in sorted(report.extra.items()):
        if name not in outline.fields and in_body(value):
            yield undeclared(name, value)


def in_body(value: Any) -> bool:
    """Tell where the value of a field that nobody declares has its home."""
    if isinstance(value, str):
        return "\n" in value or len(value) > LONG
    return isinstance(value, tuple) and any(isinstance(row, Mapping) for row in value)


def undeclared(name: str, value: Any) -> Field:
    """Make up the field of a value that no template declares."""
    if isinstance(value, str):
        return Field(name=name, label=name)
    columns = tuple(dict.fromkeys(key for row in value for key in row if row[key]))
    return Field(name=name, label=name, kind=fields.TABLE, columns=columns)


def _has_text(name: str, made: Composition) -> bool:
    return any(spot.field == name for spot in made.texts)


def _text(known: Field, value: Any, outline: Outline) -> list[str]:
    text = prose.canonical(value, level=LEVEL + 2) if value else ""
    said = prose.written(text) if text else [f"_{outline.labels['none']}_"]
    declared = known.name in outline.fields or known.name in STANDARD
    if not declared and any(block.kind == TABLE for block in blocks(said, {})):
        said = [inline.BREAK, "", *said]  # else its table would be rows
    return [f"{'#' * (LEVEL + 1)} {known.label or known.name}", "", *said, ""]


def _rows(known: Field, value: Any, outline: Outline, made: Composition) -> list[str]:
    if value is None:
        return []
    heading = f"{'#' * (LEVEL + 1)} {known.label or known.name}"
    has_home = any(spot.field == known.name for spot in made.loops)
    if not value:
        none = f"_{outline.labels['none']}_"
        return [] if has_home else [heading, "", none, ""]
    placed = _placed(known, outline, made)
    table = _table(known, value, placed)
    if not table:
        return []
    if known.kind == fields.LIST:
        items = (inline.at_start(row["text"], task=True) for row in table)
        return [heading, "", *(f"- {parting.parted(item)}" for item in items), ""]
    heads = [part for part in parts(known) if any(part in row for row in table)]
    return [
        heading,
        "",
        f"| {' | '.join(head(part) for part in heads)} |",
        f"| {' | '.join('---' for _ in heads)} |",
        *(lettering.table_line([_cell(row, part) for part in heads]) for row in table),
        "",
    ]


def _cell(row: Mapping[str, str], part: str) -> str:
    return inline.cell(parting.parted(row.get(part, "")))


def _table(
    known: Field, rows: Sequence[Any], placed: Mapping[int, Collection[str]]
) -> list[dict[str, str]]:
    """Return what is left of the rows, in their order.

    Where something is left of one of several rows that are called the same, all of them
    are there: a reader then gives each its own.
    """
    left = [_left(known, row, placed.get(at)) for at, row in enumerate(rows)]
    if not any(left):
        return []
    names = [_names(known, row, placed.get(at)) for at, row in enumerate(rows)]
    named = [name for name, said in zip(names, left, strict=True) if said]
    return [
        said or name
        for said, name in zip(left, names, strict=True)
        if said or name in named
    ]


def _names(known: Field, row: Any, placed: Collection[str] | None) -> dict[str, str]:
    """Return what tells which row it is."""
    said = _said(known, row)
    named = _IDENTITY.get(known.kind, ()) if placed is None else identity(known, placed)
    return {part: value for part, value in said.items() if part in named}


def _placed(
    known: Field, outline: Outline, made: Composition
) -> Mapping[int, Collection[str]]:
    """Return the parts that each row shows at its homes; nothing for a row without."""
    placed: dict[int, set[str]] = {}
    for spot in made.rows:
        if spot.field == known.name:
            home = next(each for each in outline.rows if each.loop == spot.loop)
            shown = placed.setdefault(spot.number, set())
            shown |= parts_of(home)
    return placed


def parts_of(home: Rows) -> set[str]:
    """Return every part that a home shows, or gives by its place."""
    shown = set(home.fixed)
    for column in home.columns:
        for line in column.patterns:
            shown |= _shown(line)
    for item in home.items:
        for line in (item.first, *item.rest):
            shown |= _shown(line)
    return shown


def _shown(line: Line) -> set[str]:
    """Return the parts that a line shows; a box is less than a status."""
    shown: set[str] = set()
    for piece in line:
        match piece.kind:
            case "part":
                shown.add("box" if piece.filter == "box" else piece.text)
            case "details":
                shown |= set(piece.parts)
            case "optional":
                shown |= _shown(piece.pieces)
    return shown


def _left(known: Field, row: Any, placed: Collection[str] | None) -> dict[str, str]:
    """Return what of a row has no place, with what tells which row it is."""
    said = _said(known, row)
    if placed is None:
        return said
    left = {part: value for part, value in said.items() if part not in placed}
    if "box" in placed and left.get("status") == "done":
        del left["status"]
    if not left:
        return {}
    named = identity(known, placed)
    return {part: value for part, value in said.items() if part in named} | left


def identity(known: Field, placed: Collection[str]) -> list[str]:
    """Return the parts that tell which row it is, of those that its home shows."""
    found = [part for part in _IDENTITY.get(known.kind, ()) if part in placed]
    return found or [part for part in parts(known) if part in placed]


def _said(known: Field, row: Any) -> dict[str, str]:
    plain = context.row(row, known)
    if isinstance(plain, str):
        return {"text": inline.canonical(plain)}
    if known.kind == fields.EVENTS and plain["at"]:
        plain["at"] = when.written(when.from_iso(plain["at"]), None)
    if known.kind == fields.ACTIONS and plain["status"] == "open":
        plain["status"] = None
    return {
        part: inline.canonical(value)
        for part, value in plain.items()
        if value and not part.startswith("__")
    }


def parts(known: Field) -> Sequence[str]:
    """Return the parts of a field's rows; those of a plain list are texts."""
    return known.parts or ("text",)


def head(part: str) -> str:
    """Return the column head of a part in the last section."""
    return part.replace("_", " ")
