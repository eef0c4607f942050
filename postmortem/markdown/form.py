"""The form of a template: what it asks, in order, in its own words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from postmortem import templating
from postmortem.errors import Problem
from postmortem.markdown.declaring import declared
from postmortem.markdown.fields import STANDARD, Field
from postmortem.markdown.meta import NAMED, Meta
from postmortem.markdown.outline import ALWAYS, LABELS
from postmortem.markdown.tagging import Declaration
from postmortem.model import STATUSES

_FACTS = (
    "title",
    "id",
    "template",
    "status",
    "severity",
    "audience",
    "services",
    "tags",
    "owner",
    "reviewers",
    "zone",
    "onset",
    "detected",
    "acknowledged",
    "mitigated",
    "resolved",
    "related",
    "retired",
)
_CALLED = re.compile(r"\b(?:postmortem|write-up)\b")
"""What prompts call a report, until a template has another word for it."""


def form(
    meta: Meta, declarations: Sequence[Declaration], mentioned: Sequence[str], path: str
) -> dict[str, Field]:
    """Return the form: the facts in their order, then the fields as first mentioned."""
    own = dict(meta.declared)
    for each in declarations:
        mistake = each.mistake
        if mistake is None:
            options = {"question": each.question or None, **each.options}
            made, mistake = declared(each.name, options)
            own.setdefault(each.name, made)
        if mistake:
            meta.problems.append(Problem(message=mistake, path=path, line=each.line))
    order = [*facts(meta), *mentioned, *own]
    made_form: dict[str, Field] = {}
    for name in order:
        known = own.get(name) or STANDARD.get(name)
        if known is not None and name not in made_form:
            made_form[name] = _worded(known, meta)
    _check_names(meta, {**STANDARD, **own})
    return made_form


def facts(meta: Meta) -> tuple[str, ...]:
    """Return the facts that a template asks for, and those that it always keeps."""
    if not meta.facts:
        return _FACTS
    kept = ("title", "id", "template", "status", "zone", "retired")
    return (*meta.facts, *(name for name in kept if name not in meta.facts))


def _worded(known: Field, meta: Meta) -> Field:
    changes: dict[str, Any] = {}
    if known.name in meta.prompts:
        changes["question"] = " ".join(meta.prompts[known.name].split())
    if known.name in meta.labels:
        changes["label"] = meta.labels[known.name]
    called = meta.labels["postmortem"]
    if called != LABELS["postmortem"]:
        for part in ("question", "reason"):
            said = changes.get(part) or getattr(known, part)
            changes[part] = _CALLED.sub(lambda _: called, said)
    begun = (ALWAYS, STATUSES[0])
    if any(known.name in meta.required.get(each, ()) for each in begun):
        changes["required"] = True
    return msgspec.structs.replace(known, **changes) if changes else known


def _check_names(meta: Meta, known: Mapping[str, Field]) -> None:
    for place, (path, line, column) in meta.places.items():
        key, _, name = place.partition(":")
        words = [*known, *(LABELS if key == "labels" else ())]
        if key in NAMED or name in words:
            continue
        near = templating.nearest(name, words)
        meta.problems.append(
            Problem(
                message=f"{key} names {name!r}, and no field is called so",
                path=path,
                line=line,
                column=column,
                hint=f"did you mean {near!r}?" if near else None,
            )
        )
