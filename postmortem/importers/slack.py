"""Slack: an export as zip or folder, a day file alone, and what its API answers.

The export: https://slack.com/help/articles/220556107; the API, newest first:
https://docs.slack.dev/reference/methods/conversations.history.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

import msgspec

from postmortem.errors import PostmortemError
from postmortem.importers.candidates import (
    Candidate,
    Found,
    Note,
    Setting,
    Unplaced,
    Verdict,
)
from postmortem.importers.evidence import Evidence, Member
from postmortem.importers.jsons import document
from postmortem.importers.records import QUICK, Record, from_bytes, records
from postmortem.importers.shapes import Shape
from postmortem.importers.slack_messages import Reader
from postmortem.importers.slack_raw import Message, lenient
from postmortem.importers.slack_text import Names
from postmortem.importers.slack_window import Covered, Window

_DAY = re.compile(r"\d{4}-\d\d-\d\d\.json", re.ASCII).fullmatch
_PEOPLE = ("users.json", "org_users.json")
_CHANNELS = ("channels.json", "groups.json", "mpims.json", "dms.json")
_OTHER = ("integration_logs.json", "canvases.json", "huddle_transcripts.json")
_KNOWN = frozenset((*_PEOPLE, *_CHANNELS, *_OTHER))
_TS = re.compile(r"\d{9,10}\.\d{1,6}", re.ASCII)
_TRIED = 8
_LONG = len("2025-05-24.json")
_MESSAGES = msgspec.json.Decoder(list[Message])


class Slack:
    """Reads what Slack exports, and what its API gives."""

    name = "slack"
    clean = True
    """Its texts are cleaned as they are read: there may be a million."""

    def recognises(self, evidence: Evidence) -> Verdict:
        """Look for messages with Slack's `ts`: a string of seconds and microseconds."""
        if (member := evidence.only) is not None:
            return _alone(member.shape)
        known: list[str] = []
        days: list[Member] = []
        for member in evidence.members:
            own = member.name.rpartition("/")[2]
            if len(own) == _LONG and own[4] == own[7] == "-" and own[-5:] == ".json":
                days.append(member)
            elif own in _KNOWN:
                known.append(member.name)
        if not days:
            return Verdict(taken=False, why="it has no folders of day files")
        if not any(_alone(each.shape).taken for each in days[:_TRIED]):
            said = 'its day files hold no messages with "ts"'
            return Verdict(taken=False, why=said)
        said = f"a Slack export of {len(days)} day files"
        takes = frozenset([*known, *(each.name for each in days)])
        return Verdict(taken=True, why=said, takes=takes)

    def events(self, evidence: Evidence, setting: Setting) -> Iterator[Found]:
        """Return the messages; day files outside the window are not decoded."""
        if evidence.only is not None:
            return iter(_File(evidence.only, Names()).found())
        return chain.from_iterable(_Export(evidence, Window(setting)).found())


class _Export:
    """The day files of an export, by channel."""

    def __init__(self, evidence: Evidence, window: Window) -> None:
        self.evidence = evidence
        self.window = window
        self.names = Names()
        self.inside: dict[str, list[Member]] = {}
        self.beside: dict[str, list[Member]] = {}
        self.passed = 0

    def found(self) -> Iterator[Iterable[Found]]:
        """Yield what each file holds: a list of it is quicker than one by one."""
        yield self._sorted()
        window, names = self.window, self.names
        for folder in dict.fromkeys([*self.inside, *self.beside]):
            covered = Covered()
            for member in self.inside.get(folder, ()):
                yield _File(member, names, window, covered).found()
            for member in self.beside.get(folder, ()):
                if window.past(member, covered):
                    self.passed += 1
                else:
                    yield _File(member, names, window).found()
        if self.passed or window.outside:
            said = f"not read, since they are outside the window: {self.passed}"
            said = f"{said} day files and {window.outside} messages"
            where = self.evidence.name
            yield (Note(where=where, text=said, outside=window.outside),)

    def _sorted(self) -> Iterator[Unplaced]:
        window = self.window
        first, last = window.first, window.last
        for member in self.evidence.members:
            folder, _, own = member.name.rpartition("/")
            if own in _KNOWN:
                yield from _learned(member, own, self.names)
            elif first <= own <= last:
                self.inside.setdefault(folder, []).append(member)
            elif window.before <= own <= window.after:
                self.beside.setdefault(folder, []).append(member)
            else:
                self.passed += 1


