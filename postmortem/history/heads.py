"""Where HEAD stands, and which operation of git is half done."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

import msgspec

from postmortem.history.running import look

if TYPE_CHECKING:
    from pathlib import Path

    from postmortem.history.place import History

_BRANCH = "refs/heads/"
_SHA = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_OPERATIONS = (
    ("rebase-merge", "rebase"),
    ("rebase-apply/applying", "am"),
    ("rebase-apply", "rebase"),
    ("MERGE_HEAD", "merge"),
    ("CHERRY_PICK_HEAD", "cherry-pick"),
    ("REVERT_HEAD", "revert"),
    ("sequencer", "cherry-pick"),
    ("BISECT_LOG", "bisect"),
)
_REFS = ("CHERRY_PICK_HEAD", "REVERT_HEAD")
"""Files of their own, except where refs are kept in a reftable."""


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """What HEAD says."""

    branch: str | None
    """None when it is detached."""
    sha: str | None
    """None when its branch has no commit yet."""


def head(history: History) -> Head:
    """Return where HEAD stands; git is asked when its files do not say it plainly."""
    said = _text(history.git_dir / "HEAD") or ""
    if _SHA.fullmatch(said):
        return Head(branch=None, sha=said)
    ref = said.removeprefix("ref: ")
    if ref == said or not ref.startswith(_BRANCH) or ref == "refs/heads/.invalid":
        return _asked(history)
    branch = ref.removeprefix(_BRANCH)
    return Head(branch=branch, sha=tip(history, branch))


def tip(history: History, branch: str) -> str | None:
    """Return the commit at which a local branch stands; None when it has none."""
    loose = None if reftable(history) else _text(history.shared / _BRANCH / branch)
    if loose is not None and _SHA.fullmatch(loose):
        return loose
    return resolved(history, _BRANCH + branch)


def resolved(history: History, rev: str) -> str | None:
    """Return the object that a name stands for; None when there is none."""
    args = ("--verify", "--quiet", "--end-of-options", rev)
    ran = look(history.root, "rev-parse", *args, check=False)
    found = ran.out.decode("ascii", "replace").strip()
    return found if ran.code == 0 and _SHA.fullmatch(found) else None


def operation(history: History) -> str | None:
    """Return the name of what is half done in this work tree, such as `merge`."""
    for name, what in _OPERATIONS:
        if (history.git_dir / name).exists():
            return _sequence(history) if name == "sequencer" else what
    if reftable(history):
        for name in _REFS:
            if resolved(history, name) is not None:
                return dict(_OPERATIONS)[name]
    return None


def reftable(history: History) -> bool:
    """Tell whether refs are kept in a way that only git can read."""
    return (history.shared / "reftable").is_dir()


def _asked(history: History) -> Head:
    args = ("--quiet", "HEAD")
    ran = look(history.root, "symbolic-ref", *args, check=False)
    ref = os.fsdecode(ran.out.removesuffix(b"\n"))
    branch = ref.removeprefix(_BRANCH) if ref.startswith(_BRANCH) else None
    return Head(branch=branch, sha=resolved(history, "HEAD"))


def _sequence(history: History) -> str:
    todo = _text(history.git_dir / "sequencer" / "todo") or ""
    return "revert" if todo.startswith("revert") else "cherry-pick"


def _text(path: Path) -> str | None:
    if path.is_symlink():
        return None
    try:
        return os.fsdecode(path.read_bytes()).rstrip("\r\n")
    except OSError:
        return None
