"""What an importer is: the Protocol that every one keeps, ours and other people's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from postmortem.importers.candidates import Found, Setting, Verdict
from postmortem.importers.evidence import Evidence


class Importer(Protocol):
    """Reads the exports of one tool; found by content, never by a file's name."""

    name: str
    """A word for the command line: `slack`, `pagerduty`."""

    def recognises(self, evidence: Evidence) -> Verdict:
        """Look at the beginning of the evidence, and say whether it is this tool's.

        It is asked about all members together first, and about each one apart when
        nobody took them; `evidence.members[0].shape` says what a member looks like.
        """
        ...

    def events(self, evidence: Evidence, setting: Setting) -> Iterator[Found]:
        """Yield what it holds, record by record, in the order of the source.

        What is damaged is `Unplaced`; what is good before and after it is used.
        """
        ...
