"""What findings quote, without the secrets of a report: rules know nothing of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from postmortem.checks.privacy.secrets import hint_of, known

if TYPE_CHECKING:
    from postmortem.checks.subject import Subject
    from postmortem.model import Finding


_OWN = ("PM701", "PM702", "PM703")
"""The rules that find credentials: they quote nothing but what may be said."""


def silenced(findings: Sequence[Finding], subject: Subject) -> Sequence[Finding]:
    """Return the findings with what may be said of a secret where they quote it."""
    places = [(each.start, each.end) for each in known(subject)]
    places += [(each.start, each.end) for each in subject.around.leaks]
    secrets = {subject.text[start:end].strip() for start, end in places} - {""}
    longest = sorted(secrets, key=len, reverse=True)
    return [_without(each, longest) for each in findings]


def _without(finding: Finding, secrets: Sequence[str]) -> Finding:
    if finding.code in _OWN:
        return finding
    for secret in secrets:
        said = {
            name: text.replace(secret, hint_of(secret))
            for name in ("message", "hint", "suggestion")
            if (text := getattr(finding, name)) and secret in text
        }
        finding = finding.replace(**said) if said else finding
    return finding
