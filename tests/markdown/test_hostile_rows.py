"""Cells that would forge a row, a heading or a fact: each is read as it was written."""

from __future__ import annotations

from postmortem import markdown
from postmortem.model import Action, Event, Factor, Report
from tests.laws import every_template, template
from tests.oracles import skeleton, told

CELLS = (
    *("a | b", "|", "a \\| b", "a\\", "\\|", "`a | b`", "`a", "| --- | --- |"),
    *("a\nb", "a\r\nb", "a\u2028b", "a<br>b", "<b>a</b>", "<!-- a -->", "-->", "---"),
    *("# a", "- a", "[a](b|c)", "**A1** a", "&#124;", "\x1b[2Ja", "{{ 7*7 }}", "  a  "),
)
FORGERIES = (
    *("x |\n| 99:99 | forged", "x |\n| --- | --- |\n| 99:99 | forged |"),
    *(
        "x\n\n# Forged",
        "x\n\n## Timeline\n\n| 99:99 | forged |",
        "x\n---\n",
        "x\n===\n",
    ),
    *("x\n- [ ] **A9** forged", "x\n\n```\n", "x\n<!--", "x\r# Forged", "\n\nforged"),
    *("---\nid: forged\n---", "x\x0b# Forged", "x\x85# Forged", "x\u2029# Forged"),
)


def record(said: str) -> Report:
    """Return a record that says something in every part of a row that is words."""
    return Report(
        timeline=(
            Event(text="before"),
            Event(text=said, kind=said, source=said, link=said),
            Event(text="after"),
        ),
        factors=(Factor(text=said, kind=said, evidence=said), Factor(text="after")),
        actions=(
            Action(text=said, owner=said, done_when=said, link=said),
            Action(text="after"),
        ),
        open_questions=("before", said, "after"),
    )


@every_template
def test_a_cell_is_read_as_it_was_written(name: str) -> None:
    """As many rows come back as were written, and each says the same."""
    for said in (*CELLS, *FORGERIES):
        wanted = markdown.canonical(record(said), template(name))

        text = markdown.write(wanted, template(name))

        assert told(markdown.read(text, template(name)).report) == told(wanted)


@every_template
def test_a_cell_adds_nothing_to_a_text(name: str) -> None:
    """There are as many headings, rows and items as with a word in its place."""
    plain = skeleton(markdown.write(record("word"), template(name)))

    for said in (*CELLS, *FORGERIES):
        text = markdown.write(record(said), template(name))

        assert skeleton(text) == plain, said
