"""What is known around a report: facts of git and of its folder, given as arguments."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import msgspec

FRONT_MATTER, TEMPLATE, NEW = "front matter", "template", "new"


class Leak(msgspec.Struct, frozen=True, kw_only=True):
    """Where another program sees a secret in the text; never the secret."""

    rule: str
    """What that program calls its kind."""
    start: int
    """Offsets in the text with LF at the ends of its lines, in characters."""
    end: int


class Attached(msgspec.Struct, kw_only=True):
    """A credential in a file beside a report; never the credential itself."""

    name: str
    """The file's path from the report's folder on, with `/`."""
    unread: str = ""
    """Why nobody has looked into it; then all else is empty."""
    kind: str = ""
    shown: str = ""
    """What may be said of the credential."""
    line: int = 0
    """1-based, as the column; both of the first place in the file."""
    column: int = 0
    more: int = 0
    """How often it stands there again."""


class Around(msgspec.Struct, frozen=True, kw_only=True):
    """Facts from outside the text; each is None or empty where nobody knows."""

    past: tuple[tuple[str, datetime], ...] = ()
    """The statuses that it had in its commits and when they were made, oldest first."""
    is_report: Callable[[str], bool] | None = None
    """Tells whether a report has that id."""
    is_file: Callable[[str], bool] | None = None
    """Tells whether there is a file at that path, from the report's folder on."""
    templates: tuple[str, ...] = ()
    """The names of the templates that can be used."""
    leaks: tuple[Leak, ...] = ()
    """What gitleaks has found in the text, where it is installed."""
    attached: tuple[Attached, ...] = ()
    """What was found in the files beside it, in the order of their names."""
    namesakes: tuple[str, ...] = ()
    """Other files with the report's id: the first few, from the settings' folder on."""
    lost: str = ""
    """What git has the file with, and it is without: FRONT_MATTER, or a TEMPLATE.

    Of a file that git did not have, and that has no front matter: NEW.
    """
