"""Questions for a moment of the incident: a time, with words behind it or without."""

from __future__ import annotations

import re
from functools import partial
from typing import NamedTuple

from postmortem import moments
from postmortem.answers.row_changes import placed
from postmortem.answers.zones import zone_taken
from postmortem.markdown import Field
from postmortem.model import Event, Moment, Report
from postmortem.prompts import Move, Question
from postmortem.wizard.facts import assigned, keys, wanted
from postmortem.wizard.given import same, written
from postmortem.wizard.insisting import until_kept
from postmortem.wizard.reasons import explained
from postmortem.wizard.refusals import needed
from postmortem.wizard.sitting import Sitting
from postmortem.wizard.telling import Told, told

ASIDE = {"detected": "detection", "mitigated": "recovery"}
"""The field that takes the words behind a moment's time, too: how it was noticed, or
what ended it. They are the text of the moment's event in any case."""
_NOT_YET = re.compile(
    r"""
    \s* (?: no | not\ yet | not\ known(?:\ yet)? | unknown | no\ idea
          | (?:still\ )?ongoing | still | (?:do\ not|don'?t)\ know )
    (?: \s*\.?\s*
      | \s* (?:[,;:]|\.|\s[-\u2013\u2014]) \s+ (?P<words>\S.*) )
    """,
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
"""What people say of a moment that has not come, or that nobody knows."""


def ask_moment(sitting: Sitting, known: Field, progress: str) -> Move | None:
    """Ask for a moment and put it into the record; return where to go instead."""
    given = written(sitting, known)
    question = Question(
        text=known.question or known.label,
        progress=progress,
        given=given,
        help=explained(known),
        keys=keys(known, given),
        understood=lambda said: _understood(sitting, known, given, said),
    )
    return until_kept(
        sitting,
        known.name,
        question,
        partial(sitting.line, known.name),
        lambda said: lambda report: _answered(sitting, report, known, said),
    )


def _answered(sitting: Sitting, report: Report, known: Field, said: str) -> Report:
    found = _told(sitting, report, known, said)
    if found.at is None:
        made = report.with_value(known.name, None)
    else:
        made = report.with_value(known.name, found.at.moment)
        made = made.replace(zone=found.at.zone or report.zone)
    if not found.words:
        return _followed(report, made, known.name)
    return _with_words(sitting, made, known.name, found.words)


def _understood(sitting: Sitting, known: Field, given: str, said: str) -> str:
    """Say which instant a time is; raises PostmortemError for one that is none."""
    if said.strip() and same(said, given):
        return ""
    found = _told(sitting, sitting.report, known, said)
    if found.at is None:
        if wanted(known):
            raise needed(known)
        return "not known yet" if said.strip() else ""
    moment = found.at.moment
    about = "about " if moment.approximate else ""
    zone = sitting.asked.in_zone(found.at.zone) if found.at.zone else sitting.zone
    when = f"{about}{moments.describe(moment.at, zone)}"
    ahead = " (that is still to come)" if moment.at > sitting.asked.now else ""
    return f"{when}{ahead}{f'; {found.words}' if found.words else ''}"


class _At(NamedTuple):
    """A moment, and the zone that the report takes from its words, if it does."""

    moment: Moment
    zone: str | None


def _told(sitting: Sitting, report: Report, known: Field, said: str) -> Told:
    """Read a time with the words behind it."""
    if not said.strip():
        return Told(None, "")
    if open_yet := _NOT_YET.fullmatch(said):
        return Told(None, (open_yet["words"] or "").strip())

    def _read(time: str) -> _At | None:
        moment = assigned(sitting, report, known, time).value(known.name)
        if moment is None:
            return None
        return _At(moment, zone_taken(report, time, moment.at, sitting.asked))

    return told(said, _read)


def _followed(report: Report, made: Report, moment: str) -> Report:
    """Let the event that stands for a moment go along when its time is another."""
    old, new = report.value(moment), made.value(moment)
    rows = report.timeline or ()
    event = next(
        (it for it in rows if old and (it.kind, it.at) == (moment, old.at)), None
    )
    if event is None or new is None or new.at == event.at:
        return made
    others = tuple(it for it in rows if it is not event)
    moved = event.replace(at=new.at, approximate=new.approximate)
    return made.replace(timeline=placed(others, moved))


def _with_words(sitting: Sitting, report: Report, moment: str, words: str) -> Report:
    """Keep what was said behind a time: as an event, and in its field.

    With no time, or no timeline to stand in, it is in its field alone. An event with
    the same words is the one that was told before, at another time.
    """
    at: Moment | None = report.value(moment)
    aside = ASIDE.get(moment, "recovery" if moment == "resolved" and not at else "")
    if aside in sitting.form:
        text = report.value(aside)
        if not (isinstance(text, str) and words in text):
            said = f"{text}\n\n{words}" if text else words
            report = report.with_value(aside, said)
        if not at or "timeline" not in sitting.form:
            return report
    event = Event(
        text=words,
        kind=moment,
        at=at.at if at else None,
        approximate=bool(at and at.approximate),
    )
    rows = tuple(
        each
        for each in report.timeline or ()
        if (each.text, each.kind) != (event.text, event.kind)
    )
    return report.replace(timeline=placed(rows, event))
