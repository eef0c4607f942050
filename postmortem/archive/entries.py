"""A report as a list shows it, from the head of its file: front matter and title."""

from __future__ import annotations

import codecs
import os
import re
from collections.abc import Container, Mapping
from pathlib import Path

import msgspec

from postmortem import yamls
from postmortem.archive.naming import compared
from postmortem.errors import Problems
from postmortem.escape import uncommented
from postmortem.yamls import Tree

HEAD = 8 * 1024
"""Bytes in which front matter and title usually stand."""
MOST = 2 * yamls.FRONT_MATTER_LIMIT
"""Bytes that are read of a file whose front matter goes on and on."""

_OPENS = 6
"""Bytes in which front matter begins, behind a byte order mark or without."""
_TITLE = re.compile(r"^ {0,3}# +(?P<title>\S.*?)(?: +#+)?[ \t\r]*$", re.MULTILINE)
_UNDERLINED = (
    r"(?:\A|^[ \t]*\r?\n) {0,3}(?![>#|]|[-+*][ \t]|\d+[.)][ \t])(?P<title>\S[^\r\n]*)"
    r"\r?\n {0,3}=+[ \t]*\r?$"
)
"""A line alone above another one of `=`; compiled where a text has one."""
_FENCE = re.compile(r"^ {0,3}(?:```|~~~)", re.MULTILINE)
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


class OnBranch(msgspec.Struct, frozen=True, kw_only=True):
    """A report that a branch holds, as it is told to the archive."""

    branch: str
    path: Path
    """Where a checkout of the branch would have it; absolute."""
    content: bytes
    blob: str | None = None
    """Git's id of these bytes."""


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One report of the archive."""

    id: str
    """As its front matter says, else the name of its file without `.md`."""
    path: Path
    """Absolute; for a report on a branch, where a checkout would have it."""
    title: str | None = None
    front: Mapping[str, Tree] = msgspec.field(default_factory=dict)
    """The keys of its front matter; none when that cannot be read."""
    problem: str | None = None
    """Why the front matter could not be read."""
    on: OnBranch | None = None
    """The branch that has it; None for a file in the work tree."""

    @property
    def branch(self) -> str | None:
        """The branch on which it is, when it is not in the work tree."""
        return self.on.branch if self.on else None

    @property
    def attachments(self) -> Path:
        """The folder beside it for what belongs to it; it need not exist."""
        return self.path.with_suffix("")

    def attached(self) -> list[Path]:
        """Return the files in that folder, by path; none whose name begins with a dot.

        They are committed with the report.
        """
        return [
            path
            for path in sorted(self.attachments.rglob("*"))
            if path.is_file() and not path.name.startswith(".")
        ]

    @property
    def aliases(self) -> tuple[str, ...]:
        """The ids that it had before it was renamed."""
        return self.several("aliases")

    def fact(self, name: str) -> str | None:
        """Return a scalar of the front matter as it is written there."""
        value = self.front.get(name)
        return value if isinstance(value, str) else None

    def several(self, name: str) -> tuple[str, ...]:
        """Return a list of the front matter; a text alone is split at its commas."""
        value = self.front.get(name)
        if isinstance(value, str):
            return tuple(part for each in value.split(",") if (part := each.strip()))
        if isinstance(value, list):
            return tuple(each for each in value if isinstance(each, str))
        return ()


def of_file(path: Path, ids: Container[str] | None = None) -> Entry | None:
    """Return the entry of a file, of which only the head is read; None when gone.

    With `ids`, as `compared` has them, None also for a file that has none of them. A
    file that cannot be opened is listed with that as its problem.
    """
    try:
        head = _head(path)
    except FileNotFoundError:
        return None
    except OSError as error:
        said = f"this cannot be read: {error.strerror}"
        entry = Entry(id=path.stem, path=path, problem=said)
    else:
        if ids is not None and not may_have(path, head, ids):
            return None
        entry = _entry(path, head.decode("utf-8", "replace"))
    return entry if ids is None or compared(entry.id) in ids else None


def of_branch(on: OnBranch) -> Entry:
    """Return the entry of a report on a branch."""
    return _entry(on.path, on.content[:MOST].decode("utf-8", "replace"), on)


def of_content(path: Path, content: bytes) -> Entry:
    """Return the entry of a file that holds, or would hold, these bytes."""
    return _entry(path, content[:MOST].decode("utf-8", "replace"))


def may_have(path: Path, head: bytes, ids: Container[str]) -> bool:
    """Tell whether a file with that head may have one of these ids, fast.

    One line decides in nearly all of them; the others are to be read as YAML. A file
    that is called so counts as well: it has no other id where its own says nothing.
    """
    if not head[:_OPENS].lstrip(codecs.BOM_UTF8).startswith(b"---"):
        return compared(path.stem) in ids
    start = head.find(b"\nid: ", 0, HEAD)
    if start < 0 or 0 <= head.find(b"\n---", 0, HEAD) < start:
        return True
    line, _, rest = head[start + len("\nid: ") : HEAD].partition(b"\n")
    said = line.decode("utf-8", "replace").partition(" #")[0].strip()
    plain = said[:1].isalnum() and not rest.startswith((b" ", b"\t"))
    return not plain or compared(said) in ids or compared(path.stem) in ids


def _head(path: Path) -> bytes:
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    descriptor = os.open(path, flags | getattr(os, "O_BINARY", 0))
    try:
        head = os.read(descriptor, HEAD)
        if len(head) == HEAD and _goes_on(head):
            head += os.read(descriptor, MOST - HEAD)
    finally:
        os.close(descriptor)
    return head


def _goes_on(head: bytes) -> bool:
    """Tell whether front matter begins here and does not end."""
    return (
        head[:_OPENS].lstrip(codecs.BOM_UTF8).startswith(b"---")
        and b"\n---\n" not in head  # how it ends in nearly all of them
        and yamls.split(head.decode("utf-8", "replace")).front is None
    )


def _entry(path: Path, head: str, on: OnBranch | None = None) -> Entry:
    split = yamls.split(head, path.name)
    front: Mapping[str, Tree] = {}
    problem = split.problem.message if split.problem else None
    if split.front is not None:
        try:
            front = yamls.content(split.front, split.front_line)
        except Problems as error:
            first = error.problems[0]
            problem = f"line {first.line}: {first.message}"
    own = front.get("id")
    return Entry(
        id=own.strip() if isinstance(own, str) and own.strip() else path.stem,
        path=path,
        title=_title(head[split.body_start :]) or _text(front.get("title")),
        front=front,
        problem=problem,
        on=on,
    )


def _title(body: str) -> str | None:
    """Return the first heading of the first level that stands before any code."""
    if ("```" in body or "~~~" in body) and (fence := _FENCE.search(body)):
        body = body[: fence.start()]
    body = uncommented(body)
    found = _TITLE.search(body)
    if "==" in body or "\n=" in body:
        above = body[: found.start()] if found else body
        found = re.search(_UNDERLINED, above, re.MULTILINE) or found
    return _ESCAPE.sub(r"\1", found["title"].rstrip()) if found else None


def _text(value: Tree) -> str | None:
    return value if isinstance(value, str) else None
