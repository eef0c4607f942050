"""CircleCI and Netlify: what was built and put on line."""

from __future__ import annotations

from postmortem.importers import sameness
from postmortem.importers.json_tool import Events, JsonTool, Sort
from postmortem.importers.telling import Piece
from postmortem.importers.trees import first, has, within, word


def _circleci(piece: Piece) -> Events:
    tree = piece.tree
    job = word(tree, "workflows", "job_name") or word(tree, "job_name") or "a build"
    status = first(tree, "outcome", "status") or "changed"
    is_deploy = "deploy" in job.lower() or "release" in job.lower()
    failed = status in ("failed", "timedout", "infrastructure_fail")
    yield piece.event(
        first(tree, "start_time", "queued_at"),
        f"build {job} on {word(tree, 'branch') or word(tree, 'vcs_tag')}: {status}",
        "circleci",
        until=tree.get("stop_time"),
        kind="deploy" if is_deploy else None,
        author=word(tree, "user", "login") or word(tree, "username"),
        link=word(tree, "build_url"),
        id=word(tree, "build_url"),
        weight=3 if is_deploy else 2 if failed else 1,
    )


def _circleci_event(piece: Piece) -> Events:
    """Read an event of CircleCI's later webhooks: a job or a workflow that ended."""
    tree = piece.tree
    what = "job" if has(tree, "job") else "workflow"
    held = within(tree, what)
    name, status = word(held, "name") or "a build", word(held, "status") or "ended"
    is_deploy = "deploy" in name.lower() or "release" in name.lower()
    yield piece.event(
        tree.get("happened_at"),
        f"{what} {name}: {status}",
        "circleci",
        kind="deploy" if is_deploy else None,
        link=word(held, "url"),
        id=word(tree, "id"),
        weight=3 if is_deploy else 2 if status == "failed" else 1,
    )


def _netlify(piece: Piece) -> Events:
    """Read a deploy: when it began, or when it was published."""
    tree = piece.tree
    state, name = word(tree, "state") or "changed", word(tree, "name") or "a site"
    sha, context = word(tree, "commit_ref"), word(tree, "context")
    why = word(tree, "error_message")
    yield piece.event(
        first(tree, "published_at", "created_at"),
        f"deploy of {name}: {state}" + (f": {why}" if why else ""),
        "netlify",
        kind="deploy",
        author=word(tree, "committer"),
        link=first(tree, "admin_url", "deploy_ssl_url"),
        id=f"{word(tree, 'id')} {state}",
        same=sameness.deploy(sha, context, state) if sha else None,
        weight=3 if state in ("ready", "error") else 1,
    )


BUILDS = JsonTool(
    name="builds",
    sorts=(
        Sort(
            called="builds of CircleCI",
            fits=lambda tree: has(tree, "build_url", "reponame"),
            read=_circleci,
        ),
        Sort(
            called="events of CircleCI",
            fits=lambda tree: has(tree, "happened_at", "type"),
            read=_circleci_event,
        ),
        Sort(
            called="deploys of Netlify",
            fits=lambda tree: has(tree, "site_id", "state", "created_at"),
            read=_netlify,
        ),
    ),
    under=("payload",),
)
