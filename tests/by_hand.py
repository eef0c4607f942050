"""Edits of a text to which people added something by hand: it stays where it was."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from hypothesis import strategies as st

from postmortem import markdown
from postmortem.errors import Refused
from postmortem.markdown import Reading, Spans, Template, everything
from postmortem.markdown.fields import TABLE
from postmortem.model import Action, Factor, Report
from tests import edits, hostile, records
from tests.losses import lost
from tests.once import reading
from tests.oracles import BY_HAND, Draws, asked, edited

CELL = re.compile(r"\bours(\d+) \|$", re.MULTILINE)
REFUSED = "refused"
KEYED = {"factors", "actions"}
"""The fields whose rows have keys."""


def survives_an_edit(
    made: Template, data: Draws, text: str, within: range
) -> str | None:
    """Add by hand within these lines, edit a value, and miss only what it held.

    Bullets among the rows of a template's own table are rows, and cannot hold its other
    cells: a change of that table may be refused. Rows of other fields keep their lines,
    but for those that gain a key where a record asks for keys and nothing else.
    """
    form = everything(made.outline.fields)
    text = with_column(text, reading(text, made).spans, within)
    by_hand = edited(data, text, within)
    was = reading(by_hand, made)
    read = was.report
    names = [each for each in form if each not in ("template", "zone", "retired")]
    known = [each for each in names if read.value(each)]
    field = data.draw(st.sampled_from(names) | st.sampled_from(known or names))
    kind, wanted = edits.edit(data, read, form[field])
    wanted = markdown.canonical(wanted, made)

    try:
        new = markdown.rewrite(by_hand, wanted, made)
    except Refused:
        if form[field].kind == TABLE and BY_HAND["bullets"][0] in by_hand:
            return REFUSED
        raise

    back, had = markdown.read(new, made), keys(read)
    assert unnoted(back.report, had) == unnoted(wanted, had)
    if unnoted(wanted, had) == unnoted(read, had):
        assert asked(back.report) == asked(wanted)
        for name in KEYED:
            assert row_lines(back, name, had) == row_lines(was, name, had)
        back = markdown.read(markdown.rewrite(by_hand, read, made), made)
        field = ""
    for name in KEYED - {field}:
        assert row_lines(back, name) == row_lines(was, name)
    assert lost(by_hand, new, made, wanted) == []
    said = str(wanted)
    stay = [
        cell
        for cell in CELL.findall(by_hand)
        if kind == "change" or re.search(rf"\brow{cell}\b", said)
    ]
    assert sorted(CELL.findall(new)) == sorted(stay)
    return None


def simple(made: Template, data: Draws) -> str:
    """Draw a text of plain words in which no two rows are alike."""
    form = everything(made.outline.fields)
    plain = records.records(made.outline, text=hostile.words, beyond=False)
    drawn = markdown.canonical(data.draw(plain, label="record"), made)
    record = markdown.canonical(edits.numbered(drawn, form), made)
    return markdown.write(record, made)


def with_column(text: str, spans: Spans, within: range) -> str:
    """Return the text with a column of somebody's own in the tables of these lines."""
    lines = text.split("\n")
    for table in spans.containers:
        at = spans.body + table.start
        if table.shape == "table" and at in within:
            lines[at] += " Ours |"
            lines[at + 1] += " --- |"
    for found in (row for each in spans.rows.values() for row in each):
        at = spans.body + found.start
        number = re.search(r"\brow(\d+)\b", lines[at])
        if number and found.container.shape == "table" and at in within:
            lines[at] += f" ours{number[1]} |"
    return "\n".join(lines)


def unnoted(record: Report, had: Collection[str]) -> dict[str, Any]:
    """Return what a record holds, without the note that a text was put above.

    Keys are those that rows `had`: who adds a row need not give it one, and it gains
    one only when it is written.
    """
    note = f"\n\n{BY_HAND['note'][0]}"
    for name in KEYED:
        if rows := record.value(name):
            bare = (row if row.key in had else row.replace(key=None) for row in rows)
            record = record.with_value(name, tuple(bare))
    return {
        name: value.removesuffix(note) if isinstance(value, str) else value
        for name, value in asked(record).items()
    }


def keys(record: Report) -> set[str]:
    """Return the keys of a record's rows."""
    rows: tuple[Factor | Action, ...]
    rows = (*(record.factors or ()), *(record.actions or ()))
    return {row.key for row in rows if row.key}


def row_lines(
    made: Reading, name: str, only: Collection[str] | None = None
) -> list[str]:
    """Return the lines of a field's rows as they stand, or of those with these keys.

    Blank lines below a list are left out: its last row has them, or has them not, as
    other blocks of the text are read.
    """
    rows, spans = made.report.value(name) or (), made.spans
    return [
        "\n".join(spans.lines[spans.body + at.start : spans.body + at.end]).rstrip("\n")
        for row, at in zip(rows, spans.rows.get(name, ()), strict=True)
        if only is None or row.key in only
    ]
