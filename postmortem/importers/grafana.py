"""Grafana: annotations of dashboards, and the changes of state among them."""

from __future__ import annotations

from postmortem.importers import sameness
from postmortem.importers.json_tool import Events, JsonTool, Sort
from postmortem.importers.telling import Piece
from postmortem.importers.texts import plain_html
from postmortem.importers.trees import Tree, first, has, word, words

_PLACES = ("dashboardId", "dashboardUID", "panelId", "alertId", "timeEnd", "userId")
_FIRING = ("alerting", "firing", "error")


def _annotation(piece: Piece) -> Events:
    tree = piece.tree
    alert, state = word(tree, "alertName"), (word(tree, "newState") or "").lower()
    said, tags = plain_html(word(tree, "text") or ""), words(tree, "tags")
    text = said or ", ".join(tags)
    if state:
        text = f"alert {alert or 'of Grafana'} {state}" + (f": {said}" if said else "")
    firing = state.startswith(_FIRING)
    kind = "alert" if state else _kind(tags)
    yield piece.event(
        tree.get("time"),
        text,
        "grafana",
        until=tree.get("timeEnd"),
        kind=kind,
        author=first(tree, "login", "userName", "email"),
        id=f"annotation {key}" if (key := word(tree, "id")) else None,
        same=sameness.alert(alert, None, None if firing else state) if alert else None,
        weight=3 if firing or kind == "deploy" else 2 if state else 1,
    )


def _webhook(piece: Piece) -> Events:
    """Read the body of an alert before Grafana 8, which has no time."""
    tree = piece.tree
    yield piece.event(
        tree.get("time"),
        f"alert {word(tree, 'ruleName')} {word(tree, 'state')}",
        "grafana",
        kind="alert",
        link=word(tree, "ruleUrl"),
        weight=3,
    )


def _kind(tags: tuple[str, ...]) -> str | None:
    lower = {tag.lower() for tag in tags}
    return "deploy" if lower & {"deploy", "deployment", "release", "rollback"} else None


def _is_annotation(tree: Tree) -> bool:
    return has(tree, "time", "text") and any(key in tree for key in _PLACES)


GRAFANA = JsonTool(
    name="grafana",
    sorts=(
        Sort(called="annotations", fits=_is_annotation, read=_annotation),
        Sort(
            called="an alert's webhook",
            fits=lambda tree: has(tree, "ruleName", "ruleUrl", "state"),
            read=_webhook,
        ),
    ),
    under=("annotations", "result", "data"),
)
