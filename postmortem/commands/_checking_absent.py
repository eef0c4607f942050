"""Folders that the settings mistype, or do not name: nobody would look into them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from postmortem.archive.listing import listed, reports
from postmortem.commands._places import shown_path
from postmortem.commands._streams import tell
from postmortem.errors import Problem
from postmortem.settings import FILE

if TYPE_CHECKING:
    from postmortem.commands._checking import Outcome, Wishes
    from postmortem.commands._desk import Desk

_ALIKE = 0.8
_NAMED = re.compile(r"post-?_?mortem|incident|outage", re.IGNORECASE)
"""What folders of reports are called, with other words around."""
_DEEP = 3
_MOST = 2000
"""Folders that are looked at before it is given up."""


def mistyped(desk: Desk) -> Iterator[Problem]:
    """Yield the folders of the settings that are not there, and others nearly are.

    A folder of a place without a report yet is like no other one.
    """
    place = desk.place
    for name, folder in zip(place.settings.folders, place.folders, strict=True):
        if place.file is None or folder.is_dir():
            continue
        near = [it for it in _like(place.root, name) if it not in place.folders]
        if any(map(listed, near)):
            meant = next(filter(listed, near)).relative_to(place.root)
            yield Problem(
                message=f"`folders:` has {name}, which is not there",
                path=shown_path(place.file, desk.env),
                hint=f"did you mean {meant.as_posix()}?",
            )


def tell_unnamed(desk: Desk) -> None:
    """Say which folder may have the reports, where the settings' ones have none."""
    for folder in _called_so(desk.place.root):
        if folder not in desk.place.folders and listed(folder):
            name = folder.relative_to(desk.place.root).as_posix()
            said = f"there is Markdown in {name}: to look into it, name it under"
            tell(desk.env, f"{said} `folders:` in {FILE}")
            return


def tell_passed_over(desk: Desk, wishes: Wishes, outcome: Outcome) -> None:
    """Say what would be reports in a named folder if the settings named it too."""
    checked = {desk.env.cwd / each.path for each in outcome.results}
    aside = {each.path for each in outcome.aside}
    for part in wishes.parts if checked else ():
        folder = Path(os.path.normpath(desk.env.cwd / part))
        if folder in desk.place.folders or folder == desk.place.root:
            continue
        every = {it.path for it in reports(listed(folder), desk.place.root)}
        if every & checked and (left := len(every - checked - aside)):
            many = "1 Markdown file is" if left == 1 else f"{left} Markdown files are"
            said = f"{many} not looked at in {part}, without front matter of a report:"
            tell(desk.env, f"{said} name the folder under `folders:` in {FILE}")


def _like(root: Path, name: str) -> list[Path]:
    """Return the folders whose paths are nearly that, the nearest first."""
    found = [root]
    for part in name.split("/"):
        found = [it / each for it in found for each in _near(part, _folders(it))]
    return found


def _near(part: str, names: Iterable[str]) -> Iterator[str]:
    """Yield the names that are nearly that, in whatever case, the nearest first."""
    folded = {name.casefold(): name for name in names}
    for each in get_close_matches(part.casefold(), folded, 3, _ALIKE):
        yield folded[each]


def _called_so(root: Path) -> Iterator[Path]:
    """Yield the folders that are called as those of reports, those at the top first."""
    left, seen = [root], 0
    for _ in range(_DEEP):
        inner: list[Path] = []
        for folder in left:
            seen += 1
            if seen > _MOST:
                return
            below = [folder / name for name in _folders(folder)]
            yield from (it for it in below if _NAMED.search(it.name))
            inner += below
        left = inner


def _folders(folder: Path) -> list[str]:
    """Return the names of the folders in a folder that are not hidden."""
    try:
        with os.scandir(folder) as found:
            return sorted(
                it.name
                for it in found
                if not it.name.startswith(".") and it.is_dir(follow_symlinks=False)
            )
    except OSError:
        return []
