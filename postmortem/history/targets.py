"""Which paths a commit may have, and what stands in their way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from postmortem.errors import Refused
from postmortem.history.objects import LINK, SUBMODULE, TREE, Entry

if TYPE_CHECKING:
    from postmortem.history.place import History

_GITS = frozenset({".git", "git~1"})
"""Names under which a file system may reach git's own folder."""

Level = Mapping[str, Entry]
"""A folder of a commit: its entries by name."""


def target(history: History, path: str) -> None:
    """Raise Refused for a path that no commit of ours may touch, or not through it.

    Looks at the names, and at the folders on the way in the work tree.
    """
    pure = PurePosixPath(path)
    names = pure.parts
    odd = not names or pure.is_absolute() or str(pure) != path or ".." in names
    if odd or "\\" in path or any(sign < " " or sign == "\x7f" for sign in path):
        raise Refused(f"{path!r} is no path inside the repository")
    if any(name.casefold() in _GITS for name in names):
        raise Refused(f"{path!r} is git's own")
    folder = history.root
    for name in names[:-1]:
        folder /= name
        _passable(folder)
    if (folder / names[-1]).is_symlink():
        raise Refused(f"{path!r} is a symlink", hint=_SYMLINK)


def clear(path: str, levels: Mapping[str, Level]) -> None:
    """Raise Refused when a commit has something else on the way to a path."""
    names = PurePosixPath(path).parts
    for depth, name in enumerate(names):
        here = "/".join(names[:depth])
        entry = levels.get(here, {}).get(name)
        if entry is None:
            return
        last = depth == len(names) - 1
        if entry.mode == SUBMODULE:
            raise Refused(f"{here + '/' + name!r} is a submodule", hint=_SUBMODULE)
        if entry.mode == LINK:
            raise Refused(f"{here + '/' + name!r} is a symlink", hint=_SYMLINK)
        if (entry.mode == TREE) is last:
            raise Refused(f"{'/'.join(names[: depth + 1])!r} stands in the way")


def folders(paths: Iterable[str]) -> tuple[str, ...]:
    """Return the folders on the way to these paths, the top (`""`) first.

    >>> folders(["a/b/x.md", "a/y.md"])
    ('', 'a', 'a/b')
    """
    found = {""}
    for path in paths:
        found |= {str(parent) for parent in PurePosixPath(path).parents}
    return tuple(sorted(found - {"."}))


def _passable(folder: Path) -> None:
    if folder.is_symlink():
        raise Refused(f"the folder {str(folder)!r} is a symlink", hint=_SYMLINK)
    if (folder / ".git").exists():
        raise Refused(f"{str(folder)!r} is a repository of its own", hint=_SUBMODULE)
    if folder.exists() and not folder.is_dir():
        raise Refused(f"{str(folder)!r} is no folder")


_SYMLINK = "name the folder or file itself"
_SUBMODULE = "commit inside it: give its own path"
