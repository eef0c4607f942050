"""The moments of the incident, picked from its timeline instead of typed again."""

from __future__ import annotations

from dataclasses import replace

from postmortem import model, moments
from postmortem.answers.row_kinds import without
from postmortem.markdown import Field
from postmortem.markdown.fields import MOMENT
from postmortem.model import Event, Moment, Report
from postmortem.moments import shown_in
from postmortem.prompts import Move, Option, Question
from postmortem.wizard.choosing import UNKNOWN
from postmortem.wizard.facts import choice_keys, wanted
from postmortem.wizard.reasons import explained
from postmortem.wizard.row_words import marks_of, words
from postmortem.wizard.sitting import Sitting
from postmortem.wizard.timing import ask_moment

_TYPED = Option("type", "at another time", "")
_LATER = ("published",)
"""A moment that no timeline of an incident has."""


def ask_moments(sitting: Sitting) -> Move | None:
    """Ask for each moment that is not known which event it was; say durations."""
    wanted = [
        each
        for name, each in sitting.form.items()
        if each.kind == MOMENT
        and name not in _LATER
        and sitting.report.value(name) is None
    ]
    if not wanted or not can_pick(sitting.report):
        return None
    said: Move | None = None
    at = 0
    while at < len(wanted) and said is not Move.ALL:
        before = sitting.report
        said = pick_moment(sitting, wanted[at], f"moment {at + 1}/{len(wanted)}")
        tell_durations(sitting, before)
        if said is Move.BACK and at == 0:
            return said
        at += -1 if said is Move.BACK else 1
    return said if said is Move.ALL else None


def can_pick(report: Report, many: int = 1) -> bool:
    """Tell whether there are that many events whose time is known."""
    return sum(1 for event in report.timeline or () if event.at) >= many


def tell_durations(sitting: Sitting, before: Report) -> None:
    """Say what the moments give now and did not before, with the formula of each."""
    known = model.durations(before)
    for each in model.durations(sitting.report):
        if each in known:
            continue
        about = "about " if each.approximate else ""
        length = moments.duration(each.length)
        wrong = "  (that order cannot be)" if each.length.total_seconds() < 0 else ""
        formula = each.formula.partition(" = ")[2]
        sitting.prompts.say(f"{each.name} = {formula}: {about}{length}{wrong}")


def pick_moment(sitting: Sitting, known: Field, progress: str) -> Move | None:
    """Ask which event a moment was, or at which other time; return where to go.

    The day is said where there are several.
    """
    events = [each for each in sitting.report.timeline or () if each.at]
    marks = marks_of(sitting.report)
    days = {shown_in(each.at, sitting.zone).date() for each in events if each.at}
    options = [
        Option(
            str(at),
            words(each, sitting.zone, each.at if len(days) == 1 else None, marks),
        )
        for at, each in enumerate(events)
    ]
    options += [_TYPED] if wanted(known) else [_TYPED, UNKNOWN]
    question = Question(
        text=known.question or known.label,
        progress=progress,
        given=_guess(known.name, events),
        help=explained(known),
        keys=choice_keys(known, known=_guess(known.name, events) != UNKNOWN.value),
    )
    while True:
        sitting.record.opened(known.name)
        said = sitting.prompts.choose(question, options)
        if isinstance(said, Move):
            return said
        if said == _TYPED.value:
            return ask_moment(sitting, known, progress)
        if said == UNKNOWN.value or _put(sitting, known.name, events[int(said)]):
            return None
        question = replace(question, given=said)


def picked(report: Report, name: str, event: Event) -> Report:
    """Return the record with an event as the moment of that name.

    The event is named after it, unless it is of a kind already.
    """
    if event.at is None:
        return report
    rows = tuple(
        (
            each.replace(kind=name, text=without(each.text, name))
            if each == event and not each.kind
            else each
        )
        for each in report.timeline or ()
    )
    at = Moment(at=event.at, approximate=event.approximate)
    return report.with_value(name, at).replace(timeline=rows or report.timeline)


def _put(sitting: Sitting, name: str, event: Event) -> bool:
    typed = moments.iso(shown_in(event.at, sitting.zone)) if event.at else ""
    return sitting.put(name, typed, lambda report: picked(report, name, event))


def _guess(name: str, events: list[Event]) -> str:
    """Return the event that is named after the moment; else that it is not known."""
    named = [at for at, each in enumerate(events) if (each.kind or "") == name]
    return str(named[0]) if named else UNKNOWN.value
