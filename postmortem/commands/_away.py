"""Reports that are on branches: what the archive is told of them, and how they change.

Nothing here needs a checkout, and nothing runs what a repository brought along, but for
the hooks of a commit that somebody asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from postmortem import history as git
from postmortem.archive import OnBranch
from postmortem.commands._let_through import allowing
from postmortem.errors import PostmortemError
from postmortem.history.objects import things

if TYPE_CHECKING:
    from postmortem.commands._desk import Desk
    from postmortem.history import Commit, Found, History


def on_branches(
    history: History, folders: Sequence[Path], prefix: str
) -> Iterator[OnBranch]:
    """Yield the reports that are on branches alone, each from the branch of its own."""
    for folder in folders:
        try:
            place = history.inside(folder)
        except PostmortemError:  # a folder outside the repository has no branches
            continue
        chosen: dict[str, Found] = {}
        for found in git.reports_on_branches(history, place, prefix):
            named = f"{prefix}{PurePosixPath(found.path).stem}"
            if found.path not in chosen or found.branch == named:
                chosen[found.path] = found
        blobs = things(history.root, [found.blob for found in chosen.values()])
        for found, blob in zip(chosen.values(), blobs, strict=True):
            if blob is not None:
                yield OnBranch(
                    branch=found.branch,
                    path=folder / PurePosixPath(found.path).name,
                    content=blob.content,
                    blob=found.blob,
                )


def committed(
    desk: Desk,
    history: History,
    on: OnBranch,
    text: str,
    subject: str,
) -> Commit:
    """Commit a new text to the branch on which a report is; nothing else changes.

    Hooks are told that it may be committed with what a check finds.
    """
    settings = desk.place.settings
    path = history.inside(on.path)
    change = git.Change(
        path=path,
        content=text.encode(),
        message=git.message(subject),
        replaces=on.blob,
        told=allowing(path),
    )
    terms = git.Terms(
        deadline=settings.deadline,
        protected=settings.protected,
        interactive=desk.env.interactive,
    )
    return git.commit(
        history, change, way=git.Way.NEW_STAY, branch=on.branch, terms=terms
    )


def is_taken(history: History, path: Path, prefix: str) -> bool:
    """Tell whether some branch, here or fetched, has a report of that name."""
    branch = f"{prefix}{path.stem}"
    return git.taken(history, branch, history.inside(path)) is not None
