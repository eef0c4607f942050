"""One report checked, here or in another process: plain values in, plain values out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from postmortem import checks, markdown
from postmortem.checks.results import Result, result
from postmortem.commands._checking_attached import attached
from postmortem.commands._checking_values import Asked, Done, Job, Shared, exists
from postmortem.errors import PostmortemError
from postmortem.markdown import Reading, Template, foreign
from postmortem.model import Finding

Kinds = Mapping[str, Template]
"""The templates by name; each runs in the process that asks it to."""
MANY = 64
"""Reports from which on other processes help: starting one takes as long as these."""


def checked(job: Job, shared: Shared, kinds: Kinds) -> Done:
    """Check one text."""
    asked = Asked()
    try:
        found = _result(job, shared, kinds, asked)
    except PostmortemError as error:
        empty = Result(path=job.path)
        return Done(result=empty, asked=asked, problems=error.problems)
    return Done(result=found, asked=asked)


def all_checked(jobs: Sequence[Job], shared: Shared, kinds: Kinds) -> Iterator[Done]:
    """Yield what came of each job, in their order; many are shared between cores."""
    import os

    cores = os.cpu_count() or 1
    if hasattr(os, "sched_getaffinity"):
        cores = len(os.sched_getaffinity(0))
    if len(jobs) < MANY or cores == 1:
        yield from (checked(job, shared, kinds) for job in jobs)
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    with ProcessPoolExecutor(
        max_workers=min(cores, 8),
        mp_context=get_context("spawn"),
        initializer=_keep,
        initargs=(shared, kinds),
    ) as pool:
        size = max(1, len(jobs) // (cores * 8))
        yield from pool.map(_checked_there, jobs, chunksize=size)


def _result(job: Job, shared: Shared, kinds: Kinds, asked: Asked) -> Result:
    text = job.text.replace("\r\n", "\n")
    template = kinds[job.kind] if job.kind else None
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
            attached=attached(job),
            namesakes=job.namesakes,
            lost=job.lost,
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


_HERE: list[tuple[Shared, Kinds]] = []
"""In another process: what is the same for all of its jobs."""


def _keep(shared: Shared, kinds: Kinds) -> None:
    _HERE.append((shared, kinds))


def _checked_there(job: Job) -> Done:
    return checked(job, *_HERE[-1])
