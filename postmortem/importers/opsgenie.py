"""Opsgenie: webhooks, logs and notes of alerts, alerts, and timelines of incidents."""

from __future__ import annotations

from typing import Any

from postmortem.importers import sameness
from postmortem.importers.candidates import Candidate, Unplaced
from postmortem.importers.json_tool import Events, JsonTool, Sort
from postmortem.importers.telling import Piece, about
from postmortem.importers.trees import Tree, first, has, within, word

_ACTIONS = {
    "create": ("alert", "alert {}", 3),
    "acknowledge": ("acknowledged", "acknowledged: {}", 2),
    "close": ("resolved", "closed: {}", 2),
    "unacknowledge": (None, "no longer acknowledged: {}", 1),
    "escalate": (None, "escalated: {}", 1),
    "escalatenext": (None, "escalated: {}", 1),
    "addnote": ("message", "{}", 1),
    "assignownership": (None, "assigned: {}", 0),
    "takeownership": (None, "taken over: {}", 1),
    "delete": (None, "alert deleted: {}", 0),
    "addtags": (None, "tags added: {}", 0),
    "removetags": (None, "tags removed: {}", 0),
    "addrecipient": (None, "recipient added: {}", 0),
    "addteam": (None, "team added: {}", 0),
    "snooze": (None, "snoozed: {}", 1),
}
"""By the action in lower case: kind, text and weight."""
_STATES = ("create", "acknowledge", "close")
_BY_LOG = (
    ("created", "create"),
    ("acknowledged", "acknowledge"),
    ("closed", "close"),
    ("escalat", "escalate"),
)


def _webhook(piece: Piece) -> Events:
    """Read a webhook, whose `updatedAt` counts nanoseconds and `createdAt` thousandths.

    Only the creation is at `createdAt`: without `updatedAt` nothing else has a time.
    """
    tree, alert = piece.tree, within(piece.tree, "alert")
    action = str(tree["action"])
    verb = action.lower()
    when = alert.get("createdAt" if verb == "create" else "updatedAt")
    key = first(alert, "alertId", "id")
    yield _event(
        piece,
        verb,
        when,
        alert,
        said=word(alert, "note") if verb == "addnote" else None,
        otherwise=action,
        author=first(alert, "username", "userId"),
        id=f"{key} {action} {when}",
    )


def _alert(piece: Piece) -> Events:
    """Read an alert of the REST API: when it was created, and about when it ended.

    It may have been changed once more after it was closed.
    """
    tree = piece.tree
    key, began = word(tree, "id"), tree.get("createdAt")
    yield _event(piece, "create", began, tree, id=f"{key} Create")
    if word(tree, "status") in ("closed", "resolved"):
        ended = tree.get("updatedAt")
        close = f"{key} Close {ended}"
        yield _event(piece, "close", ended, tree, id=close, approximate=True)


def _log(piece: Piece) -> Events:
    tree = piece.tree
    said = word(tree, "log") or ""
    lower = said.lower()
    verb = next((verb for part, verb in _BY_LOG if part in lower), "")
    if "unack" in lower or word(tree, "type") in ("alertRecipient", "notification"):
        verb = ""
    kind, _, weight = _ACTIONS.get(verb, (None, "", 0))
    yield piece.event(
        tree.get("createdAt"),
        said,
        "opsgenie",
        kind=kind,
        author=word(tree, "owner"),
        id=first(tree, "offset"),
        weight=weight,
    )


def _note(piece: Piece) -> Events:
    tree = piece.tree
    yield piece.event(
        tree.get("createdAt"),
        word(tree, "note"),
        "opsgenie",
        kind="message",
        author=word(tree, "owner"),
        id=first(tree, "offset"),
        weight=1,
    )


def _entry(piece: Piece) -> Events:
    """Read an entry of an incident's timeline."""
    tree = piece.tree
    parts = (word(tree, "title", "content"), word(tree, "description", "content"))
    yield piece.event(
        tree.get("eventTime"),
        ": ".join(part for part in parts if part) or word(tree, "type"),
        "opsgenie",
        author=word(tree, "actor", "name"),
        id=word(tree, "id"),
        weight=1,
    )


def _event(
    piece: Piece,
    verb: str,
    when: object,
    alert: Tree,
    *,
    said: str | None = None,
    otherwise: str = "",
    **parts: Any,
) -> Candidate | Unplaced:
    title = first(alert, "message", "alias", "alertId", "id") or "an alert"
    service = first(alert, "entity")
    kind, text, weight = _ACTIONS.get(verb, (None, f"{otherwise}: {{}}", 0))
    state = None if kind == "alert" else kind
    return piece.event(
        when,
        text.replace("{}", said or about(title, service)),
        "opsgenie",
        kind=kind,
        same=sameness.alert(title, service, state) if verb in _STATES else None,
        weight=weight,
        **parts,
    )


def _is_alert(tree: Tree) -> bool:
    return has(tree, "message", "createdAt") and (
        has(tree, "tinyId") or has(tree, "impactedServices")
    )


OPSGENIE = JsonTool(
    name="opsgenie",
    sorts=(
        Sort(
            called="a webhook's alert",
            fits=lambda tree: (
                has(tree, "action") and has(within(tree, "alert"), "alertId")
            ),
            read=_webhook,
        ),
        Sort(
            called="log entries of an alert",
            fits=lambda tree: has(tree, "log", "createdAt"),
            read=_log,
        ),
        Sort(
            called="notes of an alert",
            fits=lambda tree: has(tree, "note", "owner", "createdAt"),
            read=_note,
        ),
        Sort(called="alerts of its API", fits=_is_alert, read=_alert),
        Sort(
            called="entries of an incident's timeline",
            fits=lambda tree: has(tree, "eventTime", "group", "type"),
            read=_entry,
        ),
    ),
    under=("data", "entries", "logs", "alert", "alerts"),
)
