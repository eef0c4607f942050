"""Where the journals of this person are, and how one is spoken of."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from postmortem.drafts import Drafts

if TYPE_CHECKING:
    from postmortem.archive import Entry
    from postmortem.commands._desk import Desk
    from postmortem.drafts import Draft
    from postmortem.env import Env

FOLDER = "drafts"
"""In the program's state folder."""


def drafts_of(env: Env) -> Drafts:
    """Return the journals."""
    return Drafts(env.state_dir / FOLDER, env.clock)


def is_open(desk: Desk, draft: Draft) -> bool:
    """Tell whether something is unfinished: typed, in no file, or in no commit."""
    if draft.report is None or draft.typing.strip():
        return True
    return not is_committed(desk, draft)


def is_committed(desk: Desk, draft: Draft) -> bool:
    """Tell whether all that a draft has is in a commit, or its report is gone."""
    from postmortem.errors import Missing, PostmortemError

    if draft.report is None:
        return False
    try:
        entry = desk.archive.find(draft.report, whole=True)
        if draft.text is not None:
            return bool(entry.on) and desk.archive.load(entry).text == draft.text
        return bool(entry.on) or _is_in_git(desk, entry)
    except Missing:
        return draft.text is None
    except PostmortemError:
        return False


def _is_in_git(desk: Desk, entry: Entry) -> bool:
    """Tell whether HEAD or the report's branch has its file as it is."""
    from postmortem.commands._committed import holds
    from postmortem.commands._ways import Goal

    if desk.history is None:
        return False
    branch = f"{desk.place.settings.branch_prefix}{entry.path.stem}"
    goal = Goal(branch=branch, paths=(desk.history.inside(entry.path),))
    places = ("HEAD", f"refs/heads/{branch}")
    return any(holds(desk.history, place, goal) for place in places)


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
