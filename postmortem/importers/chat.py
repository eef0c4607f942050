"""What the chat tools have in common: a message that somebody wrote at a time."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from postmortem.importers import evident, sameness
from postmortem.importers.candidates import Candidate, Found, Setting, Unplaced
from postmortem.importers.evidence import Evidence, Member
from postmortem.importers.instants import Timeless, instant
from postmortem.importers.records import Record, records
from postmortem.importers.trees import Tree


@dataclass(frozen=True, kw_only=True)
class Said:
    """One message, by whichever tool."""

    text: str
    """Plain and cleaned."""
    time: object
    author: str | None = None
    bot: bool = False
    service: bool = False
    """Whether the tool says it itself: somebody joined."""
    marked: bool = False
    """Whether people pinned it or reacted to it."""
    link: str | None = None
    id: str | None = None


def candidate(
    said: Said, *, where: str, source: str, setting: Setting
) -> Candidate | Unplaced:
    """Return the message as a candidate, or why it has no place."""
    if not said.text:
        return Unplaced(where=where, why="it says nothing")
    try:
        at = instant(said.time, setting)
    except Timeless as error:
        return Unplaced(where=where, why=error.why)
    return spoken(said, at, where=where, source=source)


def spoken(said: Said, at: datetime, *, where: str, source: str) -> Candidate:
    """Return a message whose instant is known."""
    kind = None if said.service else evident.kind(said.text)
    if said.service:
        weight = evident.CHATTER
    elif said.bot:
        weight = evident.CHATTER if kind is None else evident.TELLING
    else:
        weight = evident.weight(said.text, kind)
    if said.marked and not said.service:
        weight = max(weight, evident.MARKED)
    return Candidate(
        at=at,
        text=said.text,
        where=where,
        said=str(said.time),
        source=source,
        kind=kind or "message",
        author=said.author or None,
        link=said.link or first_link(said.text),
        id=said.id,
        same=same(said.text, kind) if said.bot else None,
        weight=weight,
    )


def same(text: str, kind: str | None) -> str | None:
    """Return what other tools call the alert that a bot tells of."""
    if kind not in ("alert", "resolved"):
        return None
    state = "resolved" if kind == "resolved" else None
    return sameness.alert(text.split("\n", 1)[0], None, state)


def first_link(text: str) -> str | None:
    """Return the first address in a plain text."""
    start = text.find("https://")
    start = start if start >= 0 else text.find("http://")
    if start < 0:
        return None
    return text[start:].split(maxsplit=1)[0].rstrip(".,;:!?)>]'\"")


def read(evidence: Evidence, under: Collection[str]) -> Iterator[Record | Found]:
    """Yield the records of every member, and what is to be told of damaged ones."""
    for member in evidence.members:
        yield from records(member, under=under)


def first_row(member: Member, key: str) -> Tree:
    """Return the first of a list of objects: of the array, or of the list under a key.

    An empty mapping when there is none.
    """
    for record in member.shape.records[:1]:
        inner = record.get(key)
        if isinstance(inner, list):
            return next((each for each in inner if isinstance(each, dict)), {})
        return record
    return {}
