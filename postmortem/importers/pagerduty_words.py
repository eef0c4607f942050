"""What PagerDuty's records say, in words of a timeline that name no person."""

from __future__ import annotations

import re

from postmortem.importers import sameness
from postmortem.importers.telling import about
from postmortem.importers.trees import Tree, first, within

_ABOUT = {
    "notify": "somebody is notified",
    "assign": "assigned",
    "reassign": "assigned",
    "escalate": "escalated",
    "delegate": "handed on",
    "responder.added": "responders are asked",
}
"""What PagerDuty says of these names people; who did it is the author."""
_NUMBERED = re.compile(r"\[#(\d+)\]\s*")


def text(
    kind: str | None, verb: str, title: str, service: str | None, said: str | None
) -> str:
    """Return what happened, for one line of a timeline."""
    full = about(title, service)
    match kind:
        case "alert" | "acknowledged" | "resolved":
            return f"{kind} {full}" if kind == "alert" else f"{kind}: {full}"
        case "message" | "status update":
            return said or f"{kind}: {full}"
    for start, plain in _ABOUT.items():
        if verb.startswith(start):
            return f"{plain}: {full}"
    return said or f"{verb.replace('_', ' ').replace('.', ' ')}: {full}"


def same(
    kind: str | None, title: str, service: str | None, number: str | None
) -> str | None:
    """Return what other tools call it too."""
    if kind == "alert":
        return sameness.alert(title, service)
    if kind in ("acknowledged", "resolved") and number:
        return sameness.incident("pagerduty", number, kind)
    return None


def title_of(incident: Tree) -> tuple[str, str | None]:
    """Return what an incident is called, and its number."""
    said = (
        first(incident, "title", "summary", "description")
        or first(within(incident, "trigger_summary_data"), "subject", "description")
        or first(incident, "incident_key", "alert_key", "id")
        or "an incident"
    )
    found = _NUMBERED.match(said)
    number = first(incident, "incident_number", "number")
    if not found:
        return said, number
    return said[found.end() :] or said, number or found[1]
