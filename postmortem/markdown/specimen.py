"""A report as one would be, for whoever wants to see what a template makes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from postmortem import model
from postmortem.markdown import fields
from postmortem.markdown.fields import Field
from postmortem.model import Action, Event, Factor, Moment, Report, Revision

_START = datetime(2025, 5, 24, 13, 5, tzinfo=UTC)
_MINUTES: Mapping[str, int] = {
    "onset": 0,
    "detected": 7,
    "acknowledged": 9,
    "declared": 15,
    "identified": 31,
    "mitigated": 36,
    "resolved": 115,
    "closed": 240,
    "published": 4320,
}
_SAID: Mapping[str, Any] = {
    "id": "2025-05-24-x-down",
    "title": "X down: failover did not take over",
    "status": "draft",
    "severity": "SEV-1",
    "audience": "everyone in the company",
    "services": ("web", "api"),
    "tags": ("failover",),
    "owner": "Storage on-call",
    "reviewers": ("Network on-call",),
    "zone": "UTC",
    "summary": (
        "One data centre lost power, and the failover that was to take over did not. "
        "Pages did not load for 36 minutes, and loaded slowly for an hour more."
    ),
    "impact": "About 40 of 100 requests failed, measured at the load balancer.",
    "background": "Two data centres each can carry all of the traffic.",
    "detection": "Customers reported it; the alert on errors came four minutes later.",
    "response": "The runbook named a host that is gone: 12 minutes.",
    "recovery": "Traffic was moved by hand, and errors went back to none.",
    "what_happened": "Power failed, the standby was behind, and the failover refused.",
    "trigger": "A power feed failed in one data centre.",
    "root_causes": "Nothing tells how far the standby is behind.",
    "safeguards_held": "The backups were whole.",
    "safeguards_failed": "The automatic failover refused a standby that is behind.",
    "went_well": "The team that moved the traffic had tried it in spring.",
    "was_hard": "Two runbooks said two things.",
    "lucky": "It was a Saturday.",
    "lessons": "A failover that nobody tries is a hope.",
    "appendix": "Graphs of the load balancer, 13:00 to 15:30 UTC.",
    "open_questions": ("Why did the first alert take eleven minutes?",),
}
_TIMELINE = (
    (0, "onset", "one data centre loses power", "facilities log"),
    (7, "detected", "customers report that pages do not load", "support inbox"),
    (36, "mitigated", "traffic is moved by hand", "chat"),
    (115, "resolved", "both data centres carry traffic again", "dashboard"),
)


def specimen(form: Mapping[str, Field]) -> Report:
    """Return a record in which every field of a form has a value as people write it."""
    report = Report()
    for name, known in form.items():
        if name not in ("template", "related", "retired"):
            report = report.with_value(name, _value(known))
    return report


def _value(known: Field) -> Any:
    if known.name in _SAID:
        return _SAID[known.name]
    match known.kind:
        case fields.MOMENT:
            minutes = timedelta(minutes=_MINUTES.get(known.name, 60))
            return Moment(at=_START + minutes)
        case fields.EVENTS | fields.FACTORS | fields.ACTIONS | fields.REVISIONS:
            return _rows()[known.kind]
        case fields.LIST:
            return (f"One of: {known.label}", f"Another of: {known.label}")
        case fields.TABLE:
            return tuple(
                {part: f"{part.replace('_', ' ')} {number}" for part in known.parts}
                for number in (1, 2)
            )
    return _short(known)


def _short(known: Field) -> Any:
    """Return the value of a field of the template's own that has no rows."""
    plain = {fields.NUMBER: 40, fields.YES_NO: True, fields.DATE: _START.date()}
    if known.kind in plain:
        return plain[known.kind]
    match known.kind:
        case fields.CHOICE if known.choices:
            return known.choices[0]
        case fields.SEVERAL:
            return known.choices[:2]
        case fields.LINES:
            return (f"one of: {known.label}",)
        case fields.LINE:
            return f"what is said of: {known.label}"
    return f"What is said of: {known.question or known.label}"


def _rows() -> Mapping[str, Any]:
    return {
        fields.EVENTS: tuple(
            Event(at=_START + timedelta(minutes=at), kind=kind, text=text, source=said)
            for at, kind, text, said in _TIMELINE
        ),
        fields.FACTORS: (
            Factor(
                key="F1",
                kind="trigger",
                text="a power feed failed",
                evidence="facilities log",
            ),
            Factor(
                key="F2",
                kind="safeguard",
                text="the standby was behind, and nothing told so",
                cause="F1",
            ),
        ),
        fields.ACTIONS: (
            Action(
                key="A1",
                text="Fail over for real once a month",
                owner="Storage on-call",
                due=date(2025, 6, 30),
                type="prevent",
                priority="P1",
                factor="F2",
                done_when="three months went well",
            ),
            Action(
                key="A2",
                text="Alert on how far the standby is behind",
                owner="Storage on-call",
                due=date(2025, 6, 6),
                type="detect",
                status=model.DONE,
            ),
        ),
        fields.REVISIONS: (Revision(text="Final", on=date(2025, 6, 2)),),
    }
