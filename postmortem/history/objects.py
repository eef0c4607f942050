"""Objects of git by name, in one run of it: files, and the lines of folders."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import msgspec

from postmortem.errors import Missing, Refused
from postmortem.history.running import Running

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from postmortem.history.place import History

_SHA1 = 40
"""Digits of an id in a repository that does not have the newer hash."""
TREE, LINK, SUBMODULE = "40000", "120000", "160000"


class Thing(msgspec.Struct, frozen=True, kw_only=True):
    """An object of git with its bytes."""

    id: str
    kind: str
    """blob, tree, commit or tag."""
    content: bytes


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """A line of a tree."""

    mode: str
    name: str
    id: str


def read_blob(history: History, rev: str, path: str) -> bytes:
    """Return the bytes that a path has in a commit or on a branch, as git keeps them.

    No filter runs. Raises Missing when there is no such file.
    """
    (found,) = things(history.root, [f"{rev}:{path}"])
    if found is None or found.kind != "blob":
        raise Missing(f"there is no {path!r} in {rev!r}")
    return found.content


def blob_id(history: History, rev: str, path: str) -> str | None:
    """Return git's id of the bytes that a path has there; None when it has none."""
    (found,) = things(history.root, [f"{rev}:{path}"])
    return found.id if found is not None and found.kind == "blob" else None


def things(folder: Path, names: Sequence[str]) -> tuple[Thing | None, ...]:
    """Return what each name (`HEAD:folder`, an id) stands for, in one run of git."""
    return listed(asked(folder, names).end().out, len(names))


def ids(folder: Path, names: Sequence[str]) -> tuple[str | None, ...]:
    """Return git's id of what each name stands for, in one run that reads nothing."""
    out = asked(folder, names, how="--batch-check").end().out
    said = [line.rsplit(b" ", 2) for line in out.split(b"\n")[:-1]]
    return tuple(
        words[0].decode("ascii") if words[-1].isdigit() else None for words in said
    )


def id_of(content: bytes, like: str) -> str:
    """Return the id that git gives a file of these bytes, where it has one like that.

    Git names an object by the hash of a line about it and its bytes; see gitformat-pack
    and `git hash-object`. The length of an id tells which hash a repository has.
    """
    import hashlib

    name = "sha1" if len(like) == _SHA1 else "sha256"
    made = hashlib.new(name, b"blob %d\0" % len(content), usedforsecurity=False)
    made.update(content)
    return made.hexdigest()


def asked(folder: Path, names: Sequence[str], how: str = "--batch") -> Running:
    """Ask git for objects by name."""
    if any("\n" in name for name in names):
        raise Refused("a path with a line break in it cannot be asked for")
    lines = "".join(f"{name}\n" for name in names)
    return Running(folder, "cat-file", how, stdin=os.fsencode(lines))


def listed(out: bytes, many: int) -> tuple[Thing | None, ...]:
    """Return the objects that `git cat-file --batch` wrote."""
    found: list[Thing | None] = []
    at = 0
    for _ in range(many):
        end = out.index(b"\n", at)
        words = out[at:end].rsplit(b" ", 2)
        at = end + 1
        if len(words) < 3 or not words[2].isdigit():  # noqa: PLR2004 - id, kind, size
            found.append(None)
            continue
        size = int(words[2])
        content = out[at : at + size]
        at += size + 1
        name, kind = words[0].decode("ascii"), words[1].decode("ascii")
        found.append(Thing(id=name, kind=kind, content=content))
    return tuple(found)


def entries(tree: Thing | None) -> Iterator[Entry]:
    """Yield the lines of a tree; nothing for what is none."""
    if tree is None or tree.kind != "tree":
        return
    raw, size, at = tree.content, len(tree.id) // 2, 0
    while at < len(raw):
        end = raw.index(b"\0", at)
        mode, name = raw[at:end].split(b" ", 1)
        at = end + 1 + size
        yield Entry(
            mode=mode.decode("ascii"),
            name=os.fsdecode(name),
            id=raw[at - size : at].hex(),
        )
