"""`timeline ID shift` and `drop`: what an import put in, moved in time or taken out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortem import moments, timeline
from postmortem.commands._desk import Desk
from postmortem.commands._streams import answer, tell
from postmortem.commands._words import counted
from postmortem.errors import Exit, Missing, PostmortemError
from postmortem.markdown import inline
from postmortem.model import MOMENTS
from postmortem.timeline.placing import sources

if TYPE_CHECKING:
    from postmortem.commands._opened import Opened
    from postmortem.env import Env
    from postmortem.model import Event, Report


def shift_rows(env: Env, part: str, length: str, source: str | None) -> Exit:
    """Move the times of rows, and the rows to where they then belong."""
    by = moments.read_duration(length)
    with Desk(env) as desk:
        opened = desk.open(part)
        opened.check_seen("timeline")
        report = opened.by_template.report
        rows = report.timeline or ()
        chosen = timeline.comes_from(source)
        many = sum(1 for row in rows if row.at and chosen(row))
        if not many:
            raise _none(rows, source)
        try:
            moved = timeline.shifted(rows, by, chosen)
        except OverflowError as error:
            raise PostmortemError("that is beyond the calendar") from error
        said = f"shift {counted(many, 'event')} by {length}"
        _save(desk, opened, report.replace(timeline=moved), said, many)
        named = [row.kind for row in rows if chosen(row) and row.kind in MOMENTS]
        if named:
            which = ", ".join(sorted({str(each) for each in named}))
            tell(env, f"the moments stay as they are: {which}; `set` changes them")
    return Exit.DONE


def drop_rows(env: Env, part: str, source: str) -> Exit:
    """Take out the rows of a source, or those that a file gave."""
    with Desk(env) as desk:
        opened = desk.open(part)
        opened.check_seen("timeline")
        report = opened.by_template.report
        rows = report.timeline or ()
        left = timeline.dropped(rows, source)
        if left == tuple(rows) and (env.cwd / source).exists():
            left = _without_file(env, source, report)
        many = len(rows) - len(left)
        changed = sum(1 for row in left if row not in rows)
        if not many and not changed:
            raise _none(rows, source)
        said = f"drop {counted(many, 'event')} of {source}"
        _save(desk, opened, report.replace(timeline=left or None), said, many)
        if changed:
            tell(env, f"{changed} more stay, as another source has them too")
    return Exit.DONE


def _without_file(env: Env, name: str, report: Report) -> tuple[Event, ...]:
    """Return the rows that nothing in a file is the evidence of."""
    from postmortem.commands._timeline_asked import Ask, near_of, shown_zone
    from postmortem.commands._timeline_evidence import gathered
    from postmortem.importers import Setting
    from postmortem.timeline import People, Window

    zone, _ = shown_zone(report)
    ask = Ask(files=(name,))
    setting = Setting(zone=zone, near=near_of(ask, report, zone, env.now))
    found = gathered(env, ask, setting, Window(), wide=Window())
    rows = report.timeline or ()
    sifted = timeline.sift(found.intake, rows, people=People())
    gone = {place for _, place in sifted.known}
    return tuple(row for at, row in enumerate(rows) if at not in gone)


def _save(desk: Desk, opened: Opened, report: Report, said: str, many: int) -> None:
    line = desk.save(opened, opened.with_report(report), said)
    answer(desk.env, f"{counted(many, 'event')}; {line}")


def _none(rows: tuple[Event, ...], source: str | None) -> Missing:
    if source is None:
        return Missing("the timeline has no event with a time")
    named = sorted({inline.plain(each) for row in rows for each in sources(row)})
    said = ", ".join(named) or "none is named in it"
    return Missing(f"no event comes from {source!r}", hint=f"there are: {said}")
