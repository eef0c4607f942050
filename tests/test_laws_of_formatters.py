"""Formatters are harmless: to the record, and to an edit that comes after them."""

from __future__ import annotations

import pytest
from hypothesis import strategies as st

from postmortem import markdown
from postmortem.model import Report
from tests.laws import BATCH, canonical, law, law_of_batches, template
from tests.oracles import mdformatted, prettied
from tests.statements import after_formatter


@law
def test_mdformat_is_harmless(name: str, data: st.DataObject) -> None:
    """The record is equal after mdformat, with its plugins, and can be edited."""
    record = canonical(data, name)
    after = mdformatted(markdown.write(record, template(name)))

    after_formatter(template(name), record, after, data)


@law_of_batches
def test_prettier_is_harmless(name: str, data: st.DataObject, prettier: str) -> None:
    """The record is equal after prettier respelled the text, and can be edited."""
    several = [canonical(data, name) for _ in range(BATCH)]
    texts = [markdown.write(record, template(name)) for record in several]

    for record, after in zip(several, prettied(prettier, texts), strict=True):
        after_formatter(template(name), record, after, data)


@pytest.mark.parametrize("blank", ["\u00a0", "\u2009", "\u3000"], ids=ascii)
@pytest.mark.parametrize("others", [(), ("x_b",), ("owner",)], ids=str)
def test_white_space_at_the_end_of_a_value_stays(
    blank: str, others: tuple[str, ...]
) -> None:
    """A key of the team's own keeps it: nothing else in the front matter ends with it.

    mdformat's plugin takes quotes away, then the white space at both ends of it all.
    """
    howie, kept = template("howie"), f"word{blank}"
    record = Report().with_value("x_a", kept)
    for name in others:
        record = record.with_value(name, "word")
    record = markdown.canonical(record, howie)
    text = markdown.write(record, howie)

    after = markdown.read(mdformatted(text), howie).report

    assert record.value("x_a") == kept
    assert after == record
    assert markdown.write(markdown.read(text, howie).report, howie) == text
