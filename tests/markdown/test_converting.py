"""A report goes from template to template and back, with all that people added."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

from postmortem import markdown
from postmortem.markdown import values
from postmortem.markdown.transfer import Transferred, transfer
from postmortem.model import Report
from tests.by_hand import CELL, simple, with_column
from tests.laws import NAMES, canonical, law, template
from tests.oracles import edited, phrases, told

HEADING = re.compile(r"^#+(?= )", re.MULTILINE)


def _never(_file: Sequence[str], _old: Sequence[str], _new: Sequence[str]) -> list[str]:
    raise AssertionError("nothing here needs a merge")


def _read(text: str, name: str) -> Report:
    return markdown.canonical(
        markdown.read(text, template(name)).report, template(name)
    )


def _said(report: Report) -> dict[str, Any]:
    """Return what a record holds; undeclared values are what a file says of them.

    Headings in them are as deep as their place asks for.
    """
    plain = {name: values.tree(None, it) for name, it in report.extra.items()}
    plain = {
        name: HEADING.sub("#", it) if isinstance(it, str) else it
        for name, it in plain.items()
    }
    return told(report.replace(extra=plain))


def _reads_back(record: Report, name: str) -> bool:
    """Tell whether the law of the round trip holds: that is tried elsewhere."""
    return _read(markdown.write(record, template(name)), name) == record


def _moved(text: str, old: str, new: str) -> Transferred:
    return transfer(text, template(new), template(old), _never)


@law
def test_there_and_back_the_record_is_the_same(name: str, data: st.DataObject) -> None:
    """What one template has no place for comes out again where another has it."""
    other = data.draw(st.sampled_from(NAMES), label="other")
    record = canonical(data, name)
    between = markdown.canonical(record, template(other))
    after = markdown.canonical(between, template(name))
    text = markdown.write(record, template(name))
    assume(_reads_back(record, name) and _reads_back(between, other))

    there = _moved(text, name, other)
    back = _moved(there.text, other, name)

    assert _said(_read(there.text, other)) == _said(between)
    assert _said(_read(back.text, name)) == _said(after)


@law
def test_what_was_added_by_hand_comes_back(name: str, data: st.DataObject) -> None:
    """A section, a paragraph, a comment and a column of people survive both ways."""
    other = data.draw(st.sampled_from(NAMES), label="other")
    text = simple(template(name), data)
    spans = markdown.read(text, template(name)).spans
    text = with_column(text, spans, range(spans.body, text.count("\n") + 1))
    by_hand = edited(data, text)

    there = _moved(by_hand, name, other)
    back = _moved(there.text, other, name)

    assert phrases(there.text) == phrases(by_hand)
    assert phrases(back.text) == phrases(by_hand)
    assert sorted(CELL.findall(back.text)) == sorted(CELL.findall(by_hand))
