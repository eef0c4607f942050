"""What of a folder is a report: by its name, and by an id of its own."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from postmortem.archive import paths
from postmortem.archive.entries import Entry, of_file
from postmortem.archive.naming import compared

_NO_REPORTS = {
    *("_index", "changelog", "code_of_conduct", "contributing", "index", "license"),
    *("readme", "security", "summary", "template"),
}
"""Files that stand beside reports; one is a report all the same if it has an id."""
_DATED = re.compile(r"\d{4}-\d\d-\d\d")


def listed(folder: Path) -> list[Path]:
    """Return the Markdown files of a folder, no hidden ones and no symbolic links."""
    try:
        with os.scandir(folder) as found:
            names = [
                each.name
                for each in found
                if each.name.endswith(paths.SUFFIX)
                and not each.name.startswith(".")
                and each.is_file(follow_symlinks=False)
            ]
    except (FileNotFoundError, NotADirectoryError):
        return []
    return [folder / name for name in sorted(names)]


def reports(files: Iterable[Path], root: Path) -> Iterator[Entry]:
    """Yield what is a report of the files of folders, `root` being the settings'."""
    for path in files:
        entry = of_file(path)
        if entry and is_report(entry, root):
            yield entry


def report_at(path: Path, folders: Sequence[Path], root: Path) -> Entry | None:
    """Return the report of these folders that a path leads to."""
    own = paths.among(path, folders)
    if own is None or not own.exists():
        return None
    name = compared(own.name)
    like = [it for it in listed(own.parent) if compared(it.name) == name]
    return next(reports(filter(own.samefile, like), root), None)


def is_report(entry: Entry, root: Path) -> bool:
    """Tell whether a file of a folder is a report."""
    return _counts(entry.path, root) or "id" in entry.front


def day_and_name(path: Path) -> tuple[bool, str]:
    """Return what orders files by the days in their names, others before them."""
    return bool(_DATED.match(path.name)), path.name


def _counts(path: Path, root: Path) -> bool:
    """Tell whether a file without an id of its own is a report by its name."""
    if _DATED.match(path.name):
        return True
    return path.parent != root and path.stem.casefold() not in _NO_REPORTS
