"""Questions that take prose: a few lines here, or more of them in the editor."""

from __future__ import annotations

from postmortem.markdown import Field
from postmortem.model import Report
from postmortem.prompts import Move, Question
from postmortem.wizard.facts import assigned, wanted
from postmortem.wizard.given import same, says_none, written
from postmortem.wizard.insisting import until_kept
from postmortem.wizard.proposing import SKIP, proposed, said_elsewhere
from postmortem.wizard.reasons import explained
from postmortem.wizard.refusals import needed
from postmortem.wizard.sitting import Sitting

_KEYS = "empty line ends it · ? why · < back · / all"
_OFFERED = f"Enter takes it · {SKIP}"


def ask_text(sitting: Sitting, known: Field, progress: str) -> Move | None:
    """Ask for prose and put it into the record; return where to go instead.

    What was said of it elsewhere is shown, and Enter alone takes it.
    """
    given = written(sitting, known)
    offered = proposed(sitting.report, known)
    for said in said_elsewhere(sitting.report, known):
        sitting.prompts.say(said, quiet=True, hang=2)
    enter = _OFFERED if offered else "Enter: skip"
    question = Question(
        text=known.question or known.label,
        progress=progress,
        given=given,
        help=explained(known, "none alone says that there is none."),
        keys=_KEYS if given or wanted(known) else f"{enter} · {_KEYS}",
        words=sitting.words(known.name),
        complete=lambda said: (
            says_none(said) or (bool(offered) and said.strip().casefold() == SKIP)
        ),
        understood=lambda said: _understood(
            sitting, known, given, _taken(said, offered)
        ),
    )

    def _ask(question: Question) -> str | Move:
        said = sitting.text(known.name, question)
        return _taken(said, offered) if isinstance(said, str) else said

    return until_kept(
        sitting,
        known.name,
        question,
        _ask,
        lambda said: lambda report: _told(sitting, report, known, said),
    )


def _taken(said: str, offered: str) -> str:
    """Return what an answer says where one is offered; nothing leaves it open."""
    if not offered:
        return said
    return {"": offered, SKIP: ""}.get(said.strip().casefold(), said)


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
    if said and said == proposed(sitting.report, known):
        return said
    made = _told(sitting, sitting.report, known, said)
    if made.value(known.name) is None and wanted(known):
        raise needed(known)
    return ""
