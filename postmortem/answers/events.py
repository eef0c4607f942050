"""Events as people write them: a mapping, or `14:02 the deploy starts`."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo

import msgspec

from postmortem import moments
from postmortem.answers.notes import Notes, place
from postmortem.answers.row_kinds import kinded
from postmortem.answers.spoken import one_line
from postmortem.errors import PostmortemError
from postmortem.markdown import Field, convert, values
from postmortem.model import Event
from postmortem.moments import NoDay, NotATime, Span
from postmortem.yamls import Node

PARTS = ("at", "said", "text", "kind", "source", "link")
"""The keys of an event: `said` is the wording of a time that is no instant."""

_WORD = re.compile(r"\S+")
_MOST_WORDS = 12
"""`Sat, May 24, 2025 at 11:00 am EDT = 15:00 UTC` has no more."""
_ENDS = ":,"
_HALVES = ("am", "pm", "a.m", "p.m")
_BETWEEN = re.compile(r"[:,]?\s*(?:[-\u2013\u2014:|]\s+)?")
_IN_UTC = re.compile(r"\s+\((?P<said>[^()]{1,60}\bUTC)\)")
"""The time in UTC that lists show beside the one on the clocks of a zone."""
_UNKNOWN = re.compile(r"(?:\?+|\[\?+\]|TBD)(?=\s|$)")
_HINT = "begin it with its time, as in 14:02, or with ? when that is not known"


@dataclass(kw_only=True)
class Line:
    """What completes the time of the next event."""

    zone: tzinfo
    near: date | None = None
    """An instant of the incident; a plain date is the day itself."""
    previous: datetime | None = None
    """The time of the event before."""
    lost: bool = False
    """Whether it was noted already that no event says its day."""
    kinds: Collection[str] = ()
    """Words that are kinds of events here, besides those that are everywhere."""

    def read(self, text: str) -> Span:
        """Read a time; raises PostmortemError."""
        span = moments.read(
            text, zone=self.zone, near=self.near, previous=self.previous
        )
        self.previous = span.at
        return span


def event(known: Field, node: Node, line: Line, notes: Notes) -> Event | None:
    """Return one event; None after noting why there is none."""
    node = one_line(node, PARTS)
    if isinstance(node.value, str):
        return _spoken(node, node.value, line, notes)
    if not node.entries:
        notes.wrong(node, "this is no event", _HINT)
        return None
    parts = _parts(node, notes)
    when = _when(node.entries.get("at"), parts, line, notes)
    rest = {part: said for part, said in parts.items() if part not in ("at", "said")}
    made, _ = convert.row(known, rest, convert.Clock())
    if not isinstance(made, Event) or not made.text:
        notes.wrong(node, "this event has no text", "say what happened then")
        return None
    if when is None:
        return made.replace(said=parts.get("said"))
    return made.replace(at=when.at, until=when.until, approximate=when.approximate)


def time_of(node: Node, line: Line) -> str:
    """Return the words of an event that are its time, as far as that can be told."""
    if node.entries:
        at = node.entries.get("at")
        return at.value if at and isinstance(at.value, str) else ""
    text = " ".join(node.value.split()) if isinstance(node.value, str) else ""
    try:
        return text[: _time(text, line)]
    except PostmortemError:
        return text[: moments.leading(text)]


def _parts(node: Node, notes: Notes) -> dict[str, str]:
    parts: dict[str, str] = {}
    for name, part in node.entries.items():
        if name not in PARTS:
            notes.unknown(place(part), "part of an event", name, PARTS)
        elif isinstance(part.value, str):
            if not values.unset(part.value):
                parts[name] = " ".join(part.value.split())
        elif part.value is not None:
            notes.wrong(part, f"{name} takes one text")
    return parts


def _when(
    node: Node | None, parts: dict[str, str], line: Line, notes: Notes
) -> Span | None:
    if node is None or "at" not in parts:
        return None
    try:
        return line.read(parts["at"])
    except NotATime as error:
        first = error.problems[0]
        said = f"{first.hint}; a time in words goes into `said`"
        notes.wrong(node, f"at: {first.message}", said)
    except PostmortemError as error:
        _note(node, error, line, notes)
    return None


def _spoken(node: Node, text: str, line: Line, notes: Notes) -> Event | None:
    """Read an event on one line: a time, then what happened."""
    text = " ".join(text.split())
    span = None
    if unknown := _UNKNOWN.match(text):
        end = unknown.end()
    else:
        try:
            end = _time(text, line)
        except PostmortemError as error:
            _note(node, error, line, notes)
            return None
        if not end:
            notes.wrong(node, f"this event begins with no time: {_cut(text)!r}", _HINT)
            return None
        span = line.read(text[:end])
        end = _beside(text, end, span)
    made = _event(_said(text[end:]), span, line)
    if not made.text:
        notes.wrong(node, f"this event has no text: {text!r}", "say what happened then")
        return None
    return made


def _event(said: str, when: Span | None, line: Line) -> Event:
    kind, text = kinded(said, line.kinds)
    made = Event(text=text, kind=kind)
    if when is None:
        return made
    return made.replace(at=when.at, until=when.until, approximate=when.approximate)


def _beside(text: str, end: int, when: Span) -> int:
    """Return where a time ends that says itself in UTC as well, in brackets."""
    found = _IN_UTC.match(text, end)
    if found is None:
        return end
    try:
        there = moments.read(found["said"], zone=UTC, near=when.at)
    except PostmortemError:
        return end
    return found.end() if (there.at, there.until) == (when.at, when.until) else end


def _time(text: str, line: Line) -> int:
    """Return where the time at the beginning of a text ends; 0 when there is none.

    The longest beginning that is a time counts, without the words behind its clock that
    say neither day nor zone: they belong to what happened. Raises PostmortemError when
    that beginning could be several times.
    """
    words = list(_WORD.finditer(text))[:_MOST_WORDS]
    spans = [_read(text[: word.end()].rstrip(_ENDS), line) for word in words]
    last = next((at for at in reversed(range(len(words))) if spans[at]), None)
    if last is None:
        return 0
    best = spans[last]
    if isinstance(best, PostmortemError):
        raise best
    if last + 1 < len(words) and _is_half(words[last + 1][0]):
        line.read(text[: words[last + 1].end()])
    last = next(at for at in range(last + 1) if _same(spans[at], best))
    while last + 1 < len(words) and _is_half(words[last + 1][0]):
        last += 1
    if last + 1 < len(words) and _is_time(words[last + 1][0]):
        last += spans[last + 1] == spans[last]  # US Eastern time
    end = len(text[: words[last].end()].rstrip(_ENDS))
    return 0 if moments.goes_on(text, end) else end


def _is_half(word: str) -> bool:
    return word.casefold().strip(".,:") in _HALVES


def _is_time(word: str) -> bool:
    return word.casefold().strip(_ENDS) == "time"


def _same(one: object, two: object) -> bool:
    """Tell whether two readings are one time, and say the same of day and zone."""
    if not isinstance(one, Span) or not isinstance(two, Span):
        return False
    one, two = (msgspec.structs.replace(it, approximate=False) for it in (one, two))
    return one == two


def _read(text: str, line: Line) -> Span | PostmortemError | None:
    try:
        return moments.read(
            text, zone=line.zone, near=line.near, previous=line.previous
        )
    except NotATime:
        return None
    except PostmortemError as error:
        return error


def _note(node: Node, error: PostmortemError, line: Line, notes: Notes) -> None:
    """Note what is wrong with a time; that a day is missing, once for all events."""
    if isinstance(error, NoDay):
        if line.lost:
            return
        line.lost = True
    first = error.problems[0]
    notes.wrong(node, first.message, first.hint)


def _said(text: str) -> str:
    return text[_found.end() :] if (_found := _BETWEEN.match(text)) else text


def _cut(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60]}…"  # noqa: PLR2004 - a line
