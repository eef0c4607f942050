"""A candidate as an event: one line of escaped Markdown, bounded, with its sources."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from postmortem import moments
from postmortem.escape import single_line
from postmortem.markdown import inline, spelling
from postmortem.model import Event
from postmortem.timeline.folding import Group
from postmortem.timeline.people import People

LONGEST = 280
"""Characters of a text that stand in the report; how many more there are is said."""
BETWEEN = ", "
"""Between the sources of one event."""

_LINK = re.compile(r"https?://[^\s<>\"'`\\|(){}\[\]\x00-\x20\x7f-\x9f]{3,2000}")
_INVISIBLE = re.compile(r"<!--+>|<br\s*/?>", re.IGNORECASE)
_TALK = ("message", "command")
"""What says nothing of an event, but where somebody named it on purpose."""
_ON_PURPOSE = 3
_NOTHING = "(no text)"


def event_of(
    group: Group, people: People, *, minutes: bool = False, kind: bool = True
) -> Event:
    """Return the event that a report gets, at its instant to the second.

    With `minutes` its time is cut to the minute; without `kind` its words say alone
    what it was.
    """
    lead, line = group.lead, words(group, people, kind=kind)
    link = link_of(group)
    return Event(
        at=cut(group.at, minutes=minutes),
        until=cut(lead.until, minutes=minutes) if _is_span(group) else None,
        approximate=lead.approximate,
        text=literal(line),
        kind=kind_of(group) if kind else None,
        source=BETWEEN.join(map(_source, group.sources)) or None,
        link=None if link and link in line else link,
    )


def words(group: Group, people: People, *, kind: bool = True) -> str:
    """Return what happened in plain words, on one line that is not too long.

    Its kind stands before it, and is not said again.
    """
    line = single_line(people.told(group.lead)) or _NOTHING
    line = unrepeated(line, group.kind) if kind else line
    if len(line) <= LONGEST:
        return line
    kept = line[:LONGEST].rsplit(" ", 1)[0] if " " in line[:LONGEST] else line[:LONGEST]
    return f"{kept} … ({len(line) - len(kept)} more characters)"


def unrepeated(line: str, kind: str | None) -> str:
    """Return a line without the word for its kind at its beginning.

    >>> unrepeated("mitigated: the feed loads", "mitigated")
    'the feed loads'
    """
    if kind and (
        again := re.match(rf"{re.escape(kind)}(?::\s*|\s+)", line, re.IGNORECASE)
    ):
        return line[again.end() :] or line
    return line


def literal(text: str) -> str:
    r"""Return plain text as inline Markdown that shows it and means nothing.

    >>> literal("a *b* [c](d) | e")
    'a \\*b\\* \\[c\\](d) | e'
    """
    plain = _INVISIBLE.sub(" ", single_line(text))
    return inline.canonical(spelling.escaped(plain, full=True))


def link_of(group: Group) -> str | None:
    """Return the first link that leads to the web and ends nothing."""
    return next((each for each in group.links if _LINK.fullmatch(each)), None)


def cut(at: datetime | None, *, minutes: bool = False) -> datetime | None:
    """Return an instant in UTC without fractions of a second, or without seconds."""
    if at is None:
        return None
    here = moments.shown_in(at, UTC)
    return here.replace(second=0 if minutes else here.second, microsecond=0)


def kind_of(group: Group) -> str | None:
    """Return what it was; that somebody said or ran something is no kind."""
    kind, lead = group.kind, group.lead
    if kind is None:
        return None
    if kind in _TALK and (lead.author or lead.weight < _ON_PURPOSE):
        return None
    return literal(kind) or None


def _is_span(group: Group) -> bool:
    until = group.lead.until
    return until is not None and until > group.at


def _source(source: str) -> str:
    """Return a source as one name: what stands between sources is not in it."""
    return literal(source.replace(BETWEEN, " "))
