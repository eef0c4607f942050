"""Where front matter ends and the body begins."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortem import yamls

CUTS = {
    "usual": ("---\na: b\n---\n# H\n", "a: b\n", "# H\n", 4),
    "crlf": ("---\r\na: b\r\n---\r\n# H", "a: b\r\n", "# H", 4),
    "cr": ("---\ra: b\r---\r# H", "a: b\r", "# H", 4),
    "byte order mark": ("\ufeff---\na: b\n---\n# H", "a: b\n", "# H", 4),
    "blanks on fences": ("--- \t\na: b\n---  \n# H", "a: b\n", "# H", 4),
    "dots end it": ("---\na: b\n...\n# H", "a: b\n", "# H", 4),
    "empty": ("---\n---\n# H", "", "# H", 3),
    "no body": ("---\na: b\n---", "a: b\n", "", 3),
    "rule in the body": ("---\na: b\n---\n---\n", "a: b\n", "---\n", 4),
    "dashes in a text": ("---\na: |\n  ---\n---\nb", "a: |\n  ---\n", "b", 5),
    "none": ("# H\n---\na: b\n---\n", None, "# H\n---\na: b\n---\n", 1),
    "none, marked": ("\ufeff# H\n", None, "# H\n", 1),
    "blank line first": ("\n---\na: b\n---\n", None, "\n---\na: b\n---\n", 1),
    "four dashes": ("----\na: b\n----\n", None, "----\na: b\n----\n", 1),
    "nothing": ("", None, "", 1),
}

lines = st.sampled_from(
    ["---", "...", "+++", "--- ", "a: b", "", "# H", " ---", "----", "--- x", "\u2028"]
)
documents = st.lists(
    st.tuples(lines, st.sampled_from(["\n", "\r\n", "\r", ""])), max_size=8
).map(lambda rows: "".join(line + end for line, end in rows))


@pytest.mark.parametrize("text, front, body, line", CUTS.values(), ids=CUTS.keys())
def test_front_matter_and_body(
    text: str, front: str | None, body: str, line: int
) -> None:
    """Any newline, a byte order mark and blanks on a fence change nothing."""
    cut = yamls.split(text)

    assert (cut.front, text[cut.body_start :], cut.body_line, cut.problem) == (
        *(front, body, line),
        None,
    )


def test_no_closing_fence_is_a_problem_and_all_is_body() -> None:
    """Nothing is lost: `---` may have been meant as a rule."""
    cut = yamls.split("\ufeff---\na: b\n# H\n", "r.md")

    assert (cut.front, cut.body_start, cut.body_line) == (None, 1, 1)
    assert str(cut.problem) == (
        "r.md:1:1: front matter opens with --- here and is not closed\n"
        "  Put a line --- below its last key."
    )


def test_toml_is_recognised() -> None:
    """It is neither read nor taken for prose."""
    text = "+++\na = 1\n+++\n# H\n"
    cut = yamls.split(text, "r.md")

    assert (cut.front, text[cut.body_start :], cut.body_line) == (None, "# H\n", 4)
    assert str(cut.problem) == (
        "r.md:1:1: this front matter is TOML, and YAML is what is read here\n"
        "  Write it between two lines of --- as `key: value`."
    )


@given(st.one_of(documents, st.text()))
def test_the_parts_make_the_whole(text: str) -> None:
    """Offsets and lines are those of the text, whatever it holds."""
    cut = yamls.split(text)
    before = text[: cut.body_start]
    breaks = before.count("\n") + before.count("\r") - before.count("\r\n")

    assert cut.body_line == 1 + breaks
    if cut.front is not None:
        assert text[cut.front_start : cut.front_end] == cut.front
        assert text[cut.front_end : cut.body_start].strip() in ("---", "...")
        assert cut.front_line == 2
