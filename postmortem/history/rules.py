"""What hooks, filters and ignore rules hold in a work tree hold in its copy too."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from postmortem.errors import Refused
from postmortem.history.running import Running, look
from postmortem.history.targets import folders

if TYPE_CHECKING:
    from postmortem.history.changes import Change
    from postmortem.history.place import History

HOOKS = ("pre-commit", "prepare-commit-msg", "commit-msg", "post-commit")
RULES = (".gitattributes", ".gitignore")


def same_hooks(history: History, tree: Path, hooks: str | None) -> None:
    """Raise Refused when a hook of the work tree would not run in a copy of the commit.

    That is so where core.hooksPath names a folder in the work tree, and not all in it
    is committed: git would go on without a word.
    """
    if hooks is None:
        return
    for name in HOOKS:
        mine, copy = history.root / hooks / name, tree / hooks / name
        if os.access(mine, os.X_OK) and not os.access(copy, os.X_OK):
            raise Refused(
                f"the hook {hooks}/{name} is not committed, and would not run",
                hint="commit the hooks, or commit the report on the current branch",
            )


def same_rules(history: History, tree: Path, change: Change) -> None:
    """Raise Refused when the work tree's rules for these paths are not the commit's.

    Rules that are not committed yet count as much as those that are. Git is only asked
    where the files differ.
    """
    places = [Path(name, rule) for name in folders(change.paths) for rule in RULES]
    if all(_lines(history.root / place) == _lines(tree / place) for place in places):
        return
    if not change.force:
        _not_ignored(history, change)
    args = ("check-attr", "-z", "--all", "--", *change.paths)
    mine, theirs = Running(history.root, *args), Running(tree, *args)
    if mine.end().out != theirs.end().out:
        raise Refused(
            f".gitattributes says other things of {change.path!r} here than in the "
            "commit to begin at",
            hint="commit .gitattributes, or commit the report on the current branch",
        )


def _not_ignored(history: History, change: Change) -> None:
    args = ("check-ignore", "--quiet", "--", *change.paths)
    if look(history.root, *args, check=False).code == 0:
        raise Refused(
            f"{change.path!r} is ignored by this repository's rules",
            hint="change .gitignore, or use --force",
        )


def _lines(file: Path) -> bytes:
    try:
        return file.read_bytes().replace(b"\r\n", b"\n")
    except OSError:
        return b""
