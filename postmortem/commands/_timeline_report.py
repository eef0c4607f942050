"""What became of every record that was read: in a line, in a list, or as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from postmortem import moments, timeline
from postmortem.commands._streams import answer, tell
from postmortem.commands._timeline_lacking import OPTIONS, lacking
from postmortem.escape import single_line
from postmortem.timeline.events import link_of, words

if TYPE_CHECKING:
    from postmortem.commands._timeline_adding import Added
    from postmortem.commands._timeline_evidence import Gathered
    from postmortem.commands._timeline_import import Job
    from postmortem.model import Event
    from postmortem.timeline import Group, People, Sifted, Window
    from postmortem.timeline.shifts import Shift

MOST = 10
"""Lines of a list that a screen shows; JSON has all of them."""
MOST_OFFERED = 200


def tell_heaps(job: Job, sifted: Sifted, found: Gathered, window: Window) -> None:
    """Say how many records are in each heap, and which have no place."""
    answer(job.env, summary(sifted))
    unplaced = [f"not placed: {each.where}, {each.why}" for each in sifted.unplaced]
    if len(unplaced) > 1:
        _tell_some(job, unplaced)
    for each in lacking(job.ask, sifted.unplaced):
        tell(job.env, OPTIONS[each])
    _tell_some(job, [f"{each.where}: {each.text}" for each in found.notes])
    if sifted.outside and not sifted.offered:
        tell(job.env, window_told(window, job))
    if sifted.crowded:
        tell(
            job.env,
            f"more is in the window than anybody can choose among, and {sifted.crowded}"
            " lines of talk are passed over; --between and --grep ask for less",
        )
    for shift in sifted.shifts:
        tell(job.env, suspicion(shift, job.part))


def summary(sifted: Sifted) -> str:
    """Return the line that counts every record."""
    parts = [f"{len(sifted.offered)} offered"]
    for many, said in (
        (sifted.folded, "folded"),
        (len(sifted.known), "there already"),
        (len(sifted.filtered) + sifted.unfit, "left out by filters"),
        (sifted.crowded, "passed over"),
        (sifted.outside, "outside the window"),
    ):
        parts += [f"{many} {said}"] if many else []
    if sifted.unplaced:
        first = sifted.unplaced[0]
        which = f" ({first.where}, {first.why})" if len(sifted.unplaced) == 1 else ""
        parts.append(f"{len(sifted.unplaced)} not placed{which}")
    return single_line(f"read {sifted.read}: {', '.join(parts)}")


def tell_offered(job: Job, sifted: Sifted, people: People) -> None:
    """Print what would be added, in the order of time."""
    most = MOST_OFFERED if job.env.stdout_is_terminal else None
    for group in sifted.offered[:most]:
        event = timeline.event_of(group, people, minutes=job.ask.minutes)
        kind = f"{event.kind}: " if event.kind else ""
        when = moments.clock(event.at, job.zone) if event.at else "?"
        sources = ", ".join(group.sources)
        answer(
            job.env, single_line(f"{when}  {kind}{words(group, people)}  ({sources})")
        )
    if most and len(sifted.offered) > most:
        rest = len(sifted.offered) - most
        answer(job.env, f"… and {rest} more; --format json has all of them")


def suspicion(shift: Shift, part: str) -> str:
    """Say which source looks a zone away, and how that is mended."""
    later = "later" if shift.by > timedelta() else "earlier"
    by = moments.duration(abs(shift.by))
    sign = "-" if shift.by > timedelta() else "+"
    length = by.replace(" ", "")
    return (
        f"look again: in {shift.events} events that both have, {shift.source} is {by} "
        f"{later} than {shift.beside}, as if its times were of another zone\n"
        f'  postmortem timeline {part} shift {sign}{length} --source "{shift.source}"'
        " moves what was imported"
    )


def window_told(window: Window, job: Job) -> str:
    """Return a window in words."""
    if window.begin is None or window.end is None:
        return "there is no window, as the report has no moment"
    begin = moments.clock(window.begin, job.zone)
    end = moments.clock(window.end, job.zone)
    return f"the window is {begin} to {end} ({job.named}); --between says another"


def plain(
    job: Job, sifted: Sifted, found: Gathered, people: People, done: Added
) -> dict[str, Any]:
    """Return all of it as JSON has it."""
    window = found.intake.window
    return {
        "read": sifted.read,
        "offered": [_group(each, people, job) for each in sifted.offered],
        "folded": sifted.folded,
        "already": [
            {**_group(each, people, job), "row": row + 1} for each, row in sifted.known
        ],
        "filtered": [_group(each, people, job) for each in sifted.filtered],
        "unfit": sifted.unfit,
        "crowded": sifted.crowded,
        "outside": sifted.outside,
        "unplaced": [{"where": it.where, "why": it.why} for it in sifted.unplaced],
        "notes": [{"where": it.where, "text": it.text} for it in found.notes],
        "sources": [
            {"evidence": name, "importer": by, "read": many}
            for name, by, many in found.counts
        ],
        "window": [
            moments.iso(it) if it else None for it in (window.begin, window.end)
        ],
        "shifts": [
            {
                "source": it.source,
                "beside": it.beside,
                "seconds": it.by.total_seconds(),
                "events": it.events,
            }
            for it in sifted.shifts
        ],
        "added": [] if job.ask.dry_run else [_event(each) for each in done.events],
    }


def _group(group: Group, people: People, job: Job) -> dict[str, Any]:
    names = job.ask.names
    return {
        "at": moments.iso(group.at),
        "text": words(group, people),
        "kind": group.kind,
        "weight": group.weight,
        "link": link_of(group),
        "accounts": [
            {
                "source": each.source,
                "where": each.where,
                "said": each.said,
                **({"author": each.author} if names else {}),
            }
            for each in group.members
        ],
    }


def _event(event: Event) -> dict[str, Any]:
    import msgspec

    told: dict[str, Any] = msgspec.to_builtins(event)
    return told


def _tell_some(job: Job, lines: Sequence[str]) -> None:
    most = MOST if job.env.stderr_is_terminal else None
    shown: Iterable[str] = lines[:most]
    for line in shown:
        tell(job.env, single_line(line))
    if most and len(lines) > most:
        rest = len(lines) - most
        tell(job.env, f"… and {rest} more; --format json has all of them")
