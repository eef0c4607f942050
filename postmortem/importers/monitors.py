"""Pingdom, updown.io and New Relic: what watches, and tells of up and down."""

from __future__ import annotations

from postmortem.importers import sameness
from postmortem.importers.json_tool import Events, JsonTool, Sort
from postmortem.importers.telling import Piece
from postmortem.importers.trees import first, has, within, word


def _pingdom(piece: Piece) -> Events:
    tree = piece.tree
    name = word(tree, "check_name") or "a check"
    state = (word(tree, "current_state") or "changed").lower()
    why = first(tree, "long_description", "description")
    down = state not in ("up", "success", "ok")
    yield piece.event(
        tree.get("state_changed_timestamp"),
        f"{name} is {state}" + (f": {why}" if why and down else ""),
        "pingdom",
        kind="alert",
        id=f"{word(tree, 'check_id')} {word(tree, 'state_changed_timestamp')}",
        same=sameness.alert(name, None, None if down else "resolved"),
        weight=3 if down else 2,
    )


def _updown(piece: Piece) -> Events:
    """Read an event, whose time is that of the downtime that it begins or ends."""
    tree = piece.tree
    check, downtime = within(tree, "check"), within(tree, "downtime")
    event = word(tree, "event") or ""
    down = event == "check.down"
    name = first(check, "alias", "url") or "a check"
    why = word(downtime, "error") or word(check, "error")
    when = downtime.get("started_at" if down else "ended_at") or tree.get("time")
    said = event.removeprefix("check.").replace("_", " ")
    yield piece.event(
        when or (word(check, "down_since") if down else None),
        f"{name} is {said}" + (f": {why}" if why and down else ""),
        "updown",
        kind="alert",
        id=f"{word(check, 'token')} {event} {when}",
        same=sameness.alert(name, None, None if down else "resolved"),
        weight=3 if down else 2,
    )


def _new_relic(piece: Piece) -> Events:
    """Read a webhook; when it began is not when it was acknowledged or closed."""
    tree = piece.tree
    state = (first(tree, "state", "current_state") or "").lower()
    began = state in ("created", "activated", "active", "open", "opened")
    over = state in ("closed", "resolved")
    name = first(tree, "title", "condition_name") or "a condition"
    why = word(tree, "details")
    later = first(tree, "closedAt") if over else first(tree, "acknowledgedAt")
    when = first(tree, "createdAt") if began else later or first(tree, "updatedAt")
    yield piece.event(
        first(tree, "timestamp") or when,
        f"alert {name} {state or 'changed'}" + (f": {why}" if why else ""),
        "new relic",
        kind="alert" if began or over else "acknowledged" if "ack" in state else None,
        link=first(tree, "issueUrl", "incident_url"),
        id=f"{first(tree, 'id', 'incident_id')} {state}",
        same=sameness.alert(name, None, None if began else state or "changed"),
        weight=3 if began else 2,
    )


MONITORS = JsonTool(
    name="monitors",
    sorts=(
        Sort(
            called="changes of Pingdom's checks",
            fits=lambda tree: has(tree, "check_id", "current_state"),
            read=_pingdom,
        ),
        Sort(
            called="New Relic's alerts",
            fits=lambda tree: (
                has(tree, "alertPolicyNames")
                or has(tree, "condition_name", "current_state")
            ),
            read=_new_relic,
        ),
        Sort(
            called="events of updown.io",
            fits=lambda tree: (
                (word(tree, "event") or "").startswith("check.") and has(tree, "check")
            ),
            read=_updown,
        ),
    ),
)
