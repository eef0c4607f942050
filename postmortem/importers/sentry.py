"""Sentry: errors of an application, and what became of the issues that group them."""

from __future__ import annotations

from postmortem.importers.candidates import Candidate, Unplaced
from postmortem.importers.json_tool import Events, JsonTool, Sort
from postmortem.importers.telling import Piece
from postmortem.importers.trees import Tree, first, has, within, word


def _event(piece: Piece) -> Events:
    """Read an error or a message that the application sent."""
    tree = piece.tree
    yield _told(
        piece,
        first(tree, "datetime", "dateCreated") or word(tree, "timestamp"),
        tree,
        key=first(tree, "event_id", "eventID", "id"),
    )


def _old(piece: Piece) -> Events:
    """Read a webhook of the older plug-in, whose event says when it was received."""
    tree, event = piece.tree, within(piece.tree, "event")
    when = first(event, "datetime", "timestamp", "received")
    yield _told(piece, when, {**event, **tree}, key=first(event, "event_id", "id"))


def _issue(piece: Piece) -> Events:
    """Read when an issue was first seen; later actions have no time of their own."""
    tree = piece.tree
    around = piece.around[0] if piece.around else {}
    action = word(around, "action")
    yield _told(
        piece, tree.get("firstSeen"), tree, key=f"{word(tree, 'id')} first seen"
    )
    if action and action != "created":
        yield piece.unplaced(f"the issue was {action}, and nothing says when")


def _told(
    piece: Piece, when: object, tree: Tree, *, key: str | None
) -> Candidate | Unplaced:
    title = first(tree, "title", "message") or "an error"
    level = word(tree, "level") or "error"
    project = word(tree, "project", "slug") or first(tree, "project_name")
    grave = level in ("error", "fatal")
    return piece.event(
        when,
        f"sentry {level}: {title}" + (f" ({project})" if project else ""),
        "sentry",
        kind="alert" if grave else None,
        link=first(tree, "web_url", "permalink", "url"),
        id=key,
        weight=3 if grave else 1,
    )


SENTRY = JsonTool(
    name="sentry",
    sorts=(
        Sort(
            called="events",
            fits=lambda tree: (
                has(tree, "event_id", "platform") or has(tree, "eventID", "dateCreated")
            ),
            read=_event,
        ),
        Sort(
            called="issues",
            fits=lambda tree: has(tree, "firstSeen", "lastSeen", "title"),
            read=_issue,
        ),
        Sort(
            called="events of the older webhook",
            fits=lambda tree: has(tree, "project_name", "culprit", "event"),
            read=_old,
        ),
    ),
    under=("data", "event", "issue", "error"),
)
