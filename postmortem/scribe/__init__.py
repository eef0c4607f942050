"""A running log, kept while an incident goes on: lines with times, and what ran then.

It needs no repository and no report, and several people and scripts of one machine can
write at once.
"""

from __future__ import annotations

from postmortem.scribe.entries import Contents, Damage, Entry, fresh
from postmortem.scribe.log import Log

__all__ = ["Contents", "Damage", "Entry", "Log", "fresh"]
