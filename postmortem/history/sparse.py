"""How little of a large repository a private work tree needs."""

from __future__ import annotations

import struct
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from postmortem.history.objects import TREE
from postmortem.history.targets import Level, folders

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

LARGE = 1000
"""Files from which on a whole work tree costs more than it is worth to hooks."""
CROWDED = 500
"""Files in one folder from which on not even its other files are fetched."""
HEAVY = frozenset({".yarn"})
"""Dot folders that hold programs and not settings."""

SPARSE = (
    *("-c", "core.sparseCheckout=true"),
    *("-c", "core.sparseCheckoutCone=true", "-c", "index.sparse=true"),
)
SCATTERED = (
    *("-c", "core.sparseCheckout=true"),
    *("-c", "core.sparseCheckoutCone=false", "-c", "index.sparse=false"),
)
"""Given with every command, so that no configuration of the person's is written."""

_SPECIAL = str.maketrans({sign: f"\\{sign}" for sign in "\\*?[]"})
_HEADER = struct.Struct(">4sLL")


def size(git_dir: Path) -> int:
    """Return how many files a work tree's index lists; 0 when it has none."""
    try:
        with (git_dir / "index").open("rb") as index:
            sign, _, many = _HEADER.unpack(index.read(_HEADER.size))
    except (OSError, struct.error):
        return 0
    return int(many) if sign == b"DIRC" else 0


def crowded(levels: Mapping[str, Level]) -> bool:
    """Tell whether a folder on the way has so many files that each must be chosen."""
    return any(
        sum(entry.mode != TREE for entry in level.values()) > CROWDED
        for level in levels.values()
    )


def cone(top: Level, paths: Iterable[str], hooks: str | None) -> str:
    """Return patterns in git's cone form: the paths' folders and all dot folders.

    Every file in a folder on the way comes along, the dot files of the top among them.
    """
    whole = {str(PurePosixPath(path).parent) for path in paths} - {"."}
    whole |= {
        name
        for name, entry in top.items()
        if entry.mode == TREE and name.startswith(".") and name not in HEAVY
    }
    if hooks is not None:
        whole.add(hooks)
    whole = {name for name in whole if not whole & set(folders([name])[1:])}
    lines = ["/*", "!/*/"]
    for name in folders(sorted(whole))[1:]:
        lines += [f"/{_literal(name)}/", f"!/{_literal(name)}/*/"]
    lines += [f"/{_literal(name)}/" for name in sorted(whole)]
    return "\n".join(lines) + "\n"


def scattered(paths: Iterable[str], hooks: str | None) -> str:
    """Return patterns for these paths, the dot files on the way to them, and hooks."""
    paths = tuple(paths)
    lines = [f"/{_literal(name)}/.*" if name else "/.*" for name in folders(paths)]
    lines += [f"!{line}/" for line in lines]
    lines += [f"/{_literal(path)}" for path in paths]
    if hooks is not None:
        lines.append(f"/{_literal(hooks)}/")
    return "\n".join(lines) + "\n"


def _literal(name: str) -> str:
    return name.translate(_SPECIAL)
