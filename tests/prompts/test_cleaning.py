"""What is taken out of an answer, and what stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortem.prompts.cleaning import answered, cleaned


@pytest.mark.parametrize(
    "typed, kept",
    [
        ("a\tb", "a b"),
        ("a\r\nb\rc\x0bd\x0ce\x85f", "a\nb\nc\nd\ne\nf"),
        ("a\x1b[1;31mb\x1b[0mc", "abc"),
        ("a\x1b[200~b\x1b[201~c", "abc"),
        ("a\x9b31mb", "ab"),
        ("a\x1b]0;title\x07b\x1b]8;;http://x\x1b\\c\x9d2;t\x9cd", "abcd"),
        ("a\x1bPq#0\x1b\\b", "ab"),
        ("a\x1b]0;never ended", "a]0;never ended"),
        ("a\x1bb\x1b", "ab"),
        ("\x00a\x08\x7f\x1a\x80\x9fb", "ab"),
        ("a\udcffb\ud800", "a\ufffdb\ufffd"),
        ("\udcc3\udca9", "é"),
        ("\u202ea\u200fb\u200d", "\u202ea\u200fb\u200d"),
        ("  a\n\n b", "  a\n\n b"),
    ],
    ids=ascii,
)
def test_controls_go_and_text_stays(typed: str, kept: str) -> None:
    """Each is cleaned as the table says."""
    assert cleaned(typed, lines=True) == kept


def test_one_line_has_blanks_for_breaks() -> None:
    """Without lines, every kind of break is a blank."""
    assert cleaned("a\nb\r\nc", lines=False) == "a b c"


def test_an_answer_has_nothing_around_it() -> None:
    """Blanks behind, and empty lines around, are no answer; an indent may be."""
    assert answered("\n\n  a\n b  \n\n", lines=True) == "  a\n b"
    assert answered(" \n ", lines=True) == ""


@given(text=st.text(st.characters()), lines=st.booleans())
def test_what_is_clean_stays_as_it_is(*, text: str, lines: bool) -> None:
    """Cleaning twice changes nothing, and what comes out can be written anywhere."""
    once = cleaned(text, lines=lines)

    assert cleaned(once, lines=lines) == once
    assert once.encode().decode() == once
    assert lines or "\n" not in once
