"""What a commit would change: files of the index, read without a work tree."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from postmortem.history.environment import LOOKING
from postmortem.history.heads import head
from postmortem.history.objects import things
from postmortem.history.running import Running

if TYPE_CHECKING:
    from postmortem.history.place import History

INDEX = "GIT_INDEX_FILE"
"""The variable in which git names the index of a commit under way to its hooks."""

_QUIET = ("-c", "core.fsmonitor=false", "--literal-pathspecs")
_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_LEFT_OUT = "S"
"""How git marks a file that a sparse work tree has not."""
_FILE = "100"
"""How the mode of a file begins; links and submodules have others."""


class Staged(msgspec.Struct, frozen=True, kw_only=True):
    """A file of the index."""

    path: str
    """From the top of the repository, with `/`."""
    content: bytes
    changed: bool
    """Whether the commit would change it: HEAD has it otherwise, or not at all, and so
    has each commit that is merged."""
    sparse: bool = False
    """Whether git leaves it out of this work tree, as it was told to."""


class Index(msgspec.Struct, frozen=True, kw_only=True):
    """What the index has at some paths, and what a commit would take away there."""

    files: tuple[Staged, ...]
    gone: frozenset[str]
    """Files that HEAD has, and the index does not."""


def staged(
    history: History, paths: Sequence[str] = (), index: str | None = None
) -> Index:
    """Return the files of the index at or below these paths; of all, without any.

    `index` is what a hook was told by the variable INDEX; it counts where it is in
    this repository. What is not merged yet is left out. No filter, diff or monitor
    runs.
    """
    named = () if "." in paths else paths
    env = told(history, index)
    with ExitStack() as under_way:
        after = under_way.enter_context(_listed(history, named, env))
        trees = [
            under_way.enter_context(_tree(history, commit, named))
            for commit in _parents(history)
        ]
        tags = {name: (sha, tag) for name, sha, tag in _merged(after.end().out)}
        here = {name: sha for name, (sha, _) in tags.items()}
        known = [dict(_files(tree.end().out)) for tree in trees]
    held = things(history.root, list(here.values()))
    files = tuple(
        Staged(
            path=path,
            content=thing.content,
            changed=all(each.get(path) != thing.id for each in known),
            sparse=tags[path][1] == _LEFT_OUT,
        )
        for path, thing in zip(here, held, strict=True)
        if thing is not None and thing.kind == "blob"
    )
    gone = frozenset(known[0]) if known else frozenset()
    return Index(files=files, gone=gone - frozenset(here))


def everywhere(history: History, name: str, index: str | None = None) -> list[str]:
    """Return the files of the index that are called so, in whatever folder."""
    args = ("ls-files", "-z", "--", f":(top,glob)**/{name}")
    env = told(history, index)
    out = Running(history.root, "-c", "core.fsmonitor=false", *args, env=env).end().out
    return [os.fsdecode(each) for each in out.split(b"\0") if each]


def touched(history: History, index: str | None = None) -> list[str]:
    """Return the files that HEAD and the index have not alike, those gone included."""
    env = told(history, index)
    if head(history).sha is None:
        args: Sequence[str] = ("ls-files", "-z")
    else:
        args = ("diff-index", "--cached", "--name-only", "--no-renames", "-z", "HEAD")
    out = Running(history.root, *_QUIET, *args, env=env).end().out
    return [os.fsdecode(each) for each in out.split(b"\0") if each]


def told(history: History, index: str | None) -> Mapping[str, str]:
    """Return the environment in which git reads the index that is meant.

    `git commit -a` and `git commit -- PATH` have one of their own while hooks run. Git
    counts its path from the top of the work tree.
    """
    if not index:
        return LOOKING
    path = Path(os.path.normpath(history.root / index))
    inside = path.is_file() and path.parent.resolve().is_relative_to(history.git_dir)
    return {**LOOKING, INDEX: str(path)} if inside else LOOKING


def _listed(history: History, paths: Sequence[str], env: Mapping[str, str]) -> Running:
    """Ask for what the index has."""
    args = (*_QUIET, "ls-files", "-z", "-t", "--stage", "--", *paths)
    return Running(history.root, *args, env=env)


def _parents(history: History) -> Iterator[str]:
    """Yield the commits that a commit made now would follow; none before the first."""
    if head(history).sha is None:
        return
    yield "HEAD"
    path = history.git_dir / "MERGE_HEAD"
    if path.is_file() and not path.is_symlink():
        merged = path.read_text("ascii", "replace").split()
        yield from (each for each in merged if _COMMIT.fullmatch(each))


def _tree(history: History, commit: str, paths: Sequence[str]) -> Running:
    """Ask for what a commit has."""
    args = (*_QUIET, "ls-tree", "-r", "-z", "--full-tree", commit, "--", *paths)
    return Running(history.root, *args)


def _merged(out: bytes) -> Iterator[tuple[str, str, str]]:
    """Yield the path, id and tag of each file of the index that is merged."""
    for words, name in _lines(out):
        tag, mode, sha, stage = words
        if mode.startswith(_FILE) and stage == "0":
            yield name, sha, tag


def _files(out: bytes) -> Iterator[tuple[str, str]]:
    """Yield the path and id of each file of a tree."""
    for words, name in _lines(out):
        mode, _, sha = words
        if mode.startswith(_FILE):
            yield name, sha


def _lines(out: bytes) -> Iterator[tuple[Sequence[str], str]]:
    for line in filter(None, out.split(b"\0")):
        words, _, name = line.partition(b"\t")
        yield words.decode("ascii").split(" "), os.fsdecode(name)
