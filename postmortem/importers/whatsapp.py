"""WhatsApp's export of a chat: `12/9/20, 23:55 - Name: text`, and as iPhones write it.

The order of day and month is the phone's and stands nowhere: it is told by the dates
that can be only one way round, or else it is not told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple

from postmortem.importers.candidates import Found, Setting, Unplaced, Verdict
from postmortem.importers.chat import Said, spoken
from postmortem.importers.evidence import Evidence, Member
from postmortem.importers.instants import Timeless, span
from postmortem.importers.texts import Line, cleaned, lines

_LINE = re.compile(
    r"""
    [\u200e\u200f\s]*
    (?P<open>\[)?
    (?P<one>\d{1,4})(?P<by>[/.-])(?P<two>\d{1,2})(?P=by)(?P<three>\d{2,4})
    ,?\s
    (?P<clock>\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:\s?[AaPp]\.?\s?[Mm]\.?)?)
    (?(open)\]\s|\s-\s)
    (?P<rest>.*)
    """,
    re.VERBOSE,
)
_AUTHOR = re.compile(r"[\u200e\u200f~\s]*([^:]{1,60}?):\s(.*)", re.DOTALL)
_MARKS = "\u200e\u200f"
"""WhatsApp puts them before what it says itself."""
_YEAR = 4
_MONTHS = 12
_MOST = 200_000


class Entry(NamedTuple):
    """A message as it stands."""

    number: int
    one: int
    two: int
    three: int
    long: bool
    """Whether the year is the first number."""
    clock: str
    rest: list[str]
    said: str


class WhatsApp:
    """Reads the text file of one chat."""

    name = "whatsapp"

    def recognises(self, evidence: Evidence) -> Verdict:
        """Look for a date, a time, a dash and a name."""
        member = evidence.only
        if member is None or member.shape.kind != "text":
            return Verdict(taken=False, why="it is no text")
        found = [each for line in member.shape.lines if (each := _LINE.match(line))]
        named = [each for each in found if _AUTHOR.match(each["rest"])]
        if (
            found
            and len(named) * 2 >= len(found)
            and len(found) * 8 >= len(member.shape.lines)
        ):
            return Verdict(taken=True, why="a date, a time and a name on each line")
        said = "its lines are not a date, a time and a name"
        return Verdict(taken=False, why=said)

    def events(self, evidence: Evidence, setting: Setting) -> Iterator[Found]:
        """Yield the messages of the chat."""
        for member in evidence.members:
            entries: list[Entry] = []
            for found in _entries(member):
                if isinstance(found, Entry):
                    entries.append(found)
                else:
                    yield found
            order = _order(entries, setting)
            for entry in entries:
                yield _event(entry, order, member.name, setting)


def _entries(member: Member) -> Iterator[Entry | Found]:
    entry: Entry | None = None
    for line in lines(member):
        if not isinstance(line, Line):
            yield line
            continue
        found = _LINE.match(line.text)
        if found is None:
            if entry is not None:
                entry.rest.append(line.text)
            elif line.text.strip():
                where = f"{member.name}:{line.number}"
                yield Unplaced(where=where, why="no time")
            continue
        if entry is not None:
            yield entry
        clock = found["clock"].replace(".", ":", 2) if "." in found["clock"][:5] else ""
        entry = Entry(
            number=line.number,
            one=int(found["one"]),
            two=int(found["two"]),
            three=int(found["three"]),
            long=len(found["one"]) == _YEAR,
            clock=clock or found["clock"],
            rest=[found["rest"]],
            said=found[0][: found.start("rest") - found.start()].strip(" -[]\u200e"),
        )
    if entry is not None:
        yield entry


def _order(entries: list[Entry], setting: Setting) -> str | None:
    """Tell whether the day or the month stands first, by all dates together."""
    short = [each for each in entries if not each.long]
    if any(each.one > _MONTHS for each in short):
        return "day"
    if any(each.two > _MONTHS for each in short):
        return "month"
    if all(each.one == each.two for each in short):
        return "day"
    if setting.day_first is None:
        return None
    return "day" if setting.day_first else "month"


def _event(entry: Entry, order: str | None, name: str, setting: Setting) -> Found:
    where = f"{name}:{entry.number}"
    text = "\n".join(entry.rest)
    author = _AUTHOR.match(text)
    try:
        day = _day(entry, order)
        at: datetime = span(entry.clock, setting, day=day).at
    except Timeless as error:
        return Unplaced(where=where, why=error.why)
    said = Said(
        text=cleaned((author[2] if author else text).lstrip(_MARKS)),
        time=entry.said,
        author=cleaned(author[1]) if author else None,
        service=author is None,
    )
    if not said.text:
        return Unplaced(where=where, why="it says nothing")
    return spoken(said, at, where=where, source="whatsapp")


def _day(entry: Entry, order: str | None) -> date:
    if entry.long:
        year, month, day = entry.one, entry.two, entry.three
    elif order is None:
        said = "day and month could be either way round"
        raise Timeless(f"{entry.said!r}: {said}")
    else:
        day, month = (
            (entry.one, entry.two) if order == "day" else (entry.two, entry.one)
        )
        year = entry.three if entry.three >= 100 else 2000 + entry.three  # noqa: PLR2004
    try:
        return date(year, month, day)
    except ValueError as error:
        raise Timeless(f"{entry.said!r} is on no calendar") from error
