"""What is said of a field that is empty, and of one whose whole section is missing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from postmortem.checks import places
from postmortem.escape import uncommented

if TYPE_CHECKING:
    from collections.abc import Callable

    from postmortem.checks.subject import Subject
    from postmortem.model import Finding

_TOLD = 12
"""From so many words on something is told."""
_HEADING = re.compile(r"(#{1,6})\s")
_NO_WORDS = re.compile(r"^(?:\|.*|_.*_)$", re.MULTILINE)
"""Comments, the heads of an empty table, and what says that nothing is known."""


def unsaid(
    subject: Subject, name: str, message: str, hint: str | None, why: str = ""
) -> Finding:
    """Return a finding about an empty field; `why` is put behind what is said."""
    message, hint = worded(subject, name, message, hint)
    return subject.finding(f"{message}{why}", field=name, hint=hint)


def worded(
    subject: Subject, name: str, message: str, hint: str | None
) -> tuple[str, str | None]:
    """Return message and hint; where the section is missing they say that."""
    heading = _heading(subject, name)
    if heading is None:
        return message, hint
    added = f"add `{heading}`"
    message = f"the section {heading.lstrip('# ')!r} is missing"
    return message, f"{added}: {hint}" if hint else added


def is_missing(subject: Subject, name: str) -> bool:
    """Tell whether the text has no section for a field."""
    return _heading(subject, name) is not None


def says_more(subject: Subject, name: str) -> bool:
    """Tell whether the section of a field has text in which no row is read."""
    text = "\n".join(subject.lines[at] for at in below(subject, name))
    return len(_NO_WORDS.sub(" ", uncommented(text)).split()) >= _TOLD


def below(
    subject: Subject, name: str, goes_on: Callable[[str], bool] | None = None
) -> range:
    """Return the lines below the heading of a field, from 0, down to the next one.

    That is one as high, or higher, and none of which it is told that it `goes_on`.
    """
    lines = subject.lines
    first = places.heading_of(name, subject.spans, subject.outline)
    if first is None:
        return range(0)
    level = _HEADING.match(lines[first - 1])
    for at in range(first, len(lines)):
        found = _HEADING.match(lines[at])
        ends = found and (level is None or len(found[1]) <= len(level[1]))
        if found and ends and not (goes_on and goes_on(lines[at][found.end() :])):
            return range(first, at)
    return range(first, len(lines))


def _heading(subject: Subject, name: str) -> str | None:
    return places.missing(name, subject.spans, subject.outline)
