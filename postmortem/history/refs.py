"""Names of branches: which are names, which are taken, and which would be free."""

from __future__ import annotations

import os
import re
import unicodedata
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from postmortem.errors import Refused
from postmortem.history.running import Running

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from postmortem.history.place import History

_LOCAL, _REMOTE = "refs/heads/", "refs/remotes/"
_FORMAT = "%(refname)%00%(objectname)%00%(worktreepath)%00"
_PLAIN = re.compile(r"(?!refs/)[a-z0-9]+(?:[-_/][a-z0-9]+)*")
"""Names of which git need not be asked: words of a slug, and folders of such."""
_LAST_CONTROL, _DELETE = 0x1F, 0x7F


class Branch(msgspec.Struct, frozen=True, kw_only=True):
    """A branch of this repository, or what is known of one of a remote's."""

    name: str
    """For a remote's branch with the remote's name in front: `origin/main`."""
    sha: str
    local: bool = True
    checked_out: Path | None = None
    """The work tree that has it checked out."""

    def called(self, name: str) -> bool:
        """Tell whether it is the branch of that name, here or on a remote."""
        mine, other = _folded(self.name), _folded(name)
        return mine == other if self.local else mine.endswith(f"/{other}")


class Clash(msgspec.Struct, frozen=True, kw_only=True):
    """Why a name cannot be given to a new branch."""

    reason: str
    branch: Branch
    same: bool
    """Whether it is that very name; else one that is in its way."""


def branches(history: History) -> tuple[Branch, ...]:
    """Return the local branches and those known of remotes."""
    return listed(asked(history.root).end().out)


def asked(folder: Path) -> Running:
    """Ask git for all branches."""
    return Running(folder, "for-each-ref", f"--format={_FORMAT}", _LOCAL, _REMOTE)


def listed(out: bytes) -> tuple[Branch, ...]:
    """Return the branches that git wrote."""
    fields = os.fsdecode(out).split("\0")
    found = []
    for ref, sha, tree in zip(fields[::3], fields[1::3], fields[2::3], strict=False):
        name = ref.lstrip("\n")
        local = name.startswith(_LOCAL)
        if not local and name.endswith("/HEAD"):
            continue
        found.append(
            Branch(
                name=name.removeprefix(_LOCAL if local else _REMOTE),
                sha=sha,
                local=local,
                checked_out=Path(tree) if tree else None,
            )
        )
    return tuple(found)


def judged(folder: Path, name: str) -> Running | None:
    """Ask git whether this is a name; not when it plainly is one.

    Raises Refused for what cannot even be asked.
    """
    if _PLAIN.fullmatch(name):
        return None
    odd = any(ord(sign) <= _LAST_CONTROL or ord(sign) == _DELETE for sign in name)
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        odd = True
    if odd or name == "@" or name.startswith(("-", "refs/")):
        raise unfit(name)
    return Running(folder, "check-ref-format", "--branch", name)


def fit(name: str, asked: Running | None) -> None:
    """Raise Refused unless git takes the name as it stands."""
    if asked is None:
        return
    ran = asked.end(check=False)
    if ran.code or ran.out.decode("utf-8", "replace") != f"{name}\n":
        raise unfit(name)


def unfit(name: str) -> Refused:
    """Return the error for what is no name of a branch."""
    return Refused(
        f"{name!r} is no name for a branch",
        hint="use letters, digits, `-`, `_` and `/`",
    )


def clash(name: str, existing: Iterable[Branch]) -> Clash | None:
    """Return why a new branch cannot have this name, if it cannot."""
    for branch in existing:
        if branch.called(name):
            return Clash(reason=_taken(name, branch), branch=branch, same=True)
        if branch.local and _in_the_way(name, branch.name):
            reason = f"the branch {branch.name!r} is in the way of {name!r}"
            return Clash(reason=reason, branch=branch, same=False)
    return None


def free(name: str, existing: Iterable[Branch]) -> str:
    """Return the name itself or the first like it that a new branch can have.

    A name that is taken gets a number; one that has another in its way gets another
    prefix (git keeps branches like files: `x` and `x/y` cannot both be).
    """
    existing = tuple(existing)
    found = clash(name, existing)
    others = chain([name], _like(name, blocked=found is not None and not found.same))
    return next(other for other in others if clash(other, existing) is None)


def refused(name: str, found: Clash, existing: Iterable[Branch]) -> Refused:
    """Return the error for a name that is not free, naming one that is."""
    other = free(name, existing)
    what = "the name" if found.same else "another prefix, such as"
    return Refused(found.reason, hint=f"{what} {other!r} is free")


def _taken(name: str, branch: Branch) -> str:
    if not branch.local:
        return f"the branch {name!r} is already on a remote, as {branch.name!r}"
    if branch.name != name:
        return f"the branch {branch.name!r} differs from {name!r} only in its case"
    if branch.checked_out is not None:
        tree = str(branch.checked_out)
        return f"the branch {name!r} is already here, checked out in {tree!r}"
    return f"the branch {name!r} is already here"


def _like(name: str, *, blocked: bool) -> Iterator[str]:
    prefix, slash, rest = name.partition("/")
    if not (blocked and slash):
        yield from (f"{name}-{number}" for number in range(2, 1000))
    yield f"{prefix}s/{rest or name}"
    yield from (f"{prefix}-{number}/{rest or name}" for number in count(2))


def _in_the_way(name: str, other: str) -> bool:
    mine, theirs = _folded(name), _folded(other)
    return mine.startswith(f"{theirs}/") or theirs.startswith(f"{mine}/")


def _folded(name: str) -> str:
    """Return what a file system that ignores case would hold to be the same."""
    return unicodedata.normalize("NFC", name).casefold()
