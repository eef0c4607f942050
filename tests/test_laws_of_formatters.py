"""Formatters are harmless: to the record, and to an edit that comes after them."""

from __future__ import annotations

from hypothesis import strategies as st

from postmortem import markdown
from postmortem.errors import Refused
from postmortem.model import Report
from tests import hostile
from tests.laws import BATCH, canonical, law, law_of_batches, template, with_another
from tests.oracles import asked, mdformatted, prettied, told


@law
def test_mdformat_is_harmless(name: str, data: st.DataObject) -> None:
    """The record is equal after mdformat, with its plugins, respelled the text."""
    record = words(data, name)

    text = mdformatted(markdown.write(record, template(name)))

    assert told(markdown.read(text, template(name)).report) == told(record)


@law
def test_an_edit_after_mdformat_conflicts_with_nothing(
    name: str, data: st.DataObject
) -> None:
    """A value is changed in a text that mdformat respelled, and the rest stays."""
    record = words(data, name)
    text = mdformatted(markdown.write(record, template(name)))
    wanted = with_another(data, record, name)

    try:
        new = markdown.rewrite(text, wanted, template(name))
    except Refused:
        return  # said in words, and nothing is touched

    assert asked(markdown.read(new, template(name)).report) == asked(wanted)


@law_of_batches
def test_prettier_is_harmless(name: str, data: st.DataObject, prettier: str) -> None:
    """The record is equal after prettier respelled the text."""
    several = [words(data, name) for _ in range(BATCH)]

    texts = [markdown.write(record, template(name)) for record in several]

    for record, text in zip(several, prettied(prettier, texts), strict=True):
        assert told(markdown.read(text, template(name)).report) == told(record)


@law_of_batches
def test_an_edit_after_prettier_conflicts_with_nothing(
    name: str, data: st.DataObject, prettier: str
) -> None:
    """A value is changed in a text that prettier respelled, and the rest stays."""
    several = [words(data, name) for _ in range(BATCH)]
    wanted = [with_another(data, record, name) for record in several]
    texts = [markdown.write(record, template(name)) for record in several]

    for text, record in zip(prettied(prettier, texts), wanted, strict=True):
        new = markdown.rewrite(text, record, template(name))

        assert asked(markdown.read(new, template(name)).report) == asked(record)


def words(data: st.DataObject, name: str) -> Report:
    """Draw a record of plain words: what formatters do to others is in the cases."""
    return canonical(data, name, text=hostile.words, beyond=False)
