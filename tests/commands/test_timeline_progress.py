"""How far an import is, for whoever sits at a terminal and waits."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from postmortem.commands import _timeline_progress
from postmortem.commands._timeline_progress import Progress
from postmortem.env import Env
from postmortem.importers import Evidence, Member
from tests.commands.author import Author

RAW = b"x" * 100


@pytest.fixture
def author(tmp_path: Path, home: Path) -> Author:
    """Return somebody in a folder with nothing in it."""
    return Author(tmp_path, home)


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Show it from the first byte on: nobody waits a second in a test."""
    monkeypatch.setattr(_timeline_progress, "_PATIENCE", 0.0)
    monkeypatch.setattr(_timeline_progress, "_OFTEN", 0.0)
    monkeypatch.setattr(_timeline_progress, "_MANY", 0)


def evidence() -> Evidence:
    """Return two files of the same size."""
    members = tuple(
        Member(name=name, size=len(RAW), opener=lambda: io.BytesIO(RAW))
        for name in ("a.json", "b.json")
    )
    return Evidence(name="x.zip", members=members)


def watched(env: Env) -> str:
    """Read the first file twice and put it in order; return what was shown."""
    progress = Progress(env)
    first, _ = progress.watching(evidence()).members
    for _ in range(2):
        with first.open() as stream:
            assert stream.read(50) + stream.read() == RAW
    with progress.ordering():
        pass
    progress.done()
    assert isinstance(env.stderr, io.StringIO)
    return env.stderr.getvalue()


def test_a_bar_grows_with_what_was_read(author: Author) -> None:
    """What is read twice counts once, and the line goes at the end."""
    shown = watched(author.at_a_terminal(TERM="xterm").env())

    assert "[######..................]  25%" in shown
    assert "[############............]  50%" in shown
    assert "100%" not in shown
    assert "0 records: putting in order" in shown
    assert shown.endswith("\r\x1b[K")


def test_a_pipe_shows_no_bar(author: Author) -> None:
    """Nor does a terminal that cannot go back on its line."""
    assert watched(author.env()) == ""
    assert watched(author.at_a_terminal(TERM="dumb").env()) == ""
