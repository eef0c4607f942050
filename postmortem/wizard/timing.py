"""Questions for a moment of the incident: a time, with words behind it or without."""

from __future__ import annotations

import re
from functools import partial
from typing import NamedTuple

from postmortem import moments
from postmortem.answers.row_kinds import without
from postmortem.answers.zones import zone_taken
from postmortem.markdown import Field
from postmortem.model import Moment, Report
from postmortem.prompts import Move, Question
from postmortem.wizard.facts import assigned, keys, wanted
from postmortem.wizard.given import same, written
from postmortem.wizard.insisting import until_kept
from postmortem.wizard.reasons import explained
from postmortem.wizard.refusals import needed
from postmortem.wizard.retelling import Retelling, earlier_words, tell_zone
from postmortem.wizard.sitting import Sitting
from postmortem.wizard.telling import Told, told

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
    """Ask for a moment and put it into the record; return where to go instead.

    What stood behind the time is shown with it, and what is said now takes its place.
    """
    again = Retelling(sitting, known.name, earlier_words(sitting, known.name))
    given = _given(sitting, known, again.earlier)
    question = Question(
        text=known.question or known.label,
        progress=progress,
        given=given,
        help=explained(known),
        keys=keys(known, given),
        understood=lambda said: _understood(sitting, known, given, said),
    )
    before = sitting.report
    kept: list[Told] = []

    def _put(report: Report, said: str) -> Report:
        kept[:] = [_told(sitting, report, known, said)]
        return _answered(again, report, kept[0])

    move = until_kept(
        sitting,
        known.name,
        question,
        partial(sitting.line, known.name),
        lambda said: lambda report: _put(report, said),
    )
    if move is None and kept:
        _remember(sitting, known.name, kept[0])
        for note in again.notes:
            sitting.prompts.say(note)
        tell_zone(sitting, known.name, before)
    return move


def _given(sitting: Sitting, known: Field, words: str) -> str:
    """Return the earlier answer as it could be typed: the time, then the words."""
    time = written(sitting, known) or ("no" if words else "")
    return f"{time}, {words}" if words else time


def _answered(again: Retelling, report: Report, found: Told) -> Report:
    if found.at is None:
        made = report.with_value(again.name, None)
    else:
        made = report.with_value(again.name, found.at.moment)
        made = made.replace(zone=found.at.zone or report.zone)
    return again.told(report, made, found.words)


def _remember(sitting: Sitting, name: str, found: Told) -> None:
    """Note which words and which zone were told, for whoever corrects them."""
    words, zones = sitting.spoken.words, sitting.spoken.zones
    if found.words:
        words[name] = found.words
    zones.pop(name, None)
    if found.at and found.at.named:
        zones[name] = found.at.named


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
    named: str | None
    """The zone that its words name, whether the report takes it or not."""


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
        named = moments.zone_named(time)
        return _At(moment, _taken(sitting, report, known.name, time, moment), named)

    found = told(said, _read)
    return found._replace(words=without(found.words, known.name))


def _taken(
    sitting: Sitting, report: Report, name: str, time: str, moment: Moment
) -> str | None:
    """Return the zone that the report takes from a time, where nobody told another.

    Times that it knows already do not matter: they were read by clocks that nobody
    named. A zone that the earlier answer to this question told is corrected with it.
    """
    zones = sitting.spoken.zones
    if any(each != name for each in zones):
        return None
    own = report.zone is not None and zones.get(name) == report.zone
    if own and report.zone != sitting.asked.zone:
        return moments.zone_named(time)
    return zone_taken(Report(zone=report.zone), time, moment.at, sitting.asked)
