"""The folders of reports: find, read and write one file, list them all quickly.

What git knows reaches it as an argument, so that a folder needs no repository.
"""

from __future__ import annotations

from postmortem.archive.entries import Entry, OnBranch
from postmortem.archive.finding import SeveralFit
from postmortem.archive.folders import Archive
from postmortem.archive.naming import birth_id, checked_id, compared
from postmortem.archive.seen import code_owners, seen

__all__ = [
    "Archive",
    "Entry",
    "OnBranch",
    "SeveralFit",
    "birth_id",
    "checked_id",
    "code_owners",
    "compared",
    "seen",
]
