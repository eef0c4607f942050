"""Questions for a moment of the incident: a time, with words behind it or without."""

from __future__ import annotations

import re
from functools import partial

from postmortem import moments
from postmortem.answers.row_changes import placed
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

ASIDE = {"detected": "detection", "resolved": "recovery", "mitigated": "recovery"}
"""The field that takes the words behind a moment's time: how it was noticed, or what
ended it."""
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
    made = report.with_value(known.name, found.at)
    return _with_words(sitting, made, known.name, found.words) if found.words else made


def _understood(sitting: Sitting, known: Field, given: str, said: str) -> str:
    """Say which instant a time is; raises PostmortemError for one that is none."""
    if said.strip() and same(said, given):
        return ""
    found = _told(sitting, sitting.report, known, said)
    if found.at is None:
        if wanted(known):
            raise needed(known)
        return "not known yet" if said.strip() else ""
    about = "about " if found.at.approximate else ""
    when = f"{about}{moments.describe(found.at.at, sitting.zone)}"
    ahead = " (that is still to come)" if found.at.at > sitting.asked.now else ""
    return f"{when}{ahead}{f'; {found.words}' if found.words else ''}"


def _told(sitting: Sitting, report: Report, known: Field, said: str) -> Told:
    """Read a time with the words behind it."""
    if not said.strip():
        return Told(None, "")
    if open_yet := _NOT_YET.fullmatch(said):
        return Told(None, (open_yet["words"] or "").strip())
    return told(
        said,
        lambda time: assigned(sitting, report, known, time).value(known.name),
    )


def _with_words(sitting: Sitting, report: Report, moment: str, words: str) -> Report:
    """Keep what was said behind a time: in its field, or as an event.

    An event with the same words is the one that was told before, at another time.
    """
    aside = ASIDE.get(moment, "")
    if aside in sitting.form:
        text = report.value(aside)
        if isinstance(text, str) and words in text:
            return report
        return report.with_value(aside, f"{text}\n\n{words}" if text else words)
    at: Moment | None = report.value(moment)
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
