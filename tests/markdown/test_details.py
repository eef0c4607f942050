"""The parts of an action in its brackets: what is written is what is read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortem import markdown, model
from postmortem.markdown import details
from postmortem.model import Action
from tests.laws import template
from tests.markdown.found import written

PARTS = ("owner", "due", "type", "priority", "factor", "link", "status")
WORDS = (
    *("edge lead", "due 2026-12-11", "by 2026-12-11", "due: 2026-01-01", "due x"),
    *("P1", "prevent", "WEB-77", "F1", "in progress", "a", ";"),
    *("link: x", "owner: y", "type: z", "https://example.com/;y"),
)
values = st.builds(
    lambda mark, words: " ".join(mark.join(words).split()),
    st.sampled_from(["; ", ", ", ";", " "]),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=3),
)


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "due": st.just("2026-12-12"),
            **dict.fromkeys(("owner", "link", "type", "priority"), values),
        },
    )
)
def test_what_looks_like_a_part_stays_in_its_own(row: dict[str, str]) -> None:
    """Neither a comma nor a semicolon in a value begins another one."""
    said = details.written(PARTS, row)

    assert (details.read(said[2:-1], PARTS) if said else {}) == row


@given(values)
def test_a_text_may_end_in_what_looks_like_details(inside: str) -> None:
    """An empty comment says that it is none."""
    text = f"say it ({inside})"
    record, made = written("default", actions=(Action(key="A1", text=text),))

    assert markdown.read(made, template("default")).report == record
    assert record.actions == (Action(key="A1", text=text),)


@pytest.mark.parametrize(
    "inside", ["owner: y", "edge lead, owner: y", "@edge-lead", "@edge-lead, @org/edge"]
)
def test_a_text_stays_one_without_the_key_of_its_row(inside: str) -> None:
    """What was told from details once, by a comment, is so for any reading."""
    text = f"say it ({inside})"
    _, made = written("default", actions=(Action(key="A1", text=text),))
    bare = made.replace("**A1** ", "")

    assert bare != made
    assert markdown.read(bare, template("default")).report.actions == (
        Action(text=text),
    )


@pytest.mark.parametrize(
    "said", ["owner: edge lead", "OWNER=edge lead", "owner: edge lead; P1"]
)
def test_a_label_is_written_back_as_the_template_has_it(said: str) -> None:
    """A row that gains a key is spelled anew, with its owner where owners stand."""
    _, empty = written("default", actions=(Action(key="A1", text="say it"),))
    text = empty.replace("**A1** say it", f"say it ({said})")
    record = markdown.read(text, template("default")).report

    new = markdown.rewrite(text, model.keyed(record), template("default"))

    rest = ", P1" if "P1" in said else ""
    assert f"- [ ] **A1** say it (edge lead{rest})\n" in new
