"""A stage for each test, with a report not yet committed, and who stands there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands.author import Author
from tests.commands.stage import PATH, REPORT, Stage
from tests.sessions.terminal import Terminal


@pytest.fixture
def plain(tmp_path: Path, home: Path) -> Stage:
    """Return a folder outside any repository, with a report in it."""
    root = tmp_path / "work"
    root.mkdir()
    stage = Stage(root, home)
    stage.write(PATH, REPORT)
    return stage


@pytest.fixture
def unborn(plain: Stage) -> Stage:
    """Return the same as a repository without a commit."""
    plain.repo.git("init", "-q")
    return plain


@pytest.fixture
def stage(unborn: Stage) -> Stage:
    """Return the same with a commit, in which the report is not."""
    unborn.repo.commit("README", "read me\n")
    return unborn


@pytest.fixture
def author(tmp_path: Path, home: Path) -> Author:
    """Return somebody with a report of the default template, and nothing in it."""
    root = tmp_path / "work"
    root.mkdir()
    author = Author(root, home)
    made = author.run(
        *("new", "X down", "--set", "onset=2025-05-24T13:05Z"),
        *("--set", "resolved=2025-05-24T15:00Z", "--set", "zone=UTC"),
    )
    assert made.code == 0, made.err
    return author


@pytest.fixture
def report(author: Author) -> Path:
    """Return its file."""
    (path,) = (author.root / "postmortems").glob("*.md")
    return path


@pytest.fixture
def terminals() -> Iterator[list[Terminal]]:
    """Return a list for terminals, which are closed in the end."""
    opened: list[Terminal] = []
    yield opened
    for each in opened:
        each.child.close(force=True)
