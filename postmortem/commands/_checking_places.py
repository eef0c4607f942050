"""Which settings hold for what is checked: those nearest to each path that is named.

A repository may have several settings, and a path may lead into another repository.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from postmortem.commands._desk import Desk
from postmortem.errors import Refused
from postmortem.settings import home

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from postmortem.commands._checking import Wishes
    from postmortem.env import Env
    from postmortem.settings import Place

Parts = tuple[str, ...]


@contextmanager
def desks(env: Env, wishes: Wishes) -> Iterator[Sequence[tuple[Desk, Parts]]]:
    """Give a desk for each place of what is wished for, with the parts that are there.

    Ids, and no part at all, belong to where somebody stands. Raises Refused where one
    baseline is named for several places.
    """
    with ExitStack() as opened, Desk(env) as here:
        found = [
            (opened.enter_context(Desk(env, start)) if start else here, parts)
            for start, parts in _by_start(here, wishes).items()
        ]
        if len(found) > 1 and wishes.baseline is not None:
            raise Refused(
                "these reports have several settings, and a baseline is of one of them",
                hint="check those of each apart",
            )
        yield found


def _by_start(here: Desk, wishes: Wishes) -> Mapping[Path | None, Parts]:
    """Return the parts by the folder whose settings hold; None is where one stands."""
    if not wishes.parts:
        return {None: ()}
    known: dict[Path, Path | None] = {}
    found: dict[Path | None, Parts] = {}
    for part in wishes.parts:
        path = Path(os.path.normpath(here.env.cwd / part))
        start = None
        if wishes.staged or path.exists():
            folder = path if path.is_dir() else path.parent
            if folder not in known:
                known[folder] = _start(here.place, folder)
            start = known[folder]
        found[start] = (*found.get(start, ()), part)
    return found


def _start(here: Place, folder: Path) -> Path | None:
    """Return the folder to which another one belongs; None if that is this place.

    What the settings here name is theirs, and so is what has no others and is in no
    other repository.
    """
    root, file = home(folder)
    ours = any(folder.is_relative_to(each) for each in here.folders)
    if ours or (root, file) == (here.root, here.file):
        return None
    return root if file or (root / ".git").exists() else None
