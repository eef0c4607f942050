"""What a person reads: an example for each question, in lines that fit."""

from __future__ import annotations

import re

import pytest

from postmortem.answers import Asked
from postmortem.markdown import STANDARD, Field
from postmortem.markdown.fields import DECLARABLE, PARTS, TABLE
from postmortem.wizard.reasons import explained
from postmortem.wizard.row_reasons import part_explained, part_question
from tests.wizard.held import begun, held

_ASKED = [name for name in STANDARD if name not in ("id", "template", "retired")]
_EXAMPLE = re.compile(r"(?:^|\n)For example: \S[^\n]*\Z")
BLAME = re.compile(r"!|\b(failed to|careless|negligen\w+|should have|your fault)\b")


@pytest.mark.parametrize("name", _ASKED)
def test_every_question_has_an_example_at_its_end(name: str) -> None:
    """Whoever types `?` sees an answer that would do, and nobody is blamed."""
    said = explained(STANDARD[name])

    assert _EXAMPLE.search(said)
    assert not BLAME.search(said)


@pytest.mark.parametrize("kind", DECLARABLE)
def test_a_question_of_a_template_has_one_too(kind: str) -> None:
    """By its kind, or of its own choices."""
    columns = ("a", "b") if kind == TABLE else ()
    choices = ("red", "blue") if kind in ("choice", "several") else ()
    known = Field(name="own", kind=kind, columns=columns, choices=choices)

    assert _EXAMPLE.search(explained(known))


def test_the_words_of_a_template_come_first() -> None:
    """Its reason and its example are those that are shown."""
    known = STANDARD["impact"]
    own = Field(name="impact", kind=known.kind, reason="We pay.", example="12 EUR")

    assert explained(own) == "We pay.\nFor example: 12 EUR"


@pytest.mark.parametrize(
    "kind, part", [(kind, part) for kind, parts in PARTS.items() for part in parts]
)
def test_every_part_of_a_row_has_a_question(kind: str, part: str) -> None:
    """With an example, but for a key, which nobody types."""
    known = Field(name="own", kind=kind)

    assert part_question(known, part).rstrip(")").endswith(("?", ".", "cannot"))
    assert (
        part == "key" or kind == "list" or _EXAMPLE.search(part_explained(known, part))
    )


@pytest.mark.parametrize("name", _ASKED)
def test_what_else_can_be_typed_fits_a_line(asked: Asked, name: str) -> None:
    """With the word for the editor behind it, in 80 columns."""
    choices = asked.fields[name].choices
    kind = asked.fields[name].kind
    answer = choices[0] if choices else "X" if name == "title" else ""

    made = held(asked, [name], answer)

    for question in made.script.asked:
        assert len(f"      {question.keys} · Ctrl-O editor") <= 80, kind


def test_a_required_question_says_so_by_what_enter_does(every: Asked) -> None:
    """What can be left open says that Enter passes over it."""
    fresh = held(every, "note", "").question()
    given = held(every, "note", "b", record=begun(note="a")).question()
    needed = held(every, "title", "X").question()

    assert fresh.keys.startswith("Enter: skip, stays not known · ")
    assert given.keys.startswith("Enter keeps it · ")
    assert needed.keys.startswith("? why")


def test_help_says_what_a_part_of_a_row_may_be(asked: Asked) -> None:
    """Kinds, types, priorities, and what a cause is, by the names people type."""
    factors = held(asked, "factors", "").question().help
    actions = held(asked, "actions", "").question().help

    assert "kind: trigger, root, contributing" in factors
    assert "cause: the other factor that it came from" in factors
    assert "type: prevent, detect" in actions
    assert "priority: P0, P1" in actions
    assert "done when: a state that anybody can see" in actions
    assert "done_when" not in actions
