"""Pasted text: a copied channel, a timeline, notes; any lines that have times.

The date and the zone that it does not say come from the person who pastes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import chain, islice, pairwise

import msgspec

from postmortem.importers.candidates import Found, Setting, Unplaced, Verdict
from postmortem.importers.chat import Said, spoken
from postmortem.importers.evidence import Evidence, Member
from postmortem.importers.instants import Timeless, span
from postmortem.importers.pasted_entries import LOOKED_AT, Entry, Paste, minutes
from postmortem.importers.pasted_lines import head, status_time, unrelated
from postmortem.importers.texts import cleaned

_SPARSE = 30
"""One line in so many has to have a time."""
_DECIDING = 200
_DATED = re.compile(r"\d{1,4}[/.-]\d")
_NAMED = re.compile(r"[^\W\d_a-z][^\d.:;,!?<>()`]{0,38}[^\d\s.:;,!?<>()`]")


class Pasted:
    """Reads what people copy, line by line."""

    name = "pasted"

    def recognises(self, evidence: Evidence) -> Verdict:
        """Look for lines that begin or end with a time."""
        member = evidence.only
        if member is None or member.shape.kind != "text":
            return Verdict(taken=False, why="it is no text")
        found = member.shape.lines[:LOOKED_AT]
        timed = sum(head(line) is not None or bool(status_time(line)) for line in found)
        if not timed:
            return Verdict(taken=False, why="no line begins or ends with a time")
        if timed * _SPARSE < len(found):
            return Verdict(taken=False, why=f"only {timed} of its lines have a time")
        return Verdict(taken=True, why="lines with a time")

    def events(self, evidence: Evidence, setting: Setting) -> Iterator[Found]:
        """Yield the messages; one whose time cannot be told is unplaced."""
        for member in evidence.members:
            yield from _resolved(Paste(member, setting).entries(), member, setting)


def _resolved(
    found: Iterator[Entry | Found], member: Member, setting: Setting
) -> Iterator[Found]:
    """Give each message its instant, going forward in time whichever way it is."""
    first = list(islice(found, _DECIDING))
    if not _goes_back([each for each in first if isinstance(each, Entry)]):
        yield from _placed(chain(first, found), member, setting)
        return
    yield from reversed(list(_placed(reversed([*first, *found]), member, setting)))


def _placed(
    entries: Iterable[Entry | Found], member: Member, setting: Setting
) -> Iterator[Found]:
    previous: datetime | None = None
    around: tuple[date | None, bool] = (None, False)
    for entry in entries:
        if not isinstance(entry, Entry):
            yield entry
            continue
        if (entry.day, entry.lost) != around:
            previous, around = None, (entry.day, entry.lost)
        where = f"{member.name}:{entry.number}"
        author, told = _author(entry)
        text = cleaned("\n".join(map(_unedited, told)))
        if not text:
            yield Unplaced(where=where, why="it says nothing")
            continue
        own = setting
        if entry.zone is not None:
            own = msgspec.structs.replace(own, zone=entry.zone)
        if entry.lost:
            own = msgspec.structs.replace(own, near=None)
        try:
            when = entry.time if own.copied else unrelated(entry.time)
            read = span(when, own, previous=previous, day=entry.day)
        except Timeless as error:
            yield Unplaced(where=where, why=error.why)
            continue
        previous = read.at
        said = Said(text=text, time=entry.time, author=author)
        made = spoken(said, read.at, where=where, source="pasted text")
        if read.until is not None or read.approximate:
            made = msgspec.structs.replace(
                made, until=read.until, approximate=read.approximate
            )
        yield made


def _goes_back(entries: list[Entry]) -> bool:
    """Tell whether the newest stands first, as on status pages and paging tools."""
    back = ahead = 0
    for one, other in pairwise(entries):
        first, second = minutes(one.time), minutes(other.time)
        if first is None or second is None or one.day != other.day:
            continue
        back += second < first
        ahead += second > first
    days = [each.day for each in entries if each.day is not None]
    if len(set(days)) > 1:
        return days[0] > days[-1]
    return back > ahead


def _unedited(line: str) -> str:
    return line.rstrip().removesuffix("(edited)").rstrip()


def _author(entry: Entry) -> tuple[str | None, list[str]]:
    """Take the name that Teams puts behind the date and time, above the message."""
    first, *rest = entry.lines or [""]
    like = _NAMED.fullmatch(first) and rest and _DATED.search(entry.time)
    if entry.author is None and like:
        return first, rest
    return entry.author, entry.lines
