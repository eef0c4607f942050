"""Text from elsewhere is shown; it commands no terminal and computes nothing."""

from __future__ import annotations

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortem import escape

COMMANDS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)

anything = st.text(
    st.one_of(
        st.characters(),
        st.characters(categories=("Cc", "Cf", "Cs", "Zl", "Zp")),
        st.sampled_from("=+-@;'\" \t\r\n\0,|＝a"),
    )
)


@pytest.mark.parametrize(
    "text, shown",
    [
        ("\x1b[2J", "^[[2J"),
        ("\x1b]0;title\x07", "^[]0;title^G"),
        ("\x1b]52;c;YQ==\x1b\\", "^[]52;c;YQ==^[\\"),
        ("\x9b31m\x90q\x9c", "U+009B31mU+0090qU+009C"),
        ("50%\r100%\x08", "50%^M100%^H"),
        ("\x7f\0", "^?^@"),
        ("if \u202e txet \u2066", "if U+202E txet U+2066"),
        ("a\u200bb\ufeff\u2028", "aU+200BbU+FEFFU+2028"),
        ("\ud800", "U+D800"),
        ("two\n\tlines", "two\n\tlines"),
        ("é 日本 👩\u200d🚒 مرحبا", "é 日本 👩\u200d🚒 مرحبا"),
    ],
)
def test_a_terminal_is_shown_what_would_command_it(text: str, shown: str) -> None:
    """SEC-BIDI: clearing, titles, clipboards, overprinting, backward text."""
    assert escape.terminal(text) == shown


@given(anything)
def test_nothing_commands_a_terminal(text: str) -> None:
    """The bytes can be written, and writing them twice over changes nothing."""
    shown = escape.terminal(text)

    assert not COMMANDS.search(shown)
    assert shown.encode().decode() == shown
    assert escape.terminal(shown) == shown


@given(anything)
def test_one_line_is_one_line(text: str) -> None:
    """For every reader of lines, with no blanks at its ends."""
    line = escape.single_line(text)

    assert len(line.splitlines()) <= 1
    assert not re.search(r"[\t\n\r\v\f\x1c-\x1e\x85\u2028\u2029]", line)
    assert line == line.strip()
    assert escape.single_line(line) == line


@pytest.mark.parametrize(
    "text, line",
    [
        ("a\nb", "a b"),
        ("a \r\n\r\n  b", "a b"),
        ("a\u2028b\u2029c\x85d\ve\ff", "a b c d e f"),
        ("  a\tb  ", "a b"),
        ("a\x1b[0mb", "a^[[0mb"),
        ("a  b", "a  b"),
        ("\n", ""),
    ],
)
def test_line_breaks_become_a_space(text: str, line: str) -> None:
    """A title pasted over several lines stays readable."""
    assert escape.single_line(text) == line


@pytest.mark.parametrize(
    "text, cell",
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t'=1"),
        ("\r=1", "'\r'=1"),
        ("\0=1", "'\0=1"),
        ('"=1"', '\'"=1"'),
        (";=1", ";'=1"),
        ("a;=cmd|' /C calc'!A0", "a;'=cmd|' /C calc'!A0"),
        (" =1", "' =1"),
        ("＝1", "'＝1"),
        ("'=1", "''=1"),
        ("it's a-b, c=d; e", "it's a-b, c=d; e"),
        ("", ""),
    ],
)
def test_no_cell_is_a_formula(text: str, cell: str) -> None:
    """SEC-CSV: marked with an apostrophe, which reading back removes."""
    assert escape.csv_cell(text) == cell
    assert escape.csv_text(cell) == text


@given(st.lists(anything, min_size=2, max_size=4))
def test_cells_read_back_and_none_begins_a_formula(texts: list[str]) -> None:
    """SEC-CSV: neither for a reader of commas nor for one of semicolons or tabs."""
    out = io.StringIO(newline="")
    csv.writer(out).writerow([escape.csv_cell(text) for text in texts])

    read = next(csv.reader(io.StringIO(out.getvalue(), newline="")))
    assert [escape.csv_text(cell) for cell in read] == texts
    for separator in ",;\t":
        lines = re.split(r"\r\n|\r|\n", out.getvalue())
        rows = csv.reader(lines, delimiter=separator)
        cells = [cell for row in rows for cell in row]
        assert not [cell for cell in cells if re.match(r"""[" ]*[-=+@]""", cell)]


def test_html_has_no_markup_left() -> None:
    """For elements and for quoted attributes."""
    assert escape.html("<a b='c' d=\"e\">&") == (
        "&lt;a b=&#x27;c&#x27; d=&quot;e&quot;&gt;&amp;"
    )


def test_comments_that_begin_and_do_not_end_take_no_time() -> None:
    """MD-TIMING: twenty thousand of them took twenty seconds."""
    text = "a <!-- " * 20_000

    assert escape.uncommented(text) == text
    assert escape.uncommented(f"{text}--> b") == "a  b"
