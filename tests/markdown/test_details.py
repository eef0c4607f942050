"""The parts of an action in its brackets: what is written is what is read."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from postmortem.markdown import details

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
