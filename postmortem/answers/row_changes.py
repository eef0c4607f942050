"""One row put into a record, or changed in it: what `+=` and the interview share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from postmortem.answers.asked import Asked
from postmortem.answers.events import Line, time_of
from postmortem.answers.notes import Notes
from postmortem.answers.reading import near_moment, zone_of
from postmortem.answers.row_kinds import kinds_of, without
from postmortem.answers.rows import row
from postmortem.answers.times import FROM_NOW, about, lately
from postmortem.answers.zones import zone_taken
from postmortem.markdown import Field, values
from postmortem.markdown.fields import EVENTS
from postmortem.model import ACTION_TYPES, PRIORITIES, Action, Event, Report
from postmortem.yamls import Node

_MUST_SAY = ("text", "status")
_WORDS = {"type": ACTION_TYPES, "priority": PRIORITIES}
"""Parts of an action that are one of a few words."""
_TIME = ("at", "until", "approximate", "said")
"""What a time that is typed says of an event, all at once."""


@dataclass(frozen=True, kw_only=True)
class Rows:
    """The rows of one field; mistakes are noted, and leave the record as it was."""

    known: Field
    asked: Asked
    notes: Notes

    def add(self, report: Report, said: str | Mapping[str, str] | Node) -> Report:
        """Return the record with one more row: a line of text, or a mapping of parts.

        An event goes behind the last one that is not later, another row to the end.
        """
        node = said if isinstance(said, Node) else node_of(said)
        made = self._made(report, node)
        if made is None:
            return report
        old = report.value(self.known.name) or ()
        added = report.with_value(self.known.name, placed(old, made))
        zone = self._zone(report, node, made)
        return added.replace(zone=zone) if zone else added

    def say(self, report: Report, at: int, part: str, text: str) -> Report:
        """Return the record with a part of the row at that place said anew.

        Text that says nothing makes the part not known.
        """
        rows = report.value(self.known.name) or ()
        new = self._with_part(report, rows[at], part, text)
        others = (*rows[:at], *rows[at + 1 :])
        if part == "at" and new is not rows[at]:
            return report.with_value(self.known.name, placed(others, new))
        return report.with_value(self.known.name, (*others[:at], new, *others[at:]))

    def _with_part(self, report: Report, old: Any, part: str, text: str) -> Any:
        if values.unset(text):
            if part in _MUST_SAY:
                whose = f" of {old.key}" if getattr(old, "key", None) else ""
                self.notes.wrong(node_of(text), f"{part}{whose} has to say something")
                return old
            return _replaced(old, {part: None})
        if isinstance(old, Action) and getattr(old, part) == text:
            return old
        if part == "text" and isinstance(old, Event):
            text = without(text, old.kind)
        first = "text" if "text" in self.known.parts else self.known.parts[0]
        parts = {part: text} if part == first else {first: "-", part: text}
        fresh = self._made(report, node_of(parts))
        if fresh is None:
            return old
        if part == "at":
            return old.replace(**{name: getattr(fresh, name) for name in _TIME})
        return _replaced(old, {part: _part(fresh, part)})

    def _zone(self, report: Report, node: Node, made: Any) -> str | None:
        """Return the zone that the report takes from the first of its events."""
        if not isinstance(made, Event) or not made.at:
            return None
        said = time_of(node, _line(report, node, self.asked))
        return zone_taken(report, said, made.at, self.asked)

    def _made(self, report: Report, node: Node) -> Any:
        line = _line(report, node, self.asked)
        now = self.asked.now
        if self.known.kind == EVENTS and self.asked.confirmed:
            line = replace(line, near=_told(node, line, now))
        made = row(self.known, node, line, now, self.notes)
        return self._chosen(made) if isinstance(made, Action) else made

    def _chosen(self, made: Action) -> Action | None:
        """Return an action whose parts are of the words there are; None after a note.

        A file may have words of its own; who says one now is told those that count.
        """
        for part, words in _WORDS.items():
            said = getattr(made, part)
            word = next(
                (it for it in words if said and it.casefold() == said.casefold()), said
            )
            if said and word not in words:
                self.notes.unknown(node_of(said), part, said, words)
                return None
            made = made.replace(**{part: word})
        return made


def placed(old: tuple[Any, ...], new: Any) -> tuple[Any, ...]:
    """Put a row behind the others; an event behind the last one that is not later."""
    at = len(old)
    if isinstance(new, Event) and new.at:
        known = [(place, each.at) for place, each in enumerate(old) if each.at]
        later = [place for place, when in known if when > new.at]
        earlier = [place for place, when in known if when <= new.at]
        at = earlier[-1] + 1 if later and earlier else later[0] if later else at
    return (*old[:at], new, *old[at:])


def node_of(value: str | Mapping[str, str]) -> Node:
    """Return what was typed as the answers of a file have it, without a place."""
    if isinstance(value, str):
        return Node(value=value, start=0, end=0, line=0, column=0, style="double")
    parts = {name: node_of(part) for name, part in value.items()}
    return Node(value=parts, start=0, end=0, line=0, column=0, style="double")


def _line(report: Report, node: Node, asked: Asked) -> Line:
    """Return what completes an event: its day is the incident's, not the last's."""
    moment = near_moment(report, asked)
    last = [each.at for each in report.timeline or () if each.at]
    counted = isinstance(node.value, str) and node.value.lstrip().startswith("+")
    return Line(
        zone=zone_of(report, asked),
        near=moment.at if moment else (last[0] if last else None),
        previous=last[-1] if last and counted else None,
        kinds={*asked.moments, *kinds_of(report.timeline)},
    )


def _told(node: Node, line: Line, now: datetime) -> date:
    """Return what is near to the time of an event that somebody tells now."""
    text = time_of(node, replace(line, near=line.near or now))
    if not isinstance(line.near, datetime) or FROM_NOW.match(text):
        return lately(text, now, line.zone)
    return about(text, line.near, now, line.zone)


def _replaced(old: Any, changes: Mapping[str, Any]) -> Any:
    if isinstance(old, str):
        return next(iter(changes.values()))
    if isinstance(old, Mapping):
        return {**old, **changes}
    return old.replace(**changes)


def _part(row: Any, part: str) -> Any:
    if isinstance(row, str):
        return row
    return row.get(part) if isinstance(row, Mapping) else getattr(row, part)
