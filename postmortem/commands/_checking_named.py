"""What somebody means who names reports: files, what is in folders, parts of ids."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from postmortem.archive.folders import SUFFIX
from postmortem.commands._elsewhere import inside
from postmortem.errors import Missing

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
    if path.is_file() and path.suffix == SUFFIX:
        entry = of_file(path)
        return [entry] if entry else []
    try:
        return [desk.archive.find(part)]
    except Missing as error:
        if not ("/" in part or os.sep in part or part.endswith(SUFFIX)):
            raise
        said = "this is no Markdown" if path.exists() else "there is no such file"
        raise Missing(said, path=part, hint=error.problem.hint) from error
