"""GitHub: deployments, releases, workflow runs, pushes; lists of its API and webhooks.

A webhook is the same object under a key of its own, beside its repository.
"""

from __future__ import annotations

from postmortem.importers import sameness
from postmortem.importers.candidates import Candidate, Unplaced
from postmortem.importers.github_cli import SORTS as CLI
from postmortem.importers.github_talk import SORTS as TALK
from postmortem.importers.github_talk import key_of
from postmortem.importers.json_tool import Events, JsonTool, Sort
from postmortem.importers.telling import Piece
from postmortem.importers.trees import Tree, first, has, rows, within, word

_SHORT = 7
_UNDER_WAY = ("pending", "queued", "in_progress", "waiting")
_DEPLOYS = ("deploy", "release", "rollback", "roll back", "publish", "ship")
_NO_COMMIT = "0" * 40


def _deployment(piece: Piece) -> Events:
    tree = piece.tree
    sha, where = word(tree, "sha") or "", word(tree, "environment")
    yield piece.event(
        tree.get("created_at"),
        f"deploy of {_version(tree)} to {where or 'an environment'} begins",
        "github",
        kind="deploy",
        author=word(tree, "creator", "login"),
        id=key_of("deployment", tree),
        same=sameness.deploy(sha, where),
        weight=3,
    )


def _deployment_status(piece: Piece) -> Events:
    tree = piece.tree
    deployment = within(piece.around[-1], "deployment") if piece.around else {}
    where = word(tree, "environment") or word(deployment, "environment")
    state = word(tree, "state") or "changed"
    of = f" of {_version(deployment)}" if deployment else ""
    sha = word(deployment, "sha") or ""
    yield piece.event(
        tree.get("created_at"),
        f"deploy{of} to {where or 'an environment'}: {state.replace('_', ' ')}",
        "github",
        kind="deploy",
        author=word(tree, "creator", "login"),
        link=first(tree, "log_url", "target_url", "environment_url"),
        id=key_of("deployment status", tree),
        same=sameness.deploy(sha, where, state) if sha else None,
        weight=0 if state == "inactive" else 1 if state in _UNDER_WAY else 3,
    )


def _release(piece: Piece) -> Events:
    """Read a release; `created_at` is the day of its commit, and says nothing."""
    tree = piece.tree
    tag, name = word(tree, "tag_name") or "", word(tree, "name")
    when = tree.get("published_at")
    if when is None:
        yield piece.unplaced("it is a draft, and has no time of publishing")
        return
    yield piece.event(
        when,
        f"release {tag}" + (f": {name}" if name and name != tag else ""),
        "github",
        kind="deploy",
        author=word(tree, "author", "login"),
        link=word(tree, "html_url"),
        id=key_of("release", tree),
        weight=3,
    )


def _run(piece: Piece) -> Events:
    """Read a run of a workflow, or a job of one: from its start to its end."""
    tree = piece.tree
    name = first(tree, "name", "display_title", "path") or "a workflow"
    number = word(tree, "run_number")
    status = first(tree, "conclusion", "status") or "started"
    branch = word(tree, "head_branch")
    ended = word(tree, "completed_at")
    if ended is None and word(tree, "status") == "completed":
        ended = word(tree, "updated_at")
    is_deploy = any(part in name.lower() for part in _DEPLOYS)
    failed = status in ("failure", "timed_out", "startup_failure")
    what = "workflow" if number else "job"
    state = "" if ended else f" {status}"
    yield piece.event(
        first(tree, "run_started_at", "started_at", "created_at"),
        f"{what} {name}"
        + (f" #{number}" if number else "")
        + (f" on {branch}" if branch else "")
        + f": {status.replace('_', ' ')}",
        "github",
        until=ended,
        kind="deploy" if is_deploy else None,
        author=word(tree, "triggering_actor", "login") or word(tree, "actor", "login"),
        link=word(tree, "html_url"),
        id=f"{key_of(what, tree)} {word(tree, 'run_attempt') or 1}{state}",
        weight=0 if state else 3 if is_deploy else 2 if failed else 1,
    )


