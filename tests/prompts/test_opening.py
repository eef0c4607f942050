"""Who asks, and what is loaded for it."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

import pytest

from postmortem.env import Env
from postmortem.errors import Missing
from postmortem.prompts import terminal
from postmortem.prompts.plain import Plain
from postmortem.prompts.styled import Styled


@pytest.fixture
def stream() -> Iterator[TextIO]:
    """Return a terminal."""
    outer, inner = pty.openpty()
    with os.fdopen(inner, "r+b", buffering=0) as raw:
        yield open(raw.fileno(), closefd=False, encoding="utf-8")  # noqa: SIM115
    os.close(outer)


@pytest.mark.parametrize("name", ["stdin", "stderr"])
@pytest.mark.parametrize("which", ["closed", "shut", "file"])
def test_without_a_terminal_nobody_is_asked(
    tmp_path: Path, stream: TextIO, name: str, which: str
) -> None:
    """Closed, or a file: it is said before the first question."""
    other: TextIO | None = None
    if which != "closed":
        other = (tmp_path / "file").open("w+")
        if which == "shut":
            other.close()
    streams = {"stdin": stream, "stderr": stream, name: other}
    env = Env(cwd=tmp_path, stdin=streams["stdin"], stderr=streams["stderr"])

    with pytest.raises(Missing, match="nobody to ask"):
        terminal(env, typed=_nothing, edited=str)
    if other is not None:
        other.close()


@pytest.mark.parametrize(
    "term, columns, plain, kind",
    [
        ("xterm", "80", False, Styled),
        ("xterm", "30", False, Styled),
        ("xterm", "29", False, Plain),
        ("xterm", "80", True, Plain),
        ("dumb", "80", False, Plain),
        ("", "80", False, Plain),
    ],
)
def test_the_terminal_decides(
    tmp_path: Path,
    stream: TextIO,
    term: str,
    columns: str,
    kind: type,
    *,
    plain: bool,
) -> None:
    """Colours and keys where it knows them and is wide enough, and nobody minds."""
    variables = {"TERM": term, "COLUMNS": columns}
    env = Env(cwd=tmp_path, stdin=stream, stderr=stream, variables=variables)

    assert type(terminal(env, typed=_nothing, edited=str, plain=plain)) is kind


@pytest.mark.parametrize(
    "code",
    ["import postmortem.prompts", "import postmortem.prompts.plain, os", "import os"],
)
def test_nothing_is_loaded_before_a_question(code: str) -> None:
    """Neither library is there before somebody is asked with colours."""
    tell = "import sys; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", f"{code}; {tell}"],
        capture_output=True,
        text=True,
        check=True,
    )

    heavy = {"questionary", "prompt_toolkit", "asyncio", "wcwidth"}
    assert heavy & set(done.stdout.split()) == set()


def _nothing(_text: str) -> None:
    pass
