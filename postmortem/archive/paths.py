"""Reports that are named by a path: the file that is there, and never another one."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from postmortem.errors import Missing
from postmortem.settings import home

SUFFIX = ".md"

_SIGNS = {"/", os.sep, os.altsep or "/"}


def is_path(part: str) -> bool:
    """Tell whether a word is a path, and no part of an id.

    >>> is_path("docs/x.md"), is_path("x.md"), is_path("."), is_path("2025-05-24-x")
    (True, True, True, False)
    """
    name = part.strip()
    return (
        name in (os.curdir, os.pardir)
        or name.casefold().endswith(SUFFIX)
        or not _SIGNS.isdisjoint(name)
    )


def places(part: str, bases: Iterable[Path]) -> list[Path]:
    """Return where a path leads to from each of these folders on."""
    name = part.strip()
    return [*dict.fromkeys(Path(os.path.normpath(it / name)) for it in bases)]


def within(part: str, folders: Iterable[Path]) -> list[Path]:
    """Return where a file would be that is called so, if that is a name alone."""
    return [] if not _SIGNS.isdisjoint(part.strip()) else places(part, folders)


def is_there(path: Path) -> bool:
    """Tell whether anything is at a path, be it a link that leads nowhere."""
    return os.path.lexists(path)


def among(path: Path, folders: Iterable[Path]) -> Path | None:
    """Return what a file is called that is in one of these folders; None elsewhere.

    Links are followed, and a file system may take other letters for the same.
    """
    real = Path(os.path.realpath(path))
    for folder in folders:
        try:
            if real.parent.samefile(folder):
                return folder / real.name
        except OSError:
            continue
    return None


def no_report(part: str, path: Path, folders: Sequence[Path], root: Path) -> Missing:
    """Return the error for a path at which there is something, and no report."""
    names = ", ".join(os.path.relpath(each, root) for each in folders)
    hint = f"reports are in {names}; `postmortem list` shows all"
    if path.is_dir():
        said = "this is a folder, and no report"
    elif not path.exists():
        said = "this is a link to nothing"
    elif path.suffix.casefold() != SUFFIX:
        said = "this is no Markdown"
    elif among(path, folders):
        said = "by its name this is no report, and it has no id"
        hint = "`id:` in its front matter makes it one"
    else:
        said = "this is in no folder of reports"
        if (other := home(path.parent)[0]) != root:
            hint = f"the settings of {other} hold there: do it from that folder"
    return Missing(said, path=part, hint=hint)
