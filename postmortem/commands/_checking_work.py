"""One report checked, here or in another process: plain values in, plain values out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from postmortem import checks, markdown
from postmortem.checks.results import Result, result
from postmortem.commands._checking_attached import attached
from postmortem.commands._checking_values import (
    Asked,
    Derived,
    Done,
    Job,
    Shared,
    exists,
)
from postmortem.errors import PostmortemError
from postmortem.markdown import Reading, Template, foreign

Kinds = Mapping[str, Template]
"""The templates by name; each runs in the process that asks it to."""
MANY = 64
"""Reports from which on other processes help: starting one takes as long as these."""


def checked(job: Job, shared: Shared, kinds: Kinds) -> Done:
    """Check one text."""
    asked = Asked()
    try:
        return _done(job, shared, kinds, asked)
    except PostmortemError as error:
        empty = Result(path=job.path)
        return Done(result=empty, asked=asked, problems=error.problems)


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


def with_derived(job: Job, template: Template) -> Job:
    """Return a job with what is known of its derived lines."""
    text = _plain(job)
    reading = markdown.read(text, template.outline, path=job.path)
    known = _derived(job, text, template, reading)
    return msgspec.structs.replace(job, derived=known)


def _done(job: Job, shared: Shared, kinds: Kinds, asked: Asked) -> Done:
    text = _plain(job)
    template = kinds[job.kind] if job.kind else None
    judged = "" if job.aside else text  # what is no report has no sections to read
    outline = template.outline if template else foreign.outline(judged)
    reading = markdown.read(judged, outline, path=job.path)
    derived = job.derived or _derived(job, text, template, reading)
    subject = checks.subject_of(
        text,
        reading,
        outline,
        path=job.path,
        now=shared.now,
        given=derived.stale,
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
    look = checks.leaks if job.aside else checks.check
    found = result(subject, look(subject), formers=shared.formers)
    found = msgspec.structs.replace(found, aside=job.aside)
    return Done(result=found, asked=asked, right=derived.right)


def _derived(
    job: Job, text: str, template: Template | None, reading: Reading
) -> Derived:
    """Look at the derived lines; nothing is said of those of what cannot be read."""
    if template is None or any(it.severity == "error" for it in reading.findings):
        return Derived()
    if job.right is None:
        return Derived(stale=markdown.stale(text, template, reading=reading))
    stale, right = markdown.judged(text, template, reading, job.right)
    return Derived(stale=stale, right=right)


def _plain(job: Job) -> str:
    return job.text.replace("\r\n", "\n")


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
