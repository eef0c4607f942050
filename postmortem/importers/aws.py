"""AWS: what CloudTrail recorded, and how the alarms of CloudWatch changed."""

from __future__ import annotations

from dataclasses import replace

from postmortem.importers import sameness
from postmortem.importers.aws_incidents import SORTS as INCIDENTS
from postmortem.importers.json_tool import Events, JsonTool, Sort
from postmortem.importers.jsons import embedded
from postmortem.importers.telling import Piece
from postmortem.importers.trees import Tree, first, has, rows, within, word

_READS = ("Get", "List", "Describe", "Head", "Lookup", "BatchGet", "Assume", "Search")
_DEPLOYS = (
    *("CreateDeployment", "UpdateService", "UpdateStack", "ExecuteChangeSet"),
    *("UpdateFunctionCode", "StartPipelineExecution", "StartDeployment"),
    *("UpdateEnvironment", "RegisterTaskDefinition", "CreateChangeSet"),
)


def _trail(piece: Piece) -> Events:
    """Read a record, or an event of `lookup-events`, which holds one as text."""
    held = embedded(piece.tree.get("CloudTrailEvent"))
    tree: Tree = held if isinstance(held, dict) else piece.tree
    name = first(tree, "eventName", "EventName") or "a call"
    service = (first(tree, "eventSource", "EventSource") or "").partition(".")[0]
    touched = [first(each, "ResourceName", "ARN") for each in _resources(piece.tree)]
    things = ", ".join(each for each in touched[:3] if each)
    error = word(tree, "errorCode")
    told = tree.get("readOnly", piece.tree.get("ReadOnly"))
    read_only = told in (True, "true") or name.startswith(_READS)
    is_deploy = name.startswith(_DEPLOYS) and not error
    yield piece.event(
        first(tree, "eventTime", "EventTime") or word(piece.tree, "EventTime"),
        f"aws {service} {name}".replace("  ", " ")
        + (f" of {things}" if things else "")
        + (f" refused: {error}" if error else ""),
        "cloudtrail",
        kind="deploy" if is_deploy else None if read_only else "change",
        author=_who(within(tree, "userIdentity")) or word(piece.tree, "Username"),
        id=first(tree, "eventID", "EventId"),
        weight=0 if read_only else 3 if is_deploy else 1,
    )


def _who(identity: Tree) -> str | None:
    issuer = within(identity, "sessionContext", "sessionIssuer")
    arn = word(identity, "arn") or ""
    return (
        word(identity, "userName")
        or (arn.rpartition("/")[2] if "/" in arn else None)
        or word(issuer, "userName")
        or first(identity, "invokedBy", "principalId", "type")
    )


def _resources(tree: Tree) -> list[Tree]:
    return [*rows(tree, "Resources"), *rows(tree, "resources")]


def _history(piece: Piece) -> Events:
    """Read an item of an alarm's history, whose details are JSON in a text."""
    tree = piece.tree
    details = embedded(tree.get("HistoryData"))
    sort, summary = word(tree, "HistoryItemType"), word(tree, "HistorySummary") or ""
    state = word(details, "newState", "stateValue") or summary.rpartition(" to ")[2]
    if sort == "StateUpdate":
        why = word(details, "newState", "stateReason") or ""
        yield from _alarm(piece, word(tree, "AlarmName"), state, why, tree["Timestamp"])
        return
    yield piece.event(
        tree["Timestamp"],
        f"alarm {word(tree, 'AlarmName')}: {summary or sort}",
        "cloudwatch",
        id=f"{word(tree, 'AlarmName')} {sort} {tree['Timestamp']}",
        weight=1 if sort == "ConfigurationUpdate" else 0,
    )