def _status(piece: Piece) -> Events:
    tree = piece.tree
    state = word(tree, "state") or "changed"
    yield piece.event(
        tree.get("created_at"),
        f"{word(tree, 'context')} on {(word(tree, 'sha') or '')[:_SHORT]}: {state}",
        "github",
        link=word(tree, "target_url"),
        id=key_of("status", tree),
        weight=1 if state in ("failure", "error") else 0,
    )


def _push(piece: Piece) -> Events:
    """Read a push: when it came, and the commits with times of their own."""
    tree = piece.tree
    ref = (word(tree, "ref") or "").removeprefix("refs/")
    name = ref.removeprefix("heads/").removeprefix("tags/")
    commits = list(rows(tree, "commits"))
    what = f"{len(commits)} commit{'s' if len(commits) != 1 else ''} pushed to {name}"
    if not commits:
        made = "deleted" if word(tree, "after") == _NO_COMMIT else "pushed"
        what = f"{'tag' if ref.startswith('tags/') else 'branch'} {name} {made}"
    yield piece.event(
        word(tree, "repository", "pushed_at") or word(tree, "head_commit", "timestamp"),
        ("forced: " if tree.get("forced") is True else "") + what,
        "github",
        kind="change",
        author=word(tree, "pusher", "name"),
        link=word(tree, "compare"),
        id=f"push {word(tree, 'after')} {ref}",
        weight=2 if commits else 1,
    )
    for each in commits:
        sha, message = word(each, "id") or "", word(each, "message") or ""
        yield _commit_at(piece, each, sha, message, each.get("timestamp"))


def _commit(piece: Piece) -> Events:
    tree = piece.tree
    commit = within(tree, "commit")
    sha, message = word(tree, "sha") or "", word(commit, "message") or ""
    when = word(commit, "committer", "date") or word(commit, "author", "date")
    yield _commit_at(piece, {**commit, **tree}, sha, message, when)


def _commit_at(
    piece: Piece, tree: Tree, sha: str, message: str, when: object
) -> Candidate | Unplaced:
    subject = message.partition("\n")[0]
    return piece.event(
        when,
        f"commit {sha[:_SHORT]}: {subject}",
        "github",
        kind="change",
        author=word(tree, "author", "login") or word(tree, "author", "name"),
        link=first(tree, "html_url", "url"),
        id=f"commit {sha}",
        same=sameness.commit(sha),
        weight=2 if subject.lower().startswith("revert") else 1,
    )


def _version(deployment: Tree) -> str:
    ref, sha = word(deployment, "ref"), (word(deployment, "sha") or "")[:_SHORT]
    if not ref or ref.startswith(sha):
        return sha or "something"
    return f"{ref} ({sha})" if sha else ref


GITHUB = JsonTool(
    name="github",
    sorts=(
        Sort(
            called="deployment statuses",
            fits=lambda tree: has(tree, "state", "deployment_url"),
            read=_deployment_status,
        ),
        Sort(
            called="deployments",
            fits=lambda tree: has(tree, "sha", "ref", "statuses_url"),
            read=_deployment,
        ),
        Sort(
            called="releases",
            fits=lambda tree: has(tree, "tag_name", "target_commitish"),
            read=_release,
        ),
        Sort(
            called="workflow runs",
            fits=lambda tree: has(tree, "run_number", "workflow_id"),
            read=_run,
        ),
        Sort(
            called="jobs and checks",
            fits=lambda tree: has(tree, "started_at", "head_sha", "conclusion"),
            read=_run,
        ),
        Sort(
            called="statuses of commits",
            fits=lambda tree: has(tree, "sha", "state", "context"),
            read=_status,
        ),
        Sort(
            called="pushes",
            fits=lambda tree: has(tree, "ref", "after", "pusher"),
            read=_push,
        ),
        Sort(
            called="commits",
            fits=lambda tree: (
                has(tree, "sha") and has(within(tree, "commit"), "message")
            ),
            read=_commit,
        ),
        *TALK,
        *CLI,
    ),
    under=(
        *("deployment_status", "deployment", "release", "workflow_run"),
        *("workflow_runs", "workflow_job", "check_run", "pull_request", "issue"),
        *("comment", "jobs", "check_runs", "items", "review"),
    ),
)
