"""Where the journals of this person are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortem.drafts import Drafts

if TYPE_CHECKING:
    from postmortem.env import Env

FOLDER = "drafts"
"""In the program's state folder."""


def drafts_of(env: Env) -> Drafts:
    """Return the journals."""
    return Drafts(env.state_dir / FOLDER, env.clock)
