"""Words and lines that several commands print alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from postmortem.model import Finding


def counted(many: int, what: str) -> str:
    """Return how many there are of what is counted.

    >>> counted(1, "event"), counted(2, "event")
    ('1 event', '2 events')
    """
    return f"{many} {what}{'' if many == 1 else 's'}"


def finding_line(path: str, finding: Finding) -> str:
    """Return a finding as editors and people read it, with its hint below.

    `postmortems/x.md:47:5: warning PM412 action A2 has no due date`
    """
    place = f"{path}:{finding.line}:{finding.column}"
    said = f"{place}: {finding.severity} {finding.code} {finding.message}"
    return f"{said}\n  {finding.hint}" if finding.hint else said
