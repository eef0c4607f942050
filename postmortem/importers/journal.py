"""What a machine wrote: the journal of systemd as JSON, and lines of syslog."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from postmortem.importers.candidates import Found, Setting, Verdict
from postmortem.importers.json_tool import Events, JsonTool, Sort
from postmortem.importers.telling import Piece
from postmortem.importers.texts import Line, lines
from postmortem.importers.trees import first, has, word

if TYPE_CHECKING:
    from postmortem.importers.evidence import Evidence

_GRAVE = ("0", "1", "2", "3")
"""Priorities of errors and worse."""
_LOOKED_AT = 20
_LINE = re.compile(
    r"""
    (?:<(?P<priority>\d{1,3})>(?P<version>1\ )?)?
    (?P<when>
        [A-Z][a-z]{2}\ [ \d]\d\ \d\d:\d\d:\d\d
      | \d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?
    )\ (?P<host>[\w.:-]+)\ (?P<unit>[^\s:\[\]]+)(?:\[\d+\])?:\ (?P<text>.*)
    """,
    re.VERBOSE,
)
_RFC5424 = re.compile(
    r"<(?P<priority>\d{1,3})>1 (?P<when>\S+) (?P<host>\S+) (?P<unit>\S+) \S+ \S+ "
    r"(?:-|(?:\[(?:[^\]\\]|\\.)*\])+) ?(?P<text>.*)"
)


def _entry(piece: Piece) -> Events:
    tree = piece.tree
    when = first(tree, "_SOURCE_REALTIME_TIMESTAMP", "__REALTIME_TIMESTAMP")
    unit = first(tree, "SYSLOG_IDENTIFIER", "_SYSTEMD_UNIT", "_COMM")
    priority = word(tree, "PRIORITY") or "6"
    host = word(tree, "_HOSTNAME")
    text = word(tree, "MESSAGE") or _from_bytes(tree.get("MESSAGE"))
    yield piece.event(
        when,
        f"{unit}: {text}" if unit and text else text,
        f"journal {host}" if host else "journal",
        id=word(tree, "__CURSOR"),
        weight=1 if priority in _GRAVE else 0,
    )


def _from_bytes(message: object) -> str | None:
    """Return a message that is no UTF-8, which the journal gives as numbers."""
    if not isinstance(message, list):
        return None
    try:
        return bytes(message).decode("utf-8", "replace")
    except (TypeError, ValueError):
        return None


JOURNAL = JsonTool(
    name="journal",
    sorts=(
        Sort(
            called="entries of the journal",
            fits=lambda tree: has(tree, "__REALTIME_TIMESTAMP"),
            read=_entry,
        ),
    ),
)


class Syslog:
    """Reads lines such as `Nov 21 05:20:01 host unit[12]: text`, which have no year."""

    name = "syslog"

    def recognises(self, evidence: Evidence) -> Verdict:
        """Look whether most of the first lines have that form."""
        if evidence.only is None or evidence.only.shape.kind != "text":
            return Verdict(taken=False, why="it is no single text")
        seen = evidence.only.shape.lines[:_LOOKED_AT]
        known = sum(_matched(line) is not None for line in seen)
        if known * 2 <= len(seen):
            return Verdict(taken=False, why="its lines are not those of syslog")
        return Verdict(taken=True, why="lines with a time, a host and a program")

    def events(self, evidence: Evidence, setting: Setting) -> Iterator[Found]:
        """Yield a candidate for each line; other lines are unplaced."""
        for member in evidence.members:
            for line in lines(member):
                if not isinstance(line, Line):
                    yield line
                elif line.text.strip():
                    yield _read(line, member.name, setting)


def _read(line: Line, name: str, setting: Setting) -> Found:
    piece = Piece(tree={}, where=f"{name}:{line.number}", setting=setting)
    found = _matched(line.text)
    if found is None:
        return piece.unplaced("it is no line of syslog")
    priority = found["priority"]
    grave = priority is not None and str(int(priority) % 8) in _GRAVE
    return piece.event(
        " ".join(found["when"].split()),
        f"{found['unit']}: {found['text']}",
        f"syslog {found['host']}",
        weight=1 if grave else 0,
    )


def _matched(line: str) -> re.Match[str] | None:
    return _RFC5424.match(line) or _LINE.match(line)
