"""An edit changes its own lines, and nothing that anybody wrote is lost by it."""

from __future__ import annotations

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
    everything,
    inline,
)
from postmortem.model import Report
from tests import edits, hostile, records, statements
from tests.by_hand import simple, survives_an_edit
from tests.laws import PRESETS, canonical, law, template
from tests.oracles import (
    asked,
    changed,
    mdformatted,
    underived,
)

SAYING = hostile.said.filter(inline.canonical)
"""Lines of which something is left."""


@law
def test_small_diff(name: str, data: st.DataObject) -> None:
    """One value changed in place changes no more lines than the layout asks for."""
    statements.small_diff(template(name), canonical(data, name), data)


@law
def test_judged_again(name: str, data: st.DataObject) -> None:
    """What tells that derived lines are right tells it of no text that is not."""
    statements.judged_again(template(name), canonical(data, name), data)


@law
def test_several_values_at_once(name: str, data: st.DataObject) -> None:
    """They are in the text together; an awkward template may refuse, in words."""
    old = canonical(data, name)
    wanted = old
    for _ in range(data.draw(st.integers(2, 4), label="values")):
        wanted = edits.with_another(data, wanted, template(name))

    text = markdown.write(old, template(name))
    try:
        new = markdown.rewrite(text, wanted, template(name))
    except Refused:
        assert name not in PRESETS
        return

    assert asked(markdown.read(new, template(name)).report) == asked(wanted)


@law
def test_nothing_is_lost(name: str, data: st.DataObject) -> None:
    """A line goes only with the value that it belongs to; else the edit is refused."""
    statements.nothing_lost(template(name), canonical(data, name), data)


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
    statements.by_hand_stays(template(name), Report(), data)


@law
def test_nothing_is_lost_among_values_without_a_place(
    name: str, data: st.DataObject
) -> None:
    """What was added under the last heading stays, or the change is refused."""
    text = simple(template(name), data)
    spans = markdown.read(text, template(name)).spans
    assume(spans.elsewhere)
    assert spans.elsewhere

    within = range(spans.elsewhere.start + 1, text.count("\n") + 1)
    with suppress(Refused):
        survives_an_edit(template(name), data, text, within)


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
