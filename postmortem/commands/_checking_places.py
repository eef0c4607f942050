"""Which settings hold for what is checked: those nearest to it.

A repository may have several settings, and a path may lead into another repository.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from postmortem.archive import SeveralFit
from postmortem.archive.paths import is_path
from postmortem.commands._desk import Desk
from postmortem.errors import Missing, PostmortemError, Refused
from postmortem.settings import FILE, home

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from postmortem.archive import Entry
    from postmortem.commands._checking import Wishes
    from postmortem.env import Env

Pair = tuple[Desk, "Wishes"]


@contextmanager
def desks(env: Env, wishes: Wishes) -> Iterator[Sequence[Pair]]:
    """Give a desk for each place of what is wished for, with what is wished there.

    Ids belong to where somebody stands; with no part at all, or a folder, the places
    below are meant as well. Raises Refused where one baseline is named for several.
    """
    with ExitStack() as opened:
        if wishes.staged:
            from postmortem.commands._checking_staged_places import staged_desks

            made = staged_desks(env, wishes)
        else:
            made = _desks(env, wishes)
        found = [(opened.enter_context(desk), own) for desk, own in made]
        if len(found) > 1 and wishes.baseline is not None:
            raise Refused(
                "these reports have several settings, and a baseline is of one of them",
                hint="check those of each apart",
            )
        yield found


def path_of(env: Env, part: str) -> Path:
    """Return the path that a part would be."""
    return Path(os.path.normpath(env.cwd / part))


def meant(roots: Collection[Path], folders: Collection[Path]) -> list[Path]:
    """Return the roots of places below any of these folders, the outermost first."""
    found = {it for it in roots if any(each in it.parents for each in folders)}
    return sorted(found, key=lambda it: (len(it.parts), it))


def of_parts(wishes: Wishes, parts: Sequence[str]) -> Wishes:
    """Return what is wished of the place of these parts."""
    return msgspec.structs.replace(wishes, parts=tuple(parts))


def _desks(env: Env, wishes: Wishes) -> Iterator[Pair]:
    """Yield desks for what is saved; the settings are those of the work tree."""
    starts: dict[Path | None, list[str]] = {}
    own = Desk(env)
    for part in wishes.parts:
        path = path_of(env, part)
        folder = path if path.is_dir() else path.parent
        start = _start(env, folder) if path.exists() else _of_id(own, part)
        starts.setdefault(start, []).append(part)
    for start, parts in starts.items() or [(None, [])]:
        desk = Desk(env, start) if start else own
        folders = [it for each in parts if (it := path_of(env, each)).is_dir()]
        yield desk, of_parts(wishes, parts)
        if folders or not parts:
            for inner in meant(_below(desk), folders or [desk.place.root]):
                yield Desk(env, inner), of_parts(wishes, parts and [str(inner)])


def _of_id(own: Desk, part: str) -> Path | None:
    """Return the place below that has the report of an id, where this one has none.

    Raises SeveralFit where several of them have one.
    """
    if is_path(part):
        return None
    try:
        own.archive.find(part)
    except Missing:
        found = {root: it for root in _below(own) if (it := _found(own, root, part))}
        if len(found) > 1:
            every = [entry for entries in found.values() for entry in entries]
            raise SeveralFit(part, every, own.place.root) from None
        return next(iter(found), None)
    except PostmortemError:
        pass  # it is said when the reports are looked for
    return None


def _found(own: Desk, root: Path, part: str) -> Sequence[Entry]:
    """Return the reports of a place below that a part of an id is of."""
    inner = Desk(own.env, root)
    inner.history = own.history
    try:
        return [inner.archive.find(part)]
    except SeveralFit as error:
        return error.entries
    except PostmortemError:
        return ()


def _start(env: Env, folder: Path) -> Path | None:
    """Return the folder to which another one belongs; None if that is this place."""
    root, file = home(folder)
    here, own = home(env.cwd)
    if (root, file) == (here, own):
        return None
    if file or (root / ".git").exists():
        return root
    return None if folder.is_relative_to(here) else root


def _below(desk: Desk) -> list[Path]:
    """Return the folders below a place that git knows to have settings."""
    from postmortem import history as room

    history, root = desk.history, desk.place.root
    if history is None:
        return []
    folders = [(history.root / it).parent for it in room.everywhere(history, FILE)]
    top = root.resolve()
    return [root / it.relative_to(top) for it in folders if top in it.parents]
