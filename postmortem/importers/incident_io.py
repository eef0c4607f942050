"""incident.io: incidents with their timestamps, updates, and follow-ups."""

from __future__ import annotations

from postmortem.importers import sameness
from postmortem.importers.json_tool import Events, JsonTool, Sort
from postmortem.importers.telling import Piece
from postmortem.importers.trees import Tree, first, has, rows, within, word

_MOMENTS = (
    *(("impact start", "onset"), ("started", "onset"), ("detected", "detected")),
    *(("acknowledged", "acknowledged"), ("accepted", "acknowledged")),
    *(("reported", "declared"), ("declared", "declared")),
    *(("identified", "identified"), ("fixed", "mitigated"), ("mitigat", "mitigated")),
    *(("resolved", "resolved"), ("closed", "closed")),
)
"""What the name of a timestamp begins with, and the moment that it is."""


def _incident(piece: Piece) -> Events:
    """Read its timestamps, which a team names as it likes; else when it was created."""
    tree = piece.tree
    number, name = word(tree, "reference") or "", word(tree, "name") or "an incident"
    author, id_ = _person(within(tree, "creator")), word(tree, "id")
    known: list[tuple[str, str | None]] = [
        (word(each, "incident_timestamp", "name") or "a time", value)
        for each in _timestamps(tree)
        if (value := word(each, "value", "value") or word(each, "value"))
    ]
    for said, when in known or [("Created", word(tree, "created_at"))]:
        lower = said.lower()
        starts = (moment for begins, moment in _MOMENTS if lower.startswith(begins))
        moment = next(starts, None)
        yield piece.event(
            when,
            f"incident {number}: {name} ({lower})",
            "incident.io",
            kind=moment,
            author=author if lower.startswith(("created", "reported")) else None,
            link=word(tree, "permalink"),
            id=f"{id_} {said}",
            same=sameness.incident("incident.io", number, moment) if moment else None,
            weight=2,
        )


def _update(piece: Piece) -> Events:
    tree = piece.tree
    status = word(tree, "new_incident_status", "name") or ""
    severity = word(tree, "new_severity", "name")
    said = f"status update: {status}" if status else "status update"
    said += f", {severity}" if severity else ""
    message = word(tree, "message")
    yield piece.event(
        tree.get("created_at"),
        f"{said}: {message}" if message else said,
        "incident.io",
        kind="status update",
        author=_person(within(tree, "updater")),
        id=word(tree, "id"),
        weight=2,
    )


def _follow_up(piece: Piece) -> Events:
    tree = piece.tree
    yield piece.event(
        tree.get("created_at"),
        f"follow-up: {word(tree, 'title')}",
        "incident.io",
        author=_person(within(tree, "creator")),
        id=word(tree, "id"),
        weight=0,
    )


def _timestamps(tree: Tree) -> list[Tree]:
    keys = ("incident_timestamp_values", "timestamps")
    return [each for key in keys for each in rows(tree, key)]


def _person(actor: Tree) -> str | None:
    held = (within(actor, key) for key in ("user", "api_key", "workflow", "alert"))
    found = (first(each, "name", "title", "email") for each in held)
    return next(filter(None, found), None)


INCIDENT_IO = JsonTool(
    name="incident.io",
    sorts=(
        Sort(
            called="incidents with a reference",
            fits=lambda tree: (
                has(tree, "reference", "name")
                and (
                    has(tree, "incident_status")
                    or has(tree, "incident_role_assignments")
                )
            ),
            read=_incident,
        ),
        Sort(
            called="updates of incidents",
            fits=lambda tree: has(tree, "incident_id", "new_incident_status"),
            read=_update,
        ),
        Sort(
            called="follow-ups",
            fits=lambda tree: has(tree, "incident_id", "title", "status", "created_at"),
            read=_follow_up,
        ),
    ),
    under=(
        *("incidents", "incident", "incident_updates", "follow_ups", "follow_up"),
        *("incident_update",),
    ),
)
