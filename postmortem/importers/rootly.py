"""Rootly, FireHydrant, Better Stack: incidents with moments, events of a timeline."""

from __future__ import annotations

from postmortem.importers import sameness
from postmortem.importers.json_tool import Events, JsonTool, Sort
from postmortem.importers.telling import Piece
from postmortem.importers.texts import plain_html
from postmortem.importers.trees import Tree, first, has, rows, within, word

_MOMENTS = (
    ("started_at", "onset"),
    ("detected_at", "detected"),
    ("acknowledged_at", "acknowledged"),
    ("identified_at", "identified"),
    ("mitigated_at", "mitigated"),
    ("resolved_at", "resolved"),
    ("closed_at", "closed"),
)
_SOURCES = {
    "incidents": "rootly",
    "incident_events": "rootly",
    "incident": "better stack",
}
"""By the type of a record; FireHydrant's have none."""
_MILESTONES = dict.fromkeys(("started", "onset"), "onset") | {
    name: name
    for name in ("detected", "acknowledged", "identified", "mitigated", "resolved")
}


def _incident(piece: Piece) -> Events:
    tree = within(piece.tree, "attributes") or piece.tree
    title = first(tree, "title", "name") or "an incident"
    number = first(tree, "sequential_id", "number") or word(piece.tree, "id") or ""
    reached = [(moment, when) for key, moment in _MOMENTS if (when := word(tree, key))]
    for each in rows(tree, "milestones"):
        name = first(each, "type", "slug") or ""
        reached.append((_MILESTONES.get(name, name), word(each, "occurred_at") or ""))
    for moment, when in reached or [("", word(tree, "created_at") or "")]:
        yield piece.event(
            when or None,
            f"incident {title}" + (f" ({moment})" if moment else ""),
            _source(piece),
            kind=moment if moment in _MILESTONES.values() else None,
            link=first(tree, "url", "short_url", "incident_url"),
            id=f"{word(piece.tree, 'id')} {moment}",
            same=sameness.incident(_source(piece), number, moment) if moment else None,
            weight=2,
        )


def _event(piece: Piece) -> Events:
    tree: Tree = {**piece.tree, **within(piece.tree, "attributes")}
    body = first(tree, "event", "body", "description", "summary")
    said = body or first(within(tree, "data"), "body", "content", "summary", "message")
    yield piece.event(
        first(tree, "occurred_at", "created_at"),
        plain_html(said or word(tree, "type") or ""),
        _source(piece),
        author=word(tree, "author", "name") or word(tree, "user_full_name"),
        id=word(piece.tree, "id"),
        weight=1,
    )


def _source(piece: Piece) -> str:
    return _SOURCES.get(word(piece.tree, "type") or "", "firehydrant")


def _is_incident(tree: Tree) -> bool:
    inner = within(tree, "attributes")
    if word(tree, "type") in _SOURCES:
        return has(inner, "started_at")
    return has(tree, "milestones", "name")


def _is_event(tree: Tree) -> bool:
    inner = within(tree, "attributes")
    if word(tree, "type") == "incident_events":
        return bool(inner)
    return has(tree, "occurred_at", "incident_id", "visibility")


ROOTLY = JsonTool(
    name="rootly",
    sorts=(
        Sort(called="incidents with moments", fits=_is_incident, read=_incident),
        Sort(called="events of a timeline", fits=_is_event, read=_event),
    ),
    under=("data", "incidents"),
)
