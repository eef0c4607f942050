"""Files that are old or new and nothing between, UTF-8, and where they belong."""

from __future__ import annotations

from postmortem.files.atomic import NotSaved, Taken, sweep
from postmortem.files.names import slug
from postmortem.files.places import place
from postmortem.files.private import read_private, write_private
from postmortem.files.texts import LIMIT, Snapshot, read
from postmortem.files.writing import create, write

__all__ = [
    "LIMIT",
    "NotSaved",
    "Snapshot",
    "Taken",
    "create",
    "place",
    "read",
    "read_private",
    "slug",
    "sweep",
    "write",
    "write_private",
]
