"""What an importer finds: candidates for the timeline, and records without a place.

Everything here is plain text and nothing of it is Markdown: what becomes of it in a
report is decided, and escaped, by those who put it there.
"""

from __future__ import annotations

from datetime import date, datetime, tzinfo

import msgspec


class Candidate(
    msgspec.Struct, frozen=True, gc=False, kw_only=True, omit_defaults=True
):
    """One thing that happened, by one tool's account of it."""

    at: datetime
    """Aware; the instant that the tool recorded, as exactly as it did."""
    text: str
    """What happened, plain text; a line break where the source has one."""
    where: str
    """The place in the source that a person can go to: `log.txt:17` is a line, and
    `general/2025-05-24.json#17` the seventeenth record."""
    said: str
    """The time in the source's own wording."""
    source: str
    """The tool, and the part of it where it has parts: `slack #incident`."""
    until: datetime | None = None
    approximate: bool = False
    kind: str | None = None
    """A moment's name (detected, mitigated …), or deploy, alert, message, change …"""
    named: bool = False
    """Whether a person said on purpose what kind it is; else a tool, or a guess."""
    author: str | None = None
    """The handle or the name; shown as a role unless the person asks for names."""
    link: str | None = None
    id: str | None = None
    """The tool's own identity of the record: importing it again is the same event."""
    same: str | None = None
    """What other tools call it too (an alert's name, a commit's hash), for folding."""
    weight: int = 0
    """How likely it belongs into a timeline: 0 chatter, 3 an alert or a deploy."""


class Unplaced(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """A record that could not become a candidate: reported, never dropped silently."""

    where: str
    why: str
    """A clause in plain words: `no time`, `the time "25:99" is no time`."""


class Note(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """What is to be said about the evidence and is no record: how it was read."""

    where: str
    text: str
    """A clause: `the byte 0xE9 is not UTF-8; it is read as Latin-1`."""
    outside: int = 0
    """Records that are outside the window and were left out, as far as it is known."""


Found = Candidate | Unplaced | Note


class Setting(msgspec.Struct, frozen=True, kw_only=True):
    """What the person knows and the export may not say."""

    zone: tzinfo | None = None
    """For times that name no zone; without it they are unplaced."""
    near: datetime | None = None
    """Aware; the day that a bare clock time is nearest to."""
    begin: datetime | None = None
    """The window: nothing before it is wanted, and need not be decoded."""
    end: datetime | None = None
    copied: date | None = None
    """The day on which a text was copied that says `Today` and `Yesterday`."""
    day_first: bool | None = None
    """How 03/04/2025 is meant; None for not known, and such times have no place."""


class Verdict(msgspec.Struct, frozen=True):
    """Whether an importer takes a piece of evidence, and why or why not."""

    taken: bool
    why: str
    """A clause: `it has no "ts"`, `a list of log entries`."""
    takes: frozenset[str] | None = None
    """The names of the members that it reads; None for all."""
