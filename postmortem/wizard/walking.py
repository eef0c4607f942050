"""From one question to the next and back, through the fields that are to be asked."""

from __future__ import annotations

from collections.abc import Sequence

from postmortem import answers
from postmortem.markdown import Field
from postmortem.markdown.fields import (
    EVENTS,
    MOMENT,
    REVISIONS,
    ROW_KINDS,
    SEVERAL,
    TEXT,
)
from postmortem.model import FORMULAS, MOMENTS
from postmortem.prompts import Move
from postmortem.wizard.choosing import ask_choice, ask_several, can_choose
from postmortem.wizard.facts import ask_line, wanted
from postmortem.wizard.naming import name_events
from postmortem.wizard.overview import LEAVE, ask_which
from postmortem.wizard.picking import (
    ask_moments,
    can_pick,
    pick_moment,
    tell_durations,
)
from postmortem.wizard.rows import ask_rows
from postmortem.wizard.sitting import Sitting
from postmortem.wizard.texts import ask_text
from postmortem.wizard.timing import ask_moment

_WORTH_ASKING = ("owner",)
"""Facts that are asked though a template does not ask them first."""
_MEASURED = frozenset(name for _, *both in FORMULAS for name in both)
"""Moments of which a duration is made."""
_MANY = 3
"""Events from which a moment is rather picked than typed."""


def walk(
    sitting: Sitting, names: Sequence[str], *, start: str = "", open_only: bool = False
) -> bool:
    """Ask for these fields, one after the other; tell whether all were gone through.

    `start` is the one to begin with, though it be none of them. With `open_only` what
    is known already is passed over, though one can go back to it. Whoever looks at all
    fields ends the walk.
    """
    if start not in names and start in sitting.asked.fields:
        names = (start, *names)
    at = names.index(start) if start in names else 0
    forward = True
    while at < len(names):
        known = sitting.asked.fields[names[at]]
        if forward and open_only and names[at] != start and _is_known(sitting, known):
            at += 1
            continue
        start = ""
        said = ask(sitting, known, f"{at + 1}/{len(names)}" if len(names) > 1 else "")
        if said is Move.ALL:
            roam(sitting)
            return False
        if said is Move.BACK and at == 0:
            sitting.prompts.say("This is the first question.", quiet=True)
        forward = said is None
        at = at + 1 if forward else max(at - 1, 0)
    return True


def roam(sitting: Sitting) -> None:
    """Open fields from the list of all until somebody is done."""
    name = ""
    while (name := ask_which(sitting, last=name)) != LEAVE:
        ask(sitting, sitting.asked.fields[name], "")


def ask(sitting: Sitting, known: Field, progress: str) -> Move | None:
    """Ask for one field, in the way of its kind; return where to go instead."""
    if known.kind == EVENTS:
        return _ask_timeline(sitting, known, progress)
    if known.kind in ROW_KINDS:
        return ask_rows(sitting, known, progress)
    if known.kind == TEXT:
        return ask_text(sitting, known, progress)
    if known.kind == MOMENT:
        return _ask_moment(sitting, known, progress)
    if can_choose(known):
        several = known.kind == SEVERAL
        return (ask_several if several else ask_choice)(sitting, known, progress)
    return ask_line(sitting, known, progress)


def unanswered(sitting: Sitting) -> tuple[str, ...]:
    """Return the fields that an interview asks: what is not known, in the form's order.

    Those that are required or asked first come before the others. Moments are picked
    right after the timeline, where the form has one. When that is known already, those
    are asked of which a duration is made.
    """
    form, report = sitting.form, sitting.report
    open_ones = {each.name for each in answers.unknown(report, sitting.asked.outline)}
    open_ones |= {name for name in _WORTH_ASKING if name in form}
    open_ones |= {name for name, each in form.items() if each.kind == MOMENT}
    names = [
        name
        for name, each in form.items()
        if (name in open_ones or each.kind == EVENTS)
        and (report.value(name) is None or _is_begun(sitting, each))
        and each.kind != REVISIONS
        and (each.kind != MOMENT or _is_asked(sitting, each))
    ]
    first = {it for it in sitting.asked.outline.first if it in form}
    first |= {name for name in names if wanted(form[name])}
    late = {name for name in names if form[name].kind == MOMENT}
    return tuple(sorted(names, key=lambda it: it in late or it not in first))


def _is_begun(sitting: Sitting, known: Field) -> bool:
    """Tell whether a timeline has nothing but the moments that were told before it.

    Those are asked first; a row of any other was told, or picked, at the timeline.
    """
    if known.kind != EVENTS or known.name in sitting.spoken.rows:
        return False
    rows, first = sitting.report.value(known.name), sitting.asked.outline.first
    return bool(rows) and all(it.kind in MOMENTS and it.kind in first for it in rows)


def _is_asked(sitting: Sitting, moment: Field) -> bool:
    """Tell whether an interview asks for a moment by itself."""
    timeline = next((it for it in sitting.form.values() if it.kind == EVENTS), None)
    if timeline is None:
        return True
    rows = sitting.report.value(timeline.name)
    if rows is None or _is_begun(sitting, timeline):
        return False
    first = moment.name in sitting.asked.outline.first
    return first or moment.name in _MEASURED or moment.name not in MOMENTS


def _ask_timeline(sitting: Sitting, known: Field, progress: str) -> Move | None:
    """Ask for the timeline, then for the moments in it; back leads to the lines."""
    before = sitting.report.timeline
    while (said := ask_rows(sitting, known, progress)) is None:
        if sitting.report.timeline != before:
            sitting.spoken.rows.add(known.name)
            name_events(sitting)
        said = ask_moments(sitting)
        if said is not Move.BACK:
            return said
    return said


def _ask_moment(sitting: Sitting, known: Field, progress: str) -> Move | None:
    report = sitting.report
    before = report.value(known.name)
    timeline = any(each.kind == EVENTS for each in sitting.form.values())
    picks = timeline and before is None and can_pick(sitting.report, _MANY)
    said = (pick_moment if picks else ask_moment)(sitting, known, progress)
    tell_durations(sitting, report)
    if sitting.report.value(known.name) != before:
        name_events(sitting)
    return said


def _is_known(sitting: Sitting, known: Field) -> bool:
    return sitting.report.value(known.name) is not None
