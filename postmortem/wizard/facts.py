"""Questions that take one line: some words, a few with commas, a number, a day."""

from __future__ import annotations

from functools import partial

from postmortem import answers
from postmortem.markdown import Field
from postmortem.markdown.fields import DATE, LINES, SEVERAL
from postmortem.model import Report
from postmortem.prompts import Move, Question
from postmortem.wizard.given import same, says_none, written
from postmortem.wizard.insisting import until_kept
from postmortem.wizard.reasons import explained
from postmortem.wizard.refusals import bare, needed
from postmortem.wizard.sitting import Sitting

_LISTED = (LINES, SEVERAL)
SKIP = "Enter: skip, stays not known"
_MORE = "? why · < back · / all"
_NAME = 6
"""Words of an owner's name; more of them are a sentence."""
_LONG = "  an owner is one person or role, by a short name  (keep it, or < edits it)"


def ask_line(sitting: Sitting, known: Field, progress: str) -> Move | None:
    """Ask for a line and put it into the record; return where to go instead."""
    given, before = written(sitting, known), sitting.report.owner
    question = Question(
        text=known.question or known.label,
        progress=progress,
        given=given,
        help=explained(known),
        keys=keys(known, given),
        words=sitting.words(known.name),
        listed=known.kind in _LISTED,
        understood=lambda said: _understood(sitting, known, given, said),
    )
    move = until_kept(
        sitting,
        known.name,
        question,
        partial(sitting.line, known.name),
        lambda said: lambda report: _answered(sitting, report, known, said),
    )
    if move is None and known.name == "zone" and sitting.report.zone:
        sitting.spoken.zones[known.name] = sitting.report.zone
    owner = sitting.report.owner or ""
    if known.name == "owner" and owner != before and len(owner.split()) > _NAME:
        sitting.prompts.say(_LONG, quiet=True)
    return move


def assigned(sitting: Sitting, report: Report, known: Field, said: str) -> Report:
    """Return the record with an answer in it; raises Problems for a wrong one."""
    found = answers.assign(report, [f"{known.name}={said}"], sitting.asked)
    if found.problems:
        raise bare(found.problems, known.name)
    return found.report


def wanted(known: Field) -> bool:
    """Tell whether a question cannot be left open: a title never can."""
    return known.required or known.name == "title"


def keys(known: Field, given: str) -> str:
    """Return what else can be typed at a question that takes one answer."""
    enter = "" if wanted(known) else f"{SKIP} · "
    enter = "Enter keeps it · " if given else enter
    return f"{enter}{_MORE}"


def choice_keys(field: Field, *, known: bool) -> str:
    """Return the same for a question of which an answer is picked."""
    enter = "" if wanted(field) and not known else f"{SKIP} · "
    return f"{'Enter keeps it · ' if known else enter}{_MORE}"


def _answered(sitting: Sitting, report: Report, known: Field, said: str) -> Report:
    if known.kind in _LISTED and says_none(said):
        return report.with_value(known.name, ())
    return assigned(sitting, report, known, said)


def _understood(sitting: Sitting, known: Field, given: str, said: str) -> str:
    """Say which day a date is; raises Problems for what cannot be read."""
    if said.strip() and same(said, given):
        return ""
    value = _answered(sitting, sitting.report, known, said).value(known.name)
    if value is None and wanted(known):
        raise needed(known)
    return f"{value:%a %Y-%m-%d}" if known.kind == DATE and value else ""
