"""Which settings hold for what is staged: those that are staged nearest to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from postmortem import history as room
from postmortem.commands._checking_places import meant, of_parts, path_of
from postmortem.commands._desk import Desk
from postmortem.commands._places import PERSONAL, place_of, top_of
from postmortem.errors import PostmortemError
from postmortem.settings import FILE, Place, Settings, home

if TYPE_CHECKING:
    from postmortem.commands._checking import Wishes
    from postmortem.commands._checking_places import Pair
    from postmortem.env import Env


def staged_desks(env: Env, wishes: Wishes) -> Iterator[Pair]:
    """Yield desks for what is staged, in the repositories of the parts.

    Without parts that is the one in which somebody stands, and those places below in
    which something is staged.
    """
    tops: dict[Path, list[str]] = {}
    for part in wishes.parts:
        path = path_of(env, part)
        tops.setdefault(top_of(path) or path.parent, []).append(part)
    for top, parts in tops.items() or [(top_of(env.cwd) or env.cwd, [])]:
        yield from _of_repository(env, wishes, top, parts)


def _of_repository(
    env: Env, wishes: Wishes, top: Path, parts: list[str]
) -> Iterator[Pair]:
    plain = Desk(env, env.cwd if not parts else top)
    plain.go_by(_place(env, home(env.cwd)[0] if not parts else top))
    history = plain.history
    if history is None:
        yield plain, of_parts(wishes, parts)
        return
    index = env.variables.get(room.INDEX)
    names = room.everywhere(history, FILE, index)
    roots = {(top / name).parent for name in names}
    by_root: dict[Path, list[str]] = {}
    for part in parts:
        path = path_of(env, part)
        folder = path if path.is_dir() else path.parent
        by_root.setdefault(_nearest(folder, roots), []).append(part)
    for root, own in by_root.items() or [(_nearest(env.cwd, roots), [])]:
        folders = [it for each in own if (it := path_of(env, each)).is_dir()]
        below = meant(roots, folders if own else [root])
        if below and not own:
            touched = room.touched(history, index)
            around = {it for name in touched for it in (top / name).parents}
            below = [it for it in below if it in around]
        yield _desk(env, root, plain), of_parts(wishes, own)
        for inner in below:
            yield _desk(env, inner, plain), of_parts(wishes, own and [str(inner)])


def _nearest(folder: Path, roots: set[Path]) -> Path:
    """Return the root of a folder's place; the work tree tells where none is staged."""
    staged = [it for it in (folder, *folder.parents) if it in roots]
    return staged[0] if staged else home(folder)[0]


def _desk(env: Env, root: Path, other: Desk) -> Desk:
    """Return a desk in the same repository as another one."""
    desk = Desk(env, root)
    desk.go_by(_place(env, root))
    desk.history = other.history
    return desk


def _place(env: Env, root: Path) -> Place:
    """Return the place as the work tree has it, until it is known what is staged."""
    with suppress(PostmortemError):
        if (root / FILE).is_file():
            return place_of(env, root)
    return Place(root=root, settings=Settings(), personal=env.config_dir / PERSONAL)
