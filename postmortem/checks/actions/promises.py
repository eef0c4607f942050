"""Rules about one action: its owner, its day, its link, its finish line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from postmortem.checks.actions.dropped import is_dropped
from postmortem.checks.actions.owners import count, is_nobody
from postmortem.checks.completeness.fillers import is_done
from postmortem.checks.coverage import keys, meant, those_there
from postmortem.checks.form import nearest
from postmortem.checks.grading import speaks
from postmortem.checks.rules import HINT, REVIEW, once, rule
from postmortem.checks.subject import Subject
from postmortem.markdown.values import unset
from postmortem.model import DONE, DROPPED, Action, Finding

_BOX = re.compile(r"\s*(?:[-*+]|\d+[.)])\s+\[[ xX~-]\]\s")
"""The check box of an item."""


@rule(code="PM401", name="an action without an owner", group="actions")
def no_owner(subject: Subject) -> Iterator[Finding]:
    """Yield actions that nobody has."""
    hint = "name one person or role; others can help"
    free = [it for it in alive(subject) if not it[1].owner or is_nobody(it[1].owner)]
    if free and subject.foreign:
        from postmortem.checks.actions.finished import unfinished

        free = unfinished(subject, free)
    bare = [it for it in free if not it[1].owner]
    if bare:
        from postmortem.checks.actions.grouped import has_somebody

        bare = [it for it in bare if not has_somebody(subject, it[0])]
    yield from _lacking(subject, bare, "owner", "has no owner", hint)
    for number, action in free:
        if action.owner:
            message = f"action {named(action, number)} is owned by {action.owner!r}"
            yield subject.at_row("actions", number, message, part="owner", hint=hint)


@rule(code="PM402", name="an action with several owners", group="actions")
def owners(subject: Subject) -> Iterator[Finding]:
    """Yield actions that more than one person answers for."""
    people = {name.casefold() for name in subject.settings.people}
    for number, action in alive(subject):
        owner = action.owner or ""
        if owner.casefold() in people:
            continue
        many = count(owner)
        if many > 1:
            yield subject.at_row(
                "actions",
                number,
                f"action {named(action, number)} has {many} owners",
                part="owner",
                hint="keep the one who answers for it",
            )


@rule(code="PM403", name="an owner whom the settings do not know", group="actions")
def unknown_owner(subject: Subject) -> Iterator[Finding]:
    """Yield owners that are not in the team's list of people, where there is one."""
    people = subject.settings.people
    known = {name.casefold() for name in people}
    for number, action in alive(subject) if people else ():
        owner = action.owner or ""
        if owner and owner.casefold() not in known and count(owner) == 1:
            near = nearest(owner, people)
            yield subject.at_row(
                "actions",
                number,
                f"{owner!r} is not among the people of the settings",
                part="owner",
                hint=f"did you mean {near}?"
                if near
                else "name one of them, or add it to `people` in the settings",
                suggestion=near,
            )


@rule(
    code="PM404",
    name="an action of which nobody can see that it is done",
    group="actions",
    since=REVIEW,
)
def no_end(subject: Subject) -> Iterator[Finding]:
    """Yield open actions that do not say when they are done."""
    hint = "add below it: done when: a state that anybody can see"
    every = list(still(subject))
    said = "does not say when it is done"
    yield from _lacking(subject, every, "done_when", said, hint)
    for number, action in every:
        if action.done_when and is_done(action.done_when, action.text):
            message = f"action {named(action, number)} {said}"
            yield subject.at_row("actions", number, message, hint=hint)


@rule(
    code="PM405",
    name="an action without a link",
    group="actions",
    severity=HINT,
    since=REVIEW,
)
def no_link(subject: Subject) -> Iterator[Finding]:
    """Yield open actions that are in no tracker."""
    hint = "add the ticket: its id, or its address"
    said = "has no link to where it is tracked"
    yield from _lacking(subject, list(still(subject)), "link", said, hint)


