"""One quiet line about what was just typed, where a rule has something to say of it.

The rules are loaded while somebody reads and types; an answer that comes before they
are there is looked at with the next one, so that no question has to wait.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from postmortem.checks.typed import Listening, Remark
    from postmortem.commands._desk import Desk
    from postmortem.commands._talk import Talk
    from postmortem.markdown import Template
    from postmortem.model import Report

PATIENCE = 0.05
"""Seconds for which the next question may wait."""

_LONGEST = 20_000
"""Characters; of a longer answer, a log that was pasted, `check` speaks later."""

_WARM = "The engineer should have paged, and the team forgot it was of the essence."
"""In the language whose words are mostly looked for."""


class Hints:
    """What a wizard's sitting hears of each answer; see `wizard.Heard`."""

    def __init__(self, desk: Desk, talk: Talk, template: Template) -> None:
        self._desk, self._talk, self._template = desk, talk, template
        self._listening: Listening | None = None
        self._there = Event()
        self._waiting: list[Callable[[Listening], Sequence[Remark]]] = []
        Thread(target=self._load, name="rules", daemon=True).start()

    def said(self, name: str, before: Report, after: Report) -> str:
        """Return a line about what a field says now, and did not before; or nothing."""
        if len(str(after.value(name) or "")) > _LONGEST:
            return ""
        return self._told(name, after, lambda it: it.said(name, before, after))

    def left(self, name: str, rows: Sequence[Any], report: Report) -> str:
        """Return a line about what rows lack when they are asked for no more."""
        return self._told(name, report, lambda it: it.left(name, rows, report))

    def _load(self) -> None:
        from postmortem.checks.typed import Listening
        from postmortem.model import Report

        listening = Listening(
            outline=self._template.outline,
            settings=self._desk.place.settings,
            now=self._desk.env.now,
        )
        listening.said("summary", Report(), Report(summary=_WARM))
        self._listening = listening
        self._there.set()

    def _told(
        self, name: str, report: Report, ask: Callable[[Listening], Sequence[Remark]]
    ) -> str:
        self._waiting.append(ask)
        if not self._there.wait(PATIENCE) or self._listening is None:
            return ""
        asks, self._waiting = self._waiting, []
        found = [it for each in reversed(asks) for it in each(self._listening)]
        hinted = self._talk.hinted
        fresh = [it for it in found if _is_private(it) or _mark(it) not in hinted]
        if not fresh:
            return ""
        worst = min(fresh, key=lambda it: it.finding.severity != "error")
        hinted.add(_mark(worst))
        return _line(worst, _edits(worst, name, report), self._desk.env.width)


def _is_private(remark: Remark) -> bool:
    """Tell whether it stays inside: then it is taken out of each answer that has it."""
    from postmortem.checks.catalogue import rules

    return rules()[remark.finding.code].group == "privacy"


def _mark(remark: Remark) -> int:
    """Return what tells a wording from others; it does not give it away."""
    words = remark.words.casefold() or remark.finding.message
    return hash((remark.finding.code, words))


def _edits(remark: Remark, name: str, report: Report) -> str:
    """Say what is typed to change it: the row by what it is called, else back."""
    rows = report.value(name)
    if remark.row is None or not isinstance(rows, tuple):
        return "<"
    number = next((at for at, row in enumerate(rows, 1) if row == remark.row), 0)
    return getattr(remark.row, "key", None) or (str(number) if number else "<")


def _line(remark: Remark, edits: str, width: int) -> str:
    """Return one line; the advice stands in it where there is room.

    What holds up even a draft is not offered to be kept, and nothing is where what is
    wrong would be cut for it.
    """
    from postmortem.checks.results import is_leak

    finding = remark.finding
    said = f"  {finding.code}: {finding.message}"
    brief = f"  ({edits} edits it)"
    tail = brief if is_leak(finding) else f"  (keep it, or {edits} edits it)"
    advice = f"; {finding.hint}" if finding.hint else ""
    for whole in (f"{said}{advice}{tail}", f"{said}{tail}", f"{said}{brief}"):
        if len(whole) < width:
            return whole
    room = width - len(tail) - 1
    return f"{said[: room - 1]}…{tail}"
