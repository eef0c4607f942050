"""`timeline ID import`: read evidence, choose, and put the chosen into the report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from postmortem import timeline
from postmortem.commands import _timeline_people, _timeline_report
from postmortem.commands._consent import somebody
from postmortem.commands._desk import Desk
from postmortem.commands._json import json_text, mistakes_as
from postmortem.commands._streams import answer, tell
from postmortem.commands._timeline_adding import Added, added
from postmortem.commands._timeline_asked import (
    Ask,
    day_of,
    near_of,
    shown_zone,
    window_of,
)
from postmortem.commands._timeline_evidence import Gathered, gathered
from postmortem.commands._timeline_lacking import asked_of
from postmortem.commands._words import counted
from postmortem.errors import Exit, PostmortemError
from postmortem.importers import Setting
from postmortem.timeline import People, Sifted
from postmortem.timeline.picks import PICK

if TYPE_CHECKING:
    from datetime import tzinfo

    from postmortem.commands._opened import Opened
    from postmortem.env import Env
    from postmortem.importers import Evidence
    from postmortem.model import Report

_ROUNDS = 2
"""What is read with other columns may lack a zone in its turn."""


@dataclass(frozen=True, kw_only=True)
class Job:
    """One import, and what it needs at each step."""

    env: Env
    desk: Desk
    part: str
    ask: Ask
    zone: tzinfo
    named: str
    """What the zone is called in which times are shown."""
    held: dict[str, Evidence] = field(default_factory=dict)
    """What was opened: what is piped in can be read once."""

    @property
    def attended(self) -> bool:
        """Whether somebody is there who can choose."""
        return somebody(self.env)


def imported(env: Env, part: str, ask: Ask) -> Exit:
    """Do it, and say what became of every record."""
    with mistakes_as(env, ask.shape), Desk(env) as desk:
        opened = desk.open(part)
        opened.check_seen("timeline")
        report = opened.by_template.report
        zone, named = shown_zone(report)
        job = Job(env=env, desk=desk, part=part, ask=ask, zone=zone, named=named)
        people = _timeline_people.people(env, ask)
        found, ask = _settled(job, report)
        job = replace(job, ask=ask)
        talkers = timeline.talkers(found.intake.candidates)
        people = replace(people, known=_authors(found), alone=talkers)
        rows = report.timeline or ()
        with found.progress.ordering():
            sifted = timeline.sift(found.intake, rows, people=people)
        window = found.intake.window
        if ask.shape == "text":
            _timeline_report.tell_heaps(job, sifted, found, window)
        chosen = _chosen(job, sifted, opened)
        if not ask.dry_run and chosen:
            people = _timeline_people.asked(job, people, sifted, chosen)
        _finish(job, sifted, found, people, chosen)
    return Exit.DONE


def _finish(
    job: Job,
    sifted: Sifted,
    found: Gathered,
    people: People,
    chosen: Mapping[int, str],
) -> None:
    """Put what was chosen into the report as it is now, and say what was done."""
    groups = {at: sifted.offered[at] for at in sorted(chosen)}
    opened = job.desk.open(job.part)  # whoever chose took a while
    form = opened.template.outline.fields
    done = added(opened.by_template.report, groups, chosen, people, job.ask, form)
    line = ""
    if not job.ask.dry_run and done.events:
        line = _saved(job.desk, opened, done)
    if job.ask.shape == "json":
        plain = _timeline_report.plain(job, sifted, found, people, done)
        answer(job.env, json_text(plain))
    elif job.ask.dry_run:
        _timeline_report.tell_offered(job, sifted, people)
    elif done.events:
        answer(job.env, f"added {counted(len(done.events), 'event')}; {line}")
    else:
        answer(job.env, "nothing was added")
    for each in done.remarks:
        tell(job.env, each)


def _saved(desk: Desk, opened: Opened, done: Added) -> str:
    from postmortem.commands._doubts import tell_doubts

    text = opened.with_report(done.report)
    said = desk.save(opened, text, f"import {counted(len(done.events), 'event')}")
    tell_doubts(desk.env, done.report)
    return said


def _settled(job: Job, report: Report) -> tuple[Gathered, Ask]:
    """Read the evidence; what it lacks and a person knows is asked for once."""
    ask = job.ask
    found = _read(job, ask, report)
    if not job.attended or ask.every:
        return found, ask
    asked: set[str] = set()
    for _ in range(_ROUNDS):
        more = asked_of(job, found, report, asked)
        if not more:
            break
        ask = replace(ask, **more)
        found = _read(job, ask, report)
    return found, ask


def _read(job: Job, ask: Ask, report: Report) -> Gathered:
    from postmortem import moments

    zone = moments.zone(ask.zone) if ask.zone else None
    window = window_of(ask, report, zone or job.zone, job.env.now)
    alone = len(ask.files) == 1 and ask.log is None and ask.repository is None
    wide = window if alone else window.wider(timeline.WIDEST_SHIFT)
    setting = Setting(
        zone=zone,
        near=near_of(ask, report, zone or job.zone, job.env.now),
        begin=wide.begin,
        end=wide.end,
        copied=day_of(ask, zone or job.zone, job.env.now),
        day_first=ask.day_first,
    )
    return gathered(job.env, ask, setting, window, wide=wide, held=job.held)


def _authors(found: Gathered) -> frozenset[str]:
    return frozenset(name for name, _ in timeline.authors(found.intake.candidates))


def _chosen(job: Job, sifted: Sifted, opened: Opened) -> Mapping[int, str]:
    """Return the places of what is to be added, with a moment where one was named."""
    ask, many = job.ask, len(sifted.offered)
    everything = dict.fromkeys(range(many), PICK)
    if ask.dry_run or not many:
        return {}
    if ask.every or (ask.pick is False and ask.narrow):
        return everything
    if ask.pick is not False and job.attended:
        from postmortem.commands._timeline_pick import picked

        return picked(job, sifted.offered, opened.entry.title or opened.entry.id)
    if ask.pick is None and ask.narrow:
        return everything
    said = "is one candidate" if many == 1 else f"are {many} candidates"
    raise PostmortemError(
        f"there {said}, and nobody to choose among them",
        hint="--all takes all of them, --dry-run shows them\n"
        "--between, --grep, --kind, --author and --source take what they leave",
    )
