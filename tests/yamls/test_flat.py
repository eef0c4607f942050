"""Front matter on plain lines: read without a parser, and as the parser reads it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from postmortem.errors import Problems
from postmortem.yamls.flat import content, flat
from postmortem.yamls.nodes import Node
from postmortem.yamls.reading import Reading

CHARACTERS = "abAB019 :-_,./+()[]\"'#&*!|>%@`{}~?=é\n"
VALUES = st.one_of(
    st.text(CHARACTERS, max_size=12),
    st.sampled_from(
        [
            *("null", "Null", "NULL", "~", "yes", "12:30", "1.10", "2025-05-24T09:05Z"),
            *("[]", "[a, b c]", "[null]", "[a,b]", "[a, ]", "a: b", "a:", "a #b", '""'),
            *('"a: b"', '"a # b"', '" a "', "a  b", "- a", "a,", "---", "...", "? a"),
        ]
    ),
)
KEYS = st.sampled_from(["id", "status", "a_b", "null", "A", "x-y", "_a", "true"])
LINES = st.lists(
    st.tuples(KEYS, VALUES).map(lambda it: f"{it[0]}: {it[1]}"), max_size=4
)


@given(LINES.map("\n".join), st.sampled_from(["", "\n"]), st.integers(1, 3))
def test_what_is_read_quickly_is_what_the_parser_reads(
    text: str, end: str, first_line: int
) -> None:
    """Every value, its place and its style; what is left to the parser is anything."""
    found = flat(f"{text}{end}", first_line)

    if found is not None:
        assert found == _parsed(f"{text}{end}", first_line)
    assert content(f"{text}{end}") == (found.tree() if found else None)


def test_the_usual_front_matter_is_read_quickly() -> None:
    """Else nothing is gained."""
    text = (
        "id: 2025-05-24-x\ntemplate: default 1 7aa9c123\ntags: [a, b c]\n"
        'title: "A: b"\nonset: 2025-05-24T09:05-04:00\n'
    )

    found = flat(text, 2)

    assert found is not None
    assert found == _parsed(text, 2)
    assert content(text) == found.tree()


def _parsed(text: str, first_line: int) -> Node | None:
    try:
        return Reading(text, None, first_line, 10_000).mapping()
    except Problems:
        return None
