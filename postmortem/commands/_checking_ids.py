"""What is known of the ids of other reports: those that there are, and shared ones."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from postmortem.archive import compared
from postmortem.archive.entries import of_content

if TYPE_CHECKING:
    from postmortem.archive import Archive, Entry
    from postmortem.commands._desk import Desk

Called = Callable[[Collection[str], Collection[Path]], Iterable["Entry"]]
"""Yields the reports with one of these ids, but those of the paths."""
Namesakes = Mapping[Path, Sequence["Entry"]]
"""The others that share the id of a file, by its path; none without any."""

_MOST = 4
"""How many of the others are looked at: one more than are named."""
_FRONT = 4096
"""Characters in which it stands what other reports one is related to."""
_RELATED = re.compile(r"related:(?P<names>.*(?:\n[ \t-].*)*)")
_NAME = re.compile(r"[^\s,\[\]\"'-][^\s,\[\]\"']*")


def all_ids(
    texts: Iterable[str], archive: Archive, every: Callable[[], Iterable[Entry]]
) -> frozenset[str] | None:
    """Return the ids that there are; None where no report names another.

    Files are opened only if one is named that no file is called after.
    """
    asked: set[str] = set()
    for text in texts:
        at = text.find("\nrelated:", 0, _FRONT) + 1
        if at and (found := _RELATED.match(text, at, _FRONT)):
            asked.update(_NAME.findall(found["names"]))
    if not asked:
        return None
    names = {each.stem for it in archive.folders for each in it.glob("*.md")}
    if asked <= names:
        return frozenset(names)
    return frozenset(it for each in every() for it in (each.id, *each.aliases))


def namesakes(desk: Desk, entries: Iterable[Entry], called: Called) -> Namesakes:
    """Return what shares an id with these reports, as far as they are the archive's.

    By it, commands tell none of them apart. A report that a branch has is left out: it
    may be one of these, on its way.
    """
    own = {each.path: each for each in here(desk, entries)}
    among: dict[str, list[Entry]] = {}
    for each in own.values():
        among.setdefault(compared(each.id), []).append(each)
    if among:
        with suppress(OSError):
            for each in called(among.keys(), own.keys()):
                among[compared(each.id)].append(each)
    found: dict[Path, Sequence[Entry]] = {}
    for those in among.values():
        if len(those) > 1:
            found |= _apart(those)
    return {path: those for path, those in found.items() if path in own}


def then(
    path: Path, others: Iterable[Entry], earlier: Mapping[Path, str]
) -> Iterator[Entry]:
    """Yield those that shared the id of a file where the branch began."""
    ids = {
        at: compared(of_content(at, earlier[at].encode()).id)
        for at in (path, *(each.path for each in others))
        if at in earlier
    }
    yield from (each for each in others if ids.get(each.path) == ids.get(path, ""))


def names(desk: Desk, entries: Iterable[Entry]) -> tuple[str, ...]:
    """Return what files are called wherever somebody stands."""
    root = desk.place.root
    return tuple(
        (
            each.path.relative_to(root) if each.path.is_relative_to(root) else each.path
        ).as_posix()
        for each in entries
    )


def here(desk: Desk, entries: Iterable[Entry]) -> Iterator[Entry]:
    """Yield those that are files in one of the folders of reports."""
    folders = {os.path.realpath(each) for each in desk.archive.folders}
    inside: dict[str, bool] = {}
    for each in entries:
        if each.on is None:
            folder, _ = os.path.split(each.path)
            if folder not in inside:
                inside[folder] = os.path.realpath(folder) in folders
            if inside[folder]:
                yield each


def _apart(those: Iterable[Entry]) -> Namesakes:
    """Return the others of each; whatever leads to one file is one."""
    files = {each.path: _file(each.path) for each in those}
    once = {files[each.path]: each for each in those}
    order = sorted(once.items(), key=lambda it: it[1].path)
    found = {}
    for path, own in files.items():
        others = (each for file, each in order if file != own)
        found[path] = tuple(islice(others, _MOST))
    return found


def _file(path: Path) -> object:
    """Return what tells a file from others, whichever way leads to it."""
    try:
        state = path.stat()
    except OSError:
        return os.path.realpath(path)
    return state.st_dev, state.st_ino
