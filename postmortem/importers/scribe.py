"""The running log that `postmortem log` keeps during an incident: JSON, one a line."""

from __future__ import annotations

from collections.abc import Iterator

from postmortem.importers import evident
from postmortem.importers.candidates import (
    Candidate,
    Found,
    Setting,
    Unplaced,
    Verdict,
)
from postmortem.importers.chat import read
from postmortem.importers.evidence import Evidence
from postmortem.importers.instants import Timeless, instant
from postmortem.importers.records import Record
from postmortem.importers.texts import cleaned
from postmortem.importers.trees import word

MARK = "postmortem-log"
_SHOWN = 3
"""Lines of a command's output that stand under it."""


class Scribe:
    """Reads our own log."""

    name = "log"

    def recognises(self, evidence: Evidence) -> Verdict:
        """Look for the mark that each line has."""
        if evidence.only is None or MARK not in evidence.only.shape.keys:
            return Verdict(taken=False, why=f"it has no {MARK!r}")
        return Verdict(taken=True, why="the log of `postmortem log`")

    def events(self, evidence: Evidence, setting: Setting) -> Iterator[Found]:
        """Yield what was noted; the output of a command is cut to its last lines."""
        for record in read(evidence, ()):
            yield _entry(record, setting) if isinstance(record, Record) else record


def _entry(record: Record, setting: Setting) -> Candidate | Unplaced:
    row, where = record.value, record.where
    if not isinstance(row, dict) or MARK not in row:
        return Unplaced(where=where, why=f"it has no {MARK!r}")
    try:
        at = instant(row.get("at"), setting)
    except Timeless as error:
        return Unplaced(where=where, why=error.why)
    text = cleaned(word(row, "text") or word(row, "command") or "")
    output = cleaned(word(row, "output") or "").splitlines()[-_SHOWN:]
    if not text and not output:
        return Unplaced(where=where, why="it says nothing")
    named = word(row, "kind")
    kind = named or evident.kind(text)
    host, number = word(row, "host"), word(row, "id")
    return Candidate(
        at=at,
        text="\n".join([text, *output]).strip(),
        where=where,
        said=word(row, "at") or "",
        source=f"log {host}" if host else "log",
        kind=kind or ("command" if "command" in row else None),
        named=named is not None,
        author=word(row, "user"),
        id=number,
        weight=evident.TELLING if kind else evident.MARKED,
    )
