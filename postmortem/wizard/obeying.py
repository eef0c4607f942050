"""What an order about rows changes, and how that is said before it is done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo
from typing import Any

from postmortem import moments
from postmortem.answers import Asked
from postmortem.markdown import Field
from postmortem.model import Report
from postmortem.wizard import orders, row_edits
from postmortem.wizard.orders import Order
from postmortem.wizard.row_edits import Spot
from postmortem.wizard.row_words import cut, words
from postmortem.wizard.sitting import Change


def change_of(
    order: Order,
    rows: Sequence[Any],
    known: Field,
    asked: Asked,
    gone: Sequence[Sequence[Spot]] = (),
) -> Change | None:
    """Return what an order changes by itself; None when it asks or shows something.

    `gone` are rows that were taken out, together each time. Raises PostmortemError for
    a length of time that is none.
    """
    chosen = [Spot(at, rows[at]) for at in order.rows]
    match order.what:
        case orders.DROP:
            return row_edits.dropping(known, chosen)
        case orders.UNDO:
            return row_edits.restoring(known, gone[-1])
        case orders.MOVE:
            return row_edits.moving(known, *chosen)
        case orders.SAY:
            return row_edits.saying(known, asked, chosen[0], order.part, order.said)
        case orders.SHIFT:
            by = moments.read_duration(order.said)
            return row_edits.shifting(known, chosen, by)
    return None


def told(
    order: Order,
    report: Report,
    known: Field,
    asked: Asked,
    zone: tzinfo,
    gone: Sequence[Sequence[Spot]] = (),
) -> str:
    """Say what an order will do; raises PostmortemError when it cannot be done."""
    rows = report.value(known.name) or ()
    if order.what == orders.SHOW:
        return ""
    change = change_of(order, rows, known, asked, gone)
    made = change(report).value(known.name) or () if change else rows
    first = words(rows[order.rows[0]], zone) if order.rows else ""
    many = len(order.rows)
    match order.what:
        case orders.EDIT:
            return cut(f"goes through: {first}")
        case orders.DROP:
            return cut(f"takes out: {first}" if many == 1 else f"takes out {many} rows")
        case orders.UNDO:
            return cut(f"puts back: {gone_told(gone[-1], zone)}")
        case orders.MOVE:
            return cut(f"moves: {first}")
        case orders.SHIFT:
            by = moments.duration(moments.read_duration(order.said))
            return f"moves {many} time{'' if many == 1 else 's'} by {by}"
    fresh = [row for row in made if row not in rows]
    return cut(words(fresh[0], zone)) if fresh else ""


def gone_told(gone: Sequence[Spot], zone: tzinfo) -> str:
    """Return the row that was taken out; of several, how many."""
    return words(gone[0].row, zone) if len(gone) == 1 else f"{len(gone)} rows"
