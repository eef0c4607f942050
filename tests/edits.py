"""Every kind of edit that is asked for: a value set, a row put in, out or elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from postmortem import markdown, model
from postmortem.markdown import Field, Template, everything, fields
from postmortem.model import Report
from tests import records
from tests.oracles import Draws

ROWS = (
    *(fields.LIST, fields.TABLE, fields.EVENTS, fields.FACTORS),
    *(fields.ACTIONS, fields.REVISIONS),
)
"""Kinds of fields that hold rows in the body."""
MINUTE = timedelta(minutes=1)


def with_another(data: Draws, report: Report, made: Template) -> Report:
    """Return the record with one value drawn again, canonical."""
    form = everything(made.outline.fields)
    names = [each for each in form if each not in ("template", "zone")]
    field = data.draw(st.sampled_from(names), label="field")
    value = data.draw(st.none() | records.values(form[field]), label="value")
    return markdown.canonical(report.with_value(field, value), made)


def edit(data: Draws, report: Report, known: Field) -> tuple[str, Report]:
    """Return a kind of edit that a field can have, and the record after it."""
    value = report.value(known.name)
    kinds = ["set", "unset"]
    if known.kind in (fields.TEXT, *ROWS):
        kinds.append("none")
    if value and known.kind in ROWS:
        kinds = ["insert", "delete", "move", "change", "none", "unset"]
    kind = data.draw(st.sampled_from(kinds), label="edit")
    if kind == "set":
        words = st.just("A word of ours")
        value = data.draw(records.values(known, words), label="value")
    elif kind in ("unset", "none"):
        value = () if kind == "none" else None
    else:
        value = moved(data, value, known, kind)
    return kind, report.with_value(known.name, value)


def moved(
    data: Draws, rows: tuple[Any, ...], known: Field, kind: str
) -> tuple[Any, ...]:
    """Return the rows with one of them put in, out or elsewhere, or changed."""
    at = data.draw(st.integers(0, len(rows) - 1), label="row")
    rest = (*rows[:at], *rows[at + 1 :])
    if kind == "delete":
        return rest
    if kind == "change":
        row = another(data, rows[at], known, st.just("A word of ours"))
        return (*rows[:at], row, *rows[at + 1 :])
    to = data.draw(st.integers(0, len(rest)), label="to")
    if kind == "move":
        return (*rest[:to], rows[at], *rest[to:])
    return (*rows[:to], fresh(known), *rows[to:])


def fresh(known: Field) -> Any:
    """Return a row of which nothing but words is known."""
    if known.kind == fields.LIST:
        return "A row of ours"
    if known.kind == fields.TABLE:
        return dict.fromkeys(known.parts) | {known.parts[0]: "A row of ours"}
    made = {
        fields.EVENTS: model.Event,
        fields.FACTORS: model.Factor,
        fields.ACTIONS: model.Action,
        fields.REVISIONS: model.Revision,
    }
    return made[known.kind](text="A row of ours")


def another(data: Draws, row: Any, known: Field, text: SearchStrategy[str]) -> Any:
    """Return the row with one part that it has changed into another."""
    if isinstance(row, str):
        return data.draw(text, label="text")
    if isinstance(row, Mapping):
        part = data.draw(st.sampled_from([name for name in row if row[name]]))
        return {**row, part: data.draw(text, label=part)}
    parts = [
        name
        for name in row.__struct_fields__
        if name != "key" and getattr(row, name) not in (None, False, "")
    ]
    assume(parts)
    part = data.draw(st.sampled_from(parts), label="part")
    if part == "at" and row.until:
        return row.replace(at=row.at + MINUTE, until=row.until + MINUTE)
    return row.replace(**{part: _instead(data, part, getattr(row, part), text)})


def _instead(data: Draws, part: str, value: Any, text: SearchStrategy[str]) -> Any:
    if isinstance(value, datetime):
        return value + MINUTE
    if isinstance(value, date):
        return value + timedelta(days=1)
    if isinstance(value, bool):
        return not value
    if part == "status":
        others = [each for each in model.ACTION_STATUSES if each != value]
        return data.draw(st.sampled_from(others), label="status")
    return data.draw(text, label=part)


def numbered(report: Report, form: Mapping[str, Field]) -> Report:
    """Return the record with rows that say `row1`, `row2`, …: no two are alike."""
    number = 0
    for name, known in form.items():
        if known.kind not in ROWS or not report.value(name):
            continue
        rows = []
        for row in report.value(name):
            number += 1
            rows.append(_saying(row, f"row{number}"))
        report = report.with_value(name, tuple(rows))
    return report


def _saying(row: Any, words: str) -> Any:
    if isinstance(row, str):
        return words
    if isinstance(row, Mapping):
        return {**row, next(iter(row)): words}
    return row.replace(text=words)
