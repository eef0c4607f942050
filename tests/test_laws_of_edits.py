"""An edit changes its own lines, and nothing that anybody wrote is lost by it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import assume
from hypothesis import strategies as st

from postmortem import markdown
from postmortem.errors import Refused
from postmortem.markdown import (
    Field,
    Reading,
    Span,
    Spans,
    Template,
    everything,
    inline,
)
from postmortem.markdown.fields import TABLE
from postmortem.model import Report
from tests import edits, hostile, records
from tests.laws import canonical, law, template, with_another
from tests.oracles import (
    BY_HAND,
    asked,
    changed,
    edited,
    mdformatted,
    phrases,
    told,
    underived,
)

CELL = re.compile(r"\bours(\d+) \|$", re.MULTILINE)
SAYING = hostile.said.filter(inline.canonical)
"""Lines of which something is left."""


@law
def test_small_diff(name: str, data: st.DataObject) -> None:
    """One value changed in place changes no more lines than the layout asks for."""
    record = canonical(data, name)
    wanted = with_another(data, record, name)
    text = markdown.write(record, template(name))

    new = markdown.rewrite(text, wanted, template(name))

    # One line more is the key of a row that is gone, which is retired.
    gone, came = changed(text, new)
    most_gone, most_came = changed(text, markdown.write(wanted, template(name)))
    assert asked(markdown.read(new, template(name)).report) == asked(wanted)
    assert len(gone) <= len(most_gone) + 1
    assert len(came) <= len(most_came) + 1


@law
def test_nothing_changed_changes_nothing(name: str, data: st.DataObject) -> None:
    """Rewriting a text with the record that it holds gives the same bytes."""
    text = markdown.write(canonical(data, name), template(name))
    record = markdown.read(text, template(name)).report

    assert markdown.rewrite(text, record, template(name)) == text
    assert markdown.refresh(text, template(name)) == text
    assert markdown.stale(text, template(name)) == ()


@law
def test_nothing_is_lost(name: str, data: st.DataObject) -> None:
    """A line goes only with the value that it belongs to; else the edit is refused."""
    by_hand = edited(data, markdown.write(canonical(data, name), template(name)))
    read = markdown.read(by_hand, template(name)).report
    wanted = with_another(data, read, name)

    try:
        new = markdown.rewrite(by_hand, wanted, template(name))
    except Refused:
        return

    gone, _ = changed(by_hand, new)
    may_go, _ = changed(
        markdown.write(read, template(name)), markdown.write(wanted, template(name))
    )
    may_go += [line for line in gone if line.startswith("retired: ")]
    stale = markdown.stale(by_hand, template(name))
    may_go += [by_hand.split("\n")[finding.line - 1] for finding in stale]
    stay = [line for line in gone if line and line not in may_go]
    stay = [line for line in stay if not line.startswith("<!-- ")]  # a question
    assert [line for line in stay if line.lstrip("- ") not in new] == []
    assert lost(by_hand, new, template(name), wanted) == []


@law
def test_one_row_changed_touches_only_its_own_lines(
    name: str, data: st.DataObject
) -> None:
    """A part of a row becomes another in the row's own lines, however laid out."""
    if not able(name):
        pytest.skip("no rows have a place in this template")
    text = markdown.write(with_rows(data, name), template(name))
    if data.draw(st.booleans(), label="formatted"):
        text = mdformatted(text)
    reading = markdown.read(text, template(name))
    assume(all(each.code != "PM001" for each in reading.findings))  # mdformat did it
    known, at = row(data, name, reading)
    rows = reading.report.value(known.name)
    now = list(rows)
    now[at] = edits.another(data, rows[at], known, SAYING)
    wanted = reading.report.with_value(known.name, tuple(now))
    wanted = markdown.canonical(wanted, template(name))
    assume(parts(wanted.value(known.name)) == parts(rows))

    try:
        new = markdown.rewrite(text, wanted, template(name))
    except Refused:
        return  # parts of it stand under the last heading, and could not be joined

    back = markdown.read(new, template(name))
    found = reading.spans.rows[known.name][at]
    start, end = reading.spans.body + found.start, reading.spans.body + found.end
    own, _ = halves(text, reading.spans.elsewhere, start)
    own_now, _ = halves(new, back.spans.elsewhere, start)
    behind = len(own_now) - len(own) + end
    if "<!-- derived from " in text + new:
        gone, _ = changed(*("\n".join(underived(lines)) for lines in (own, own_now)))
        assert [line for line in gone if line not in own[start:end]] == []
    else:
        assert own_now[:start] == own[:start]
        assert own_now[behind:] == own[end:]
    assert asked(back.report) == asked(wanted)


@law
def test_what_was_added_by_hand_survives_every_kind_of_edit(
    name: str, data: st.DataObject
) -> None:
    """A column, bullets, a paragraph and a section stay, each at its row or place."""
    text = simple(data, name)
    spans = markdown.read(text, template(name)).spans
    end = spans.elsewhere.start + 1 if spans.elsewhere else text.count("\n") + 1

    survives_an_edit(data, name, text, range(spans.body + 1, end))


