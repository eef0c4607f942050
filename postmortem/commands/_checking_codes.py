"""Codes in the settings that no rule has: told, and no mistake of the file.

Two people of a team may have two versions of this program, and the rules of one are not
those of the other; so nothing ends because of such a code.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from postmortem.commands._places import shown_path
from postmortem.commands._streams import tell
from postmortem.errors import Problem

if TYPE_CHECKING:
    from postmortem.commands._desk import Desk
    from postmortem.env import Env
    from postmortem.settings import Place


def tell_unknown_codes(desk: Desk) -> None:
    """Say of each code in the settings that no rule has it, and what may be meant."""
    for each in unknown_codes(desk.place, desk.env):
        tell(desk.env, str(each))


def unknown_codes(place: Place, env: Env) -> Iterator[Problem]:
    """Yield the codes in a place's settings that no rule has, from top to bottom."""
    if not place.settings.checks or place.file is None:
        return
    from postmortem import yamls
    from postmortem.checks.catalogue import rules
    from postmortem.checks.codes import said_of

    unknown = [code for code in place.settings.checks if code not in rules()]
    if not unknown:
        return
    tree = yamls.load(place.text, str(place.file))
    for code in unknown:
        level = tree.entries["checks"].entries[code]
        node = level.key or level
        yield Problem(
            message=f"there is no rule {code} here, so nothing is set by this",
            path=shown_path(place.file, env),
            line=node.line,
            column=node.column,
            hint=f"{said_of(code)}\n  another version of postmortem may have it",
        )
