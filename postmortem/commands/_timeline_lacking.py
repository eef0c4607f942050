"""What evidence does not say and a person knows: the zone, the day, the columns."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from postmortem import moments, timeline
from postmortem.commands._timeline_columns import shown, told_columns
from postmortem.errors import PostmortemError
from postmortem.prompts import Option, Question

if TYPE_CHECKING:
    from postmortem.commands._timeline_asked import Ask
    from postmortem.commands._timeline_evidence import Gathered
    from postmortem.commands._timeline_import import Job
    from postmortem.importers import Unplaced
    from postmortem.model import Report
    from postmortem.prompts import Prompts

_SIGNS = {
    "zone": re.compile(r"\bzone\b"),
    "date": re.compile(r"of which day|no day|no date"),
    "day_first": re.compile(r"could be (?=.* or )|either way round"),
}
OPTIONS = {
    "zone": "--zone says by which clocks times are that name no zone",
    "date": "--date says of which day times are that name no day",
    "day_first": "--day-first or --month-first says how 03/04/2025 is meant",
}


def lacking(ask: Ask, unplaced: Iterable[Unplaced]) -> list[str]:
    """Return which options would place more, and were not given."""
    told = "\n".join({each.why for each in unplaced})
    return [
        name
        for name, sign in _SIGNS.items()
        if getattr(ask, name) is None and sign.search(told)
    ]


def asked_of(
    job: Job, found: Gathered, report: Report, asked: set[str]
) -> dict[str, Any]:
    """Ask for what would place more, and return it; nothing where nothing is lacking.

    What is in `asked` is not asked again, and what is asked now is in it from now on.
    """
    from postmortem.commands._talk import Talk

    prompts = Talk(job.env, plain=job.ask.plain).prompts
    ask, more = job.ask, dict[str, Any]()
    if found.guesses and "columns" not in asked and not ask.columns:
        asked.add("columns")
        if said := _columns(prompts, found):
            return {"columns": said}
    lacks = [each for each in lacking(ask, found.intake.unplaced) if each not in asked]
    if "zone" in lacks:
        which = "By which clocks are the times that name no zone?"
        more["zone"] = _line(prompts, which, job.named)
    if "date" in lacks:
        at = timeline.incident(report).begin or job.env.now
        day = moments.shown_in(at, job.zone).date().isoformat()
        which = "Of which day are the times that name no day?"
        more["date"] = _line(prompts, which, day)
    if "day_first" in lacks:
        more["day_first"] = _day_first(prompts)
    asked.update(more)
    return {name: said for name, said in more.items() if said not in (None, "")}


def _columns(prompts: Prompts, found: Gathered) -> tuple[str, ...]:
    """Show what the columns of each table seem to be; return what is said instead."""
    told: list[str] = []
    for name, guess in found.guesses:
        prompts.say(f"{name} is of no tool that is known. It is read so:")
        question = Question(
            text="What each column says",
            given=shown(guess),
            help="Enter takes it; change it as you like: time, text, author, kind …",
        )
        while True:
            said = prompts.line(question)
            said = said.strip() if isinstance(said, str) else ""
            try:
                told_columns((said,) if said else ())
            except PostmortemError as error:
                prompts.say(error.problem.message)
                continue
            break
        if said and said != shown(guess):
            told.append(said)
    return tuple(told)


def _day_first(prompts: Prompts) -> bool | None:
    question = Question(text="How is a date such as 03/04/2025 meant?", given="day")
    options = (
        Option("day", "3 April", "the day comes first"),
        Option("month", "4 March", "the month comes first"),
        Option("neither", "not known", "such times have no place"),
    )
    said = prompts.choose(question, options)
    return {"day": True, "month": False}.get(said) if isinstance(said, str) else None


def _line(prompts: Prompts, text: str, given: str) -> str:
    said = prompts.line(Question(text=text, given=given))
    return said.strip() if isinstance(said, str) else ""
