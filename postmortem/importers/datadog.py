"""Datadog: events of both versions of its API, and incidents with their moments."""

from __future__ import annotations

import re

from postmortem.importers import sameness
from postmortem.importers.json_tool import Events, JsonTool, Sort
from postmortem.importers.telling import Piece
from postmortem.importers.texts import plain_html
from postmortem.importers.trees import Tree, first, has, within, word, words

_MARKS = re.compile(r"%%%")
_ALERTS = ("error", "warning", "success")
_DEPLOYS = ("deploy", "deployment", "release", "rollback")
_SITE = "https://app.datadoghq.com"
_MOMENTS = (
    ("customer_impact_start", "onset", "customers are affected"),
    ("detected", "detected", "detected"),
    ("declared", "declared", "declared"),
    ("customer_impact_end", "mitigated", "customers are no longer affected"),
    ("resolved", "resolved", "resolved"),
)
"""The field of an incident's attributes, its moment, and in words."""


def _event(piece: Piece) -> Events:
    """Read an event of version 1, whose time counts seconds."""
    tree = piece.tree
    url = word(tree, "url")
    yield from _told(
        piece,
        tree.get("date_happened"),
        (word(tree, "title"), word(tree, "text")),
        tree,
        link=f"{_SITE}{url}" if url and url.startswith("/event") else url,
    )


def _event_of_now(piece: Piece) -> Events:
    """Read an event of version 2, whose attributes hold attributes."""
    outer = within(piece.tree, "attributes")
    inner = {**outer, **within(outer, "attributes")}
    when = first(outer, "timestamp") or inner.get("timestamp")
    said = (word(inner, "title"), first(outer, "message") or word(inner, "message"))
    yield from _told(piece, when, said, inner, link=word(inner, "url"))


def _told(
    piece: Piece,
    when: object,
    said: tuple[str | None, str | None],
    event: Tree,
    *,
    link: str | None,
) -> Events:
    title, body = (plain_html(_MARKS.sub("", each or "")) for each in said)
    tags = words(event, "tags") or words(piece.tree, "attributes", "tags")
    service = first(event, "service") or _tagged(tags, "service")
    kind = _kind(event, title, tags)
    text = title if body.startswith(title) or not body else f"{title}: {body}"
    is_over = "recovered" in title.lower() or event.get("alert_type") == "success"
    state = "resolved" if is_over else None
    yield piece.event(
        when,
        text or body,
        "datadog",
        kind=kind,
        author=first(event, "handle", "user"),
        link=link,
        id=f"event {key}" if (key := first(piece.tree, "id_str", "id")) else None,
        same=sameness.alert(title, service, state) if kind == "alert" else None,
        weight=(2 if is_over else 3) if kind else 1,
    )


def _incident(piece: Piece) -> Events:
    tree = within(piece.tree, "attributes")
    title = word(tree, "title") or "an incident"
    number = first(tree, "public_id") or word(piece.tree, "id") or ""
    name = f"incident {number}" if word(tree, "public_id") else "incident"
    known = [each for each in _MOMENTS if word(tree, each[0])]
    for key, moment, said in known or (("created", "declared", "created"),):
        yield piece.event(
            tree.get(key),
            f"{name} {said}: {title}",
            "datadog",
            kind=moment,
            id=f"{word(piece.tree, 'id')} {key}",
            same=sameness.incident("datadog", number, moment),
            weight=2,
        )


def _kind(event: Tree, title: str, tags: tuple[str, ...]) -> str | None:
    source = first(event, "source_type_name", "sourcecategory", "source") or ""
    starts = title.startswith(("[Triggered", "[Recovered", "[Warn", "[No data"))
    if (
        starts
        or has(event, "monitor")
        or ("alert" in source.lower() and event.get("alert_type") in _ALERTS)
    ):
        return "alert"
    words_of = {each.partition(":")[0].lower() for each in tags}
    return "deploy" if words_of & set(_DEPLOYS) else None


def _tagged(tags: tuple[str, ...], name: str) -> str | None:
    found = (tag.partition(":") for tag in tags)
    return next((value for key, _, value in found if key == name), None)


def _is_event(tree: Tree) -> bool:
    if has(tree, "date_happened"):
        return has(tree, "title") or has(tree, "text")
    return has(tree, "alert_type", "title", "text")


def _is_event_of_now(tree: Tree) -> bool:
    outer = within(tree, "attributes")
    return word(tree, "type") == "event" and bool(outer)


def _is_incident(tree: Tree) -> bool:
    inner = within(tree, "attributes")
    known = (*(key for key, _, _ in _MOMENTS), "created", "customer_impacted")
    return word(tree, "type") == "incidents" and any(key in inner for key in known)


DATADOG = JsonTool(
    name="datadog",
    sorts=(
        Sort(called="events", fits=_is_event, read=_event),
        Sort(called="events of version 2", fits=_is_event_of_now, read=_event_of_now),
        Sort(
            called="incidents",
            fits=_is_incident,
            read=_incident,
        ),
    ),
    under=("events", "event", "data"),
)
