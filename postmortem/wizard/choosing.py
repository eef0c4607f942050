"""Questions that are answered by picking: one choice, several, yes or no."""

from __future__ import annotations

from functools import partial

from postmortem.markdown import Field
from postmortem.markdown.fields import YES_NO
from postmortem.model import Report
from postmortem.prompts import Move, Option, Question
from postmortem.wizard.facts import assigned, choice_keys, wanted
from postmortem.wizard.given import written
from postmortem.wizard.insisting import until_kept
from postmortem.wizard.reasons import explained
from postmortem.wizard.refusals import needed
from postmortem.wizard.sitting import Sitting

UNKNOWN = Option("", "not known yet", "")
_NONE = Option("", "none of these", "")


def can_choose(known: Field) -> bool:
    """Tell whether a field's answer is picked from a few."""
    return known.kind == YES_NO or bool(known.choices)


def ask_choice(sitting: Sitting, known: Field, progress: str) -> Move | None:
    """Ask for one of a field's choices; return where to go instead.

    A value that is none of them stays until another one is chosen.
    """
    question = _question(known, progress, written(sitting, known))
    options = _options(sitting, known, question.given)

    def _choose(question: Question) -> str | Move:
        sitting.record.opened(known.name)
        return sitting.prompts.choose(question, options)

    return until_kept(
        sitting,
        known.name,
        question,
        _choose,
        lambda said: lambda report: assigned(sitting, report, known, said),
    )


def ask_several(sitting: Sitting, known: Field, progress: str) -> Move | None:
    """Ask for any number of a field's choices; return where to go instead."""
    value = sitting.report.value(known.name)
    before: tuple[str, ...] = (_NONE.value,) if value == () else value or ()
    extra = tuple(each for each in value or () if each not in known.choices)
    options = [Option(each, each) for each in (*known.choices, *extra)] + [_NONE]
    chosen = before
    while True:
        sitting.record.opened(known.name)
        question = _question(known, progress, "")
        said = sitting.prompts.several(question, options, chosen)
        if isinstance(said, Move):
            return said
        if set(said) == set(before) and (said or not wanted(known)):
            return None
        found = tuple(each for each in said if each != _NONE.value) if said else None
        if found is None and wanted(known):
            sitting.prompts.say(str(needed(known)))
        elif sitting.put(
            known.name,
            ", ".join(found or ()),
            partial(_with, name=known.name, value=found),
        ):
            return None
        chosen = said


def _with(report: Report, name: str, value: tuple[str, ...] | None) -> Report:
    return report.with_value(name, value)


def _question(known: Field, progress: str, given: str) -> Question:
    return Question(
        text=known.question or known.label,
        progress=progress,
        given=given,
        help=explained(known),
        keys=choice_keys(known, known=bool(given)),
    )


def _options(sitting: Sitting, known: Field, given: str) -> tuple[Option, ...]:
    words = ("yes", "no") if known.kind == YES_NO else known.choices
    meanings = sitting.meanings.get(known.name, {})
    options = tuple(Option(each, each, meanings.get(each, "")) for each in words)
    if given and given not in words:
        options = (Option(given, given, "as it is"), *options)
    return options if wanted(known) else (*options, UNKNOWN)
