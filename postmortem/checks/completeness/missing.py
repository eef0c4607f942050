"""What is said of a field that is empty, and of one whose whole section is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortem.checks import places

if TYPE_CHECKING:
    from postmortem.checks.subject import Subject
    from postmortem.model import Finding


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


def _heading(subject: Subject, name: str) -> str | None:
    return places.missing(name, subject.spans, subject.outline)