def _described(piece: Piece) -> Events:
    """Read an alarm as it is: the last change of its state is all that it tells."""
    tree = piece.tree
    when = first(tree, "StateChangeTime", "StateUpdatedTimestamp")
    state = first(tree, "NewStateValue", "StateValue") or ""
    why = first(tree, "NewStateReason", "StateReason") or ""
    yield from _alarm(piece, word(tree, "AlarmName"), state, why, when)


def _alarm(
    piece: Piece, name: str | None, state: str, why: str, when: object
) -> Events:
    firing = state == "ALARM"
    name = name or "without a name"
    over = None if firing else "resolved" if state == "OK" else state
    yield piece.event(
        when,
        f"alarm {name} is {state}" + (f": {why}" if why else ""),
        "cloudwatch",
        kind="alert",
        id=f"{name} {state} {when}",
        same=sameness.alert(name, None, over),
        weight=3 if firing else 2 if state == "OK" else 1,
    )


def _notification(piece: Piece) -> Events:
    """Read a notification of SNS, whose message may be an alarm as text."""
    tree = within(piece.tree, "Sns") or piece.tree
    message = embedded(tree.get("Message"))
    if isinstance(message, dict) and has(message, "AlarmName"):
        yield from _described(replace(piece, tree=message))
        return
    yield piece.event(
        tree.get("Timestamp"),
        first(tree, "Subject", "Message"),
        "sns",
        id=word(tree, "MessageId"),
        weight=1,
    )


def _bus_event(piece: Piece) -> Events:
    """Read an event of EventBridge: an alarm, a deployment, or another's."""
    tree, detail = piece.tree, within(piece.tree, "detail")
    if has(detail, "alarmName"):
        state = word(detail, "state", "value") or ""
        why = word(detail, "state", "reason") or ""
        name = word(detail, "alarmName")
        yield from _alarm(piece, name, state, why, tree["time"])
        return
    source = (word(tree, "source") or "aws").removeprefix("aws.")
    about = first(detail, "pipeline", "application", "project-name", "deploymentId")
    state_now = first(detail, "state", "status", "build-status", "eventName")
    stage = first(detail, "stage", "action", "deploymentGroup")
    said = " ".join(each for each in (about, stage) if each)
    is_deploy = source.startswith(("codepipeline", "codedeploy", "ecs"))
    yield piece.event(
        tree["time"],
        f"{word(tree, 'detail-type')}"
        + (f": {said}" if said else "")
        + (f" {state_now}" if state_now else ""),
        source,
        kind="deploy" if is_deploy else None,
        id=f"{word(tree, 'id')} {state_now} {stage or ''}".strip(),
        weight=3 if is_deploy else 1,
    )


AWS = JsonTool(
    name="aws",
    sorts=(
        Sort(
            called="records of CloudTrail",
            fits=lambda tree: (
                has(tree, "eventTime", "eventName", "eventSource")
                or has(tree, "CloudTrailEvent")
                or has(tree, "EventTime", "EventName")
            ),
            read=_trail,
        ),
        Sort(
            called="the history of alarms",
            fits=lambda tree: has(tree, "HistoryItemType", "Timestamp"),
            read=_history,
        ),
        Sort(
            called="alarms",
            fits=lambda tree: (
                has(tree, "AlarmName", "StateValue")
                or has(tree, "AlarmName", "NewStateValue")
            ),
            read=_described,
        ),
        Sort(
            called="notifications of SNS",
            fits=lambda tree: has(tree, "Sns") or has(tree, "TopicArn", "Message"),
            read=_notification,
        ),
        Sort(
            called="events of EventBridge",
            fits=lambda tree: has(tree, "detail-type", "detail", "time"),
            read=_bus_event,
        ),
        *INCIDENTS,
    ),
    under=(
        *("Records", "Events", "AlarmHistoryItems", "MetricAlarms", "CompositeAlarms"),
        *("eventSummaries", "event", "incidentRecordSummaries", "incidentRecord"),
        *("events", "successfulSet", "deploymentsInfo", "deploymentInfo"),
        "StackEvents",
    ),
)
