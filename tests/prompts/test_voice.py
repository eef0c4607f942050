"""Lines as wide as the terminal."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortem.env import Env
from postmortem.errors import Interrupted
from postmortem.prompts.voice import Voice, cells, cut, phrases, wrapped


@pytest.mark.parametrize(
    "text, width",
    [("", 0), ("abc", 3), ("日本", 4), ("é", 1), ("e\u0301", 1), ("ﾊﾟ", 2)],
    ids=ascii,
)
def test_text_has_a_width(text: str, width: int) -> None:
    """Wide characters take two columns, marks on others none."""
    assert cells(text) == width


@pytest.mark.parametrize(
    "text, width, shown",
    [
        ("abc", 3, "abc"),
        ("abcd", 3, "ab…"),
        ("日本人", 5, "日本…"),
        ("日本人", 4, "日…"),
        ("ab", 0, ""),
        ("ab", -3, ""),
    ],
)
def test_what_is_too_wide_is_cut(text: str, width: int, shown: str) -> None:
    """An ellipsis stands for what is gone, and fits too."""
    assert cut(text, width) == shown


@pytest.mark.parametrize(
    "text, width, lines",
    [
        ("", 20, [""]),
        ("one two three", 9, ["one two", "three"]),
        ("  one two three", 9, ["  one two", "  three"]),
        ("a   b", 20, ["a   b"]),
        ("one\n\ntwo", 20, ["one", "", "two"]),
        ("incomprehensible a", 10, ["incomprehensible", "a"]),
        ("日本 日本 日本", 10, ["日本 日本", "日本"]),
    ],
    ids=ascii,
)
def test_lines_are_broken_at_words(text: str, width: int, lines: list[str]) -> None:
    """What a line is indented by, its rest is too."""
    assert list(wrapped(text, width)) == lines


@pytest.mark.parametrize(
    "text, width, lines",
    [
        ("  postmortem submit a", 12, ["  postmortem submit a"]),
        ("  git switch main", 9, ["  git switch main"]),
        ("no git here", 8, ["no git", "here"]),
        ("git says no", 8, ["git says", "no"]),
        ("say `git a b` to it", 10, ["say", "`git a b`", "to it"]),
        ("say `postmortem set a`", 17, ["say `postmortem", "set a`"]),
        ("say `git a b", 8, ["say `git", "a b"]),
        ("`as it was` then", 8, ["`as it", "was`", "then"]),
    ],
)
def test_a_command_is_not_broken(text: str, width: int, lines: list[str]) -> None:
    """One on a line of its own, set in, never is; one between backticks if it fits."""
    assert list(wrapped(text, width)) == lines


@given(st.text("ab 日\n", max_size=60), st.integers(8, 40))
def test_no_word_is_lost_or_cut(text: str, width: int) -> None:
    """Words are the same; a line that is too wide is a single word."""
    lines = list(wrapped(text, width))

    assert " ".join(lines).split() == text.split()
    assert all(cells(line) <= width or len(line.split()) == 1 for line in lines)


def test_what_is_said_is_on_stderr_and_commands_nothing(tmp_path: Path) -> None:
    """Quiet lines are dim where there are colours, and nowhere else."""
    env = Env(cwd=tmp_path, stdout=io.StringIO(), stderr=(heard := io.StringIO()))

    Voice(env, colour=True).say("a\x1b[2J", quiet=True)
    Voice(env, colour=False).say("b\u202e", quiet=True)

    assert heard.getvalue() == "\x1b[2ma^[[2J\x1b[0m\nbU+202E\n"


def test_what_cannot_be_encoded_is_replaced(tmp_path: Path) -> None:
    """A terminal of another encoding shows a question mark, and no error."""
    stream = io.TextIOWrapper(written := io.BytesIO(), encoding="ascii")

    Voice(Env(cwd=tmp_path, stderr=stream), colour=False).say("é")

    assert written.getvalue() == b"?\n"


def test_nobody_hears_on_a_closed_terminal(tmp_path: Path) -> None:
    """Speaking to a terminal that is gone ends the conversation."""
    (stream := io.StringIO()).close()

    with pytest.raises(Interrupted):
        Voice(Env(cwd=tmp_path, stderr=stream), colour=False).say("a")


def test_columns_can_be_told(tmp_path: Path) -> None:
    """COLUMNS decides where it is set."""
    env = Env(cwd=tmp_path, variables={"COLUMNS": "33"})

    assert Voice(env, colour=False).columns == 33


KEYS = (
    "Enter: skip, stays not known · ? why · < back · / all · Ctrl-O editor",
    'Enter: skip · "none": there are none · ? more · < back · Ctrl-O editor',
)


@pytest.mark.parametrize("keys", KEYS)
@pytest.mark.parametrize("width", [40, 39, 37, 60, 80])
def test_what_can_be_typed_is_on_one_line_each(keys: str, width: int) -> None:
    """`< back` is no key and a word on two lines."""
    lines = list(phrases(f"      {keys}", width))

    assert all(cells(line) <= width for line in lines)
    shown = "\n".join(lines)
    assert all(each in shown for each in keys.split(" · "))
    assert " ".join(shown.split()) == keys


@given(st.lists(st.from_regex(r"[a-z]{1,9}( [a-z]{1,9}){0,4}", fullmatch=True)))
def test_phrases_lose_nothing(said: list[str]) -> None:
    """Those that fit nowhere are broken at words."""
    text = " · ".join(said)

    assert " ".join(" ".join(phrases(text, 20)).split()) == text
