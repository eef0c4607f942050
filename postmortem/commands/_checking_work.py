"""One report checked, here or in another process: plain values in, plain values out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

import msgspec

from postmortem import checks, markdown
from postmortem.checks.results import Result, result
from postmortem.errors import PostmortemError, Problem
from postmortem.markdown import Reading, Template, foreign
from postmortem.model import Finding
from postmortem.settings import Settings

MANY = 64
"""Reports from which on other processes help: starting one takes as long as these."""


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """One text that is to be checked."""

    path: str
    """As it is shown."""
    text: str
    kind: str | None
    """The name of its template; None for one that is read by its headings."""
    folder: str | None
    """Where its relative links begin; None where that is no folder."""
    past: tuple[tuple[str, datetime], ...] = ()
    """The statuses that it had in its commits, with when; the oldest first."""
    stale: tuple[Finding, ...] | None = None
    """The derived lines that are out of date; None where it is still to be found."""
    leaks: tuple[checks.Leak, ...] = ()
    """What gitleaks has seen in it."""


class Shared(msgspec.Struct, frozen=True, kw_only=True):
    """What is the same for all of them."""

    kinds: Mapping[str, Template]
    settings: Settings
    now: datetime
    ids: frozenset[str] | None
    """The ids of all reports, where somebody has asked for them."""
    templates: tuple[str, ...] = ()


class Asked(msgspec.Struct, kw_only=True):
    """What was asked of the world around a report, with the answers."""

    files: dict[str, bool] = msgspec.field(default_factory=dict)
    reports: dict[str, bool] = msgspec.field(default_factory=dict)


class Done(msgspec.Struct, frozen=True, kw_only=True):
    """What came of a job."""

    result: Result
    asked: Asked
    problems: tuple[Problem, ...] = ()
    """Why it could not be checked; then nothing was found."""


def checked(job: Job, shared: Shared) -> Done:
    """Check one text."""
    asked = Asked()
    try:
        found = _result(job, shared, asked)
    except PostmortemError as error:
        empty = Result(path=job.path)
        return Done(result=empty, asked=asked, problems=error.problems)
    return Done(result=found, asked=asked)


def all_checked(jobs: Sequence[Job], shared: Shared) -> Iterator[Done]:
    """Yield what came of each job, in their order; many are shared between cores."""
    import os

    cores = os.cpu_count() or 1
    if hasattr(os, "sched_getaffinity"):
        cores = len(os.sched_getaffinity(0))
    if len(jobs) < MANY or cores == 1:
        yield from (checked(job, shared) for job in jobs)
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    with ProcessPoolExecutor(
        max_workers=min(cores, 8),
        mp_context=get_context("spawn"),
        initializer=_keep,
        initargs=(shared,),
    ) as pool:
        size = max(1, len(jobs) // (cores * 8))
        yield from pool.map(_checked_there, jobs, chunksize=size)


def exists(folder: str | None, target: str) -> bool:
    """Tell whether there is a file at the end of a relative link."""
    if folder is None:
        return True
    try:
        return (Path(folder) / target).exists()
    except (OSError, ValueError):
        return False


def _result(job: Job, shared: Shared, asked: Asked) -> Result:
    text = job.text.replace("\r\n", "\n")
    template = shared.kinds[job.kind] if job.kind else None
    outline = template.outline if template else foreign.outline(text)
    reading = markdown.read(text, outline, path=job.path)
    stale = job.stale
    if stale is None:
        stale = stale_lines(text, template, reading)
    subject = checks.subject_of(
        text,
        reading,
        outline,
        path=job.path,
        now=shared.now,
        given=stale,
        settings=shared.settings,
        around=checks.Around(
            past=job.past,
            is_file=lambda target: _file(job, asked, target),
            is_report=lambda name: _report(shared, asked, name),
            templates=shared.templates,
            leaks=job.leaks,
        ),
    )
    return result(subject, checks.check(subject))


def stale_lines(
    text: str, template: Template | None, reading: Reading
) -> tuple[Finding, ...]:
    """Return the derived lines that are out of date; none of what cannot be read."""
    if template is None or any(it.severity == "error" for it in reading.findings):
        return ()
    return markdown.stale(text, template, reading=reading)


def _file(job: Job, asked: Asked, target: str) -> bool:
    asked.files[target] = exists(job.folder, target)
    return asked.files[target]


def _report(shared: Shared, asked: Asked, name: str) -> bool:
    asked.reports[name] = shared.ids is None or name in shared.ids
    return asked.reports[name]


_HERE: list[Shared] = []
"""In another process: what is the same for all of its jobs."""


def _keep(shared: Shared) -> None:
    _HERE.append(shared)


def _checked_there(job: Job) -> Done:
    return checked(job, _HERE[-1])
