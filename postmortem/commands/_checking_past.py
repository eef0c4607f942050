"""What reports were in commits: their statuses, kept while HEAD stays."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from postmortem import files
from postmortem.commands._cached import file_of, put
from postmortem.commands._checking_kept import FOLDER, LARGEST
from postmortem.errors import PostmortemError

if TYPE_CHECKING:
    from postmortem.archive import Entry
    from postmortem.commands._desk import Desk
    from postmortem.history import History, Then

Past = tuple[tuple[str, datetime], ...]
"""The statuses that a report had and when each was committed, the oldest first."""

_STATUS = re.compile(r"^status:[ \t]*[\"']?([^\"'\n#]+)", re.MULTILINE)
_FRONT = 4096
"""Characters in which a status stands, where there is one."""
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_BEFORE = timedelta(days=30)
"""How long before its incident a report may have been begun, clocks being clocks."""


_HEADS = 4
"""Commits of which it is kept: work trees of one repository stand at several."""

_Known = dict[str, dict[str, Past]]
"""By the commit, and how much of the history is here; the last ones used."""


def statuses(
    desk: Desk, entries: Sequence[Entry], *, drafts: bool
) -> Mapping[Path, Past]:
    """Return what is known of each report that has a status and is no branch's.

    One that is not in the history, or that nobody can ask for, is not among them; nor
    is a draft that has never been anything else. `drafts` are asked for where git is
    asked anyway.
    """
    first = desk.place.settings.statuses[0]
    left_out = (None,) if drafts else (None, first)
    asked = [
        entry
        for entry in entries
        if entry.on is None and entry.fact("status") not in left_out
    ]
    history = desk.history if asked else None
    if history is None:
        return {}
    inside = history.among(entry.path for entry in asked)
    known = _known(desk, history, inside)
    still = {it.path for it in asked if it.fact("status") == first}
    return {
        path: past
        for path, name in inside.items()
        if (past := known.get(name))
        and (path not in still or any(status != first for status, _ in past))
    }


def _known(
    desk: Desk, history: History, inside: Mapping[Path, str]
) -> Mapping[str, Past]:
    from postmortem import history as room

    head = room.head(history).sha
    if head is None:
        return {}
    where = file_of(desk, FOLDER, "-past")
    stand = f"{head} {_depth(history.shared / 'shallow')}"
    kept = _read(where)
    past = kept.pop(stand, {})
    left = [path for path in inside.values() if path not in past]
    if left:
        with suppress(PostmortemError):
            found = room.past(history, left, _since(inside))
            past |= {path: _past(found.get(path, ())) for path in left}
            kept = dict([*kept.items(), (stand, past)][-_HEADS:])
            put(desk.env.cache_dir, where, msgspec.json.encode(kept))
    return past


def _read(path: Path) -> _Known:
    with suppress(PostmortemError, OSError, msgspec.MsgspecError):
        raw = files.read_private(path, limit=LARGEST)
        return msgspec.json.decode(raw, type=_Known)
    return {}


def _depth(shallow: Path) -> str:
    """Return what is another when more of the history has come."""
    with suppress(OSError):
        state = shallow.stat()
        return f"{state.st_mtime_ns} {state.st_size}"
    return ""


def _past(versions: Sequence[Then]) -> Past:
    """Return the statuses of the versions of a file, each run of one alike once."""
    found: list[tuple[str, datetime]] = []
    for each in versions:
        status = status_of(each.content.decode("utf-8", "replace"))
        if status and (not found or found[-1][0] != status):
            found.append((status, each.at))
    return tuple(found)


def status_of(text: str) -> str | None:
    """Return the status in a report's front matter, if it has one."""
    front = text[:_FRONT].replace("\r\n", "\n").split("\n---", 1)[0]
    found = _STATUS.search(front)
    return found[1].strip() if found else None


def _since(paths: Mapping[Path, str]) -> datetime | None:
    """Return from when on commits matter: from before the first of the incidents."""
    days = [found[0] if (found := _DAY.match(path.name)) else None for path in paths]
    if None in days:
        return None
    try:
        return datetime.fromisoformat(f"{min(map(str, days))}T00:00Z") - _BEFORE
    except ValueError:
        return None
