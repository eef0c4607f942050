"""PagerDuty: log entries, webhooks of all three versions, and incidents of its API."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from postmortem.importers.candidates import Candidate, Unplaced
from postmortem.importers.json_tool import Events, JsonTool, Sort
from postmortem.importers.pagerduty_words import same, text, title_of
from postmortem.importers.telling import Piece
from postmortem.importers.trees import Tree, first, has, rows, within, word

_NOISE = ("notify", "repeat_escalation", "reach_", "assign", "pagey", "exhaust")
_WEIGHTS = {"alert": 3, "acknowledged": 2, "resolved": 2, "status update": 2}
_KINDS = {
    "trigger": "alert",
    "triggered": "alert",
    "reopened": "alert",
    "acknowledge": "acknowledged",
    "acknowledged": "acknowledged",
    "resolve": "resolved",
    "resolved": "resolved",
    "annotate": "message",
    "annotated": "message",
    "status_update_published": "status update",
}
"""By the verb of a log entry (`trigger_log_entry`) or of a webhook's event."""


def _log_entry(piece: Piece) -> Events:
    tree = piece.tree
    verb = str(tree["type"]).removesuffix("_reference").removesuffix("_log_entry")
    around = piece.around[-1] if piece.around else {}
    incident = {**within(tree, "incident"), **within(around, "incident")}
    yield _event(
        piece,
        verb,
        tree.get("created_at"),
        incident,
        said=_note(tree) or word(tree, "summary"),
        author=_agent(tree),
        id=word(tree, "id"),
    )


def _message(piece: Piece) -> Events:
    """Read a message of webhook version 2, whose log entries say when."""
    inner = [each for each in rows(piece.tree, "log_entries") if _is_log_entry(each)]
    for each in inner:
        around = (*piece.around, piece.tree)
        yield from _log_entry(replace(piece, tree=each, around=around))
    if not inner:
        incident = within(piece.tree, "incident")
        yield _told(piece, str(piece.tree["event"]), incident)


def _message_of_old(piece: Piece) -> Events:
    incident = within(piece.tree, "data", "incident")
    yield _told(piece, str(piece.tree["type"]), incident)


def _told(piece: Piece, event: str, incident: Tree) -> Candidate | Unplaced:
    changed = first(incident, "last_status_change_on", "last_status_change_at")
    by = within(incident, "last_status_change_by")
    return _event(
        piece,
        event.removeprefix("incident."),
        word(piece.tree, "created_on") or changed,
        incident,
        author=_named(by) or _named(within(incident, "resolved_by_user")),
        id=word(piece.tree, "id"),
    )


def _webhook(piece: Piece) -> Events:
    """Read an event of webhook version 3, whose subject may only belong to one."""
    tree, subject = piece.tree, within(piece.tree, "data")
    is_incident = word(subject, "type") == "incident"
    yield _event(
        piece,
        str(tree["event_type"]).removeprefix("incident."),
        tree.get("occurred_at"),
        subject if is_incident else within(subject, "incident") or subject,
        said=None if is_incident else first(subject, "content", "message"),
        author=_agent(tree),
        id=word(tree, "id"),
    )


def _incident(piece: Piece) -> Events:
    """Read an incident of the REST API: when it began, was taken, and ended."""
    tree = piece.tree
    id_ = first(tree, "id", "incident_number")
    began = first(tree, "created_at", "created_on")
    yield _event(piece, "trigger", began, tree, id=id_)
    for each in rows(tree, "acknowledgements"):
        at, by = each.get("at"), _named(within(each, "acknowledger"))
        key = f"{id_} acknowledged {at}"
        yield _event(piece, "acknowledge", at, tree, author=by, id=key)
    if word(tree, "status") == "resolved":
        at = first(tree, "resolved_at", "last_status_change_at")
        by = _named(within(tree, "last_status_change_by"))
        yield _event(piece, "resolve", at, tree, author=by, id=f"{id_} resolved")


def _alert(piece: Piece) -> Events:
    tree = piece.tree
    yield _event(piece, "trigger", tree.get("created_at"), tree, id=word(tree, "id"))


def _written(piece: Piece) -> Events:
    """Read a note of an incident."""
    tree = piece.tree
    author, id_ = _named(within(tree, "user")), word(tree, "id")
    yield piece.event(
        tree["created_at"],
        word(tree, "content"),
        "pagerduty",
        kind="message",
        author=author,
        id=id_,
        weight=1,
    )


def _event(
    piece: Piece,
    verb: str,
    when: object,
    incident: Tree,
    *,
    said: str | None = None,
    **parts: Any,
) -> Candidate | Unplaced:
    service = _named(within(piece.tree, "service")) or _named(
        within(incident, "service")
    )
    title, number = title_of(incident)
    kind = _KINDS.get(verb)
    noise = verb.startswith(_NOISE)
    return piece.event(
        when,
        text(kind, verb, title, service, said),
        f"pagerduty {service}" if service else "pagerduty",
        kind=kind,
        link=word(incident, "html_url") or word(piece.tree, "html_url"),
        same=same(kind, title, service, number),
        weight=0 if noise else _WEIGHTS.get(kind or "", 1),
        **parts,
    )


def _agent(tree: Tree) -> str | None:
    """Return who did it, where it was a person: a service is an agent too."""
    agent = within(tree, "agent")
    kind = word(agent, "type") if agent else None
    return None if kind and "user" not in kind else _named(agent)


def _named(thing: Tree) -> str | None:
    return first(thing, "summary", "name")


def _note(tree: Tree) -> str | None:
    if word(tree, "type") != "annotate_log_entry":
        return None
    return word(tree, "note") or first(within(tree, "channel"), "summary", "content")


def _is_log_entry(tree: Tree) -> bool:
    kind = word(tree, "type") or ""
    return kind.removesuffix("_reference").endswith("_log_entry")


def _is_event(tree: Tree, key: str) -> bool:
    return (word(tree, key) or "").startswith("incident.")


PAGERDUTY = JsonTool(
    name="pagerduty",
    sorts=(
        Sort(called="log entries", fits=_is_log_entry, read=_log_entry),
        Sort(
            called="messages of a webhook",
            fits=lambda tree: _is_event(tree, "event") and has(tree, "incident"),
            read=_message,
        ),
        Sort(
            called="messages of a version 1 webhook",
            fits=lambda tree: _is_event(tree, "type") and has(tree, "data"),
            read=_message_of_old,
        ),
        Sort(
            called="events of a version 3 webhook",
            fits=lambda tree: has(tree, "event_type", "occurred_at"),
            read=_webhook,
        ),
        Sort(
            called="incidents of its API",
            fits=lambda tree: has(tree, "incident_number", "status"),
            read=_incident,
        ),
        Sort(
            called="alerts of its API",
            fits=lambda tree: has(tree, "alert_key", "created_at"),
            read=_alert,
        ),
        Sort(
            called="notes",
            fits=lambda tree: (
                has(tree, "content", "created_at", "user")
                and (word(tree, "user", "type") or "").startswith("user")
            ),
            read=_written,
        ),
    ),
    under=(
        *("messages", "log_entries", "log_entry", "event", "incidents", "incident"),
        *("alerts", "notes"),
    ),
)
