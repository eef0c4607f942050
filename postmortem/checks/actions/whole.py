"""Rules about all the actions of a report together."""

from __future__ import annotations

from collections.abc import Iterator

from postmortem.checks.actions.promises import alive, named
from postmortem.checks.completeness.left import left
from postmortem.checks.completeness.missing import says_more, worded
from postmortem.checks.rules import REVIEW, rule
from postmortem.checks.subject import Subject
from postmortem.model import DONE, Finding

_HIGH = ("P0", "P1")
_LASTING = ("prevent", "detect")
_FEW = 3


@rule(code="PM406", name="actions that only mitigate", group="actions", since=REVIEW)
def only_mitigate(subject: Subject) -> Iterator[Finding]:
    """Yield a list in which nothing prevents it, and nothing finds it sooner."""
    types = [action.type.casefold() for _, action in alive(subject) if action.type]
    if len(types) > 1 and not set(types).intersection(_LASTING):
        yield subject.finding(
            "no action prevents it, and none notices it sooner",
            heading="actions",
            hint="add one of the type prevent or detect",
        )


@rule(
    code="PM407",
    name="a grave incident without an action",
    group="actions",
    since=REVIEW,
)
def no_actions(subject: Subject) -> Iterator[Finding]:
    """Yield a report that has no action at all."""
    said = any(alive(subject)) or "actions" in left(subject)
    if not subject.has("actions") or said:
        return
    untold = subject.report.actions is None
    if untold and subject.foreign:
        from postmortem.checks.completeness.unread import holds_actions, says_none

        if holds_actions(subject):
            return
        untold = not says_none(subject)
    if untold and says_more(subject, "actions"):
        yield subject.finding(
            "nothing that stands here is read as an action",
            heading="actions",
            hint="write a list or table of them, each with its owner and its day",
        )
    elif untold or subject.grave:
        message, hint = worded(
            subject,
            "actions",
            "there is no action",
            "decide what will be different; a decision to do nothing is an"
            " action of the type accept",
        )
        yield subject.finding(message, heading="actions", hint=hint)


@rule(code="PM408", name="actions that are all as urgent", group="actions")
def one_priority(subject: Subject) -> Iterator[Finding]:
    """Yield a list in which every action that is left has the same priority."""
    left = [action for _, action in alive(subject) if action.status != DONE]
    told = [action.priority for action in left if action.priority]
    if len(told) >= _FEW and len(set(told)) == 1:
        yield subject.finding(
            f"all {len(told)} open actions have the priority {told[0]}",
            heading="actions",
            hint="say which comes first",
        )


@rule(code="PM414", name="an action that is told twice", group="actions")
def twice(subject: Subject) -> Iterator[Finding]:
    """Yield actions with the words of one above."""
    seen: dict[str, str] = {}
    for number, action in alive(subject):
        words = " ".join(action.text.casefold().strip(" .").split())
        if words in seen:
            own, other = named(action, number), seen[words]
            message = f"action {own} says what {other} says"
            if own == other:
                message = "this action says what the one above it says"
            yield subject.at_row("actions", number, message, hint="keep one of them")
        seen.setdefault(words, named(action, number))


@rule(
    code="PM415",
    name="a grave incident without an urgent action",
    group="actions",
    since=REVIEW,
)
def none_urgent(subject: Subject) -> Iterator[Finding]:
    """Yield a list without P0 and P1 behind an incident of a grave severity."""
    told = [action.priority for _, action in alive(subject) if action.priority]
    if subject.grave and told and not set(told).intersection(_HIGH):
        yield subject.finding(
            f"no action of this {subject.report.severity} is {' or '.join(_HIGH)}",
            heading="actions",
            hint="raise the one that would have helped the most, or say why none is",
        )
