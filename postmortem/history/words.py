"""What git, a hook or a server says, made fit for people and turned into our errors."""

from __future__ import annotations

import re
import time
from pathlib import Path

import msgspec

from postmortem.errors import PostmortemError, Refused, Untrusted
from postmortem.escape import terminal

MOST_LINES = 40
"""Of a longer text the end is shown: that is where the reason stands."""

_CREDENTIALS = re.compile(r"(?<=://)[^/@\s'\"]*@")
_LOCK = re.compile(r"Unable to create '(?P<path>.*\.lock)': File exists")
_BUSY = re.compile(
    r"Unable to create '.*\.lock'|cannot lock ref|unable to lock|is locked by"
    r"|already (?:checked out|used by worktree) at"
    r"|Another git process seems to be running",
    re.DOTALL,
)


class Contended(Refused):
    """Another process holds what this one needs; trying again may help."""


class NoGit(PostmortemError):
    """There is no program git, or none that can be run."""

    def __init__(self) -> None:
        super().__init__(
            "the program git is not found",
            hint="install git; with --no-git the report stays a file",
        )


class Ran(msgspec.Struct, frozen=True, kw_only=True):
    """How one run of git ended."""

    verb: str
    code: int
    """Negative when a signal ended it."""
    out: bytes
    err: bytes

    @property
    def said(self) -> str:
        """What it said on its way, fit for a terminal, without credentials."""
        return plain(self.err)


def plain(text: bytes | str) -> str:
    """Return text of somebody else's as lines that a terminal only shows."""
    if isinstance(text, bytes):
        text = text.decode("utf-8", "replace")
    lines = [terminal(line.rstrip()) for line in text.splitlines()]
    while lines and not lines[-1]:
        lines.pop()
    if len(lines) > MOST_LINES:
        lines = ["…", *lines[-MOST_LINES:]]
    return without_credentials("\n".join(lines))


def without_credentials(text: str) -> str:
    """Return the text with nothing between the scheme and the host of its addresses.

    >>> without_credentials("to https://me:secret@example.com/r.git")
    'to https://example.com/r.git'
    """
    return _CREDENTIALS.sub("", text)


def failed(ran: Ran) -> PostmortemError:
    """Return the error that says why git could not."""
    said = ran.said
    if "dubious ownership" in said:
        return Untrusted(said, hint="postmortem never changes safe.directory itself")
    if _BUSY.search(said):
        return Contended(_sentence(ran), hint=_about_lock(said))
    return PostmortemError(_sentence(ran))


def _sentence(ran: Ran) -> str:
    how = f"ended with {ran.code}" if ran.code >= 0 else f"died of signal {-ran.code}"
    said = ran.said or plain(ran.out)
    return f"git {ran.verb} {how}:\n{said}" if said else f"git {ran.verb} {how}"


def _about_lock(said: str) -> str:
    found = _LOCK.search(said)
    if found is None:
        return "another git command is at work here; try again when it has ended"
    path = Path(found["path"])
    try:
        age = f"{max(0, time.time() - path.stat().st_mtime):.0f} s old"
    except OSError:
        age = "gone by now"
    return (
        f"the lock {str(path)!r} is {age}; if no git command is at work here, "
        "remove it, and try again"
    )
