"""GitLab: timelines of incidents, deployments, pipelines, notes; API and webhooks."""

from __future__ import annotations

import re
from dataclasses import replace

from postmortem.importers import sameness
from postmortem.importers.json_tool import Events, JsonTool, Sort
from postmortem.importers.telling import Piece
from postmortem.importers.texts import plain_html
from postmortem.importers.trees import Tree, first, has, rows, within, word

_SHORT = 8
_DONE = ("success", "failed", "canceled")
_BULLET = re.compile(r"\s*[-*]\s+`?(\d\d:\d\d(?::\d\d)?)`?(?:\s*UTC)?\s*[-–—:]*\s+(.+)")
_DAY = re.compile(r"\W*(\d{4}-\d\d-\d\d)\W*$")


def _timeline_event(piece: Piece) -> Events:
    tree = piece.tree
    tags = [word(each, "name") for each in rows(tree, "timelineEventTags", "nodes")]
    said = word(tree, "note") or plain_html(word(tree, "noteHtml") or "")
    yield piece.event(
        tree.get("occurredAt"),
        said + "".join(f" ({tag})" for tag in tags if tag),
        "gitlab",
        author=first(within(tree, "author"), "username", "name"),
        id=word(tree, "id"),
        weight=2,
    )


def _deployment(piece: Piece) -> Events:
    """Read a deployment of the API, whose environment is an object, or of a webhook."""
    tree = piece.tree
    where = word(tree, "environment", "name") or word(tree, "environment")
    sha = first(tree, "sha", "short_sha") or ""
    status = word(tree, "status") or "changed"
    version = " ".join(part for part in (word(tree, "ref"), sha[:_SHORT]) if part)
    yield piece.event(
        first(tree, "status_changed_at", "finished_at")
        or word(tree, "deployable", "finished_at")
        or first(tree, "updated_at", "created_at"),
        f"deploy of {version} to {where or 'an environment'}: {status}",
        "gitlab",
        kind="deploy",
        author=word(tree, "user", "username"),
        link=first(tree, "deployable_url") or word(tree, "deployable", "web_url"),
        id=f"deployment {first(tree, 'deployment_id', 'id')} {status}",
        same=sameness.deploy(sha, where, status) if sha else None,
        weight=3 if status in _DONE else 1,
    )


def _pipeline(piece: Piece) -> Events:
    tree = {**piece.tree, **within(piece.tree, "object_attributes")}
    status = word(tree, "status") or "changed"
    yield piece.event(
        first(tree, "started_at", "created_at"),
        f"pipeline {word(tree, 'id')} on {word(tree, 'ref')}: {status}",
        "gitlab",
        until=first(tree, "finished_at"),
        author=word(tree, "user", "username"),
        link=first(tree, "web_url", "url"),
        id=f"pipeline {word(tree, 'id')} {status}",
        weight=2 if status == "failed" else 1,
    )


def _merge_request(piece: Piece) -> Events:
    tree = piece.tree
    merged, sha = word(tree, "merged_at"), word(tree, "merge_commit_sha")
    name = f"merge request !{word(tree, 'iid')}"
    yield piece.event(
        merged or word(tree, "created_at"),
        f"{name} {'merged' if merged else 'opened'}: {word(tree, 'title')}",
        "gitlab",
        kind="change" if merged else None,
        author=word(tree, "author", "username"),
        link=word(tree, "web_url"),
        id=f"{name} {word(tree, 'id')} {bool(merged)}",
        same=sameness.commit(sha) if merged and sha else None,
        weight=2 if merged else 0,
    )


def _issue(piece: Piece) -> Events:
    """Read an issue, and the bullets with times in its description."""
    tree = piece.tree
    name = f"issue #{word(tree, 'iid')}"
    yield piece.event(
        tree.get("created_at"),
        f"{name} opened: {word(tree, 'title')}",
        "gitlab",
        author=word(tree, "author", "username"),
        link=word(tree, "web_url"),
        id=f"{name} {word(tree, 'id')} opened",
        weight=1,
    )
    text = word(tree, "description") or ""
    zone = "Z" if "UTC" in text else ""
    day = ""
    for number, line in enumerate(text.splitlines(), 1):
        if found := _DAY.match(line):
            day = found[1]
        elif found := _BULLET.match(line):
            placed = replace(piece, where=f"{piece.where} line {number}")
            when = f"{day}T{found[1]}{zone}" if day else found[1]
            yield placed.event(when, found[2], "gitlab", weight=2)


def _note(piece: Piece) -> Events:
    tree = piece.tree
    yield piece.event(
        tree.get("created_at"),
        first(tree, "body", "note"),
        "gitlab",
        kind=None if tree.get("system") is True else "message",
        author=word(tree, "author", "username"),
        id=f"note {word(tree, 'id')}",
        weight=0 if tree.get("system") is True else 1,
    )


def _release(piece: Piece) -> Events:
    tree = piece.tree
    tag = first(tree, "tag_name", "tag")
    yield piece.event(
        first(tree, "released_at", "created_at"),
        f"release {tag}",
        "gitlab",
        kind="deploy",
        author=word(tree, "author", "username"),
        id=f"release {tag}",
        weight=3,
    )


def _commit(piece: Piece) -> Events:
    tree = piece.tree
    sha = word(tree, "id") or ""
    yield piece.event(
        first(tree, "committed_date", "created_at"),
        f"commit {word(tree, 'short_id')}: {word(tree, 'title')}",
        "gitlab",
        kind="change",
        author=word(tree, "author_name"),
        link=word(tree, "web_url"),
        id=f"commit {sha}",
        same=sameness.commit(sha),
        weight=1,
    )


def _is_deployment(tree: Tree) -> bool:
    if word(tree, "object_kind") == "deployment":
        return True
    return has(tree, "iid", "ref", "sha", "environment", "status")


def _is_pipeline(tree: Tree) -> bool:
    if word(tree, "object_kind") == "pipeline":
        return True
    return has(tree, "id", "sha", "ref", "status", "web_url")


GITLAB = JsonTool(
    name="gitlab",
    sorts=(
        Sort(
            called="events of an incident's timeline",
            fits=lambda tree: (
                has(tree, "occurredAt") and (has(tree, "note") or has(tree, "noteHtml"))
            ),
            read=_timeline_event,
        ),
        Sort(called="deployments", fits=_is_deployment, read=_deployment),
        Sort(called="pipelines", fits=_is_pipeline, read=_pipeline),
        Sort(
            called="merge requests",
            fits=lambda tree: has(tree, "iid", "title", "source_branch"),
            read=_merge_request,
        ),
        Sort(
            called="issues",
            fits=lambda tree: has(tree, "iid", "title", "description", "created_at"),
            read=_issue,
        ),
        Sort(
            called="notes",
            fits=lambda tree: has(tree, "noteable_type", "created_at"),
            read=_note,
        ),
        Sort(
            called="releases",
            fits=lambda tree: has(tree, "released_at"),
            read=_release,
        ),
        Sort(
            called="commits",
            fits=lambda tree: has(tree, "short_id", "committed_date"),
            read=_commit,
        ),
    ),
    under=(
        *("data", "project", "incidentManagementTimelineEvents", "nodes"),
        *("timelineEvents", "object_attributes", "notes", "timelineEvent"),
    ),
)