def _alone(shape: Shape) -> Verdict:
    rows = _rows(shape)
    if not rows:
        return Verdict(taken=False, why="it has no list of messages")
    like = sum(_is_message(row) for row in rows)
    if not like:
        return Verdict(taken=False, why='its records have no "ts" of Slack')
    return Verdict(taken=True, why='messages with "ts"')


def _rows(shape: Shape) -> list[Mapping[str, Any]]:
    found: list[Mapping[str, Any]] = []
    for record in shape.records[:_TRIED]:
        inner = record.get("messages")
        if isinstance(inner, dict):
            inner = inner.get("matches")
        if isinstance(inner, list):
            found += [each for each in inner[:_TRIED] if isinstance(each, dict)]
        elif shape.kind != "object":
            found.append(record)
    return found


def _is_message(row: Mapping[str, Any]) -> bool:
    ts = row.get("ts")
    return (
        isinstance(ts, str)
        and _TS.fullmatch(ts) is not None
        and any(key in row for key in ("type", "text", "user", "subtype"))
    )


def _learned(member: Member, own: str, names: Names) -> Iterator[Unplaced]:
    if own in _OTHER:
        return
    try:
        rows = document(member.read(), member.name)
    except PostmortemError as error:
        yield Unplaced(where=member.name, why=error.problem.message)
        return
    (names.add_people if own in _PEOPLE else names.add_channels)(rows)


class _File:
    """One day file, or one answer of the API."""

    def __init__(
        self,
        member: Member,
        names: Names,
        window: Window | None = None,
        covered: Covered | None = None,
    ) -> None:
        self.member = member
        self.window = window
        channel = _channel(member)
        source = f"slack #{channel}" if channel else "slack"
        self.reader = Reader(names, source, f"{channel}/" if channel else "")
        self.covered = covered

    def found(self) -> Iterable[Candidate | Unplaced | Note]:
        """Return its messages: quickly as a whole, or one by one where that fails."""
        if not 0 <= self.member.size <= QUICK:
            return self._one_by_one(records(self.member, under=("messages",)))
        name = self.member.name
        try:
            raw = self.member.read(QUICK)
        except PostmortemError as error:
            return (Unplaced(where=name, why=error.problem.message),)
        try:
            messages = _MESSAGES.decode(raw)
        except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
            return self._one_by_one(from_bytes(raw, name, under=("messages",)))
        if self.covered and messages:
            self.covered.add(messages[0].ts, messages[-1].ts)
        return self.reader.candidates(messages, name, self.window)

    def _one_by_one(
        self, found: Iterator[Record | Unplaced | Note]
    ) -> Iterator[Candidate | Unplaced | Note]:
        try:
            for record in found:
                if isinstance(record, Record):
                    yield from self._tolerantly(record)
                else:
                    yield record
        except PostmortemError as error:
            yield Unplaced(where=self.member.name, why=error.problem.message)

    def _tolerantly(self, record: Record) -> Iterator[Candidate | Unplaced]:
        value = record.value
        inner = value.get("messages") if isinstance(value, dict) else None
        if isinstance(inner, dict):
            inner = inner.get("matches")
        if isinstance(inner, list):
            for number, row in enumerate(inner, 1):
                yield from self._tolerantly(Record(row, f"{record.where}#{number}", {}))
            return
        if isinstance(value, dict) and value.get("subtype") == "message_deleted":
            yield Unplaced(where=record.where, why="it was deleted in Slack")
            return
        message = lenient(value)
        if message is None:
            yield Unplaced(where=record.where, why='it has no "ts"')
            return
        yield self.reader.candidate(message, record.where)


def _channel(member: Member) -> str:
    folder, _, own = member.name.rpartition("/")
    return folder.rpartition("/")[2] if _DAY(own) else ""
