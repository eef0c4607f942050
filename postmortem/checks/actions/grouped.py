"""Actions that say whose they are elsewhere than an owner stands: above their list.

As in `**Platform team**` or `### Sam & Alex` over the items of each of them. Nothing is
written into the record by that; it is only not said that nobody has them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from postmortem.checks.actions.owners import has_role, is_nobody

if TYPE_CHECKING:
    from postmortem.checks.subject import Subject

_LINE = re.compile(
    r"\s*(?P<head>\#{2,6}\s+)?(?P<mark>\*\*|__)?(?P<said>[^*_#\n]{2,60}?)"
    r"(?P<colon>:)?(?(mark)(?P=mark):?)\s*"
)
_INITIALS = re.compile("[A-Z]{2,3}")
_JOINED = re.compile(r"\s*(?:[,;&+/]|\s[-\u2013\u2014]\s|\b(?:and|und)\b)\s*")
_NAME = re.compile(r"[^\W\d_a-z][\w.'’-]*(?: [^\W\d_a-z][\w.'’-]*){0,2}")
"""One to three words, each with a capital."""
_ITEM = re.compile(r"\s*(?:[-*+]|\d+[.)])\s|\s+\S")
_SAYS = re.compile(
    r"@[\w-]+(?:(?:,| and| &) @[\w-]+)*,? (?:will|(?:is|are) going to|to)\b"
)
_AREAS = frozenset(
    (
        *(
            "action",
            "actions",
            "additional",
            "alerting",
            "alerts",
            "api",
            "app",
            "apps",
        ),
        *("aws", "backend", "backlog", "backups", "build", "bugs", "capacity", "ci"),
        *("change", "changes", "cleanup", "client", "cloud", "code", "communication"),
        *(
            "communications",
            "completed",
            "config",
            "configuration",
            "contracts",
            "data",
        ),
        *("database", "databases", "deployment", "deployments", "detect", "detection"),
        *("dns", "docs", "documentation", "done", "engineering", "feature", "features"),
        *("fix", "fixes", "follow", "follow-up", "follow-ups", "followup", "frontend"),
        *(
            "future",
            "general",
            "gcp",
            "hardware",
            "immediate",
            "improvements",
            "incident",
        ),
        *(
            "infra",
            "infrastructure",
            "investigate",
            "items",
            "later",
            "lessons",
            "load",
        ),
        *(
            "logging",
            "logs",
            "long",
            "long-term",
            "maintenance",
            "medium",
            "medium-term",
        ),
        *("messaging", "migrations", "misc", "mitigate", "mitigation", "monitoring"),
        *("network", "networking", "next", "notes", "observability", "ongoing", "open"),
        *("operations", "ops", "other", "others", "people", "performance", "planned"),
        *(
            "policy",
            "prevent",
            "prevention",
            "process",
            "processes",
            "product",
            "recovery",
        ),
        *("reliability", "remediation", "resilience", "response", "review", "runbooks"),
        *(
            "security",
            "server",
            "servers",
            "service",
            "services",
            "short",
            "short-term",
        ),
        *(
            "status",
            "steps",
            "storage",
            "support",
            "technical",
            "template",
            "terraform",
        ),
        *("test", "testing", "tests", "todo", "tooling", "tools", "training", "ui"),
        *(
            "update",
            "updates",
            "upgrade",
            "upgrades",
            "urgent",
            "ux",
            "website",
            "work",
        ),
        *(
            "aktionen",
            "ausblick",
            "betrieb",
            "dokumentation",
            "erkennung",
            "infrastruktur",
        ),
        *("kurzfristig", "langfristig", "massnahmen", "maßnahmen", "mittelfristig"),
        *(
            "offen",
            "prozess",
            "prozesse",
            "sofort",
            "sonstiges",
            "technik",
            "technisch",
        ),
        *("überwachung", "vorbeugung", "weiteres"),
    )
)
"""What actions are grouped by that is nobody, in small letters."""


def has_somebody(subject: Subject, number: int) -> bool:
    """Tell whether somebody stands above the list of an action, or begins its words."""
    actions = subject.report.actions or ()
    if _SAYS.match(actions[number].text):
        return True
    rows = subject.spans.rows.get("actions", ())
    if number >= len(rows) or rows[number].container.shape != "list":
        return False
    above = _above(subject, subject.spans.body + rows[number].start)
    return above is not None and _is_somebody(above)


def _above(subject: Subject, line: int) -> re.Match[str] | None:
    """Return the line that stands above the list of a line, from 0, if it is short."""
    lines = subject.lines
    while line > subject.spans.body:
        line -= 1
        said = lines[line]
        if said.strip() and not _ITEM.match(said):
            return _LINE.fullmatch(said)
    return None


def _is_somebody(above: re.Match[str]) -> bool:
    """Tell whether a line is the name of a person, some people, a role or a team.

    One word that is no line in bold may be of anything: `### Networking`.
    """
    said = above["said"].strip()
    if is_nobody(said) or not (above["mark"] or above["head"] or above["colon"]):
        return False
    if said.startswith("@") or has_role(said):
        return True
    parts = _JOINED.split(said)
    if not above["mark"] and len(parts) == 1 and not _INITIALS.fullmatch(said):
        return False
    return all(
        _NAME.fullmatch(part)
        and _AREAS.isdisjoint(part.casefold().split())
        and not is_nobody(part)
        for part in parts
    )
