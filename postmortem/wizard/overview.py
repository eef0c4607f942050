"""All fields with their state, from which any is opened again."""

from __future__ import annotations

from typing import Any

from postmortem import moments
from postmortem.answers.asked import OURS
from postmortem.markdown import Field
from postmortem.markdown.fields import ROW_KINDS
from postmortem.model import Moment
from postmortem.prompts import Move, Option, Question
from postmortem.wizard.facts import wanted
from postmortem.wizard.given import written
from postmortem.wizard.row_words import cut
from postmortem.wizard.sitting import Sitting

LEAVE = ""


def ask_which(sitting: Sitting, extra: tuple[Option, ...] = ()) -> str:
    """Show every field with its state; return the name of the one that is chosen.

    `extra` are other things to do, offered behind the fields. LEAVE is to go on.
    """
    fields = fields_of(sitting)
    options = [
        Option(each.name, each.label or each.name, state(sitting, each))
        for each in fields
    ]
    open_ones = sum(1 for each in fields if sitting.report.value(each.name) is None)
    question = Question(
        text=f"Which one? {open_ones} of {len(fields)} are not known yet.",
        given=next(
            (it.name for it in fields if sitting.report.value(it.name) is None), LEAVE
        ),
        help="A field that is chosen is asked again; nothing else is changed.",
    )
    sitting.record.opened("")
    said = sitting.prompts.choose(
        question, (*options, *extra, Option(LEAVE, "done", "leave it as it is"))
    )
    return LEAVE if isinstance(said, Move) else said


def fields_of(sitting: Sitting) -> tuple[Field, ...]:
    """Return the fields that a person can answer, in the order of the form."""
    return tuple(each for name, each in sitting.form.items() if name not in OURS)


def state(sitting: Sitting, known: Field) -> str:
    """Say in a few words what is known of a field."""
    value = sitting.report.value(known.name)
    if value is None:
        return "not known yet, and required" if wanted(known) else "not known yet"
    if value == ():
        return "none"
    if known.kind in ROW_KINDS:
        return _many(value)
    if isinstance(value, Moment):
        about = "about " if value.approximate else ""
        return f"{about}{moments.describe(value.at, sitting.zone)}"
    return cut(written(sitting, known))


def _many(rows: tuple[Any, ...]) -> str:
    return f"{len(rows)} row{'' if len(rows) == 1 else 's'}"
