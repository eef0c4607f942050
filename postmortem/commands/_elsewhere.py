"""Reports where nobody looks: below a folder of reports, or where there is no folder.

A folder of reports is flat: what is below it belongs to a report, or is a folder of its
own that the settings name.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from postmortem.archive.folders import SUFFIX
from postmortem.commands._places import shown_path
from postmortem.commands._streams import tell
from postmortem.settings import FILE, Settings

if TYPE_CHECKING:
    from postmortem.archive import Entry
    from postmortem.commands._desk import Desk
    from postmortem.settings import Place

_OURS = ("id", "template")
"""Keys of the front matter of a report."""
_NAMED = 3
"""How many folders are named."""


def below(desk: Desk) -> Iterator[Entry]:
    """Yield the reports below the folders of reports: what has a key of ours."""
    from postmortem.archive.entries import of_file

    for folder in _looked_below(desk.place):
        for path in _markdown(folder, desk.place):
            entry = of_file(path)
            if entry and not entry.front.keys().isdisjoint(_OURS):
                yield entry


def is_begun(entry: Entry) -> bool:
    """Tell whether it is a report that somebody has begun, and no skeleton of one."""
    return "id" in entry.front and bool(entry.fact("status"))


def is_below(place: Place, path: Path, files: Collection[Path]) -> bool:
    """Tell whether a file is where `below` looks; `files` are those that there are."""
    own = {each.resolve() for each in place.folders}
    for folder in (each.resolve() for each in _looked_below(place)):
        between = [it for it in path.parents if folder in it.parents]
        if between and not any(
            it in own or it.name.startswith(".") or Path(f"{it}{SUFFIX}") in files
            for it in between
        ):
            return True
    return False


def tell_absent(desk: Desk) -> None:
    """Say which folders the settings name that are not there."""
    usual = Settings().folders
    for name, folder in zip(
        desk.place.settings.folders, desk.place.folders, strict=True
    ):
        if name not in usual and not folder.is_dir():
            said = f"there is no folder {name}, which {FILE} has under `folders:`"
            tell(desk.env, said)


def tell_below(desk: Desk) -> None:
    """Say how many reports are below the folders of reports, and where."""
    found = list(below(desk))
    if not found:
        return
    folders = sorted({shown_path(each.path.parent, desk.env) for each in found})
    named = ", ".join(folders[:_NAMED]) + (", …" if len(folders) > _NAMED else "")
    many = "1 report is" if len(found) == 1 else f"{len(found)} reports are"
    said = f"{many} not looked at, in {named}: name each folder under `folders:`"
    tell(desk.env, f"{said} in {FILE}")


def tell_none(desk: Desk) -> None:
    """Say that there is no report."""
    folders = ", ".join(desk.place.settings.folders)
    tell(desk.env, f"no report in {folders}; `postmortem new` begins one")


def _looked_below(place: Place) -> Iterator[Path]:
    """Yield the folders of reports; below the settings' own folder all else is."""
    yield from (each for each in place.folders if each != place.root)


def _markdown(folder: Path, place: Place) -> Iterator[Path]:
    """Yield the Markdown below a folder, but for what is beside a report or hidden."""
    named = place.folders
    for at, folders, files in os.walk(folder):
        here, there = Path(at), frozenset(files)
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".")
            and f"{name}{SUFFIX}" not in there
            and here / name not in named
        )
        for name in sorted(files) if here != folder else ():
            if name.endswith(SUFFIX) and not name.startswith("."):
                yield here / name
