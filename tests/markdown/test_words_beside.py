"""What people wrote beside a value stays, where it stands, when the value comes."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from postmortem import markdown, shipped
from postmortem.model import Event
from postmortem.templating import Source

_SHIPPED = (Source(path=shipped.templates_folder() / "reports", trusted=True),)
_LAST = """\
---
template: minimal
status: draft
---

# Cache

## What happened

Bad.

## Not in this template

### Open questions

- Why?

### Money spent

Agreed with the archivist.

| item | cost |
| --- | --- |
| disks | 3k |

Not paid yet.

### Root causes

A purge.
"""
_REVISIONS = (
    _LAST.split("### Money", maxsplit=1)[0]
    + """\
### Revisions

| on | text |
| --- | --- |
| 2025-06-01 | Numbers |

These were the archivist's numbers.
"""
)
_HEAD = "---\ntemplate: default\nstatus: draft\n---\n\n# Cache\n\n"
_NOTE = "<!-- the archivist has the export, and brings it on Monday -->"
_EVENT = Event(text="A purge", at=datetime(2025, 5, 24, 13, 5, tzinfo=UTC))


def _put(text: str, preset: str, **changes: Any) -> str:
    template = markdown.load(preset, _SHIPPED)
    report = markdown.read(text, template).report
    return markdown.rewrite(text, report.replace(**changes), template)


def test_one_value_of_the_last_section_changes_its_own_lines_alone() -> None:
    """A paragraph and a heading of people's own below it stay as they are."""
    said = _put(_LAST, "minimal", open_questions=("Why?", "Who?"))
    assert said == _LAST.replace("- Why?\n", "- Why?\n- Who?\n")


def test_values_above_and_below_people_s_own_words_change_where_they_stand() -> None:
    """What stands between two values stays between them."""
    said = _put(_LAST, "minimal", open_questions=("Who?",), root_causes="A leak.")
    assert said == _LAST.replace("Why?", "Who?").replace("A purge.", "A leak.")


def test_a_new_value_of_the_last_section_goes_below_what_people_added() -> None:
    """Not between a table and the paragraph that people put below it."""
    said = _put(_REVISIONS, "minimal", detection="The pager.")
    below = said.split("### Revisions")[1]
    assert "These were" in below.split("### ", 1)[0]
    assert "The pager." in said


def test_the_heading_stays_where_people_s_words_stay_below_it() -> None:
    """Else the words would stand below the heading above."""
    said = _put(_REVISIONS, "minimal", revisions=None)
    assert said.endswith("\n### Revisions\n\nThese were the archivist's numbers.\n")
    assert "Numbers" not in said


def test_a_comment_at_a_value_of_the_last_section_that_is_unset_stays() -> None:
    """So does its heading."""
    text = _LAST.replace("A purge.", f"_None._ {_NOTE}")
    said = _put(text, "minimal", root_causes=None)
    assert said.endswith(f"\n### Root causes\n\n{_NOTE}\n")


_WAYS = ["{} {}", "{}\n{}", "{}\n\n{}"]
_WORDS = ["_Not known yet._", "_None._", "TBD", "?"]


@pytest.mark.parametrize("way", _WAYS)
@pytest.mark.parametrize("words", _WORDS)
def test_a_comment_at_a_text_that_is_not_known_stays_below_it(
    words: str, way: str
) -> None:
    """On its line, on the next one, or as a paragraph of its own."""
    text = f"{_HEAD}## Summary\n\n{way.format(words, _NOTE)}\n"
    said = _put(text, "default", summary="Bad.")
    assert said.split() == f"{_HEAD}## Summary\n\nBad.\n\n{_NOTE}\n".split()
    assert "Bad.\n" in said
    assert f"\n{_NOTE}\n" in said


@pytest.mark.parametrize("way", _WAYS)
@pytest.mark.parametrize("words", _WORDS)
def test_a_comment_at_rows_that_are_not_known_stays(words: str, way: str) -> None:
    """Below the first row, or where it stood."""
    text = f"{_HEAD}## Timeline\n\n{way.format(words, _NOTE)}\n"
    said = _put(text, "default", timeline=(_EVENT,))
    assert said.count(_NOTE) == 1
    template = markdown.load("default", _SHIPPED)
    assert markdown.read(said, template).report.timeline == (_EVENT,)


@pytest.mark.parametrize("name", ["summary", "timeline"])
def test_our_own_question_goes_and_the_comment_behind_it_stays(name: str) -> None:
    """Two comments on one line are two."""
    template = markdown.load("default", _SHIPPED)
    known = template.known[name]
    asked = f"<!-- {known.question} -->"
    heading = "Summary" if name == "summary" else "Timeline"
    text = f"{_HEAD}## {heading}\n\n_Not known yet._\n{asked} {_NOTE}\n"
    value = "Bad." if name == "summary" else (_EVENT,)
    said = _put(text, "default", **{name: value})
    assert _NOTE in said
    assert asked not in said


def test_a_comment_that_the_new_text_already_has_is_there_once() -> None:
    """Whoever sets the text may have taken it along."""
    text = f"{_HEAD}## Summary\n\nTBD {_NOTE}\n"
    said = _put(text, "default", summary=f"Bad. {_NOTE}")
    assert said.count(_NOTE) == 1


@pytest.mark.parametrize("name", ["summary", "timeline"])
def test_a_comment_that_goes_on_below_another_stays_whole(name: str) -> None:
    """For Markdown the first line is a block of its own."""
    heading = "Summary" if name == "summary" else "Timeline"
    notes = "<!-- a note --> <!-- another,\n  on two lines -->"
    text = f"{_HEAD}## {heading}\n\n_Not known yet._\n{notes}\n"
    said = _put(text, "default", **{name: "Bad." if name == "summary" else (_EVENT,)})
    assert "<!-- another,\n  on two lines -->" in said
    assert "<!-- a note -->" in said


@pytest.mark.parametrize("own", ["### Notes of theirs\n\n<!-- later -->", _NOTE])
def test_the_last_section_stays_for_what_people_wrote(own: str) -> None:
    """A heading with but a comment below it is theirs, and so is a lone comment."""
    text = _LAST.split("### Open", maxsplit=1)[0]
    said = f"{text}{own}\n\n### Root causes\n\nA purge.\n"
    assert _put(said, "minimal", root_causes=None) == f"{text}{own}\n"


def test_the_last_section_stays_for_a_comment_at_its_only_value() -> None:
    """The value is not known any more, and the comment may say why."""
    text = _LAST.split("### Open", maxsplit=1)[0]
    said = f"{text}### Root causes\n\n_None._ {_NOTE}\n"
    made = _put(said, "minimal", root_causes=None)
    assert made == f"{text}### Root causes\n\n{_NOTE}\n"
