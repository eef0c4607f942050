"""What a command prints cannot harm the terminal that shows it."""

from __future__ import annotations

from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path

import pytest

from postmortem.commands._streams import answer, tell
from postmortem.env import Env

HOSTILE = "a\x1b[2Jb\u202e\x9b"
SHOWN = "a^[[2JbU+202EU+009B\n"


class Screen(StringIO):
    """A stream that a person looks at."""

    def isatty(self) -> bool:
        """Say so."""
        return True


def _text(stream: object) -> str:
    assert isinstance(stream, StringIO)
    return stream.getvalue()


def test_the_answer_and_the_conversation_are_two_streams() -> None:
    """A pipe gets the answer alone; each text ends its line once."""
    env = Env(cwd=Path())

    answer(env, "one")
    answer(env, "two\n")
    tell(env, "meanwhile")

    assert (_text(env.stdout), _text(env.stderr)) == ("one\ntwo\n", "meanwhile\n")


def test_a_narrow_terminal_gets_whole_words() -> None:
    """A line to be copied is left to the terminal, which knows that it is one."""
    words = "the report is kept, and nobody has to type any of it again"
    command = "  postmortem resume 2025-05-24-a-long-name-of-a-report"
    env = Env(cwd=Path(), stderr=Screen(), variables={"COLUMNS": "40"})

    tell(env, words)
    tell(env, command, exact=True)

    *told, last = _text(env.stderr).splitlines()
    assert last == command
    assert [len(line) <= 40 for line in told] == [True, True]
    assert " ".join(told) == words


@pytest.mark.parametrize("stream", [StringIO, Screen])
def test_nothing_printed_commands_a_terminal(stream: type[StringIO]) -> None:
    """A pipe may end at a terminal too, so both are shown what is hidden."""
    env = Env(cwd=Path(), stdout=stream(), stderr=stream())

    answer(env, HOSTILE)
    tell(env, HOSTILE)

    assert (_text(env.stdout), _text(env.stderr)) == (SHOWN, SHOWN)


def test_exact_text_is_exact_where_nobody_looks() -> None:
    """A file gets what the report holds; a terminal still is not commanded."""
    pipe = Env(cwd=Path())
    screen = Env(cwd=Path(), stdout=Screen())

    answer(pipe, HOSTILE, exact=True)
    answer(screen, HOSTILE, exact=True)

    assert (_text(pipe.stdout), _text(screen.stdout)) == (f"{HOSTILE}\n", SHOWN)


def test_a_stream_that_knows_few_letters_gets_the_others_as_marks() -> None:
    """An encoding that somebody set long ago is no reason to print nothing."""
    raw = BytesIO()
    env = Env(cwd=Path(), stdout=TextIOWrapper(raw, encoding="ascii"))

    answer(env, "caf\u00e9")

    assert raw.getvalue() == b"caf?\n"


def test_a_closed_stream_is_no_mistake() -> None:
    """Where there is nobody to talk to, nothing is said."""
    env = Env(cwd=Path(), stdout=None, stderr=None)

    answer(env, "x")
    tell(env, "x")
