"""`timeline ID`: what is in it, where it is from, its moments, and where nothing is."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING, Any

from postmortem import model, moments, timeline
from postmortem.commands._desk import Desk
from postmortem.commands._json import json_text, mistakes_as
from postmortem.commands._listing import cut, width_of
from postmortem.commands._streams import answer, tell
from postmortem.commands._timeline_asked import shown_zone
from postmortem.errors import Exit
from postmortem.escape import csv_cell, single_line
from postmortem.markdown import inline
from postmortem.timeline.placing import sources

if TYPE_CHECKING:
    from postmortem.commands._opened import Opened
    from postmortem.env import Env
    from postmortem.model import Event, Report
    from postmortem.timeline import Gap

_COLUMNS = ("at", "until", "kind", "text", "source", "link")
_LEAST = 24
"""Columns that a text has at least, however narrow the terminal is."""


def show(env: Env, part: str, *, shape: str, zone: str | None, gap: str | None) -> Exit:
    """Print a report's timeline."""
    with mistakes_as(env, shape), Desk(env) as desk:
        opened = desk.open(part)
        report = opened.reading.report
        clocks, named = shown_zone(report, zone)
        longest = moments.read_duration(gap) if gap else timeline.LONGEST
        rows = report.timeline or ()
        found = timeline.gaps(rows, timeline.incident(report), longest)
        match shape:
            case "json":
                answer(env, json_text(_plain(opened, report, found)))
            case "csv":
                answer(env, _csv(rows), exact=True)
            case "mermaid":
                answer(env, _mermaid(rows, named))
            case _:
                _tell(env, report, found, clocks, named)
    return Exit.DONE


def _tell(
    env: Env, report: Report, found: Sequence[Gap], zone: tzinfo, named: str
) -> None:
    rows = report.timeline or ()
    if not rows:
        tell(env, "the timeline has no event; `postmortem timeline ID import` fills it")
    else:
        width = env.width if env.stdout_is_terminal else None
        answer(env, "\n".join(_lines(rows, found, zone, named, width)))
    for line in _facts(report, zone):
        answer(env, line)


def _facts(report: Report, zone: tzinfo) -> Iterator[str]:
    """Yield the moments, the durations that they give, and the sources."""
    known = [
        (name, moment)
        for name in model.MOMENTS
        if (moment := getattr(report, name)) is not None
    ]
    if known:
        yield ""
    for name, moment in known:
        about = "~" if moment.approximate else ""
        yield f"{name:12}  {about}{moments.clock(moment.at, zone)}"
    for each in model.durations(report):
        formula = each.formula.partition(" = ")[2]
        yield f"{each.name}: {moments.duration(each.length)} ({formula})"
    counted = _sources(report.timeline or ())
    if counted:
        said = ", ".join(f"{name} {many}" for name, many in counted.items())
        yield f"sources: {single_line(said)}"


def _lines(
    rows: Sequence[Event],
    found: Sequence[Gap],
    zone: tzinfo,
    named: str,
    width: int | None,
) -> Iterator[str]:
    gaps = {each.end: each for each in found}
    cells = [(_when(row, zone), row) for row in rows]
    wide = max((len(when) for when, _ in cells), default=0)
    froms = [single_line(inline.plain(row.source or "")) for row in rows]
    right = max(map(len, froms), default=0)
    room = None
    if width is not None:
        right = min(right, max(width // 4, 8))
        room = max(width - wide - right - 6, _LEAST)
    day = ""
    for (when, row), source in zip(cells, froms, strict=True):
        here = moments.shown_in(row.at, zone).date().isoformat() if row.at else day
        if here != day:
            day = here
            yield f"{day} ({named})"
        if row.at and (gap := gaps.pop(row.at, None)):
            yield f"  {'':{wide}}  -- nothing for {moments.duration(gap.length)} --"
        yield _line(when.ljust(wide), row, source, (room, right))


def _line(when: str, row: Event, source: str, sizes: tuple[int | None, int]) -> str:
    room, right = sizes
    kind = f"{row.kind}: " if row.kind else ""
    text = single_line(inline.plain(f"{kind}{row.text}"))
    aside = f"  ({source})" if source else ""
    if room is None:
        return f"  {when}  {text}{aside}"
    shown = cut(text, room)
    pad = " " * max(room - width_of(shown), 0)
    return f"  {when}  {shown}{pad}  {cut(source, right)}".rstrip()


def _when(row: Event, zone: tzinfo) -> str:
    if row.at is None:
        return single_line(inline.plain(row.said or "?"))
    about = row.approximate
    return moments.span(row.at, row.until, zone, approximate=about, with_date=False)


def _sources(rows: Sequence[Event]) -> dict[str, int]:
    counted = Counter(inline.plain(each) for row in rows for each in sources(row))
    return dict(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))


def _plain(opened: Opened, report: Report, found: Sequence[Gap]) -> dict[str, Any]:
    import msgspec

    rows = report.timeline
    return {
        "id": opened.entry.id,
        "path": opened.shown,
        "events": None if rows is None else msgspec.to_builtins(rows),
        "moments": {
            name: moments.iso(moment.at)
            for name in model.MOMENTS
            if (moment := getattr(report, name)) is not None
        },
        "gaps": [
            {
                "begin": moments.iso(each.begin),
                "end": moments.iso(each.end),
                "seconds": each.length.total_seconds(),
            }
            for each in found
        ],
        "sources": _sources(rows or ()),
    }


def _csv(rows: Sequence[Event]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for row in rows:
        told = (
            _instant(row.at, row) or (row.said or ""),
            _instant(row.until, row),
            row.kind or "",
            inline.plain(row.text),
            inline.plain(row.source or ""),
            row.link or "",
        )
        writer.writerow([csv_cell(single_line(each)) for each in told])
    return out.getvalue()


def _instant(at: datetime | None, row: Event) -> str:
    if at is None:
        return ""
    return f"{'~' if row.approximate else ''}{moments.iso(at.astimezone(UTC))}"


def _mermaid(rows: Sequence[Event], named: str) -> str:
    from postmortem.markdown.shaping.diagrams import mermaid_timeline
    from postmortem.markdown.when import When, iso

    told = [
        {
            "at": iso(When(row.at, row.until, row.approximate, row.said)),
            "text": row.text,
            "kind": row.kind,
        }
        for row in rows
    ]
    return str(mermaid_timeline(told, named))
