"""GitHub's own program: what `gh run list --json` and its kin write."""

from __future__ import annotations

from postmortem.importers import sameness
from postmortem.importers.json_tool import Events, Sort
from postmortem.importers.telling import Piece
from postmortem.importers.trees import first, has, word


def _run(piece: Piece) -> Events:
    tree = piece.tree
    name, status = word(tree, "workflowName"), first(tree, "conclusion", "status")
    is_over = word(tree, "status") == "completed"
    is_deploy = any(part in (name or "").lower() for part in ("deploy", "release"))
    yield piece.event(
        first(tree, "startedAt", "createdAt"),
        f"workflow {name} on {word(tree, 'headBranch')}: {status}",
        "github",
        until=tree.get("updatedAt") if is_over else None,
        kind="deploy" if is_deploy else None,
        link=word(tree, "url"),
        id=f"workflow {word(tree, 'databaseId')} {word(tree, 'attempt') or 1}",
        weight=3 if is_deploy else 2 if status == "failure" else 1,
    )


def _release(piece: Piece) -> Events:
    tree = piece.tree
    tag, name = word(tree, "tagName"), word(tree, "name")
    yield piece.event(
        tree.get("publishedAt"),
        f"release {tag}" + (f": {name}" if name and name != tag else ""),
        "github",
        kind="deploy",
        link=word(tree, "url"),
        id=f"release {tag}",
        weight=3,
    )


def _pull_request(piece: Piece) -> Events:
    tree = piece.tree
    merged, sha = word(tree, "mergedAt"), word(tree, "mergeCommit", "oid")
    number, title = word(tree, "number"), word(tree, "title")
    yield piece.event(
        merged or word(tree, "closedAt") or word(tree, "createdAt"),
        f"pull request #{number} {'merged' if merged else 'not merged'}: {title}",
        "github",
        kind="change" if merged else None,
        author=word(tree, "author", "login"),
        link=word(tree, "url"),
        id=f"pull request {number}",
        same=sameness.commit(sha) if merged and sha else None,
        weight=2 if merged else 0,
    )


SORTS = (
    Sort(
        called="runs that gh lists",
        fits=lambda tree: has(tree, "workflowName", "status"),
        read=_run,
    ),
    Sort(
        called="releases that gh lists",
        fits=lambda tree: has(tree, "tagName", "publishedAt"),
        read=_release,
    ),
    Sort(
        called="pull requests that gh lists",
        fits=lambda tree: has(tree, "number", "title", "mergedAt"),
        read=_pull_request,
    ),
)
