"""A record fitted to a template: values of another kind than its fields go aside."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from postmortem import model
from postmortem.errors import PostmortemError
from postmortem.markdown import fields, values
from postmortem.markdown.fields import Field
from postmortem.markdown.outline import Outline
from postmortem.model import Report


def fitted(report: Report, outline: Outline) -> tuple[Report, frozenset[str]]:
    """Return the record as the template's own fields can hold it, and what they cannot.

    Those are the names of fields that are of another kind in this template, and whose
    value says nothing in it.
    """
    left = set()
    for name, known in outline.fields.items():
        value = report.extra.get(name)
        if value is None or _fits(known, value):
            continue
        made = _made(known, value)
        report = report.with_value(name, made)
        if made is None:
            left.add(name)
    return report, frozenset(left)


def _fits(known: Field, value: Any) -> bool:
    match known.kind:
        case fields.TEXT:
            return isinstance(value, str) or value == ()
        case fields.TABLE:
            return _all(value, Mapping)
        case fields.LIST | fields.LINES | fields.SEVERAL:
            return _all(value, str)
        case fields.YES_NO:
            return isinstance(value, bool)
        case fields.NUMBER:
            return isinstance(value, int | float) and not isinstance(value, bool)
        case fields.DATE:
            return isinstance(value, date)
        case fields.MOMENT:
            return isinstance(value, model.Moment)
    return isinstance(value, str) and "\n" not in value


def _all(value: Any, kind: type) -> bool:
    return isinstance(value, tuple) and all(isinstance(each, kind) for each in value)


def _made(known: Field, value: Any) -> Any:
    """Return a value of another kind as one of this kind; None when it is none."""
    if known.kind == fields.TEXT and _all(value, str):
        return "\n".join(f"- {line}" for line in value)
    said = values.tree(None, value)
    if known.kind == fields.TEXT:
        return said if isinstance(said, str) else None
    if known.in_body or (isinstance(said, str) and "\n" in said):
        return None
    try:
        return values.scalar(known, said)
    except PostmortemError:
        return None
