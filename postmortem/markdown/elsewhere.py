"""Values that a template has no place for: written under a last heading, read from it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from postmortem.markdown import context, fields, inline, prose, rows, when
from postmortem.markdown.blocks import TABLE
from postmortem.markdown.compose import Composition
from postmortem.markdown.cut import Cut
from postmortem.markdown.fields import STANDARD, Field, plain_heading
from postmortem.markdown.outline import Column, Outline, Rows
from postmortem.markdown.patterns import PART, Piece
from postmortem.model import Report

if TYPE_CHECKING:
    from postmortem.markdown.reader import Reader
    from postmortem.markdown.rows import Found

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
    for name, value in report.extra.items():
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
    return [f"{'#' * (LEVEL + 1)} {known.label or known.name}", "", *said, ""]


def _rows(
    known: Field, value: Any, outline: Outline, made: Composition
) -> list[str]:
    if value is None:
        return []
    heading = f"{'#' * (LEVEL + 1)} {known.label or known.name}"
    has_home = any(spot.field == known.name for spot in made.loops)
    if not value:
        none = f"_{outline.labels['none']}_"
        return [] if has_home else [heading, "", none, ""]
    placed: dict[int, set[str]] = {}
    for spot in made.rows:
        if spot.field == known.name:
            home = next(each for each in outline.rows if each.loop == spot.loop)
            shown = placed.setdefault(spot.number, set())
            shown |= parts_of(home)
    table = [
        said
        for number, row in enumerate(value)
        if (said := _left(known, row, placed.get(number)))
    ]
    if not table:
        return []
    heads = [part for part in _parts(known) if any(part in row for row in table)]
    body = [
        "| " + " | ".join(inline.cell(row.get(part, "")) for part in heads) + " |"
        for row in table
    ]
    head = "| " + " | ".join(_head(part) for part in heads) + " |"
    rule = "| " + " | ".join("---" for _ in heads) + " |"
    tidy = [line.replace("|  |", "| |").replace("|  |", "| |") for line in body]
    return [heading, "", head, rule, *tidy, ""]


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


def _shown(line: rows.patterns.Line) -> set[str]:
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


def _left(known: Field, row: Any, placed: set[str] | None) -> dict[str, str]:
    """Return what of a row has no place, with what tells which row it is."""
    said = _said(known, row)
    if placed is None:
        return said
    left = {part: value for part, value in said.items() if part not in placed}
    if "box" in placed and left.get("status") == "done":
        del left["status"]
    if not left:
        return {}
    identity = [part for part in _IDENTITY.get(known.kind, ()) if part in placed]
    identity = identity or [part for part in _parts(known) if part in placed]
    return {part: value for part, value in said.items() if part in identity} | left


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


def _parts(known: Field) -> Sequence[str]:
    return known.parts or ("text",)


def _head(part: str) -> str:
    return part.replace("_", " ")


def home_of(known: Field) -> Rows:
    """Return the home that rows have in this last section: a table of all parts."""
    columns = tuple(
        Column(head=_head(part), patterns=((Piece(PART, part),),))
        for part in _parts(known)
    )
    return Rows(field=known.name, loop="elsewhere", section=-1, columns=columns)


def read(reader: Reader, inner: Sequence[Cut]) -> None:
    """Read the last section into the reader's record."""
    at = 0
    while at < len(inner):
        here = inner[at]
        last = reader.run(inner, at, here.level + 1)
        known = _named(reader.outline, here)
        if known.kind == fields.TEXT:
            reader.text_of(known.name, inner[at:last])
        else:
            reader.rows_of([home_of(known)], here, {known.name: known})
        at = last


def merged(
    known: Field, found: Sequence[tuple[Any, Found]]
) -> list[tuple[Any, Found]]:
    """Join the parts that stand in the last section to the rows that they belong to."""
    here = [pair for pair in found if not _is_elsewhere(pair[1])]
    free = list(range(len(here)))
    for value, each in found:
        if not _is_elsewhere(each):
            continue
        at = next((n for n in free if _belongs(known, here[n][0], value)), None)
        if at is None:
            here.append((value, each))
        else:
            free.remove(at)
            here[at] = (_joined(known, here[at][0], value), here[at][1])
    return here


def _is_elsewhere(each: Found) -> bool:
    return each.container.home is not None and each.container.home.section == -1


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


def _named(outline: Outline, here: Cut) -> Field:
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
