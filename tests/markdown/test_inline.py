"""One line of inline Markdown: its canonical form, and its escapes for each place."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from postmortem.markdown import inline
from tests import hostile

MARKS = tuple("ab1 *_`[]()<>!&~\\|#-+.:;/\"'=é日 \n\t")
lines = st.text(st.sampled_from(MARKS), max_size=25) | hostile.said
MD = MarkdownIt("commonmark").enable(["table", "strikethrough"])


@given(lines)
def test_canonical_is_idempotent(line: str) -> None:
    """The canonical form of a canonical line is itself, on one line."""
    made = inline.canonical(line)

    assert inline.canonical(made) == made
    assert len(made.splitlines()) <= 1
    assert made == made.strip()


@given(lines)
def test_a_line_begins_a_paragraph_and_nothing_else(line: str) -> None:
    """At the start of a list item it is text, and the same text."""
    made = inline.canonical(line)

    tokens = MD.parse(f"- {inline.at_start(made)}")

    if made:
        assert [token.type for token in tokens] == [
            "bullet_list_open",
            "list_item_open",
            "paragraph_open",
            "inline",
            "paragraph_close",
            "list_item_close",
            "bullet_list_close",
        ]
        assert inline.canonical(tokens[3].content) == made


@given(lines)
def test_a_cell_holds_any_line(line: str) -> None:
    """It adds no cell to its row, and is read back."""
    made = inline.canonical(line)

    tokens = MD.parse(f"| a | b |\n| --- | --- |\n| x | {inline.cell(made)} |\n")
    cells = [token.content for token in tokens if token.type == "inline"]

    assert len(cells) == 4
    assert inline.canonical(cells[3]) == made


@given(lines)
def test_raw_html_becomes_text(line: str) -> None:
    """Nothing in a canonical line is HTML, so that nothing of it is hidden or run."""
    made = inline.canonical(line)

    found = MD.parseInline(made)[0].children or []

    assert [token.content for token in found if token.type == "html_inline"] == []


@given(lines, st.lists(st.sampled_from((" (", ", ", ": ", ")", "**", "]", "done"))))
def test_breaks_are_invisible(line: str, separators: list[str]) -> None:
    """The empty comments that break separators are gone when it is read."""
    made = inline.canonical(line)

    assert inline.broken(made, separators).replace(inline.BREAK, "") == made
