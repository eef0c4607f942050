"""How a team writes its reports: the repository's `.postmortem.yaml`, and its defaults.

A setting exists only where two teams really differ. All mistakes of a file are said at
once, each with line, column and the nearest right word.
"""

from __future__ import annotations

from postmortem.settings.places import FILE, OWN_FILE, Place, find, home
from postmortem.settings.reading import read, read_user
from postmortem.settings.values import Settings, Severity, User
from postmortem.settings.writing import default_text

__all__ = [
    "FILE",
    "OWN_FILE",
    "Place",
    "Settings",
    "Severity",
    "User",
    "default_text",
    "find",
    "home",
    "read",
    "read_user",
]
