"""Which reports have lost all of their front matter, as git tells."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from postmortem.archive.entries import of_content
from postmortem.errors import PostmortemError

if TYPE_CHECKING:
    from postmortem.archive import Entry
    from postmortem.commands._desk import Desk

_OURS = frozenset(("id", "template", "status", "severity"))
"""One of these keys makes it the front matter of a report."""


def stripped(
    desk: Desk, entries: Iterable[Entry], earlier: Mapping[Path, str]
) -> Collection[Path]:
    """Return the files that have no front matter, and that of a report in HEAD.

    Or where the branch began: `earlier` is what they were there. Git is asked for
    nothing where all files have front matter.
    """
    bare = [it.path for it in entries if not (it.on or it.front or it.problem)]
    history = desk.history if bare else None
    if history is None:
        return ()
    from postmortem import history as room

    named = history.among(bare)
    held: tuple[bytes | None, ...] = ()
    with suppress(PostmortemError):
        held = room.contents(history, "HEAD", list(named.values()))
    texts = [(at, content) for at, content in zip(named, held, strict=False) if content]
    texts += [(at, earlier[at].encode()) for at in bare if at in earlier]
    return {at for at, content in texts if _OURS & of_content(at, content).front.keys()}
