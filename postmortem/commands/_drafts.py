"""Where the journals of this person are, and how one is spoken of."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from postmortem.drafts import Drafts

if TYPE_CHECKING:
    from postmortem.drafts import Draft
    from postmortem.env import Env

FOLDER = "drafts"
"""In the program's state folder."""


def drafts_of(env: Env) -> Drafts:
    """Return the journals."""
    return Drafts(env.state_dir / FOLDER, env.clock)


def opening(draft: Draft, age: timedelta) -> str:
    """Say which report is gone on with, and since when nothing was said of it."""
    title = f": {draft.title}" if draft.report and draft.title else ""
    file = "" if draft.report else " (no file yet)"
    return f"{draft.name}{title}{file}, left {ago(age)}"


def ago(age: timedelta) -> str:
    """Say how long ago something was, in the units that somebody thinks in."""
    from postmortem import moments

    if age < timedelta(minutes=1):
        return "less than a minute ago"
    step = timedelta(minutes=1) if age < timedelta(days=2) else timedelta(hours=1)
    return f"{moments.duration(age // step * step)} ago"
