"""The messages of a pasted text: which lines belong together, and under which day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, tzinfo
from itertools import chain, islice

from postmortem import moments
from postmortem.importers.candidates import Found, Setting, Unplaced
from postmortem.importers.evidence import Member
from postmortem.importers.pasted_lines import (
    Head,
    day_said,
    head,
    is_relative,
    is_status,
    relative_day,
    status_time,
)
from postmortem.importers.texts import Line, lines

LOOKED_AT = 400
"""Lines by which the form of the rest is told."""
_NAME = 40
_CLOCK = re.compile(r"(\d{1,2}):(\d\d)(?::\d\d)?\s*([AaPp])?")
_BARE = re.compile(r"(?:1[0-2]|[1-9]):[0-5]\d")
_ROW = 60
"""Minutes between two messages of a row, at most."""
_ZONED = re.compile(r"\btimes?\b|\butc\b|\bgmt\b|\bzone\b", re.IGNORECASE)
_NOISE = re.compile(
    r"(?:\d+ repl(?:y|ies)|view thread|last reply .* ago|edited|new)", re.IGNORECASE
)


@dataclass(kw_only=True)
class Entry:
    """One message as it was pasted."""

    number: int
    time: str
    author: str | None
    day: date | None
    zone: tzinfo | None
    lost: bool = False
    """Whether it stands under a day that cannot be told."""
    lines: list[str] = field(default_factory=list)


class Paste:
    """Collects the lines of each message."""

    def __init__(self, member: Member, setting: Setting) -> None:
        self.member = member
        self.setting = setting
        self.day: date | None = None
        self.zone: tzinfo | None = None
        self.entry: Entry | None = None
        self.authors: set[str] = set()
        self.before: list[Line] = []
        """Lines that no message has yet."""
        self.trailing = False
        self.lost = False

    def entries(self) -> Iterator[Entry | Found]:
        """Yield the messages, and what has no message, in their order."""
        found = lines(self.member)
        first = list(islice(found, LOOKED_AT))
        texts = [line.text for line in first if isinstance(line, Line)]
        self.trailing = _is_trailing(texts)
        for line in chain(first, found):
            if isinstance(line, Line):
                yield from self._line(line)
            else:
                yield line
        if self.entry is not None:
            yield self.entry
        yield from self._left()

    def _line(self, line: Line) -> Iterator[Entry | Found]:
        text = line.text.strip()
        if not text or _NOISE.fullmatch(text):
            return
        if is_relative(text):
            self.day, self.lost = relative_day(text, self.setting.copied), False
            return
        if said := day_said(text):
            yield from self._heading(said, line)
            return
        if self.trailing:
            yield from self._below(line, text)
            return
        found = head(line.text)
        if found is None:
            if self.entry is None and _ZONED.search(text):
                yield from self._zone(text, line)
            else:
                self._add(line)
            return
        author = found.author
        if author is None and not found.text:
            author = self._name_above()
        yield from self._next(found, author, line.number)

    def _next(
        self, found: Head, author: str | None, number: int
    ) -> Iterator[Entry | Found]:
        if self.entry is not None:
            yield self.entry
            if author is None and not found.text:
                author = self.entry.author
                found = found._replace(time=_halved(found.time, self.entry.time))
        yield from self._left()
        if author:
            self.authors.add(author)
        self.entry = Entry(
            number=number,
            time=found.time,
            author=author,
            day=self.day,
            zone=self.zone,
            lost=self.lost,
            lines=[found.text] if found.text else [],
        )

    def _below(self, line: Line, text: str) -> Iterator[Entry]:
        """Give the lines above to the time below them, as on a status page."""
        time = status_time(text)
        if time is None:
            self.before.append(line)
            return
        yield Entry(
            number=self.before[0].number if self.before else line.number,
            time=time,
            author=None,
            day=self.day,
            zone=self.zone,
            lost=self.lost,
            lines=[each.text for each in self.before],
        )
        self.before = []

    def _add(self, line: Line) -> None:
        if self.entry is None:
            self.before.append(line)
        else:
            self.entry.lines.append(line.text)

    def _name_above(self) -> str | None:
        """Take the line above a bare time as the name, if it can be one."""
        held = self.entry.lines if self.entry else [each.text for each in self.before]
        if not held:
            return None
        name = held[-1].strip()
        like = 0 < len(name) <= _NAME and name[-1] not in ".:;,!?" and name[0].isalpha()
        known = name in self.authors or (self.entry is None and len(held) == 1)
        shaped = all(not word[0].islower() for word in name.split())
        if not like or not (known or (shaped and len(held) > 1)):
            return None
        if self.entry:
            self.entry.lines.pop()
        else:
            self.before.pop()
        return name

    def _heading(self, said: str, line: Line) -> Iterator[Entry | Found]:
        if self.entry is not None:
            yield self.entry
            self.entry = None
        near = self.setting.near
        self.lost = False
        try:
            self.day = moments.read_day(said, near=near.date() if near else None)
        except moments.Unreadable as error:
            self.day, self.lost = None, True
            where = f"{self.member.name}:{line.number}"
            yield Unplaced(where=where, why=error.problem.message)

    def _zone(self, text: str, line: Line) -> Iterator[Unplaced]:
        """Go on with the zone that a line above the messages names."""
        try:
            zone = moments.column_zone(text)
        except moments.Unreadable as error:
            where = f"{self.member.name}:{line.number}"
            yield Unplaced(where=where, why=error.problem.message)
        else:
            self.zone = zone or self.zone
            if zone is None:
                self._add(line)

    def _left(self) -> Iterator[Unplaced]:
        if not self.before:
            return
        first, last = self.before[0].number, self.before[-1].number
        where = f"{self.member.name}:{first}"
        self.before = []
        said = "this line" if first == last else f"the lines {first} to {last}"
        yield Unplaced(where=where, why=f"no time stands by {said}")


def _halved(time: str, before: str) -> str:
    """Give `2:15` under `2:14 PM` its half, which Slack leaves out in a row."""
    said, last = _CLOCK.search(before), minutes(before)
    if not _BARE.fullmatch(time) or last is None or not said or not said[3]:
        return time
    halves = [f"{time} {half}" for half in ("AM", "PM")]
    ahead = [((minutes(each) or 0) - last) % (24 * 60) for each in halves]
    return halves[ahead.index(min(ahead))] if min(ahead) <= _ROW else time


def minutes(said: str) -> int | None:
    """Return the minutes since midnight that a clock in a text shows."""
    found = _CLOCK.search(said)
    if not found:
        return None
    hour = int(found[1])
    if found[3]:
        hour = hour % 12 + (12 if found[3] in "Pp" else 0)
    return hour * 60 + int(found[2])


def _is_trailing(texts: list[str]) -> bool:
    """Tell whether times stand below what they belong to, as on a status page."""
    said = [text for text in texts if text.strip() and not day_said(text)]
    at = next((n for n, text in enumerate(said) if status_time(text)), None)
    if not at:
        return False
    above = said[:at]
    return any(map(is_status, above)) and not any(head(text) for text in above)
