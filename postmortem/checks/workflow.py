"""Rules about the way of a report: its statuses, its reviewers, its deadline."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, timedelta

from postmortem.checks.completeness.fillers import (
    is_later,
    is_nobody,
    is_nothing,
)
from postmortem.checks.rules import ERROR, FINAL, HINT, rule
from postmortem.checks.subject import NOT_REQUIRED, Subject
from postmortem.model import DONE, DROPPED, Finding

_CLOSED = "closed"
_ASKS = (
    r"(?i)\?(?=\W*(?:\s|\Z))"
    r"|^\W*(?:why|how|whether|which|who|warum|wieso|weshalb|ob|wer"
    r"|un(?:known|clear|klar|bekannt))\b"
    r"|\b(?:is|are|remains?) (?:still )?(?:unknown|unclear|open"
    r"|not (?:yet )?(?:known|clear|understood))\b"
    r"|\b(?:we (?:still )?(?:do not|don['\u2019]t) (?:yet )?know"
    r"|(?:nobody|no one) knows|wissen (?:\w+ ){0,3}nicht"
    r"|(?:ist|sind|bleib(?:t|en)) (?:\w+ ){0,2}(?:unklar|unbekannt|offen|ungeklärt))\b"
)
"""What asks, or says that nobody knows."""
_DISAGREED = ("differ", "disagree", "anders", "unein")
"""In the question of a template that asks for more than what is not known."""


@rule(code="PM801", name="a status that was jumped to", group="workflow")
def jump(subject: Subject) -> Iterator[Finding]:
    """Yield a status that does not follow on the one of the commit before."""
    order = [each.casefold() for each in subject.settings.statuses]
    now = (subject.report.status or "").casefold()
    past = [status.casefold() for status, _ in subject.around.past]
    before = next((each for each in reversed(past) if each != now), None)
    if before is None or before not in order or now not in order:
        return
    steps = order.index(now) - order.index(before)
    exempt = NOT_REQUIRED in (now, before)
    fine = before == order[0] or now == order[0] if exempt else steps == 1
    reopened = steps < 0 and now != order[0] and not exempt
    if not fine and not reopened:
        yield subject.finding(
            f"the status went from {before} to {now}",
            field="status",
            hint=_way(order, before, now),
        )


def _way(order: Sequence[str], before: str, now: str) -> str:
    """Return which way a status goes that was jumped to."""
    if NOT_REQUIRED in (now, before):
        first = order[0]
        return f"from {first} alone it becomes {NOT_REQUIRED}, and {first} from there"
    start, end = order.index(before), order.index(now)
    if start < end:
        return f"{order[start + 1]} comes between"
    if start == 1:
        return "what others have read is corrected, with a row under the revisions"
    return (
        f"others rely on what they have read, and a {now} is not held up: go back to"
        f" {order[1]}"
    )


@rule(code="PM802", name="a report behind its deadline", group="workflow")
def late(subject: Subject) -> Iterator[Finding]:
    """Yield reports that were, or are, not final in the days of their severity."""
    report = subject.report
    days = {
        name.casefold(): each for name, each in subject.settings.publish_within.items()
    }.get((report.severity or "").casefold())
    end = report.resolved or report.mitigated
    if days is None or end is None or not subject.required:
        return
    last, done = (end.at + timedelta(days=days)).date(), _done(subject)
    if done is None and subject.reached(FINAL):
        return
    if (done or subject.today) > last:
        if done is None:
            said = f"is not final yet, and was due on {last}"
        else:
            said = f"was {'published' if report.published else 'final'} on {done}"
        yield subject.finding(
            f"this {report.severity} {said}; {days} days after the end are the"
            " deadline",
            field="published" if report.published else "status",
            hint="publish what is known, with the open questions named",
        )


def _done(subject: Subject) -> date | None:
    """Return the day on which the report was published, or was committed as final.

    Today for one that was committed, and not yet as final; None where nobody knows.
    """
    if subject.report.published:
        return subject.report.published.at.date()
    if not subject.reached(FINAL) or not subject.around.past:
        return None
    order = [each.casefold() for each in subject.settings.statuses]
    final = order.index(FINAL)
    day = subject.today
    for status, at in reversed(subject.around.past):
        if status.casefold() not in order[final:]:
            break
        day = at.astimezone(UTC).date()
    return day


@rule(
    code="PM803",
    name="final without a reviewer",
    group="workflow",
    severity=ERROR,
    since=FINAL,
)
def unread(subject: Subject) -> Iterator[Finding]:
    """Yield a final report that nobody but its owner has read."""
    report = subject.report
    if not subject.has("reviewers") or not subject.reached(FINAL):
        return
    named = [name for name in report.reviewers or () if not is_nobody(name)]
    others = {name.casefold() for name in named}
    others.discard((report.owner or "").casefold())
    if not others:
        yield subject.finding(
            "it is final, and nobody but its owner is named as a reviewer",
            field="reviewers" if report.reviewers else "status",
            hint="have it read by somebody who was not there, and name them under"
            " `reviewers`: `postmortem set ID reviewers=…`",
        )


@rule(
    code="PM804",
    name="final with open questions",
    group="workflow",
    severity=ERROR,
    since=FINAL,
)
def open_questions(subject: Subject) -> Iterator[Finding]:
    """Yield the questions of a final report that are still open.

    A row that asks nothing may be one; not where a template asks who disagrees.
    """
    if not subject.reached(FINAL):
        return
    known = subject.outline.fields.get("open_questions")
    asked = (known.question if known else "").casefold()
    for number, said in enumerate(subject.report.open_questions or ()):
        asks = is_later(said) or re.search(_ASKS, said)
        if is_nothing(said) or not (asks or all(it not in asked for it in _DISAGREED)):
            continue
        yield subject.at_row(
            "open_questions",
            number,
            "it is final, and this question is open",
            hint="answer it, or make it an action that investigates",
            severity="" if asks else HINT,
        )


@rule(code="PM805", name="closed with open actions", group="workflow", since=FINAL)
def open_actions(subject: Subject) -> Iterator[Finding]:
    """Yield the actions of a closed report that are still to do."""
    if (subject.report.status or "").casefold() != _CLOSED:
        return
    for number, action in enumerate(subject.report.actions or ()):
        if action.status not in (DONE, DROPPED) and action.type != "accept":
            yield subject.at_row(
                "actions",
                number,
                f"it is closed, and action {action.key or number + 1} is open",
                hint="close the action first, or call the report final",
            )


@rule(code="PM806", name="a grave incident that needs no report", group="workflow")
def unreported(subject: Subject) -> Iterator[Finding]:
    """Yield a grave incident of which nobody finishes a report, this one or another."""
    report = subject.report
    if not subject.required and subject.grave and not report.related:
        yield subject.finding(
            f"no report is required of this {report.severity}",
            field="status",
            hint="finish this one, or name the report that tells of it under `related`",
        )
