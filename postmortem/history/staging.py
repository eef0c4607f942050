"""What a commit would change: files of the index, read without a work tree."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from postmortem.history.environment import LOOKING
from postmortem.history.heads import head
from postmortem.history.reading import things
from postmortem.history.running import Running

if TYPE_CHECKING:
    from postmortem.history.place import History

INDEX = "GIT_INDEX_FILE"
"""The variable in which git names the index of a commit under way to its hooks."""

_QUIET = ("-c", "core.fsmonitor=false", "--literal-pathspecs")
_FILE = "100"
"""How the mode of a file begins; links and submodules have others."""


@dataclass(frozen=True, kw_only=True)
class Staged:
    """A file of the index."""

    path: str
    """From the top of the repository, with `/`."""
    content: bytes
    changed: bool
    """Whether the commit would change it: HEAD has it otherwise, or not at all."""


@dataclass(frozen=True, kw_only=True)
class Index:
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
    named = [path for path in paths if path != "."]
    here = dict(_here(history, named, index))
    before = dict(_before(history, named))
    held = things(history.git, list(here.values()))
    files = tuple(
        Staged(path=path, content=thing.content, changed=before.get(path) != thing.id)
        for path, thing in zip(here, held, strict=True)
        if thing is not None and thing.kind == "blob"
    )
    return Index(files=files, gone=frozenset(before) - frozenset(here))


def _here(
    history: History, paths: Sequence[str], index: str | None
) -> Iterator[tuple[str, str]]:
    """Yield the path and id of each file of the index that is merged."""
    args = (*_QUIET, "ls-files", "-z", "--stage", "--", *paths)
    out = Running(history.git, *args, env=_told(history, index)).end().out
    for line in filter(None, out.split(b"\0")):
        head_words, _, name = line.partition(b"\t")
        mode, sha, stage = head_words.decode("ascii").split(" ")
        if mode.startswith(_FILE) and stage == "0":
            yield os.fsdecode(name), sha


def _before(history: History, paths: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the path and id of each file of HEAD; of none before a first commit."""
    if head(history).sha is None:
        return
    args = (*_QUIET, "ls-tree", "-r", "-z", "--full-tree", "HEAD", "--", *paths)
    out = Running(history.git, *args).end().out
    for line in filter(None, out.split(b"\0")):
        head_words, _, name = line.partition(b"\t")
        mode, _, sha = head_words.decode("ascii").split(" ")
        if mode.startswith(_FILE):
            yield os.fsdecode(name), sha


def _told(history: History, index: str | None) -> Mapping[str, str]:
    """Return the environment in which git reads the index that is meant.

    `git commit -a` and `git commit -- PATH` have one of their own while hooks run. Git
    counts its path from the top of the work tree.
    """
    if not index:
        return LOOKING
    path = Path(os.path.normpath(history.root / index))
    inside = path.is_file() and path.parent.resolve().is_relative_to(history.git_dir)
    return {**LOOKING, INDEX: str(path)} if inside else LOOKING
