"""Patterns of rows and titles, made from the marks of the lines that showed them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from postmortem.markdown.lines import RawLine
from postmortem.markdown.patterns import (
    DERIVED,
    DETAILS,
    LITERAL,
    OPTIONAL,
    PART,
    Item,
    Line,
    Piece,
)
from postmortem.markdown.spots import RowSpot
from postmortem.markdown.tagging import Mark

HEADING = re.compile(r"(#{1,6})(?:\s+|$)")
LIST_MARKER = re.compile(r"(?:[-*+]|\d{1,9}[.)])\s+")


def pieces(marks: Iterable[Mark]) -> Line:
    """Return the pattern of a line or cell, from the marks that made it."""
    stack: list[list[Piece]] = [[]]
    for mark in marks:
        match mark.kind:
            case "if":
                stack.append([])
            case "fi":
                _end_group(stack)
            case _:
                stack[-1] += _piece(mark)
    while len(stack) > 1:
        _end_group(stack)
    return tuple(stack[0])


def _end_group(stack: list[list[Piece]]) -> None:
    """Make the innermost condition's pieces a group that may be absent."""
    if len(stack) == 1:
        return
    group = stack.pop()
    if group:
        stack[-1].append(Piece(OPTIONAL, pieces=tuple(group)))


def _piece(mark: Mark) -> Sequence[Piece]:
    match mark.kind:
        case "literal":
            return [Piece(LITERAL, mark.said)]
        case "part":
            return [Piece(PART, mark.of[1], mark.of[2])]
        case "details":
            return [Piece(DETAILS, parts=mark.of[1:])]
        case "field" | "item" | "derived" | "panel":
            return [Piece(DERIVED)]
    return []


def cells(line: RawLine) -> list[list[Mark]]:
    """Cut a table row's marks into cells, at the pipes of its literal text."""
    cut: list[list[Mark]] = [[]]
    for mark in line.marks:
        if mark.kind != "literal":
            cut[-1].append(mark)
            continue
        first, *rest = re.split(r"(?<!\\)\|", mark.said)
        cut[-1].append(Mark("literal", first))
        cut += [[Mark("literal", text)] for text in rest]
    inner = cut[1:-1] if len(cut) > 2 else cut  # noqa: PLR2004 - both edges
    return [_trimmed(cell) for cell in inner]


def _trimmed(cell: list[Mark]) -> list[Mark]:
    """Drop the padding at both ends of a cell, and literals that are then empty."""
    said = [at for at, mark in enumerate(cell) if mark.kind == "literal"]
    shown = [at for at, mark in enumerate(cell) if mark.kind not in ("if", "fi")]
    out = list(cell)
    for at in said:
        text = cell[at].said
        text = text.lstrip() if shown and at == shown[0] else text
        text = text.rstrip() if shown and at == shown[-1] else text
        out[at] = Mark("literal", text)
    return [mark for mark in out if mark.kind != "literal" or mark.said]


def item(row: RowSpot) -> Item:
    """Return the pattern of a list item, from a row that was written as one."""
    first, *rest = row.raw
    line = pieces(first.marks)
    if line and line[0].kind == LITERAL:
        text = LIST_MARKER.sub("", line[0].text.lstrip(), count=1)
        line = (Piece(LITERAL, text), *line[1:]) if text else line[1:]
    return Item(line, tuple(_continuation(raw) for raw in rest))


def _continuation(raw: RawLine) -> Line:
    line = pieces(raw.marks)
    if line and line[0].kind == OPTIONAL and len(line) == 1:
        line = line[0].pieces
    if line and line[0].kind == LITERAL:
        text = line[0].text.lstrip()
        line = (Piece(LITERAL, text), *line[1:]) if text else line[1:]
    return line


def marker(row: RowSpot) -> str:
    """Return the bullet or number that a row was written with."""
    first = row.raw[0].marks[row.raw[0].shown]
    found = LIST_MARKER.match(first.said.lstrip())
    return found[0] if found else "- "


def title_line(line: Sequence[Mark]) -> Line:
    """Return the pattern of a heading that holds the title; () for any other."""
    if not any(mark.kind == "field" and mark.of == ("title",) for mark in line):
        return ()
    out: list[Piece] = []
    depth = 0
    for mark in line:
        match mark.kind:
            case "if" | "fi":
                depth += 1 if mark.kind == "if" else -1
                out.append(Piece(DERIVED))
            case "field" if mark.of == ("title",):
                out.append(Piece(PART, "title"))
            case "literal" if depth <= 0:
                out.append(Piece(LITERAL, mark.said))
            case "field" | "part" | "item" | "derived":
                out.append(Piece(DERIVED))
    first = out[0]
    if first.kind == LITERAL:
        text = HEADING.sub("", first.text.lstrip(), count=1)
        out = [Piece(LITERAL, text), *out[1:]] if text else out[1:]
    return tuple(out)
