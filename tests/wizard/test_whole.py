"""A whole form, answered by a script: the record is that of its answers file."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from postmortem import answers, markdown, wizard
from postmortem.markdown import Field
from postmortem.markdown.fields import (
    ACTIONS,
    CHOICE,
    EVENTS,
    FACTORS,
    LINES,
    LIST,
    MOMENT,
    REVISIONS,
    ROW_KINDS,
    TEXT,
)
from postmortem.model import ACTION_TYPES, FACTOR_KINDS, PRIORITIES
from postmortem.prompts.script import Answer
from tests.wizard.conftest import form, shipped_template
from tests.wizard.held import held, sitting

START = datetime(2025, 5, 24, 13, 5, tzinfo=UTC)
_TAKEN = ("none", "nothing", "tbd", "todo", "tbc", "no", "show", "ok")

words = st.text("abcdefghéßж", min_size=2, max_size=7).filter(
    lambda it: it not in _TAKEN
)
lines = st.lists(
    st.tuples(words, st.sampled_from(("", ",", ".", " |", ";", " -", "?", " (a)"))),
    min_size=2,
    max_size=6,
).map(lambda parts: "The " + " ".join(f"{word}{mark}" for word, mark in parts))
texts = st.lists(lines, min_size=1, max_size=3).map("\n\n".join)
points = st.lists(lines, min_size=1, max_size=3).map(
    lambda several: "\n".join(f"- {each}" for each in several)
)
days = st.dates(datetime(2024, 1, 1).date(), datetime(2026, 12, 31).date())  # noqa: DTZ001 - days


_NONE: tuple[list[Answer], Any] = (["none"], [])


@dataclass
class Told:
    """What somebody types, and what an answers file says instead."""

    script: list[Answer] = field(default_factory=list)
    file: dict[str, Any] = field(default_factory=dict)


@st.composite
def tellings(draw: st.DrawFn, fields: tuple[Field, ...]) -> Told:
    """Draw an answer to some questions of the form; the others are left open."""
    told = Told()
    names = [known.name for known in fields]
    said = {"title", *draw(st.lists(st.sampled_from(names), max_size=9))}
    for known in fields:
        typed: list[Answer] = [""]
        value = None
        if known.name in said:
            typed, value = draw(_said(known))
        told.script += typed
        if value is not None:
            told.file[known.name] = value
        if known.kind == EVENTS and value:
            unknown = (it for it in fields if it.kind == MOMENT)
            told.script += [""] * sum(it.name not in told.file for it in unknown)
    if any(told.file.get(it.name) for it in fields if it.kind in (MOMENT, EVENTS)):
        told.file.setdefault("zone", "UTC")
    return told


@cache
def _said(known: Field) -> st.SearchStrategy[tuple[list[Answer], Any]]:
    """Draw what is typed for a field, and its value in a file."""
    if known.kind in ROW_KINDS:
        return _rows(known) | st.just(_NONE)
    if known.kind == TEXT:
        return st.just(_NONE) | (texts | points).map(lambda it: ([it], it))
    if known.kind == MOMENT:
        at = st.integers(0, 9999).map(lambda it: START + timedelta(minutes=it))
        return at.map(lambda it: ([f"{it:%Y-%m-%d %H:%M} UTC"], it.isoformat()))
    if known.kind == CHOICE:
        return st.sampled_from(known.choices).map(lambda it: ([it], it))
    if known.kind == LINES:
        many = st.lists(words, min_size=1, max_size=3)
        return many.map(lambda it: ([", ".join(it)], it))
    if known.name == "zone":
        zones = st.sampled_from(("Europe/Berlin", "Asia/Kolkata"))
        return zones.map(lambda it: ([it], it))
    return lines.map(lambda it: ([it], it))


def _rows(known: Field) -> st.SearchStrategy[tuple[list[Answer], Any]]:
    """Draw rows as pasted lines; at least two, so that none is asked for its parts."""
    row = {
        EVENTS: st.fixed_dictionaries(
            {"text": lines}, optional={"source": words, "kind": words}
        ),
        FACTORS: st.fixed_dictionaries(
            {"text": lines},
            optional={
                "kind": st.sampled_from(FACTOR_KINDS),
                "evidence": lines,
                "cause": st.just("F1"),
            },
        ),
        ACTIONS: st.fixed_dictionaries(
            {"text": lines},
            optional={
                "owner": lines,
                "due": days.map(str),
                "type": st.sampled_from(ACTION_TYPES),
                "priority": st.sampled_from(PRIORITIES),
                "link": st.text("abcdef", min_size=2, max_size=7),
                "done_when": lines,
            },
        ),
        REVISIONS: st.fixed_dictionaries({"text": lines, "on": days.map(str)}),
        LIST: lines.map(lambda it: {"text": it}),
    }[known.kind]
    return st.lists(row, min_size=2, max_size=4).map(
        lambda rows: _pasted(known.kind, rows)
    )


def _pasted(kind: str, rows: list[dict[str, str]]) -> tuple[list[Answer], Any]:
    typed: list[str] = []
    value: list[Any] = []
    for at, row in enumerate(rows):
        when = f"{START + timedelta(minutes=at):%Y-%m-%d %H:%M} UTC"
        rest = [f"  {part}: {said}" for part, said in row.items() if part != "text"]
        begin = f"{when} {row['text']}" if kind == EVENTS else row["text"]
        typed.append("\n".join((f"- {begin}", *rest)))
        more = {"at": when} if kind == EVENTS else {}
        value.append(row["text"] if kind == LIST else {**row, **more})
    return ["\n".join(typed), ""], value


DEFAULT = shipped_template("default")
ASKED = form(DEFAULT)
FORM = wizard.fields_of(sitting(ASKED).sitting)


@given(told=tellings(FORM))
def test_a_form_that_is_typed_is_the_record_that_its_answers_file_is(
    told: Told,
) -> None:
    """The same record, and every word that was typed stands in the report."""
    made = held(ASKED, [known.name for known in FORM], *told.script)

    read = answers.read(json.dumps(told.file), ASKED)
    assert read.problems == ()
    assert made.report == read.report
    written = markdown.write(made.report, DEFAULT)
    typed = re.findall(r"\w+", " ".join(map(str, told.file.values())))
    spelled = re.compile("[aбcdefghéßж]{2,}")
    assert [
        word for word in typed if spelled.fullmatch(word) and word not in written
    ] == []
