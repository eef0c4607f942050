"""What an interview works with: who is asked, the record, the form and its words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import tzinfo
from typing import Any, Protocol

from postmortem.answers import Asked
from postmortem.answers.reading import zone_of
from postmortem.errors import Interrupted, PostmortemError
from postmortem.markdown import Field
from postmortem.model import Report
from postmortem.prompts import Move, Prompts, Question

Change = Callable[[Report], Report]
"""Put an answer into the record as it is now; raises PostmortemError if it cannot."""


class Record(Protocol):
    """The report of an interview, and what is kept of it meanwhile."""

    @property
    def report(self) -> Report:
        """The record as it is now, with what an editor has changed in between."""

    def put(self, name: str, words: str, change: Change) -> None:
        """Make a change and keep it before returning.

        `name` says which field was answered, and `words` are what was typed. Raises
        PostmortemError when it cannot be kept; the record is then as it was, and the
        same question is asked again with these words in their place.
        """

    def opened(self, name: str, part: str = "") -> None:
        """Note which question is open, so that what is typed is kept for it."""

    @property
    def waiting(self) -> str:
        """The question at which somebody was stopped: name and part, or nothing.

        It is over as soon as that question is asked.
        """

    def half(self, name: str, part: str = "") -> str:
        """Return what was half typed for a question, once; else nothing."""


class Heard(Protocol):
    """Who hears each answer, and may have one quiet line to say of it; quick."""

    def said(self, name: str, before: Report, after: Report) -> str:
        """Return a line about what a field says now, and did not before; or nothing."""

    def left(self, name: str, rows: Sequence[Any], report: Report) -> str:
        """Return a line about what rows lack when they are asked for no more."""


@dataclass(frozen=True, kw_only=True)
class Spoken:
    """What was told in this sitting, as no record has it."""

    words: dict[str, str] = field(default_factory=dict)
    """Of a moment, the words behind its time."""
    zones: dict[str, str] = field(default_factory=dict)
    """Of a field, the zone that somebody told in its answer."""
    rows: set[str] = field(default_factory=set)
    """The fields of which rows were told."""


@dataclass(frozen=True, kw_only=True)
class Sitting:
    """One person, one report, and a form."""

    prompts: Prompts
    record: Record
    asked: Asked
    meanings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Of a field's choices, what each means."""
    words: Callable[[str], Sequence[str]] = lambda _: ()
    """What may complete an answer to the field of that name."""
    heard: Heard | None = None
    spoken: Spoken = field(default_factory=Spoken)

    @property
    def report(self) -> Report:
        """The record as it is now."""
        return self.record.report

    @property
    def zone(self) -> tzinfo:
        """The zone by whose clocks times are told; ours where the report's is none."""
        return zone_of(self.record.report, self.asked)

    @property
    def form(self) -> Mapping[str, Field]:
        """The fields that the template asks, in their order."""
        return {
            name: self.asked.fields[name]
            for name in self.asked.outline.fields
            if name in self.asked.fields
        }

    def line(self, name: str, question: Question, part: str = "") -> str | Move:
        """Ask for a line, with what was half typed in its place."""
        return self.prompts.line(self._opened(name, question, part))

    def text(self, name: str, question: Question, part: str = "") -> str | Move:
        """Ask for lines, with what was half typed in their place."""
        return self.prompts.text(self._opened(name, question, part))

    def rows(self, name: str, question: Question) -> str | Move:
        """Ask for a row, with what was half typed in its place."""
        return self.prompts.rows(self._opened(name, question, ""))

    def put(self, name: str, words: str, change: Change) -> bool:
        """Keep an answer; tell whether it was, and say why not.

        Where it gave the report another zone by the way, that is said.
        """
        before = self.report
        try:
            self.record.put(name, words, change)
        except Interrupted:
            raise
        except PostmortemError as error:
            self.prompts.say(str(error))
            return False
        report = self.report
        if name != "zone" and before.zone != report.zone:
            self.prompts.say(f"Times without a zone are now read as {report.zone}.")
        self.hear(name, before)
        return True

    def hear(self, name: str, before: Report) -> None:
        """Say what there is to say of an answer that has just been kept."""
        if self.heard and (line := self.heard.said(name, before, self.report)):
            self.prompts.say(line, quiet=True)

    def left(self, name: str, rows: Sequence[Any]) -> None:
        """Let it be heard that rows of a field are asked for nothing more."""
        if self.heard and (line := self.heard.left(name, rows, self.report)):
            self.prompts.say(line, quiet=True)

    def _opened(self, name: str, question: Question, part: str) -> Question:
        self.record.opened(name, part)
        half = self.record.half(name, part)
        return replace(question, given=half) if half else question
