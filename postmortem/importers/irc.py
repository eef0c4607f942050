"""Logs of IRC, as the clients write them: Ubuntu's bot, XChat, WeeChat, irssi, ZNC.

Most have only the time on a line; the day is in a heading or in the file's name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime

import msgspec

from postmortem import moments
from postmortem.errors import PostmortemError
from postmortem.importers.candidates import Found, Note, Setting, Unplaced, Verdict
from postmortem.importers.chat import Said, spoken
from postmortem.importers.evidence import Evidence, Member
from postmortem.importers.instants import Timeless, span
from postmortem.importers.texts import Line, cleaned, lines

_CLOCK = r"(?P<time>\d\d:\d\d(?::\d\d)?)"
_STAMP = r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:[+-]\d\d:?\d\d|Z)?"
_LINES = (
    # [12:18] <nick> text; [12:18:01] * nick waves
    re.compile(
        rf"\[{_CLOCK}\]\s+(?:<(?P<nick>[^>\s]{{1,40}})>\s?|(?P<act>\*+)\s)(?P<text>.*)"
    ),
    # 12:18 <@nick> text; 12:18 -!- nick [...] has joined #ops; 12:18  * nick waves
    re.compile(
        rf"{_CLOCK}\s+(?:<(?P<nick>[ @+%&~]?[^>]{{1,40}})>\s?|(?P<act>-!-|\*)\s)"
        r"(?P<text>.*)"
    ),
    # 2016-11-10 11:56:03 TAB nick TAB text, where --> <-- -- are the client's
    re.compile(
        rf"(?P<time>{_STAMP})(?:\t|\s{{3,}})"
        r"(?:(?P<act>-->|<--|--|\*|=!=)|(?P<nick>\S{1,40}))(?:\t|\s{3,})(?P<text>.*)"
    ),
    # dec 31 21:11:58 <nick> text; dec 31 21:11:58 * nick has joined
    re.compile(
        r"(?P<time>[^\W\d_]{3,5}\.? \d\d \d\d:\d\d:\d\d)\s+"
        r"(?:<(?P<nick>[^>\s]{1,40})>\s?|(?P<act>\*|--|-->|<--)\s)(?P<text>.*)"
    ),
)
_SERVICE = re.compile(r"===? \S")
_DAY_LINE = re.compile(
    r"(?:-{3}|\*{4}|#|={3})\s*(?:day changed|log opened|begin logging at|"
    r"log (?:started|for)|session start:?)\s+(?:to\s+)?(?P<day>.+)",
    re.IGNORECASE,
)
_END = re.compile(r"(?:-{3}|\*{4})\s*(?:log closed|ending logging)", re.IGNORECASE)
_NAMED = re.compile(r"(?<!\d)(\d{4})-?(\d\d)-?(\d\d)(?!\d)")
_TIMES = re.compile(r"\s*\d\d:\d\d(?::\d\d)?")
_LOCALE = {
    "gen": "jan",
    "ene": "jan",
    "janv": "jan",
    "fév": "feb",
    "fev": "feb",
    "mär": "mar",
    "mrz": "mar",
    "mars": "mar",
    "abr": "apr",
    "avr": "apr",
    "mag": "may",
    "mai": "may",
    "maj": "may",
    "mei": "may",
    "giu": "jun",
    "juin": "jun",
    "lug": "jul",
    "juil": "jul",
    "ago": "aug",
    "août": "aug",
    "set": "sep",
    "ott": "oct",
    "okt": "oct",
    "out": "oct",
    "dic": "dec",
    "dez": "dec",
    "déc": "dec",
}
_COMING = re.compile(
    r"\S+ (?:\(\S*\) |\[\S*\] )?(?:has (?:joined|quit|left)|is now known as|sets mode)"
)


class Irc:
    """Reads the log of one channel."""

    name = "irc"

    def recognises(self, evidence: Evidence) -> Verdict:
        """Look for a time and a nick in angle brackets, line by line."""
        member = evidence.only
        if member is None or member.shape.kind != "text":
            return Verdict(taken=False, why="it is no text")
        found = member.shape.lines
        like = sum(any(form.match(line) for form in _LINES) for line in found)
        noted = sum(bool(_SERVICE.match(line)) for line in found)
        if like and (like + noted) * 2 >= len(found):
            return Verdict(taken=True, why="lines of a time and a nick")
        return Verdict(taken=False, why="its lines are not a time and a nick")

    def events(self, evidence: Evidence, setting: Setting) -> Iterator[Found]:
        """Yield the lines; joins and quits have no weight."""
        for member in evidence.members:
            yield from _Log(member, setting).events()


class _Log:
    def __init__(self, member: Member, setting: Setting) -> None:
        self.member = member
        self.setting = setting
        self.day: date | None = _in_name(member.name)
        self.previous: datetime | None = None
        self.lost = False
        """Whether a heading names a day that cannot be told."""

    def events(self) -> Iterator[Found]:
        timeless = 0
        for line in lines(self.member):
            if not isinstance(line, Line):
                yield line
                continue
            where = f"{self.member.name}:{line.number}"
            if found := _DAY_LINE.match(line.text):
                if why := self._begin(found["day"]):
                    yield Unplaced(where=where, why=why)
                continue
            if not line.text.strip() or _END.match(line.text):
                continue
            if _SERVICE.match(line.text):
                timeless += 1
                continue
            yield self._event(line, where)
        if timeless:
            said = f"joins and renames without a time, left out: {timeless} lines"
            yield Note(where=self.member.name, text=said)

    def _begin(self, said: str) -> str | None:
        """Go on with the day of a heading: `Sun Dec 31 21:11:57 2006`."""
        self.previous, self.lost = None, True
        year = re.search(r"\b\d{4}\b", said)
        try:
            self.day = moments.read_day(_TIMES.sub("", _months(said)).strip())
        except PostmortemError as error:
            self.day = None
            return f"the day of the heading cannot be told: {error.problem.message}"
        if year is None:
            self.day = None
            return "the heading has no year"
        self.lost = False
        return None

    def _event(self, line: Line, where: str) -> Found:
        found = next((it for form in _LINES if (it := form.match(line.text))), None)
        if found is None:
            return Unplaced(where=where, why="no time")
        text = cleaned(found["text"])
        act = found["act"]
        nick = (found["nick"] or "").strip(" @+%&~") or None
        if not text:
            return Unplaced(where=where, why="it says nothing")
        try:
            at = self._at(found["time"])
        except Timeless as error:
            return Unplaced(where=where, why=error.why)
        self.previous = at
        said = Said(
            text=text,
            time=found["time"],
            author=nick,
            service=act not in (None, "*") or bool(act and _COMING.match(text)),
        )
        return spoken(said, at, where=where, source="irc")

    def _at(self, said: str) -> datetime:
        said = _months(said)
        own = self.setting
        if self.lost:
            own = msgspec.structs.replace(own, near=None)
        if self.day is not None and said[:1].isalpha():
            near = datetime(self.day.year, self.day.month, self.day.day, 12)  # noqa: DTZ001
            zone = own.zone
            own = msgspec.structs.replace(
                own, near=near.replace(tzinfo=zone) if zone else None
            )
            return span(said, own, previous=self.previous).at
        return span(said, own, previous=self.previous, day=self.day).at


def _in_name(name: str) -> date | None:
    """Return the one day that a file's name has: `#ops.2025-05-24.log`."""
    found = set(_NAMED.findall(name))
    if len(found) != 1:
        return None
    try:
        return date(*map(int, found.pop()))
    except ValueError:
        return None


def _months(said: str) -> str:
    """Spell the months of other languages in English."""
    first, gap, rest = said.partition(" ")
    return f"{_LOCALE.get(first.lower().rstrip('.'), first)}{gap}{rest}"
