"""The JSON Schema of an answers file, so that editors complete it and CI checks it.

It says what `read` takes: 2020-12, one property a field, nothing beside them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from postmortem import markdown, model
from postmortem.answers.events import PARTS as EVENT_PARTS
from postmortem.markdown import Field, Outline, fields
from postmortem.markdown.values import UNSET

Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_LINE: Schema = {"type": ["string", "number", "null"]}
_UNSET: Schema = {"enum": [*UNSET, None]}
_TIME = "2025-05-24 13:05, 9:12 am EDT, ~14:05, +5m after the one before, yesterday 3pm"
_DAY = "2025-05-24, fri, tomorrow or +2w from now"
_NONE = "[] means known to be none; nothing, TBD and ? mean not known yet"
_KINDS: Mapping[str, Schema] = {
    fields.LINE: _LINE,
    fields.TEXT: {
        "type": ["string", "array", "null"],
        "items": {"type": "string"},
    },
    fields.NUMBER: {"type": ["number", "string", "null"]},
    fields.YES_NO: {"type": ["boolean", "string", "null"]},
    fields.DATE: {"$ref": "#/$defs/day"},
    fields.MOMENT: {"$ref": "#/$defs/time"},
    fields.LINES: {"$ref": "#/$defs/texts"},
    fields.SEVERAL: {"$ref": "#/$defs/texts"},
    fields.LIST: {"$ref": "#/$defs/texts"},
    fields.EVENTS: {"$ref": "#/$defs/events"},
    fields.FACTORS: {"$ref": "#/$defs/factors"},
    fields.ACTIONS: {"$ref": "#/$defs/actions"},
    fields.REVISIONS: {"$ref": "#/$defs/revisions"},
    fields.CHOICE: _LINE,
}


def schema(
    outline: Outline, choices: Mapping[str, tuple[str, ...]] | None = None
) -> Schema:
    """Return the schema of the answers to a template's form, as plain values.

    `choices` are the team's own words for a field, such as its severities.
    """
    own = choices or {}
    known = markdown.everything(outline.fields)
    properties = {
        name: _property(each, own.get(name) or each.choices, name in outline.fields)
        for name, each in known.items()
        if name != "retired"
    }
    required = [name for name, each in known.items() if each.required]
    return {
        "$schema": DIALECT,
        "title": f"Answers for the postmortem template {outline.name}",
        "description": f"{_NONE}.",
        "type": "object",
        "properties": properties,
        "required": list(dict.fromkeys(("title", *required))),
        "additionalProperties": False,
        "$defs": _definitions(),
    }


def _property(known: Field, choices: tuple[str, ...], placed: bool) -> Schema:  # noqa: FBT001 - a fact about the field
    said = known.question if placed else f"{known.question} (not in this template)"
    described = {"title": known.label or known.name, "description": said}
    return {**described, **_kind(known, choices)}


def _kind(known: Field, choices: tuple[str, ...]) -> Schema:
    match known.kind:
        case fields.CHOICE if choices:
            return {"anyOf": [{"enum": list(choices)}, _UNSET]}
        case fields.SEVERAL if choices:
            listed = {"type": "array", "items": {"enum": list(choices)}}
            return {"anyOf": [listed, {"type": ["string", "null"]}]}
        case fields.TABLE:
            return _rows(dict.fromkeys(known.parts, _LINE), spoken=False)
    return dict(_KINDS[known.kind])


def _definitions() -> Schema:
    event = dict.fromkeys(EVENT_PARTS, _LINE) | {
        "at": {"$ref": "#/$defs/time"},
        "said": {**_LINE, "description": "a time in words, such as early that morning"},
    }
    action = dict.fromkeys(fields.PARTS[fields.ACTIONS], _LINE) | {
        "key": _key("A"),
        "due": {"$ref": "#/$defs/day"},
        "status": {"enum": [*model.ACTION_STATUSES, None]},
        "type": {**_LINE, "examples": list(model.ACTION_TYPES)},
        "priority": {**_LINE, "examples": list(model.PRIORITIES)},
    }
    factor = dict.fromkeys(fields.PARTS[fields.FACTORS], _LINE) | {
        "key": _key("F"),
        "kind": {**_LINE, "examples": list(model.FACTOR_KINDS)},
    }
    revision = dict.fromkeys(fields.PARTS[fields.REVISIONS], _LINE) | {
        "on": {"$ref": "#/$defs/day"}
    }
    return {
        "time": {"type": ["string", "null"], "description": _TIME},
        "day": {"type": ["string", "null"], "description": _DAY},
        "texts": {
            "type": ["array", "string", "null"],
            "items": {"type": ["string", "number"]},
        },
        "events": _rows(event),
        "factors": _rows(factor),
        "actions": _rows(action),
        "revisions": _rows(revision),
    }


def _rows(parts: Schema, *, spoken: bool = True) -> Schema:
    """Return the schema of a list of rows: objects, or texts where those will do."""
    row: Schema = {
        "type": "object",
        "properties": parts,
        "additionalProperties": False,
    }
    if "text" in parts:
        row["required"] = ["text"]
    other = {"type": "string"} if spoken else {"type": "array", "items": _LINE}
    items = {"anyOf": [row, other]}
    return {"anyOf": [{"type": "array", "items": items}, _UNSET]}


def _key(letter: str) -> Schema:
    return {"type": ["string", "null"], "pattern": rf"^{letter}[1-9][0-9]*$"}
