"""The blocks of a text: told by their first characters, or as markdown-it sees them."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from postmortem.markdown.blocks import Block, parsed
from postmortem.markdown.scanning import blocks
from tests import hostile

EXAMPLES = max(2_000, settings().max_examples)
ALPHABET = tuple("ab1 -*_`[]()<>!#|\\:=+.~>\t")
TIDY = (
    *("# A", "## B ##", "### C #", "#hash", "####### seven", "# ", "#", "## a\\"),
    *("Plain words.", "**bold** first", "_slanted_ words", "`code` first", "(in)"),
    *("| a | b |", "| - | - |", "|---|:-:|", "| 1 | 2 | 3 |", "| 1 |", "| a \\| b | |"),
    *(
        "| a | b",
        "||",
        "|",
        "| `a | b` | c |",
        "| a\\\\| b |",
        "| a | b |  ",
        "|a|b|\\|",
    ),
    *("- a", "- [ ] **A1** a", "- [x] b", "-  two", "- ", "-", "- - a", "- # a"),
    *("  below", "   three", "    four", " one", "  - c", "- a\\", "- a  ", "\t- tab"),
    *("- 1. a", "- > a", "- ```", "- <b>", "- | a | b |", "- ---", "-a", "- a\tb"),
    *("<!-- a -->", "<!-- a --> b", "<!--> a", "<!---->", "<!-- a", "-->", "<!-- -->"),
    *("1999. a", "12) a", "1. a", "1) a", "2. b", "a\\", "a  "),
    *(
        "***",
        "---",
        "===",
        "```",
        "~~~",
        "> a",
        ">",
        "[a]: b",
        "[a]",
        "<div>",
        "</div>",
    ),
)
texts = st.lists(
    st.sampled_from(TIDY)
    | st.sampled_from(hostile.BLOCKS)
    | st.just("")
    | st.text(st.sampled_from(ALPHABET), max_size=6),
    max_size=8,
)


@settings(max_examples=EXAMPLES)
@given(texts)
def test_the_short_way_and_markdown_it_see_the_same_blocks(lines: list[str]) -> None:
    """Kind, place, level, text, cells and items are equal, whichever way is taken."""
    short: dict[str, Any] = {}
    whole: dict[str, Any] = {}

    mine = [seen(block, lines) for block in blocks(lines, short)]

    assert mine == [seen(block, lines) for block in parsed(lines, whole)]
    assert links(short) == links(whole)


def seen(block: Block, lines: list[str]) -> dict[str, Any]:
    """Return what is said of a block, but for the way in which it was read.

    A list goes on over blank lines for one and ends before them for the other.
    """
    return {
        "kind": block.kind,
        "lines": (block.start, last(block.end, lines)),
        "level": block.level,
        "content": "" if block.kind == "html_block" else block.content,
        "heads": list(block.heads),
        "rows": [(at, list(cells)) for at, cells in block.rows],
        "items": [
            (list(said), start, last(end, lines), more)
            for said, start, end, more in block.items
        ],
    }


def links(env: dict[str, Any]) -> dict[str, Any]:
    """Return where the definitions of a text lead."""
    found = env.get("references", {})
    return {name: (each["href"], each["title"]) for name, each in found.items()}


def last(end: int, lines: list[str]) -> int:
    """Return the end without the blank lines before it."""
    while end and not lines[end - 1].strip():
        end -= 1
    return end
