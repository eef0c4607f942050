"""A repository on main that has one clean report, and a person at a terminal."""

from __future__ import annotations

import pytest

from tests.checks.where.place import CLEAN, PATH
from tests.commands.stage import Stage
from tests.sessions.conftest import person

__all__ = ["person"]


@pytest.fixture
def repository(stage: Stage) -> Stage:
    """Return it, with nothing staged and a clean work tree."""
    (path,) = stage.root.rglob("postmortems/*.md")
    path.unlink()
    stage.repo.commit(PATH, CLEAN)
    return stage
