"""A full record to try a template with, and the names that the trials mention."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from postmortem import model
from postmortem.markdown import fields
from postmortem.markdown.fields import Field
from postmortem.markdown.tagging import marks
from postmortem.model import Report

_START = datetime(2025, 5, 24, 13, 5, tzinfo=UTC)


def probe(form: Mapping[str, Field], loops: Mapping[str, Mapping[str, Any]]) -> Report:
    """Return a record in which everything is set, with rows for every filtered loop."""
    report = Report()
    for name, known in form.items():
        fixed = [
            dict(loop["fixed"]) for loop in loops.values() if loop["field"] == name
        ]
        report = report.with_value(name, _value(known, fixed))
    return report


def _value(known: Field, fixed: Sequence[Mapping[str, str]]) -> Any:
    match known.kind:
        case fields.TEXT:
            return f"Probe of {known.name}."
        case fields.NUMBER:
            return 7
        case fields.YES_NO:
            return True
        case fields.DATE:
            return date(2025, 5, 24)
        case fields.MOMENT:
            order = (
                model.MOMENTS.index(known.name) if known.name in model.MOMENTS else 0
            )
            return model.Moment(at=_START + timedelta(minutes=10 * order))
        case fields.LINES | fields.SEVERAL:
            return known.choices[:1] or (f"probe of {known.name}",)
        case fields.CHOICE if known.choices:
            return known.choices[0]
        case kind if kind in fields.ROW_KINDS:
            parts = [dict[str, str]()] * 3 + [dict(each) for each in fixed if each]
            return tuple(_row(known, n, over) for n, over in enumerate(parts))
    return "UTC" if known.name == "zone" else f"Probe of {known.name}"


def _row(known: Field, number: int, over: Mapping[str, str]) -> Any:
    said: dict[str, Any] = {
        part: over.get(part, f"probe {part} {number}") for part in known.parts
    }
    match known.kind:
        case fields.LIST:
            return f"probe {number}"
        case fields.TABLE:
            return said
        case fields.EVENTS:
            said.pop("at")
            at = _START + timedelta(minutes=number)
            return model.Event(at=at, **said)
        case fields.FACTORS:
            return model.Factor(**{**said, "key": f"F{number + 1}"})
        case fields.REVISIONS:
            return model.Revision(text=said["text"], on=date(2025, 6, 1))
    said |= {"key": f"A{number + 1}", "status": over.get("status", model.OPEN)}
    said |= {"priority": over.get("priority", "P1"), "factor": over.get("factor", "F1")}
    said |= {"type": over.get("type", model.ACTION_TYPES[number % 4])}
    return model.Action(**{**said, "due": date(2025, 6, 1)})


def mentioned(probes: Mapping[str, str]) -> list[str]:
    """Return the names that the renders print or loop over, in order of mention."""
    order: dict[str, None] = {}
    for tagged in (probes.get("true", ""), *probes.values()):
        for mark in marks(tagged):
            if mark.kind in ("loop", "field"):
                order.setdefault(mark.of[0])
            elif mark.kind == "derived":
                order.update(dict.fromkeys(mark.of))
            elif mark.kind == "panel":
                order.update(dict.fromkeys(mark.of[1:]))
    return list(order)