@rule(code="PM409", name="an action for a factor that is not there", group="actions")
def no_factor(subject: Subject) -> Iterator[Finding]:
    """Yield actions that name a key which no factor has."""
    none = subject.report.factors is None and subject.has("factors")
    if none and speaks("PM207", subject, "PM409"):
        return
    there = {factor.key for factor in subject.report.factors or ()}
    known = meant(subject)
    for number, action in enumerate(subject.report.actions or ()):
        for key in sorted(keys(action.factor) - there):
            near = known.get(key)
            yield subject.at_row(
                "actions",
                number,
                f"there is no factor {key}",
                part="factor",
                hint=f"did you mean {near}, which no action answers?"
                if near
                else those_there(subject),
            )


@rule(code="PM412", name="an action without a due date", group="actions")
def no_due(subject: Subject) -> Iterator[Finding]:
    """Yield open actions that nobody expects on any day."""
    hint = "write due and a day, as in due 2026-12-01"
    yield from _lacking(subject, list(still(subject)), "due", "has no due date", hint)


@rule(code="PM413", name="an action that is overdue", group="actions")
def overdue(subject: Subject) -> Iterator[Finding]:
    """Yield open actions whose day has passed; where it cannot be, PM417 speaks."""
    for number, action in enumerate(subject.report.actions or ()):
        left = _is_early(subject, action) and speaks("PM417", subject, "PM413")
        told = action.overdue(subject.today) and _tells_status(subject, number)
        if told and not left:
            yield subject.at_row(
                "actions",
                number,
                f"action {named(action, number)} was due on {action.due}",
                part="due",
                hint="close it, agree on a new day, or drop it and say why",
            )


@rule(code="PM417", name="an action due before the incident", group="actions")
def early(subject: Subject) -> Iterator[Finding]:
    """Yield actions whose day is before the incident began."""
    for number, action in enumerate(subject.report.actions or ()):
        if _is_early(subject, action):
            yield subject.at_row(
                "actions",
                number,
                f"action {named(action, number)} is due before the incident began",
                part="due",
                hint="look at the year and the month",
            )


@once
def alive(subject: Subject) -> Sequence[tuple[int, Action]]:
    """Return the actions that were not dropped, with their numbers."""
    every = enumerate(subject.report.actions or ())
    kept = [it for it in every if it[1].status != DROPPED]
    return [it for it in kept if not is_dropped(it[1].text)]


def still(subject: Subject) -> Iterator[tuple[int, Action]]:
    """Yield the actions that are still to do, with their numbers."""
    for number, action in alive(subject):
        if action.status != DONE and action.type != "accept":
            yield number, action


def named(action: Action, number: int) -> str:
    """Return what an action is called in a message: its key, else its place."""
    return action.key or f"in row {number + 1}"


def _has_column(subject: Subject, number: int, part: str) -> bool:
    """Tell whether a row without a part stands in a table with a column for it.

    Of a cell that is there and cannot be read, reading has spoken.
    """
    rows = subject.spans.rows.get("actions", ())
    found = rows[number] if number < len(rows) else None
    asks = found and any(part in parts for parts in found.container.columns)
    return bool(found and asks and unset(found.parts.get(part) or ""))


def _tells_status(subject: Subject, number: int) -> bool:
    """Tell whether an action that is done could be seen to be: by a box or a column."""
    rows = subject.spans.rows.get("actions", ())
    if number >= len(rows) or subject.keeps("actions", "status"):
        return True
    here = rows[number]
    if here.container.shape == "table":
        column = any("status" in parts for parts in here.container.columns)
    else:
        line = subject.lines[subject.spans.body + here.start]
        column = _BOX.match(line) is not None
    done = (it.status == DONE for it in subject.report.actions or ())
    return column or any(done)


def _is_early(subject: Subject, action: Action) -> bool:
    """Tell whether an action's day is before the incident began."""
    onset = subject.report.onset or subject.report.detected
    return bool(onset and action.due and action.due < onset.at.date())


def _lacking(
    subject: Subject,
    actions: Sequence[tuple[int, Action]],
    part: str,
    said: str,
    hint: str,
) -> Iterator[Finding]:
    """Yield the actions without a part, each on its own line.

    Many that lack the same are one line for people, who read it later.
    """
    kept = subject.keeps("actions", part) or part == "owner"
    for number, action in actions:
        asked = kept or _has_column(subject, number, part)
        if asked and not getattr(action, part):
            message = f"action {named(action, number)} {said}"
            yield subject.at_row("actions", number, message, hint=hint)
