"""What findings quote, without the secrets of a report: rules know nothing of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from postmortem.checks.privacy.secrets import hint_of, known

if TYPE_CHECKING:
    from postmortem.checks.subject import Subject
    from postmortem.model import Finding


def silenced(findings: Sequence[Finding], subject: Subject) -> Sequence[Finding]:
    """Return the findings with what may be said of a secret where they quote it."""
    places = [(each.start, each.end) for each in known(subject)]
    places += [(each.start, each.end) for each in subject.around.leaks]
    secrets = {subject.text[start:end].strip() for start, end in places} - {""}
    for secret in sorted(secrets, key=len, reverse=True):
        findings = [_without(each, secret) for each in findings]
    return findings


def _without(finding: Finding, secret: str) -> Finding:
    said = {
        name: text.replace(secret, hint_of(secret))
        for name in ("message", "hint", "suggestion")
        if (text := getattr(finding, name)) and secret in text
    }
    return finding.replace(**said) if said else finding
