"""Reports where nobody looks: below a folder of reports, or where there is no folder.

A folder of reports is flat: what is below it belongs to a report, or is a folder of its
own that the settings name. A check says what it finds there, and looks for secrets.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Sequence
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

_OURS = ("id", "template", "status", "severity", "onset", "detected", "resolved")
"""Keys of the front matter of a report, be it of another program."""
_NAMED = 3
"""How many folders are named."""


def below(desk: Desk) -> Iterator[Entry]:
    """Yield the Markdown below the folders of reports, but what `is_other` leaves."""
    from postmortem.archive.entries import of_file

    for folder in _looked_below(desk.place):
        for path in _markdown(folder, desk.place):
            if path.parent == folder or path.is_symlink():
                continue
            entry = of_file(path)
            if entry and (is_ours(entry) or is_other(desk, entry)):
                yield entry


def below_in(desk: Desk, parts: Iterable[str]) -> Iterator[Entry]:
    """Yield what is below them, and in a folder that is named, but our reports."""
    named = [path for it in parts if (path := desk.env.cwd / it).is_dir()]
    around = [each for path in named for each in (path, path.resolve())]
    for entry in below(desk) if named else ():
        if any(map(entry.path.is_relative_to, around)) and not is_ours(entry):
            yield entry


def is_ours(entry: Entry) -> bool:
    """Tell whether it has a key of ours."""
    return not entry.front.keys().isdisjoint(_OURS)


def is_other(desk: Desk, entry: Entry) -> bool:
    """Tell whether it would be a report if it lay in a folder of these.

    An index, or a page on how to write reports, is none anywhere.
    """
    return desk.archive.of(entry.path, b"") is not None


def inside(desk: Desk, folder: Path) -> Sequence[Entry]:
    """Return the reports of a folder that somebody names, and of those below it.

    Where it is none of ours, that is what has a key of ours.
    """
    around = (folder, folder.resolve())
    every = (*desk.archive.files(), *filter(is_ours, below(desk)))
    found = [it for it in every if any(map(it.path.is_relative_to, around))]
    return found or [*_ours(_foreign(desk, folder))]


def is_page(desk: Desk, entry: Entry) -> bool:
    """Tell whether it lies beside reports and is none: an index, by its name."""
    if "id" in entry.front or is_other(desk, entry):
        return False
    own = (each for each in desk.place.folders if each != desk.place.root)
    return entry.path.parent.resolve() in {each.resolve() for each in own}


def is_begun(entry: Entry) -> bool:
    """Tell whether it is a report that somebody has begun, and no skeleton of one."""
    return "id" in entry.front and bool(entry.fact("status"))


def is_below(place: Place, path: Path, files: Collection[Path]) -> bool:
    """Tell whether a file is where `below` looks; `files` are those that there are."""
    own = {each.resolve() for each in place.folders}
    for folder in (each.resolve() for each in _looked_below(place)):
        between = [it for it in path.parents if folder in it.parents]
        if between and not any(
            it in own
            or it.name.startswith(".")
            or Path(f"{it}{SUFFIX}") in files
            or it / FILE in files
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


def tell_below(desk: Desk, found: Iterable[Entry], how: str = "") -> None:
    """Say how many reports are below the folders of reports, and where.

    And how much other Markdown, which may be some too, and what pages somebody has
    named. `how` is how far they are looked at all the same.
    """
    every = list(found)
    pages = {
        it.path: shown_path(it.path, desk.env) for it in every if is_page(desk, it)
    }
    if pages:
        said = f"{', '.join(pages.values())} {'are' if len(pages) > 1 else 'is'}"
        why = "no report by name, and without an `id`"
        tell(desk.env, f"{said} not looked at{how}: {why}")
    every = [it for it in every if it.path not in pages]
    for kind, those in (
        ("report", [it for it in every if is_ours(it)]),
        ("Markdown file", [it for it in every if not is_ours(it)]),
    ):
        if those:
            tell(desk.env, _not_looked_at(desk, kind, those, how))


def _not_looked_at(desk: Desk, kind: str, those: Sequence[Entry], how: str) -> str:
    folders = sorted({shown_path(each.path.parent, desk.env) for each in those})
    named = ", ".join(folders[:_NAMED]) + (", …" if len(folders) > _NAMED else "")
    many = f"1 {kind} is" if len(those) == 1 else f"{len(those)} {kind}s are"
    which = "folder" if kind == "report" else "folder of reports"
    said = f"{many} not looked at{how}, in {named}: name each {which} under `folders:`"
    return f"{said} in {FILE}"


def tell_none(desk: Desk) -> None:
    """Say that there is no report."""
    folders = ", ".join(desk.place.settings.folders)
    tell(desk.env, f"no report in {folders}; `postmortem new` begins one")


def tell_none_in(desk: Desk, parts: Iterable[str]) -> None:
    """Say that there is no report in what somebody has named, and why not."""
    parts = tuple(parts)
    folders = [path for it in parts if (path := desk.env.cwd / it).is_dir()]
    bare = any(True for each in folders for _ in _foreign(desk, each))
    why = ": the Markdown there has no front matter of one" if bare else ""
    tell(desk.env, f"no report in {', '.join(parts)}{why}")


def _ours(paths: Iterable[Path]) -> Iterator[Entry]:
    """Yield the files that have a key of ours."""
    from postmortem.archive.entries import of_file

    for path in paths:
        entry = of_file(path)
        if entry and is_ours(entry):
            yield entry


def _foreign(desk: Desk, folder: Path) -> Iterator[Path]:
    """Yield the Markdown in a folder, unless a folder of reports is that or in it."""
    place, own = desk.place, folder.resolve()
    known = (each.resolve() for each in (place.root, *place.folders))
    if not any(each.is_relative_to(own) for each in known):
        yield from _markdown(folder, place)


def _looked_below(place: Place) -> Iterator[Path]:
    """Yield the folders of reports; below the settings' own folder all else is."""
    yield from (each for each in place.folders if each != place.root)


def _markdown(folder: Path, place: Place) -> Iterator[Path]:
    """Yield the Markdown in a folder and below it: nothing beside a report, or hidden.

    What is below has settings of its own, or is a folder of reports, is left out too.
    """
    named = place.folders
    for at, folders, files in os.walk(folder):
        here, there = Path(at), frozenset(files)
        if FILE in there and here != folder:
            folders.clear()
            continue
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".")
            and f"{name}{SUFFIX}" not in there
            and here / name not in named
        )
        for name in sorted(files):
            if name.endswith(SUFFIX) and not name.startswith("."):
                yield here / name
