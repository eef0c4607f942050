"""Questions that take prose: a few lines here, or more of them in the editor."""

from __future__ import annotations

from functools import partial

from postmortem.markdown import Field
from postmortem.model import Report
from postmortem.prompts import Move, Question
from postmortem.wizard.facts import assigned, wanted
from postmortem.wizard.given import same, says_none, written
from postmortem.wizard.insisting import until_kept
from postmortem.wizard.reasons import explained
from postmortem.wizard.refusals import needed
from postmortem.wizard.sitting import Sitting

_KEYS = "empty line ends it · ? why · < back · / all"


def ask_text(sitting: Sitting, known: Field, progress: str) -> Move | None:
    """Ask for prose and put it into the record; return where to go instead."""
    given = written(sitting, known)
    question = Question(
        text=known.question or known.label,
        progress=progress,
        given=given,
        help=explained(known, "none alone says that there is none."),
        keys=_KEYS if given or wanted(known) else f"Enter: skip · {_KEYS}",
        words=sitting.words(known.name),
        understood=lambda said: _understood(sitting, known, given, said),
    )
    return until_kept(
        sitting,
        known.name,
        question,
        partial(sitting.text, known.name),
        lambda said: lambda report: _told(sitting, report, known, said),
    )


def _told(sitting: Sitting, report: Report, known: Field, said: str) -> Report:
    """Return the record with prose in it; `none` alone is known to be none."""
    if says_none(said):
        return report.with_value(known.name, ())
    return assigned(sitting, report, known, said)


def _understood(sitting: Sitting, known: Field, given: str, said: str) -> str:
    """Say that there is none; raises Problems for an empty answer that is wanted."""
    if said.strip() and same(said, given):
        return ""
    if says_none(said):
        return "known to be none"
    made = _told(sitting, sitting.report, known, said)
    if made.value(known.name) is None and wanted(known):
        raise needed(known)
    return ""
