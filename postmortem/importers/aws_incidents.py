"""AWS: timelines of Incident Manager, events of Health, deployments of CodeDeploy."""

from __future__ import annotations

from postmortem.importers import sameness
from postmortem.importers.json_tool import Events, Sort
from postmortem.importers.jsons import embedded
from postmortem.importers.telling import Piece
from postmortem.importers.trees import first, has, within, word


def _timeline_event(piece: Piece) -> Events:
    tree = piece.tree
    raw = word(tree, "eventData")
    held = embedded(raw)
    said = first(held, "title", "message", "summary", "text")
    kind = word(tree, "eventType") or "event"
    plain = (raw or "").strip('"') if held is None else None
    yield piece.event(
        tree["eventTime"],
        f"{kind}: {said or plain}" if said or plain else kind,
        "aws incident manager",
        id=word(tree, "eventId"),
        weight=1 if kind in ("Custom Event", "Note") else 0,
    )


def _incident(piece: Piece) -> Events:
    tree = piece.tree
    name = f"incident {word(tree, 'title')}"
    arn = word(tree, "arn") or ""
    for key, moment, said in (
        ("creationTime", "declared", "opened"),
        ("resolvedTime", "resolved", "resolved"),
    ):
        if key == "creationTime" or word(tree, key):
            yield piece.event(
                tree.get(key),
                f"{name} {said}",
                "aws incident manager",
                kind=moment,
                id=f"{arn} {said}",
                same=sameness.incident("aws", arn, moment),
                weight=2,
            )


def _health(piece: Piece) -> Events:
    """Read an event of Health, whose times count seconds."""
    tree = within(piece.tree, "event") or piece.tree
    code = word(tree, "eventTypeCode") or "an event"
    said = word(piece.tree, "eventDescription", "latestDescription")
    name = code.replace("_", " ").lower().replace("aws ", "aws: ", 1)
    region = word(tree, "region")
    is_issue = word(tree, "eventTypeCategory") == "issue"
    yield piece.event(
        tree.get("startTime"),
        name + (f" ({region})" if region else "") + (f": {said}" if said else ""),
        "aws health",
        until=tree.get("endTime"),
        kind="status update",
        id=word(tree, "arn"),
        weight=2 if is_issue else 1,
    )


def _deployment(piece: Piece) -> Events:
    tree = piece.tree
    name = first(tree, "applicationName") or "an application"
    status = (word(tree, "status") or "").lower()
    yield piece.event(
        first(tree, "startTime", "createTime"),
        f"deploy of {name}" + (f": {status}" if status else ""),
        "codedeploy",
        until=tree.get("completeTime"),
        kind="deploy",
        author=word(tree, "creator"),
        id=word(tree, "deploymentId"),
        weight=3,
    )


def _stack(piece: Piece) -> Events:
    """Read an event of CloudFormation; that of the stack itself tells of the whole."""
    tree = piece.tree
    status = (word(tree, "ResourceStatus") or "changed").replace("_", " ").lower()
    name, thing = word(tree, "StackName"), word(tree, "LogicalResourceId")
    why = word(tree, "ResourceStatusReason")
    whole = name == thing
    yield piece.event(
        tree["Timestamp"],
        f"stack {name}"
        + ("" if whole else f", {thing}")
        + f": {status}"
        + (f": {why}" if why else ""),
        "cloudformation",
        kind="deploy" if whole else None,
        id=word(tree, "EventId"),
        weight=3 if whole else 0,
    )


SORTS = (
    Sort(
        called="events of CloudFormation",
        fits=lambda tree: has(tree, "StackName", "ResourceStatus", "Timestamp"),
        read=_stack,
    ),
    Sort(
        called="a timeline of Incident Manager",
        fits=lambda tree: has(tree, "eventTime", "eventType", "eventId"),
        read=_timeline_event,
    ),
    Sort(
        called="incidents of Incident Manager",
        fits=lambda tree: has(tree, "arn", "creationTime", "title"),
        read=_incident,
    ),
    Sort(
        called="events of Health",
        fits=lambda tree: (
            has(tree, "eventTypeCode", "startTime")
            or has(within(tree, "event"), "eventTypeCode")
        ),
        read=_health,
    ),
    Sort(
        called="deployments of CodeDeploy",
        fits=lambda tree: has(tree, "deploymentId", "createTime"),
        read=_deployment,
    ),
)
