"""Commit in the person's own work tree: this path, and nothing else they staged."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

from postmortem.errors import Refused
from postmortem.history import configuration
from postmortem.history import refs as names
from postmortem.history.changes import (
    COMMIT,
    NEVER,
    Change,
    Commit,
    Terms,
    concluded,
    refusal,
)
from postmortem.history.claims import alone, patiently
from postmortem.history.heads import Head, head, operation
from postmortem.history.keeping import kept_index, kept_message, switched
from postmortem.history.running import alter
from postmortem.history.standing import Way, is_protected
from postmortem.history.targets import target
from postmortem.history.watching import watch

if TYPE_CHECKING:
    from postmortem.history.place import History
    from postmortem.history.words import Ran

FSYNC = ("-c", "core.fsync=all")


def commit_in_place(
    history: History, change: Change, terms: Terms, *, branch: str, new: bool
) -> Commit:
    """Commit on the current branch, or on a `new` one that HEAD then is on.

    What else is staged, changed or unknown stays so. On any failure HEAD and the index
    are as before. Runs of ours wait for each other.
    """
    for path in change.paths:
        target(history, path)
    asked = configuration.asked(history.root)
    with asked as config, alone(history.git_dir, terms.deadline):
        now = head(history)
        _unoccupied(history)
        if not new:
            _allowed(now, terms, branch)
        _on_disk(history, change)
        if new:
            _free(history, branch)
        who = configuration.known(configuration.parsed(config.end().out), change.author)
        branch = branch if new else now.branch or branch
        with ExitStack() as kept:
            kept.enter_context(kept_message(history))
            if new:
                kept.enter_context(switched(history, now, branch))
            changed = kept.enter_context(kept_index(history, change, terms.patience))
            try:
                patiently(lambda: _added(history, change, terms), terms.patience)
            finally:
                changed()
            sha = concluded(
                history, branch, now.sha, lambda: _run(history, change, terms, who)
            )
        content = _settled(history, change)
    return Commit(
        sha=sha,
        branch=branch,
        path=change.path,
        way=Way.NEW_SWITCH if new else Way.HERE,
        content=content,
        rewritten=content != change.content,
    )


def _unoccupied(history: History) -> None:
    what = operation(history)
    if what is not None:
        raise Refused(
            f"a {what} is under way here, and the commit would become part of it",
            hint="commit on a new branch, and stay here",
        )


def _allowed(now: Head, terms: Terms, branch: str) -> None:
    hint = f"commit on a new branch, such as {branch!r}"
    if now.branch is None:
        message = "HEAD is on no branch here, and the commit would be on none"
        raise Refused(message, hint=hint)
    if is_protected(now.branch, terms.protected):
        message = f"{now.branch!r} is protected: nothing is committed on it directly"
        raise Refused(message, hint=hint)


def _free(history: History, new: str) -> None:
    judged = names.judged(history.root, new)
    existing = names.branches(history)
    names.fit(new, judged)
    found = names.clash(new, existing)
    if found is not None:
        raise names.refused(new, found, existing)


def _on_disk(history: History, change: Change) -> None:
    """Have the report's file be what is to be committed; never write over another."""
    file = history.root / change.path
    try:
        found = file.read_bytes()
    except FileNotFoundError:
        from postmortem.files import write

        write(file, change.content, root=history.root, exclusive=True)
        return
    if found != change.content:
        raise Refused(
            "the file has changed since it was read",
            path=change.path,
            hint="read it again; nothing of it is lost",
        )


def _added(history: History, change: Change, terms: Terms) -> None:
    force = ("--force",) if change.force else ()
    args = (*NEVER, *FSYNC, "add", "--sparse", *force, "--", *change.pathspecs)
    ran = alter(history.root, *args, deadline=terms.deadline)
    if ran.code:
        raise refusal(ran)


def _run(history: History, change: Change, terms: Terms, who: dict[str, str]) -> Ran:
    def attempt() -> Ran:
        ran = watch(
            history.root,
            *(*NEVER, *FSYNC, *COMMIT, "--only", "--", *change.pathspecs),
            stdin=change.message.encode("utf-8", "replace"),
            env={**change.told, **who},
            deadline=terms.deadline,
            interactive=terms.interactive,
            progress=terms.progress,
        )
        if ran.code:
            raise refusal(ran)
        return ran

    return patiently(attempt, terms.patience)


def _settled(history: History, change: Change) -> bytes:
    """Return the report's text, having told the index what a hook made of it.

    `commit --only` keeps what the hook added in an index of its own; without this the
    report would look changed twice over.
    """
    content = (history.root / change.path).read_bytes()
    if content != change.content:
        args = (*FSYNC, "reset", "--quiet", "--", *change.pathspecs)
        patiently(lambda: alter(history.root, *args), 1.0)
    return content
