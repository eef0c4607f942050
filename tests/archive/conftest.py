"""A team's folder with a few reports in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from postmortem.archive import Archive

Write = Callable[..., Path]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return the top of a team's work tree."""
    folder = tmp_path / "team"
    (folder / "postmortems").mkdir(parents=True)
    return folder


@pytest.fixture
def folder(root: Path) -> Path:
    """Return its folder of reports."""
    return root / "postmortems"


@pytest.fixture
def archive(root: Path, folder: Path) -> Archive:
    """Return its archive."""
    return Archive([folder], root=root)


@pytest.fixture
def put(folder: Path) -> Write:
    """Return what writes a report: its name, its title, lines of front matter."""

    def _put(name: str, title: str = "It broke", *front: str) -> Path:
        lines = (
            ["---", *front, "---", "", f"# {title}", ""] if front else [f"# {title}"]
        )
        path = folder / f"{name}.md"
        path.write_text("\n".join(lines), encoding="utf-8")
        return path

    return _put
