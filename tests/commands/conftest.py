"""A stage for each test: a repository on main with a report not yet committed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.stage import PATH, REPORT, Stage


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
