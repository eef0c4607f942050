"""Evidence that a team has already, as candidates for the timeline: bytes to events."""

from __future__ import annotations

from postmortem.importers.candidates import (
    Candidate,
    Found,
    Note,
    Setting,
    Unplaced,
    Verdict,
)
from postmortem.importers.evidence import Evidence, Member
from postmortem.importers.protocol import Importer

__all__ = [
    "Candidate",
    "Evidence",
    "Found",
    "Importer",
    "Member",
    "Note",
    "Setting",
    "Unplaced",
    "Verdict",
]
