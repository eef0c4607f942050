"""However a command ends, it is in words, with a code that is written in the README."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import click
import pytest

from postmortem.endings import ended
from postmortem.errors import (
    Interrupted,
    Missing,
    PostmortemError,
    Problem,
    Problems,
    Untrusted,
)

TOKEN = "ghp_" + "a" * 36


@pytest.mark.parametrize(
    "error, code, said",
    [
        (
            PostmortemError(
                "no such key", path="a.md", line=3, column=5, hint="use id"
            ),
            2,
            "a.md:3:5: no such key\n  use id\n",
        ),
        (
            Problems(
                (Problem(message="one", line=1), Problem(message="two", path="b"))
            ),
            2,
            "1: one\nb: two\n",
        ),
        (Missing("no report x"), 2, "no report x\n"),
        (Untrusted("it would run y"), 4, "it would run y\n"),
        (Interrupted("saved", hint="resume: z"), 130, "saved\n  resume: z\n"),
        (KeyboardInterrupt(), 130, "interrupted\n"),
        (click.Abort(), 130, "interrupted\n"),
        (FileNotFoundError(2, "No such file", "x/y"), 2, "x/y: No such file\n"),
        (
            OSError(28, "No space left on device"),
            2,
            "this could not be read or written: No space left on device\n",
        ),
        (MemoryError(), 2, "there is not enough memory for this\n"),
        (click.UsageError("Bad thing."), 2, "bad thing\n"),
        (BrokenPipeError(), 141, ""),
    ],
    ids=lambda it: type(it).__name__ if isinstance(it, BaseException) else "",
)
def test_an_ending_has_words_and_a_code(
    capsys: pytest.CaptureFixture[str], error: BaseException, code: int, said: str
) -> None:
    """CLI-EXIT: what is so first, what to do next indented; stdout is the answer's."""
    assert ended(error, [], debug=False) == code
    assert capsys.readouterr() == ("", said)


def test_words_cannot_command_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    """A name from elsewhere is shown, not obeyed, and begins no line of its own."""
    error = PostmortemError("no\x1b[2J\u202e\nx.md:1: forged", path="a\x07")

    ended(error, [], debug=False)

    assert capsys.readouterr().err == "a^G: no^[[2JU+202E\n  x.md:1: forged\n"


def test_a_bug_is_kept_for_its_owner_alone(
    capsys: pytest.CaptureFixture[str], home: Path
) -> None:
    """CLI-DEBUG: one line and a path; the file has the traceback, no secrets."""
    error = _raised(TypeError(f"cannot push to https://me:{TOKEN}@example.com"))

    code = ended(error, ["new", "--token", f"token={TOKEN}"], debug=False)

    said = capsys.readouterr().err
    (log,) = (home / ".local" / "state" / "postmortem").iterdir()
    kept = log.read_text(encoding="utf-8")
    assert code == 3
    assert said == (
        "a bug in postmortem: TypeError: cannot push to https://***@example.com\n"
        f"  report it with the traceback, which only you can read: {log}\n"
    )
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    assert stat.S_IMODE(log.parent.stat().st_mode) == 0o700
    assert "postmortem new --token" in kept
    assert "in _raised" in kept
    assert TOKEN not in kept


def test_a_bug_that_cannot_be_kept_is_told(
    capsys: pytest.CaptureFixture[str], home: Path
) -> None:
    """Where no file can be made the traceback is in the words."""
    (home / ".local").write_text("not a folder", encoding="utf-8")

    code = ended(_raised(TypeError("x")), [], debug=False)

    said = capsys.readouterr().err
    assert code == 3
    assert "in _raised" in said
    assert "it is not in a file" in said


def test_debug_shows_where_an_error_came_from(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """CLI-DEBUG: with the secrets masked, and the words still last."""
    code = ended(_raised(Missing(f"https://me:{TOKEN}@h/x")), [], debug=True)

    said = capsys.readouterr().err
    assert code == 2
    assert "Traceback" in said
    assert TOKEN not in said
    assert said.endswith("https://***@h/x\n")


def test_a_closed_stderr_changes_no_code(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nobody listens the code is still right."""
    monkeypatch.setattr(sys, "stderr", None)

    assert ended(Missing("x"), [], debug=False) == 2


def _raised(error: Exception) -> Exception:
    try:
        raise error
    except type(error) as caught:
        return caught
