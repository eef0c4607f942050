"""Ids for a shell to complete: the names of files, and nothing is read but settings.

A person waits for every Tab, so neither YAML nor git is loaded.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

_SETTINGS, _GIT, _SUFFIX = ".postmortem.yaml", ".git", ".md"
_USUAL = ("postmortems",)
_MOST = 256 * 1024
_FOLDERS = re.compile(
    r"^folders:[ \t]*(?:\[(?P<flow>[^\]]*)\]|(?P<one>[^\s#\[{][^\n#]*)"
    r"|(?P<block>(?:\n[ \t]*-[^\n]*|\n[ \t]*(?:#[^\n]*)?(?=\n))+))?",
    re.MULTILINE,
)
_ITEM = re.compile(r"^[ \t]*-[ \t]+([^\n#]+)", re.MULTILINE)
_DAY = re.compile(r"\d{4}-\d\d-\d\d-(?=.)")


def ids(start: Path, incomplete: str) -> list[str]:
    """Return the ids that somebody may mean who stands in `start`, latest day first.

    Those that begin so; else those whose words begin so behind the day; else those that
    hold it.
    """
    found = sorted({name for folder in _folders(start) for name in _names(folder)})
    found.reverse()
    ways = (
        [name for name in found if name.startswith(incomplete)],
        [name for name in found if _DAY.sub("", name, 1).startswith(incomplete)],
        [name for name in found if incomplete in name],
    )
    return next((names for names in ways if names), [])


def _folders(start: Path) -> Iterator[Path]:
    """Yield the folders of reports of the nearest settings, or of the repository."""
    for folder in (start, *start.parents):
        file = folder / _SETTINGS
        if file.is_file():
            yield from (folder / name for name in _named(file))
            return
        if (folder / _GIT).exists():
            yield from (folder / name for name in _USUAL)
            return
    yield from (start / name for name in _USUAL)


def _named(file: Path) -> tuple[str, ...]:
    """Return the folders that a settings file names, as far as plain YAML goes."""
    with file.open("rb") as opened:
        text = opened.read(_MOST).decode("utf-8", "replace")
    found = _FOLDERS.search(text.replace("\r\n", "\n"))
    if found is None:
        return _USUAL
    if found["block"]:
        said = _ITEM.findall(found["block"])
    else:
        said = (found["flow"] or found["one"] or "").split(",")
    names = tuple(name for each in said if (name := each.strip().strip("\"'")))
    return names or _USUAL


def _names(folder: Path) -> Iterator[str]:
    try:
        with os.scandir(folder) as found:
            for each in found:
                name, suffix = os.path.splitext(each.name)  # noqa: PTH122 - as it is fast
                if suffix == _SUFFIX and not name.startswith("."):
                    yield name
    except OSError:
        return
