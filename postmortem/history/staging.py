"""What a commit would change: files of the index, read without a work tree."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from postmortem.history.environment import LOOKING
from postmortem.history.heads import head
from postmortem.history.objects import things
from postmortem.history.running import Running

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from postmortem.history.place import History

INDEX = "GIT_INDEX_FILE"
"""The variable in which git names the index of a commit under way to its hooks."""

_QUIET = ("-c", "core.fsmonitor=false", "--literal-pathspecs")
_FILE = "100"
"""How the mode of a file begins; links and submodules have others."""


class Staged(msgspec.Struct, frozen=True, kw_only=True):
    """A file of the index."""

    path: str
    """From the top of the repository, with `/`."""
    content: bytes
    changed: bool
    """Whether the commit would change it: HEAD has it otherwise, or not at all."""


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
    with _listed(history, named, env) as after, _before(history, named) as tree:
        here = dict(_merged(after.end().out))
        before = {} if tree is None else dict(_files(tree.end().out))
    held = things(history.root, list(here.values()))
    files = tuple(
        Staged(path=path, content=thing.content, changed=before.get(path) != thing.id)
        for path, thing in zip(here, held, strict=True)
        if thing is not None and thing.kind == "blob"
    )
    return Index(files=files, gone=frozenset(before) - frozenset(here))


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
    args = (*_QUIET, "ls-files", "-z", "--stage", "--", *paths)
    return Running(history.root, *args, env=env)


def _before(
    history: History, paths: Sequence[str]
) -> AbstractContextManager[Running | None]:
    """Ask for what HEAD has; nothing before a first commit."""
    if head(history).sha is None:
        return nullcontext()
    args = (*_QUIET, "ls-tree", "-r", "-z", "--full-tree", "HEAD", "--", *paths)
    return Running(history.root, *args)


def _merged(out: bytes) -> Iterator[tuple[str, str]]:
    """Yield the path and id of each file of the index that is merged."""
    for words, name in _lines(out):
        mode, sha, stage = words
        if mode.startswith(_FILE) and stage == "0":
            yield name, sha


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
