"""From reports to findings: what `check` and `submit` ask."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from postmortem.checks import ERROR, baseline
from postmortem.checks.results import Result
from postmortem.commands._cached import file_of
from postmortem.commands._checking_baseline import heirs_of, known_of, name_of
from postmortem.commands._checking_jobs import Chosen
from postmortem.commands._checking_kept import FOLDER, KeptResults
from postmortem.commands._checking_leaks import Scanner
from postmortem.commands._checking_staged import Staged
from postmortem.commands._checking_values import Asked, Done, Job, Shared
from postmortem.errors import PostmortemError, Problem, Problems

if TYPE_CHECKING:
    from postmortem.archive import Entry
    from postmortem.commands._checking_since import Origin
    from postmortem.commands._desk import Desk
    from postmortem.markdown import Template
    from postmortem.model import Finding


FEW = 16
"""Reports for which it takes longer to load what writes derived lines than to write."""
TEXT, JSON = "text", "json"
"""The forms in which a report can be on a branch; the others name files alone."""
SARIF = "sarif"
"""The form that has what findings were known by before as well."""


class Wishes(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody asks of a check; made without arguments, all reports."""

    parts: tuple[str, ...] = ()
    entry: Entry | None = None
    """The one report that is meant, whatever others are called."""
    shape: str = TEXT
    fail_on: str = ERROR
    hints: bool = False
    fix: bool = False
    since: str | None = None
    staged: bool = False
    """Whether git's index is looked at, and not the work tree."""
    texts: Mapping[Path, str] = msgspec.field(default_factory=dict)
    """What reports are to be taken for, by their paths, whatever is saved there."""
    baseline: str | None = None
    """A file; None is the one at the settings, where it is."""
    no_baseline: bool = False
    write_baseline: bool = False
    no_cache: bool = False


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What was found."""

    results: Sequence[Result]
    """One for each report that could be checked, those without findings too.

    And one for each file with a secret that is taken for no report.
    """
    names: Sequence[str]
    """What each of them is called in the baseline."""
    heirs: Mapping[str, str] = msgspec.field(default_factory=dict)
    """What it still calls those that have been given another name."""
    known: int = 0
    """Findings that the baseline knows."""
    problems: Sequence[Problem] = ()
    aside: Sequence[Entry] = ()
    """What is taken for no report."""
    origin: Origin | None = None
    """Where the branch began, if that was asked for."""


def checked(desk: Desk, wishes: Wishes) -> Outcome:
    """Return what is found in the reports that are meant."""
    branches = wishes.shape in (TEXT, JSON)
    chosen = (
        Staged(desk, wishes.parts)
        if wishes.staged
        else Chosen(
            desk,
            wishes.parts,
            wishes.since,
            branches=branches,
            texts=wishes.texts,
            entry=wishes.entry,
        )
    )
    known = known_of(desk, wishes, chosen.baseline)
    older = wishes.shape == SARIF or baseline.is_older(known)
    shared = msgspec.structs.replace(chosen.shared, formers=older)
    done = dict(_all_done(desk, wishes, chosen, shared))
    called = [name_of(desk, choice.entry) for choice in chosen.choices]
    pairs = [*zip(called, chosen.choices, strict=True)]
    heirs = heirs_of(desk, known, {name: done[it.job].result for name, it in pairs})
    results, names, problems, left_out = [], [], list(chosen.problems), 0
    for name, choice in pairs:
        own = done[choice.job]
        problems += own.problems
        if own.problems:
            continue
        found = own.result
        if choice.base is not None:
            found = found.since(done[choice.base].result)
        kept = found.without(known.get(heirs.get(name, name), ()))
        left_out += len(found.findings) - len(kept.findings)
        if kept.aside and not kept.findings:
            continue
        results.append(kept)
        names.append(name)
    return Outcome(
        results=results,
        names=names,
        heirs=heirs,
        known=left_out,
        problems=tuple(dict.fromkeys(problems)),
        aside=[it.entry for it in chosen.choices if it.job.aside],
        origin=chosen.origin,
    )


def holding_up(
    desk: Desk, entry: Entry, text: str | None = None
) -> tuple[Finding, ...]:
    """Return the errors that hold up the submit of a report.

    `text` is looked at in the place of what is saved. Raises Problems where it cannot
    be checked: nobody knows then what is in it.
    """
    texts = {} if text is None else {entry.path: text}
    outcome = checked(desk, Wishes(entry=entry, texts=texts))
    if outcome.problems:
        raise Problems(tuple(outcome.problems))
    found = [each.at_least(ERROR).findings for each in outcome.results]
    return tuple(finding for findings in found for finding in findings)


def _all_done(
    desk: Desk, wishes: Wishes, chosen: Chosen, shared: Shared
) -> Iterator[tuple[Job, Done]]:
    """Yield what came of each job: from the cache, else by checking it."""
    jobs = [choice.job for choice in chosen.choices]
    jobs += [choice.base for choice in chosen.choices if choice.base is not None]
    scanner = Scanner(desk)
    where, cache = file_of(desk, FOLDER), desk.env.cache_dir
    kept = KeptResults(where, cache, desk.place.root, shared, stamp=scanner.stamp)
    left: list[Job] = []
    kinds: dict[str, Template | PostmortemError] = {}
    for job in jobs:
        done = None if wishes.no_cache else kept.look_up(job)
        done = done or _without_template(chosen, job, kinds)
        if done is None:
            left.append(job)
        else:
            yield job, done
    if not left:
        return
    from postmortem.commands._checking_work import all_checked
    from postmortem.markdown import Template

    seen, whole = scanner.seen(left)
    if len(seen) <= FEW and not wishes.no_cache:
        seen = [msgspec.structs.replace(it, right=kept.right(it)) for it in seen]
    loaded = {name: it for name, it in kinds.items() if isinstance(it, Template)}
    ready, failed = _run_apart(chosen, zip(left, seen, strict=True), loaded)
    yield from failed
    every = all_checked([*ready.values()], shared, loaded)
    for job, done in zip(ready, every, strict=True):
        if whole and not wishes.no_cache:
            kept.keep(job, done)
        yield job, done
    kept.save()


def _run_apart(
    chosen: Chosen, pairs: Iterable[tuple[Job, Job]], kinds: Mapping[str, Template]
) -> tuple[dict[Job, Job], list[tuple[Job, Done]]]:
    """Have templates that are not trusted run in the one process that does.

    Returns jobs that are ready to be checked, and what came of those whose template
    failed.
    """
    from postmortem.commands._checking_work import with_derived

    ready, failed = {}, []
    for asked, job in pairs:
        ready[asked] = job
        if job.kind is None or kinds[job.kind].trusted:
            continue
        try:
            ready[asked] = with_derived(job, chosen.loaded(job.kind))
        except PostmortemError as error:
            del ready[asked]
            failed.append((asked, _not_checked(job, error)))
    return ready, failed


def _without_template(
    chosen: Chosen, job: Job, kinds: dict[str, Template | PostmortemError]
) -> Done | None:
    """Put a job's template among `kinds`; what is wrong with it ends the job."""
    if job.kind is None:
        return None
    if job.kind not in kinds:
        try:
            kinds[job.kind] = chosen.template(job.kind)
        except PostmortemError as error:
            kinds[job.kind] = error
    wrong = kinds[job.kind]
    if not isinstance(wrong, PostmortemError):
        return None
    return _not_checked(job, wrong)


def _not_checked(job: Job, error: PostmortemError) -> Done:
    empty = Result(path=job.path)
    return Done(result=empty, asked=Asked(), problems=error.problems)
