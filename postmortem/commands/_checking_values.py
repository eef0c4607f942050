"""What goes into the check of a report and what comes of it: plain values.

They cross to other processes and into the cache; none of them needs a rule.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from postmortem.checks.around import Leak
from postmortem.checks.results import Result
from postmortem.errors import Problem

if TYPE_CHECKING:
    from postmortem.model import Finding
    from postmortem.settings import Settings


class Attachment(msgspec.Struct, frozen=True, kw_only=True):
    """A file beside a report, which is committed with it."""

    name: str
    """From the report's folder on, with `/`."""
    stamp: str
    """What is another when its content is."""
    content: bytes | None = None
    """None where it is read when it is looked into."""


class Derived(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of the derived lines of a text."""

    stale: tuple[Finding, ...] = ()
    """Those that are out of date."""
    right: str = ""
    """What to ask with the next time, where there are none; see `markdown.judged`."""


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """One text that is to be checked."""

    path: str
    """As it is shown."""
    text: str
    kind: str | None
    """The name of its template; None for one that is read by its headings."""
    folder: str | None
    """Where its relative links begin; None where that is no folder."""
    past: tuple[tuple[str, datetime], ...] = ()
    """The statuses that it had in its commits, with when; the oldest first."""
    right: str | None = None
    """What may tell that its derived lines are right; None where nobody wants that."""
    derived: Derived | None = None
    """What is known of them; None where it is still to be found."""
    leaks: tuple[Leak, ...] = ()
    """What gitleaks has seen in it."""
    attachments: tuple[Attachment, ...] = ()
    """The files that are looked into for credentials."""
    namesakes: tuple[str, ...] = ()
    """Other files with its id."""
    lost: str = ""
    """What git has it with, and it is without."""
    aside: bool = False
    """Whether it is taken for no report: then secrets alone are looked for in it."""


class Shared(msgspec.Struct, frozen=True, kw_only=True):
    """What is the same for all of them."""

    digests: Mapping[str, str]
    """What tells each template that some report has from any other text of it."""
    settings: Settings
    now: datetime
    ids: frozenset[str] | None
    """The ids of all reports, where somebody has asked for them."""
    templates: tuple[str, ...] = ()
    formers: bool = False
    """Whether anybody asks what findings were known by before."""


class Asked(msgspec.Struct, kw_only=True):
    """What was asked of the world around a report, with the answers."""

    files: dict[str, bool] = msgspec.field(default_factory=dict)
    reports: dict[str, bool] = msgspec.field(default_factory=dict)


class Done(msgspec.Struct, frozen=True, kw_only=True):
    """What came of a job."""

    result: Result
    asked: Asked
    problems: tuple[Problem, ...] = ()
    """Why it could not be checked; then nothing was found."""
    right: str = ""
    """What tells the next time that its derived lines are right."""


def exists(folder: str | None, target: str) -> bool:
    """Tell whether there is a file at the end of a relative link."""
    if folder is None:
        return True
    try:
        return (Path(folder) / target).exists()
    except (OSError, ValueError):
        return False