@law
def test_nothing_is_lost_among_values_without_a_place(
    name: str, data: st.DataObject
) -> None:
    """What was added under the last heading stays, or the change is refused."""
    text = simple(data, name)
    spans = markdown.read(text, template(name)).spans
    assume(spans.elsewhere)
    assert spans.elsewhere

    within = range(spans.elsewhere.start + 1, text.count("\n") + 1)
    with suppress(Refused):
        survives_an_edit(data, name, text, within)


def survives_an_edit(data: st.DataObject, name: str, text: str, within: range) -> None:
    """Add by hand within these lines, edit a value, and miss only what it held.

    Bullets among the rows of a template's own table are rows, and cannot hold its other
    cells: a change of that table may be refused.
    """
    form = everything(template(name).outline.fields)
    text = with_column(text, markdown.read(text, template(name)).spans, within)
    by_hand = edited(data, text, within)
    read = markdown.read(by_hand, template(name)).report
    names = [each for each in form if each not in ("template", "zone", "retired")]
    known = [each for each in names if read.value(each)]
    field = data.draw(st.sampled_from(names) | st.sampled_from(known or names))
    kind, wanted = edits.edit(data, read, form[field])
    wanted = markdown.canonical(wanted, template(name))

    try:
        new = markdown.rewrite(by_hand, wanted, template(name))
    except Refused:
        if form[field].kind == TABLE and BY_HAND["bullets"][0] in by_hand:
            return
        raise

    assert asked(markdown.read(new, template(name)).report) == asked(wanted)
    assert lost(by_hand, new, template(name), wanted) == []
    rows = str(wanted)
    stay = [
        cell
        for cell in CELL.findall(by_hand)
        if kind == "change" or re.search(rf"\brow{cell}\b", rows)
    ]
    assert sorted(CELL.findall(new)) == sorted(stay)


def simple(data: st.DataObject, name: str) -> str:
    """Draw a text of plain words in which no two rows are alike."""
    form = everything(template(name).outline.fields)
    drawn = canonical(data, name, text=hostile.words, beyond=False)
    record = markdown.canonical(edits.numbered(drawn, form), template(name))
    return markdown.write(record, template(name))


def with_rows(data: st.DataObject, name: str) -> Report:
    """Draw a canonical record with rows of some field that stand in one section."""
    known = data.draw(st.sampled_from(able(name)), label="field")
    rows = data.draw(records.values(known, SAYING).filter(bool), label="rows")
    report = canonical(data, name).with_value(known.name, rows)
    return markdown.canonical(report, template(name))


def able(name: str) -> list[Field]:
    """Return the fields whose rows have one place in a template."""
    outline = template(name).outline
    return [
        known
        for known in everything(outline.fields).values()
        if known.kind in edits.ROWS
        and known.name in outline.placed()
        and not outline.splits(known.name)
    ]


def row(data: st.DataObject, name: str, reading: Reading) -> tuple[Field, int]:
    """Draw a row of a text, of a field whose rows stand in one section."""
    form = everything(template(name).outline.fields)
    ours = [
        (form[field], at)
        for field, found in reading.spans.rows.items()
        if field in form and not template(name).outline.splits(field)
        for at in range(len(found))
    ]
    assume(ours)
    return data.draw(st.sampled_from(ours), label="row")


def parts(rows: Sequence[Any]) -> list[list[str]]:
    """Return which parts of each row are known."""
    return [
        [part for part in row if row[part]]
        if isinstance(row, Mapping)
        else [part for part in row.__struct_fields__ if getattr(row, part)]
        for row in rows
        if not isinstance(row, str)
    ]


def halves(text: str, elsewhere: Span | None, line: int) -> tuple[list[str], list[str]]:
    """Cut off the values that have no place, which show a row again by its words."""
    lines = text.split("\n")
    if elsewhere is None or elsewhere.start <= line:
        return lines, []
    return lines[: elsewhere.start], lines[elsewhere.start :]


def with_column(text: str, spans: Spans, within: range) -> str:
    """Return the text with a column of somebody's own in the tables of these lines."""
    lines = text.split("\n")
    for table in spans.containers:
        at = spans.body + table.start
        if table.shape == "table" and at in within:
            lines[at] += " Ours |"
            lines[at + 1] += " --- |"
    for found in (row for rows in spans.rows.values() for row in rows):
        at = spans.body + found.start
        number = re.search(r"\brow(\d+)\b", lines[at])
        if number and found.container.shape == "table" and at in within:
            lines[at] += f" ours{number[1]} |"
    return "\n".join(lines)


def lost(by_hand: str, new: str, made: Template, wanted: Report) -> list[str]:
    """Return the words added by hand that went with no value that they belong to."""
    report, spans, _ = markdown.read(by_hand, made)
    own = [
        line
        for name, value in told(report).items()
        if value != wanted.value(name)
        for line in (str(value), *_lines(by_hand, spans.texts.get(name)))
    ]
    gone = [words for words in phrases(by_hand) if words not in new]
    return [words for words in gone if not any(words in line for line in own)]


def _lines(text: str, span: Span | None) -> list[str]:
    return text.split("\n")[span.start : span.end] if span else []
