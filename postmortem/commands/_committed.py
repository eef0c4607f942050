"""Whether commits have a report already: any text of it, or this very one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortem.errors import Missing

if TYPE_CHECKING:
    from postmortem.commands._ways import Goal
    from postmortem.history import History


def is_new(history: History, goal: Goal) -> bool:
    """Tell whether no commit that this one follows has the report."""
    from postmortem.history import blob_id

    places = ("HEAD", f"refs/heads/{goal.branch}")
    return all(blob_id(history, place, goal.paths[0]) is None for place in places)


def holds(history: History, place: str, goal: Goal) -> bool:
    """Tell whether a commit has all of these files as they are on disk."""
    from postmortem.history import read_blob

    try:
        return all(
            read_blob(history, place, path) == (history.root / path).read_bytes()
            for path in goal.paths
        )
    except Missing:
        return False
