"""What `check` does: reports found, checked, said, and an exit code made of it."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import msgspec

from postmortem.checks import ERROR
from postmortem.commands._checking import TEXT, Outcome, Wishes, checked
from postmortem.commands._checking_absent import mistyped
from postmortem.commands._checking_jobs import Chosen
from postmortem.commands._checking_places import desks
from postmortem.commands._let_through import held_up
from postmortem.commands._streams import tell
from postmortem.errors import Exit, PostmortemError, Problem, Problems
from postmortem.settings import home

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from postmortem.checks.results import Result
    from postmortem.commands._desk import Desk
    from postmortem.env import Env

    Run = tuple[Desk, Wishes, Outcome]


def check_reports(env: Env, wishes: Wishes) -> Exit:
    """Check reports, and say what was found; raises Problems for what has no text."""
    with desks(env, wishes) as found:
        if len(found) == 1:
            return _told(env, wishes, [_run(*found[0])])
        runs: list[Run] = []
        problems: list[Problem] = []
        for desk, own in found:
            try:
                runs.append(_run(desk, own))
            except PostmortemError as error:
                problems += error.problems
        return _told(env, wishes, [*_apart(runs)], problems)


def _run(desk: Desk, wishes: Wishes) -> Run:
    """Check the reports of one place."""
    from postmortem.commands._checking_codes import tell_unknown_codes

    if wishes.fix:
        _fix(desk, wishes)
    outcome = checked(desk, wishes)
    if not (wishes.parts or wishes.staged):
        problems = (*outcome.problems, *mistyped(desk))
        outcome = msgspec.structs.replace(outcome, problems=problems)
    tell_unknown_codes(desk)
    return desk, wishes, outcome


def _told(
    env: Env, wishes: Wishes, runs: Sequence[Run], problems: Sequence[Problem] = ()
) -> Exit:
    """Say what was found, or write what is known from now on.

    `problems` are those of places that could not be looked at.
    """
    from postmortem.commands._checking_baseline import unwritten, write_known
    from postmortem.commands._checking_told import say

    outcome = _joined([own for _, _, own in runs], problems)
    if wishes.write_baseline:
        if outcome.problems:
            raise unwritten(outcome.problems)
        for run in runs:
            write_known(*run)
        return Exit.DONE
    _tell_around(runs)
    if outcome.results or wishes.shape != TEXT:
        say(env, wishes, outcome, home(env.cwd)[0])
    if outcome.problems:
        raise Problems(tuple(outcome.problems))
    failing = [each for run in runs for each in _failing(*run)]
    return Exit.FINDINGS if any(each.findings for each in failing) else Exit.DONE


def _apart(runs: Sequence[Run]) -> Iterator[Run]:
    """Leave each report to the innermost of the places that have looked at it."""
    owners = {
        each.path: desk
        for desk, _, own in sorted(runs, key=lambda run: len(run[0].place.root.parts))
        for each in own.results
    }
    for desk, wishes, own in runs:
        pairs = zip(own.results, own.names, strict=True)
        kept = [(it, name) for it, name in pairs if owners[it.path] is desk]
        results, names = [it for it, _ in kept], [name for _, name in kept]
        apart = msgspec.structs.replace(own, results=results, names=names)
        yield desk, wishes, apart


def _tell_around(runs: Sequence[Run]) -> None:
    """Say what no finding says; of places where nothing is, only if all are such."""
    from postmortem.commands._checking_branch import tell_around

    empty = [
        not (own.problems or any(not it.aside for it in own.results))
        for _, _, own in runs
    ]
    for at, (desk, wishes, outcome) in enumerate(runs):
        tell_around(desk, wishes, outcome, quiet=at > 0 or not all(empty))


def _joined(outcomes: Sequence[Outcome], problems: Sequence[Problem]) -> Outcome:
    """Return what was found in all places as one, without names."""
    return Outcome(
        results=[each for own in outcomes for each in own.results],
        names=(),
        known=sum(own.known for own in outcomes),
        aside=[each for own in outcomes for each in own.aside],
        problems=[*problems, *(it for own in outcomes for it in own.problems)],
    )


def _failing(desk: Desk, wishes: Wishes, outcome: Outcome) -> Iterator[Result]:
    """Yield what makes the check fail, and of a commit what holds that up."""
    failing = [each.at_least(wishes.fail_on) for each in outcome.results]
    yield from held_up(desk, outcome.names, failing) if wishes.staged else failing


def _fix(desk: Desk, wishes: Wishes) -> None:
    """Write anew what is derived, and give rows without a key the next one."""
    from postmortem import markdown, model

    for choice in Chosen(desk, wishes.parts, wishes.since).choices:
        if choice.entry.on is not None or choice.job.kind is None:
            continue
        opened = desk.opened(choice.entry)
        reading = opened.reading
        if any(each.severity == ERROR for each in reading.findings):
            continue
        report = model.keyed(reading.report)
        text = opened.text
        with suppress(PostmortemError):
            if report != reading.report:
                text = markdown.rewrite(
                    text, report, opened.template, path=opened.shown
                )
            text = markdown.refresh(text, opened.template, path=opened.shown)
        if text != opened.text:
            tell(desk.env, desk.save(opened, text, "fix what is derived"))
