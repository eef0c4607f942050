"""The laws of writing and reading, over generated records and every template."""

from __future__ import annotations

from hypothesis import strategies as st

from postmortem import markdown
from postmortem.markdown import fields
from tests import records
from tests.laws import canonical, every_template, law, template
from tests.oracles import disarmed, skeleton, told

LINED = (
    *(fields.LINE, fields.LINES, fields.MOMENT, fields.LIST, fields.TABLE),
    *(fields.EVENTS, fields.FACTORS, fields.ACTIONS, fields.REVISIONS),
)
"""Kinds of fields that hold no authored prose."""


@every_template
def test_awkward_templates_have_no_mistakes(name: str) -> None:
    """The laws hold for every template that `template check` passes: for these too."""
    assert template(name).problems == ()


@law
def test_canonical_is_canonical(name: str, data: st.DataObject) -> None:
    """The canonical form of a canonical record is itself."""
    record = canonical(data, name)

    assert markdown.canonical(record, template(name)) == record


@law
def test_round_trip(name: str, data: st.DataObject) -> None:
    """What was written is read back equal, and written again gives the same bytes."""
    record = canonical(data, name)

    text = markdown.write(record, template(name))
    back = markdown.read(text, template(name)).report

    assert told(back) == told(record)
    assert back == record
    assert markdown.write(back, template(name)) == text


@law
def test_writing_needs_no_canonical_record(name: str, data: st.DataObject) -> None:
    """Any record is written as its canonical form is: nothing else is asked of it."""
    record = data.draw(records.records(template(name).outline), label="record")

    text = markdown.write(record, template(name))

    assert text == markdown.write(
        markdown.canonical(record, template(name)), template(name)
    )


@law
def test_texts_end_as_files_do(name: str, data: st.DataObject) -> None:
    """One newline at the end, LF alone, no trailing blanks, no control characters."""
    text = markdown.write(canonical(data, name), template(name))

    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert [line for line in text.split("\n") if line != line.rstrip(" \t")] == []
    assert [char for char in text if ord(char) < 32 and char not in "\n\t"] == []


@law
def test_data_stays_data(name: str, data: st.DataObject) -> None:
    """No value of a row or line adds a row, a heading, a key, or HTML."""
    record = canonical(data, name, only=LINED, beyond=False)
    harmless = disarmed(record, template(name))

    text = markdown.write(record, template(name))

    assert skeleton(text) == skeleton(markdown.write(harmless, template(name)))
