"""GitHub's issues and pull requests: timelines, comments, and what became of them."""

from __future__ import annotations

from postmortem.importers import sameness
from postmortem.importers.candidates import Candidate, Unplaced
from postmortem.importers.json_tool import Events, Sort
from postmortem.importers.telling import Piece
from postmortem.importers.trees import Tree, first, has, rows, within, word

_SHORT = 7
_SILENT = (
    *("mentioned", "subscribed", "unsubscribed", "assigned", "unassigned", "pinned"),
    *("labeled", "unlabeled", "milestoned", "demilestoned", "locked", "unlocked"),
    *("review_requested", "added_to_project", "moved_columns_in_project"),
)
_TIMES = ("created_at", "submitted_at", "updated_at")


def _event(piece: Piece) -> Events:
    """Read an event of a timeline; only `event` is in every one of them."""
    tree = piece.tree
    event = str(tree["event"])
    if event == "committed":
        yield _committed(piece)
        return
    inner = list(rows(tree, "comments"))
    if inner:  # line-commented and commit-commented hold their comments
        for each in inner:
            yield _said(piece, each)
        return
    label, name = word(tree, "label", "name"), event.replace("_", " ")
    about = word(tree, "rename", "to") or label or word(tree, "state") or ""
    body = word(tree, "body")
    sha = word(tree, "commit_id")
    issue = word(tree, "issue", "number")
    what = f"issue #{issue} {name}" if issue else f"issue {name}"
    if event == "merged":
        what = what.replace("issue", "pull request", 1)
    yield piece.event(
        first(tree, *_TIMES),
        body or (f"{what}: {about}" if about else what),
        "github",
        kind="message" if body else "change" if event == "merged" else None,
        author=word(tree, "actor", "login") or word(tree, "user", "login"),
        link=first(tree, "html_url", "commit_url"),
        id=key_of(event, tree),
        same=sameness.commit(sha) if sha and event == "merged" else None,
        weight=2 if event == "merged" else 0 if event in _SILENT else 1,
    )


def _committed(piece: Piece) -> Candidate | Unplaced:
    tree = piece.tree
    sha = word(tree, "sha") or ""
    subject = (word(tree, "message") or "").partition("\n")[0]
    return piece.event(
        word(tree, "committer", "date") or word(tree, "author", "date"),
        f"commit {sha[:_SHORT]}: {subject}",
        "github",
        kind="change",
        author=word(tree, "author", "name"),
        link=word(tree, "html_url"),
        id=f"commit {sha}",
        same=sameness.commit(sha),
        weight=1,
    )


def _pull_request(piece: Piece) -> Events:
    """Read when it was opened, and when it was merged or closed."""
    tree = piece.tree
    title, author = word(tree, "title"), word(tree, "user", "login")
    link, key = word(tree, "html_url"), key_of("pull request", tree)
    name = f"pull request #{word(tree, 'number')}"
    yield piece.event(
        tree.get("created_at"),
        f"{name} opened: {title}",
        "github",
        author=author,
        link=link,
        id=f"{key} opened",
        weight=0,
    )
    sha = word(tree, "merge_commit_sha")
    merged = word(tree, "merged_at")
    if merged or word(tree, "closed_at"):
        yield piece.event(
            merged or word(tree, "closed_at"),
            f"{name} {'merged' if merged else 'closed without merging'}: {title}",
            "github",
            kind="change" if merged else None,
            author=word(tree, "merged_by", "login"),
            link=link,
            id=f"{key} closed",
            same=sameness.commit(sha) if merged and sha else None,
            weight=2 if merged else 0,
        )


def _issue(piece: Piece) -> Events:
    tree = piece.tree
    name, title = f"issue #{word(tree, 'number')}", word(tree, "title")
    for key, said in (("created_at", "opened"), ("closed_at", "closed")):
        if key == "created_at" or word(tree, key):
            yield piece.event(
                tree.get(key),
                f"{name} {said}: {title}",
                "github",
                author=word(tree, "user", "login") if said == "opened" else None,
                link=word(tree, "html_url"),
                id=f"{key_of('issue', tree)} {said}",
                weight=1,
            )


def _comment(piece: Piece) -> Events:
    yield _said(piece, piece.tree)


def _said(piece: Piece, tree: Tree) -> Candidate | Unplaced:
    return piece.event(
        first(tree, *_TIMES),
        word(tree, "body"),
        "github",
        kind="message",
        author=word(tree, "user", "login"),
        link=word(tree, "html_url"),
        id=key_of("comment", tree),
        weight=1,
    )


def key_of(kind: str, tree: Tree) -> str | None:
    """Return the identity of a record by its id."""
    found = word(tree, "id") or word(tree, "node_id")
    return f"{kind} {found}" if found else None


def _is_event(tree: Tree) -> bool:
    if not word(tree, "event"):
        return False
    if tree["event"] == "committed" and has(tree, "sha"):
        return True
    known = has(within(tree, "actor"), "login") or has(within(tree, "user"), "login")
    return known or has(tree, "node_id") or bool(list(rows(tree, "comments")))


SORTS = (
    Sort(called="events of issues", fits=_is_event, read=_event),
    Sort(
        called="pull requests",
        fits=lambda tree: has(tree, "number", "title", "merged_at", "head"),
        read=_pull_request,
    ),
    Sort(
        called="issues",
        fits=lambda tree: has(tree, "number", "title", "state", "labels", "user"),
        read=_issue,
    ),
    Sort(
        called="comments",
        fits=lambda tree: has(tree, "body", "user", "created_at", "html_url"),
        read=_comment,
    ),
    Sort(
        called="reviews",
        fits=lambda tree: has(tree, "body", "user", "submitted_at"),
        read=_comment,
    ),
)
