"""Alertmanager: the webhook's body, and the alerts and silences of its API."""

from __future__ import annotations

from postmortem.importers import sameness
from postmortem.importers.json_tool import Events, JsonTool, Sort
from postmortem.importers.telling import Piece, is_set
from postmortem.importers.trees import Tree, first, has, within, word

_SERVICES = ("service", "app", "application", "component", "job", "namespace")
_PLACES = ("instance", "host", "node", "pod")
_SAYS = ("summary", "message", "description", "title")


def _alert(piece: Piece) -> Events:
    """Read when an alert began, and its end where that is in the past.

    While it fires `endsAt` is not set (a webhook's year 1), or is the time at which it
    would be taken for ended (the API).
    """
    tree = piece.tree
    name, where = _name(tree), _where(tree)
    about = f" ({where})" if where else ""
    said = first(within(tree, "annotations"), *_SAYS)
    tail = f": {said}{about}" if said else about
    began = first(tree, "startsAt", "activeAt")
    ended = word(tree, "endsAt") if _is_over(piece) else None
    key = first(tree, "fingerprint") or _labels(tree)
    link = word(tree, "generatorURL")
    yield piece.event(
        began,
        f"alert {name} firing{tail}",
        "alertmanager",
        until=ended,
        kind="alert",
        link=link,
        id=f"{key} {began}",
        same=_same(tree),
        weight=3,
    )
    if ended:
        yield piece.event(
            ended,
            f"alert {name} resolved{about}",
            "alertmanager",
            kind="alert",
            link=link,
            id=f"{key} {began} resolved",
            same=_same(tree, "resolved"),
            weight=2,
        )


def _silence(piece: Piece) -> Events:
    tree = piece.tree
    comment = word(tree, "comment")
    yield piece.event(
        tree.get("startsAt"),
        f"alerts silenced: {comment}" if comment else "alerts silenced",
        "alertmanager",
        until=tree.get("endsAt"),
        author=word(tree, "createdBy"),
        id=word(tree, "id"),
        weight=1,
    )


def _is_over(piece: Piece) -> bool:
    """Tell whether the alert has ended, by its own status or that of its group."""
    tree = piece.tree
    group = piece.around[-1] if piece.around else {}
    status = word(tree, "status") or word(group, "status")
    if within(tree, "status"):  # of the API, where endsAt is a timeout
        return False
    return status == "resolved" and is_set(tree.get("endsAt"), piece.setting)


def _name(tree: Tree) -> str:
    said = first(within(tree, "annotations"), *_SAYS)
    return _named(tree) or said or "without a name"


def _named(tree: Tree) -> str | None:
    return first(within(tree, "labels"), "alertname", "rulename")


def _same(tree: Tree, state: str | None = None) -> str | None:
    name = _named(tree)
    return sameness.alert(name, _service(tree), state) if name else None


def _service(tree: Tree) -> str | None:
    return first(within(tree, "labels"), *_SERVICES, *_PLACES)


def _where(tree: Tree) -> str | None:
    labels = within(tree, "labels")
    found = (first(labels, *_SERVICES), first(labels, *_PLACES))
    return " on ".join(each for each in found if each) or None


def _labels(tree: Tree) -> str:
    labels = within(tree, "labels")
    return ",".join(f"{key}={labels[key]}" for key in sorted(labels))


ALERTMANAGER = JsonTool(
    name="alertmanager",
    sorts=(
        Sort(
            called="alerts with labels",
            fits=lambda tree: (
                isinstance(tree.get("labels"), dict)
                and (has(tree, "startsAt") or has(tree, "activeAt", "state"))
            ),
            read=_alert,
        ),
        Sort(
            called="silences",
            fits=lambda tree: has(tree, "matchers", "startsAt"),
            read=_silence,
        ),
    ),
    under=("alerts", "data"),
)
