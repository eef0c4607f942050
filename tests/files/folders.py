"""What lies in a folder, for whole comparisons."""

from __future__ import annotations

from pathlib import Path


def names(folder: Path) -> list[str]:
    """Return the names of everything in a folder, hidden ones too, in order."""
    return sorted(path.name for path in folder.iterdir())
