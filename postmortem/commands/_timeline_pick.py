"""Choosing among candidates: a list to mark, or the editor where there are many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from postmortem import moments, timeline
from postmortem.commands._talk import Talk
from postmortem.errors import Interrupted, Refused
from postmortem.prompts import Move, Option, Question
from postmortem.timeline import picks
from postmortem.timeline.events import kind_of, unrepeated

if TYPE_CHECKING:
    from datetime import datetime

    from postmortem.commands._timeline_import import Job
    from postmortem.timeline import Group

MANY = 50
"""Candidates above which they are chosen in the editor."""
_NAME = "timeline"


def picked(job: Job, groups: Sequence[Group], title: str) -> Mapping[int, str]:
    """Return the places that were chosen, with a moment where one was named.

    Raises Interrupted when whoever chooses leaves; then nothing is added.
    """
    try:
        if len(groups) > MANY:
            return _edited(job, groups)
        return _marked(job, groups, title)
    except Interrupted as error:
        raise Interrupted("interrupted; nothing was added") from error


def _marked(job: Job, groups: Sequence[Group], title: str) -> Mapping[int, str]:
    talk = Talk(job.env, plain=job.ask.plain)
    number = {id(group): str(at) for at, group in enumerate(groups)}
    likely, rest = timeline.ranked(groups)
    options = [
        _option(job, group, number[id(group)], heading)
        for heading, part in (("likely", likely), ("the rest", rest))
        for group in part
    ]
    chosen = [number[id(group)] for group in likely]
    question = Question(
        text=f"Which of these {len(groups)} belong into the timeline of {title}?",
        help=f"Times are {job.named}. What is likely comes first and is marked.",
        keys="Enter takes them · ? help · < leaves",
    )
    said = talk.prompts.several(question, options, chosen)
    if isinstance(said, Move):
        raise Interrupted("nothing was chosen")
    return {int(each): picks.PICK for each in said}


def _option(job: Job, group: Group, value: str, heading: str) -> Option:
    called = kind_of(group)
    kind = f"{called}: " if called else ""
    when = moments.clock(_to_second(group), job.zone, with_date=_is_long(job))
    text = unrepeated(group.lead.text, called)
    meaning = f"{kind}{text}  ({', '.join(group.sources)})"
    return Option(value, when, meaning, group=heading)


def _to_second(group: Group) -> datetime:
    return group.at.replace(microsecond=0)


def _is_long(job: Job) -> bool:
    """Tell whether times need their day."""
    return job.ask.between is not None


def _edited(job: Job, groups: Sequence[Group]) -> Mapping[int, str]:
    """Open the list in the editor, again and again until each line can be read."""
    from postmortem.commands._editor import edited

    talk = Talk(job.env, plain=job.ask.plain)
    text = picks.listed(groups, job.zone, job.named)
    while True:
        text = edited(job.env, text, _NAME)
        found = picks.read(text, len(groups))
        if not found.broken:
            return found.chosen
        for each in found.broken[:MANY]:
            talk.prompts.say(f"line {each.line}: {each.why}")
        options = (
            Option("edit", "edit", "open the list again, as you left it"),
            Option("leave", "leave", "add nothing"),
        )
        question = Question(text="Some lines cannot be read.", given="edit")
        if talk.prompts.choose(question, options) != "edit":
            raise Refused(
                "nothing was added", hint="the list had lines that say nothing"
            )
        text = picks.marked(text, found.broken)
