"""Formatters are harmless: to the record, and to an edit that comes after them."""

from __future__ import annotations

from hypothesis import strategies as st

from postmortem import markdown
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
