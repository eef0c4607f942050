"""The laws of writing and reading, over generated records and every template."""

from __future__ import annotations

from hypothesis import strategies as st

from postmortem import markdown
from tests import records, statements
from tests.laws import canonical, every_template, law, template


@every_template
def test_awkward_templates_have_no_mistakes(name: str) -> None:
    """The laws hold for every template that `template check` passes: for these too."""
    assert template(name).problems == ()


@law
def test_round_trip(name: str, data: st.DataObject) -> None:
    """MD-ROUNDTRIP: what was written is read back equal."""
    statements.round_trip(template(name), canonical(data, name), data)


@law
def test_fixed_point(name: str, data: st.DataObject) -> None:
    """What was read is written with the same bytes, and needs no edit or refresh."""
    statements.fixed_point(template(name), canonical(data, name), data)


@law
def test_writing_needs_no_canonical_record(name: str, data: st.DataObject) -> None:
    """Any record is written as its canonical form is: nothing else is asked of it."""
    record = data.draw(records.records(template(name).outline), label="record")

    text = markdown.write(record, template(name))

    assert text == markdown.write(
        markdown.canonical(record, template(name)), template(name)
    )


@law
def test_data_stays_data(name: str, data: st.DataObject) -> None:
    """No value of a row or line adds a row, a heading, a key, or HTML."""
    record = canonical(data, name, only=statements.LINED, beyond=False)

    statements.data_stays_data(template(name), record, data)
