"""Records made by hypothesis: every field, in every state, with hostile texts in it."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from postmortem.markdown import Field, Outline, everything, fields
from postmortem.model import Other, Report, Revision
from tests import rows
from tests.hostile import prose, said, words


def _several(each: SearchStrategy[Any]) -> SearchStrategy[tuple[Any, ...]]:
    return st.lists(each, max_size=4).map(tuple)


def values(  # noqa: C901, PLR0912 - a line for every kind
    known: Field, text: SearchStrategy[str] = said
) -> SearchStrategy[Any]:
    """Draw a value of a field, by its kind; never None."""
    if known.name == "zone":
        return st.sampled_from(rows.ZONES)
    match known.kind:
        case fields.TEXT:
            return st.just(()) | (prose if text is said else text)
        case fields.NUMBER:
            return st.integers(-10, 10**12) | st.floats(-1e9, 1e9).map(_positive_zero)
        case fields.YES_NO:
            return st.booleans()
        case fields.DATE:
            return rows.days
        case fields.MOMENT:
            return rows.moments
        case fields.CHOICE if known.choices:
            return st.sampled_from(known.choices)
        case fields.SEVERAL:
            chosen = st.lists(st.sampled_from(known.choices), max_size=3, unique=True)
            return chosen.map(tuple)
        case fields.LINES | fields.LIST:
            return _several(text)
        case fields.TABLE:
            return rows.tables(known.columns, text)
        case fields.EVENTS:
            return _several(rows.events(text))
        case fields.FACTORS:
            return rows.factors(text)
        case fields.ACTIONS:
            return rows.actions(text)
        case fields.REVISIONS:
            return _several(st.builds(Revision, text=text, on=st.none() | rows.days))
    return text


others = st.builds(Other, heading=said, text=prose, level=st.integers(1, 6))
"""Sections that no template knows."""

strange = st.one_of(
    said,
    _several(said),
    prose,
    rows.tables(("name", "role")),
    st.booleans(),
    st.integers(0, 99),
    st.dictionaries(words, words, max_size=2),
)
"""What a key that no template declares can hold."""


@st.composite
def records(
    draw: st.DrawFn,
    outline: Outline,
    *,
    text: SearchStrategy[str] = said,
    only: tuple[str, ...] | None = None,
    beyond: bool = True,
) -> Report:
    """Draw a record for a template: few fields or many, known, none or unknown.

    `only` keeps to fields of these kinds; `beyond` adds keys that nobody declares.
    """
    form = everything(outline.fields)
    able = [
        name
        for name, known in form.items()
        if name != "template" and (only is None or known.kind in only)
    ]
    report = Report()
    for name in draw(st.lists(st.sampled_from(able), max_size=7, unique=True)):
        report = report.with_value(name, draw(values(form[name], text)))
    if beyond and draw(st.integers(0, 3)) == 0:
        for name in draw(st.lists(words, max_size=2, unique=True)):
            if name not in form:
                report = report.with_value(f"x_{name}", draw(strange))
    if beyond and draw(st.integers(0, 3)) == 0:
        report = report.replace(other=draw(_several(others)))
    return report


def _positive_zero(number: float) -> float:
    return number + 0.0
