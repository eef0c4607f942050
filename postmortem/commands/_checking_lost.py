"""Which reports have lost their front matter, or their template in it, as git tells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from postmortem.archive.entries import of_content
from postmortem.checks.around import FRONT_MATTER, TEMPLATE
from postmortem.errors import PostmortemError

if TYPE_CHECKING:
    from postmortem.archive import Entry
    from postmortem.commands._desk import Desk

_OURS = ({"id"}, {"template"}, {"status", "severity"})
"""Keys that make it the front matter of a report."""


def lost(
    desk: Desk, texts: Iterable[tuple[Entry, str]], earlier: Mapping[Path, str]
) -> Mapping[Path, str]:
    """Return what files lack that they have in HEAD: FRONT_MATTER, or a TEMPLATE.

    Or had where the branch began: `earlier` is what they were there. Git is asked for
    nothing where all files name a template.
    """
    bare = {
        it.path: (it, text)
        for it, text in texts
        if not (it.on or it.problem or it.fact("template"))
    }
    history = desk.history if bare else None
    if history is None:
        return {}
    from postmortem import history as room

    named = history.among(bare)
    here = {name: bare[at][1].encode() for at, name in named.items()}
    held: Mapping[str, bytes] = {}
    with suppress(PostmortemError):
        held = room.other_contents(history, "HEAD", here)
    before = [(at, held[name]) for at, name in named.items() if name in held]
    before += [(at, earlier[at].encode()) for at in bare if at in earlier]
    found = {}
    for at, content in before:
        front, had = bare[at][0].front, of_content(at, content)
        if not front and any(keys <= had.front.keys() for keys in _OURS):
            found[at] = FRONT_MATTER
        elif front and had.fact("template"):
            found[at] = TEMPLATE
    return found
