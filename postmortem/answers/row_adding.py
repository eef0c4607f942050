"""A row that was typed whole, put into a record: the interview and `+=` share it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from postmortem.answers.asked import Asked
from postmortem.answers.notes import Notes
from postmortem.answers.row_changes import Rows
from postmortem.answers.row_lines import BEYOND, Row
from postmortem.answers.row_said import TWICE, UNCLEAR, Part, unclear
from postmortem.markdown import Field
from postmortem.markdown.fields import EVENTS, LIST
from postmortem.model import Report
from postmortem.yamls import Node

_TOO_MANY = "this row has too many cells"


def put(
    report: Report, said: Row, known: Field, asked: Asked, notes: Notes
) -> tuple[Report, int | None]:
    """Put a row in: an event's line says its time as well.

    Returns where it stands, too; None when it is refused. Mistakes are noted at the
    line in which they were typed.
    """
    rows = Rows(known=known, asked=asked, notes=notes)
    first, *others = said
    if beyond := [part for part in said if part.name == BEYOND]:
        hint = f"there are {', '.join(known.parts)}"
        notes.wrong(_node(beyond[0]), _TOO_MANY, hint)
    for part, message, hint in unclear(said, known):
        notes.wrong(_node(part), message, hint)
    alone = known.kind in (EVENTS, LIST)
    made = rows.add(report, _node(first) if alone else _mapping(said))
    at = _new(report.value(known.name) or (), made.value(known.name) or ())
    if at is not None and known.kind == EVENTS:
        for part in others:
            made, at = _said(
                made, at, part, Rows(known=known, asked=asked, notes=notes)
            )
    return made, at


def columns(text: str, said: Row, known: Field) -> Mapping[str, int]:
    """Return where in a line it stands that is no part of a row, by what is noted."""
    pieces = [(it.message, it.part) for it in unclear(said, known)]
    pieces += [(_TOO_MANY, part) for part in said if part.name == BEYOND]
    found: dict[str, int] = {}
    for message, part in pieces:
        if at := _place(text, part.said):
            found.setdefault(message, at)
    return found


def _place(text: str, piece: str) -> int:
    """Return the column from 1 of the last such piece; 0 when its spaces differ."""
    spots = re.finditer(rf"(?<!\w){re.escape(piece)}(?!\w)", text)
    return max((spot.start() + 1 for spot in spots), default=0)


def _said(report: Report, at: int, part: Part, rows: Rows) -> tuple[Report, int]:
    """Say a part of an event that has just come, and where it stands then."""
    own = Notes(None)
    before = report.value(rows.known.name)
    made = Rows(known=rows.known, asked=rows.asked, notes=own).say(
        report, at, part.name, part.said
    )
    for problem in own.problems:
        rows.notes.wrong(_node(part), problem.message, problem.hint)
    moved = _new(before, made.value(rows.known.name))
    return made, at if moved is None else moved


def _new(before: Sequence[Any], after: Sequence[Any]) -> int | None:
    """Return where the row stands that was not there before."""
    old = {id(row) for row in before}
    return next((at for at, row in enumerate(after) if id(row) not in old), None)


def _mapping(said: Row) -> Node:
    parts = {
        part.name: _node(part)
        for part in said
        if part.name not in (BEYOND, UNCLEAR, TWICE) and part.said
    }
    return Node(
        value=parts, start=0, end=0, line=said[0].line, column=1, style="double"
    )


def _node(part: Part) -> Node:
    return Node(
        value=part.said, start=0, end=0, line=part.line, column=1, style="double"
    )
