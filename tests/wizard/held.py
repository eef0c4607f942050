"""An interview that is held with a script, over a record that is kept in memory."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from postmortem import wizard
from postmortem.answers import Asked
from postmortem.errors import PostmortemError
from postmortem.model import Report
from postmortem.prompts import Move, Question, Script
from postmortem.prompts.script import Answer
from postmortem.wizard import Change, Sitting

Meanwhile = Callable[[Report], Report]


@dataclass
class Kept:
    """A record in memory, with an account of what was opened and put.

    `meanwhile` is what somebody else changes before a put, one change a put; an error
    among them is raised by that put instead.
    """

    report: Report = field(default_factory=Report)
    waiting: str = ""
    words: str = ""
    """What was half typed for the question that is waiting."""
    meanwhile: list[Meanwhile | PostmortemError | None] = field(default_factory=list)
    opens: list[str] = field(default_factory=list)
    puts: list[tuple[str, str]] = field(default_factory=list)

    def put(self, name: str, words: str, change: Change) -> None:
        """Make a change, after what somebody else does meanwhile."""
        other = self.meanwhile.pop(0) if self.meanwhile else None
        if isinstance(other, PostmortemError):
            raise other
        if other is not None:
            self.report = other(self.report)
        self.report = change(self.report)
        self.puts.append((name, words))

    def opened(self, name: str, part: str = "") -> None:
        """Note which question is open."""
        self.opens.append(f"{name} {part}".strip())

    def half(self, name: str, part: str = "") -> str:
        """Return what was half typed for a question, once."""
        words = self.words if f"{name} {part}".strip() == self.waiting else ""
        self.waiting = self.words = ""
        return words


@dataclass(frozen=True)
class Held:
    """What came of an interview."""

    record: Kept
    script: Script
    sitting: Sitting

    @property
    def report(self) -> Report:
        """The record as it is now."""
        return self.record.report

    @property
    def said(self) -> str:
        """All that was shown, a text a line."""
        return "\n".join(self.script.said)

    @property
    def questions(self) -> list[str]:
        """What was asked, in order."""
        return [question.text for question in self.script.asked]

    @property
    def given(self) -> list[str]:
        """What stood in each answer already."""
        return [question.given for question in self.script.asked]

    def question(self, at: int = -1) -> Question:
        """Return one question, as it was asked."""
        return self.script.asked[at]


def sitting(
    asked: Asked,
    *answers: Answer,
    record: Kept | None = None,
    meanings: Mapping[str, Mapping[str, str]] | None = None,
    words: Mapping[str, Sequence[str]] | None = None,
) -> Held:
    """Return an interview that has not begun."""
    script, kept = Script(answers), record or Kept()
    made = Sitting(
        prompts=script,
        record=kept,
        asked=asked,
        meanings=meanings or {},
        words=lambda name: (words or {}).get(name, ()),
    )
    return Held(kept, script, made)


def held(
    asked: Asked, names: str | Sequence[str], *answers: Answer, **more: Any
) -> Held:
    """Hold an interview about some fields; every answer of the script is used."""
    made = sitting(asked, *answers, **more)
    wizard.walk(made.sitting, names.split() if isinstance(names, str) else names)
    assert next(made.script._answers, None) is None
    return made


def begun(**known: Any) -> Kept:
    """Return a record in which something is known."""
    extra = {name: known.pop(name) for name in list(known) if name not in _STANDARD}
    return Kept(Report(**known, extra=extra))


BACK, ALL = Move.BACK, Move.ALL
_STANDARD = Report.__struct_fields__
