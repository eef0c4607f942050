"""One line of inline Markdown: its canonical form, and its escapes for each place."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from postmortem.markdown import inline, neighbours
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


@given(st.text(st.sampled_from("ab1 .!?,é\x01\x7f\ue000\u200b\xa0日-:"), max_size=9))
def test_a_slanted_line_is_spelled_by_the_quick_way_as_by_the_long_one(
    said: str,
) -> None:
    """Our own placeholders are slanted, and no parser is loaded for them."""
    line = f"_{said}_"

    assert inline.respelled(line) == inline._respelled(line, None, html_is_text=False)


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

    assert neighbours.broken(made, separators).replace(inline.BREAK, "") == made


@given(lines)
def test_marks_that_stand_alone_are_text_beside_others(line: str) -> None:
    """Emphasis that no value has is not made by two of them on one line."""
    made = neighbours.closed(inline.canonical(line))

    assert inline.canonical(made) == inline.canonical(line)
    alone, beside = emphases(made), emphases(f"a {made} b {made} c")
    assert beside == alone * 2


def emphases(line: str) -> list[str]:
    """Return the marks that begin emphasis in a line."""
    found = MD.parseInline(line)[0].children or []
    return [token.tag for token in found if token.type in ("em_open", "strong_open")]


@given(lines)
def test_what_a_link_goes_to_is_canonical(line: str) -> None:
    """It is a line as others are, and stays as it is."""
    made = inline.link(inline.canonical(line))

    assert inline.link(made) == made
    assert inline.canonical(made) == made
    assert "|" not in made
