"""Status pages: Statuspage, Slack's, and those that publish incidents with updates."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from postmortem.importers import sameness
from postmortem.importers.json_tool import Events, JsonTool, Sort
from postmortem.importers.telling import Piece
from postmortem.importers.texts import plain_html
from postmortem.importers.trees import Tree, first, has, rows, within, word

_LISTS = ("incident_updates", "updates", "notes", "status_updates")
_TIMES = (
    *("display_at", "when", "created_at", "date_created", "createdAt", "created"),
    *("started", "started_at", "timestamp", "date", "published_at", "updated_at"),
)
_BODIES = ("body", "text", "message", "content", "markdown", "description")
_STATUSES = ("status", "state", "human_status", "status_name")
_MOMENTS = {"identified": "identified", "resolved": "resolved"}
_SLOW = frozenset({"scheduled", "in_progress", "verifying", "completed", "postmortem"})


class _Incident(NamedTuple):
    name: str
    key: str
    link: str | None
    status: str | None


def _incident(piece: Piece) -> Events:
    """Read the updates of an incident, the oldest first, or else when it began.

    Pages show the newest update first. `display_at` is the time that readers saw, and
    what the team says that it was; `created_at` only when it was typed.
    """
    tree = piece.tree
    about = _Incident(
        name=plain_html(first(tree, "name", "title", "external_desc") or "an incident"),
        key=first(tree, "id", "number", "shortlink") or "",
        link=first(tree, "shortlink", "url", "permalink"),
        status=first(tree, *_STATUSES),
    )
    updates = [each for key in _LISTS for each in rows(tree, key)]
    for number, each in sorted(enumerate(updates, 1), key=_by_time):
        where = f"{piece.where} update {number}"
        yield from _update(replace(piece, tree=each, where=where), about)
    if not updates:
        yield from _alone(piece, about)


def _update(piece: Piece, about: _Incident) -> Events:
    tree = piece.tree
    status = (first(tree, *_STATUSES) or "").lower().replace(" ", "_")
    body = plain_html(first(tree, *_BODIES) or "")
    when = first(tree, *_TIMES)
    said = f"status page: {about.name}"
    said += f" ({status.replace('_', ' ')})" if status else ""
    yield piece.event(
        when,
        f"{said}: {body}" if body else said,
        "status page",
        kind=_MOMENTS.get(status, "status update"),
        link=about.link,
        id=word(tree, "id") or " ".join(filter(None, (about.key, status, when))),
        weight=1 if status in _SLOW else 2,
    )


def _alone(piece: Piece, about: _Incident) -> Events:
    """Read an incident without updates: when it began and when it ended."""
    tree = piece.tree
    began = first(tree, "started_at", "begin", "started", *_TIMES)
    body = plain_html(first(tree, *_BODIES, "note") or "")
    yield piece.event(
        began,
        f"status page: {about.name}" + (f": {body}" if body else ""),
        "status page",
        until=first(tree, "resolved_at", "end"),
        kind="status update",
        link=about.link,
        id=about.key or None,
        weight=2,
    )
    if ended := first(tree, "resolved_at", "end"):
        yield piece.event(
            ended,
            f"status page: {about.name} (resolved)",
            "status page",
            kind="resolved",
            link=about.link,
            id=f"{about.key} resolved",
            same=sameness.incident("status page", about.key, "resolved"),
            weight=2,
        )


def _component(piece: Piece) -> Events:
    """Read a webhook's change of a component."""
    tree, change = piece.tree, within(piece.tree, "component_update")
    name = word(tree, "component", "name") or "a component"
    new = (word(change, "new_status") or "changed").replace("_", " ")
    yield piece.event(
        first(change, "created_at"),
        f"status page: {name} is {new}",
        "status page",
        kind="status update",
        id=word(change, "id"),
        weight=2,
    )


def _watched(piece: Piece) -> Events:
    """Read an outage that a monitor noticed, with its changes of state."""
    tree = piece.tree
    name = word(tree, "service", "name") or first(tree, "service", "name", "monitor")
    for number, each in enumerate(rows(tree, "events"), 1):
        state, error = word(each, "state"), word(each, "error")
        changed = replace(piece, where=f"{piece.where} event {number}")
        yield changed.event(
            each.get("startedAt"),
            f"{name or 'a service'} is {state}" + (f": {error}" if error else ""),
            "status page",
            kind="alert",
            id=f"{word(tree, 'id')} {each.get('startedAt')}",
            weight=3 if error else 2,
        )


def _quiet(piece: Piece) -> Events:
    yield piece.unplaced("the page shows no incident")


def _by_time(numbered: tuple[int, Tree]) -> tuple[str, int]:
    return first(numbered[1], *_TIMES) or "", -numbered[0]


def _is_incident(tree: Tree) -> bool:
    if any(_is_update(each) for key in _LISTS for each in rows(tree, key)):
        return has(tree, "name") or has(tree, "title") or has(tree, "external_desc")
    return has(tree, "impact", "name", "status") or has(tree, "shortlink", "name")


def _is_quiet(tree: Tree) -> bool:
    listed = any(key in tree for key in ("incidents", "components", "status"))
    held = any(tree.get(key) for key in ("incidents", "scheduled_maintenances"))
    return bool(word(tree, "page", "name")) and listed and not held


def _is_update(tree: Tree) -> bool:
    return any(key in tree for key in _BODIES) and any(key in tree for key in _TIMES)


STATUSPAGE = JsonTool(
    name="statuspage",
    sorts=(
        Sort(called="incidents with updates", fits=_is_incident, read=_incident),
        Sort(
            called="changes of components",
            fits=lambda tree: has(tree, "component_update", "component"),
            read=_component,
        ),
        Sort(
            called="outages with events",
            fits=lambda tree: has(tree, "openedAt", "events"),
            read=_watched,
        ),
        Sort(called="a page without incidents", fits=_is_quiet, read=_quiet),
    ),
    under=(
        *("incidents", "scheduled_maintenances", "incident", "active_incidents"),
        *("results", "data", "attributes"),
    ),
)
