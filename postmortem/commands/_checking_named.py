"""What somebody means who names reports: files, what is in folders, parts of ids."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from postmortem.archive.folders import SUFFIX
from postmortem.commands._elsewhere import inside

if TYPE_CHECKING:
    from postmortem.archive import Entry
    from postmortem.commands._desk import Desk


def named(desk: Desk, part: str) -> Iterable[Entry]:
    """Return the reports at a path, or the one that a part of its id is of.

    Raises Missing, or SeveralFit.
    """
    from postmortem.archive.entries import of_file

    path = Path(os.path.normpath(desk.env.cwd / part))
    if path.is_dir():
        return inside(desk, path)
    if path.is_file() and path.suffix == SUFFIX and not path.is_symlink():
        entry = of_file(path)
        return [entry] if entry else []
    return [desk.archive.find(part)]
