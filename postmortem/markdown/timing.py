"""The clock of a section's rows, set for each table, list and run of lines in it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import UTC, date, datetime, tzinfo
from functools import cache
from typing import TYPE_CHECKING

from postmortem.markdown import clocks, foreign, inline
from postmortem.markdown.blocks import TABLE, Block
from postmortem.markdown.convert import Clock
from postmortem.markdown.cut import Cut
from postmortem.markdown.gathering import Gathering

if TYPE_CHECKING:
    from postmortem.markdown.clocks import Said
    from postmortem.markdown.days import Told

_UNCLEAR = "what the heading names is not one zone"
_UNCLEAR_HEAD = "what the head of the column names is not one zone"
_DATED = re.compile(r"\W*\d{4}-\d\d-\d\d")


class Timing:
    """What is said of the times of a section, and the clock that goes by it.

    `outer` is that of the section that it is a part of.
    """

    def __init__(
        self,
        into: Gathering,
        here: Cut,
        outer: Timing | None,
        *,
        events: bool,
    ) -> None:
        self.into, self.here = into, here
        self.foreign = events and into.outline.name == foreign.NAME
        self.heading = clocks.heading_day(here) if events else None
        known = len(into.findings)
        self.zone = clocks.heading_zone(into, here)
        self.unclear = _UNCLEAR if len(into.findings) > known else ""
        """Why the heading gives no zone, though it names one."""
        self.open = (here.heading, *(block.content for block in here.blocks[:2]))
        """What may name a zone of several places."""
        if outer and not self.zone and not self.unclear:
            self.unclear = outer.unclear
            self.zone = None if outer.unclear else outer.zone or outer.above()
        self.clock = Clock(near=clocks.near(into, here), days=self.foreign)
        self.usual = self.clock.near
        self.told: dict[tzinfo | None, Told] = {}
        self.lines: list[Said] = []
        self.above: Callable[[], tzinfo | None] = (
            cache(self._zone_above) if self.foreign else _nothing
        )
        """Return the zone that other people's reports say above a section."""
        if self.foreign:
            self.clock.written = cache(self._written)
        self.inner = outer is not None
        if events and not self._holds_prose():
            self.lines = list(clocks.lines_of(here))
        self.clock.zone = self.zone
        self.leans = False
        """Whether the day of the next rows may come from elsewhere in the report."""
        self.by_line = False
        """Whether the zone is that of a line above the rows."""
        self.carried: tzinfo | None = None
        """The zone that the first of the rows names for all of them."""
        self.last = 0
        """The line behind the rows above."""

    def blocks(self) -> Sequence[Block]:
        """Return where rows may stand: in no table that holds no times of the section.

        And nowhere, where all lists go on with paragraphs.
        """
        found: Sequence[Block] = self.here.blocks
        if not self.foreign:
            return found
        from postmortem.markdown import loose_events

        is_time = self.clock.is_time
        if any(block.kind == TABLE for block in found):
            found = loose_events.without_pasted(found, self.into.body_lines, is_time)
        return found if self.inner else loose_events.without_lists(found, is_time)

    def begin(self, start: int, end: int, head: str) -> None:
        """Set the clock for a table or list at these lines."""
        clock = self.clock
        before, self.last = self.last, end
        below = bisect_left(self.lines, start, key=_line)
        above = self.lines[bisect_left(self.lines, before, key=_line) : below]
        said = [line.day for line in above if line.day is not None][-1:]
        told = {*said, clocks.day_within(head) if head else None}
        told |= set() if before else {self.heading}
        told.discard(None)
        clock.near, clock.unsaid, clock.unzoned = self.usual, "", ""
        clock.alone = ""
        self.carried = None
        if len(told) > 1:
            clock.near = None
            clock.unsaid = f"above it stand {_named(told)}"
        elif told:
            clock.near = told.pop()
        elif (earlier := self._day_above(below)) is not None:
            gone = clock.previous is not None and clock.previous.date() != earlier
            clock.near = None if gone else earlier
        self.leans = self.foreign and clock.near is self.usual and not clock.unsaid
        self.leans &= self.heading is None and not isinstance(self.usual, datetime)
        clock.previous = None
        self._zone([line.zone for line in above if line.zone is not None][-1:])

    def column(self, head: str, line: int) -> None:
        """Go by the zone in the head of a column of times, where it names one."""
        clock, known = self.clock, len(self.into.findings)
        found = clocks.zone_in(self.into, head, line)
        if len(self.into.findings) > known:
            clock.zone, clock.unzoned = None, _UNCLEAR_HEAD
            self.open = (head,)
            return
        clock.zone, above = found or clock.zone, clock.zone
        if self.foreign and self.by_line and found is not None and found != above:
            clock.zone = None
            clock.unzoned = "the head of the column and the line above it name two"

    def begin_lines(self, run: Sequence[Cut], starts: Collection[int]) -> None:
        """Set the clock for rows in no table and no list; `starts` are where they are.

        Headings below the section's say the day as well, where they are no rows.
        """
        for each in run[1:]:
            if each.line not in starts and (said := clocks.said_by(each)):
                self.lines.append(said)
            self.lines += clocks.lines_of(each)
        self.begin(run[0].start, run[0].start, "")
        self.leans &= not any(line.day for line in self.lines)

    def go_on(self, start: int) -> None:
        """Go by the line about the day that stands last above a row."""
        first = bisect_left(self.lines, self.last, key=_line)
        above = self.lines[first : bisect_left(self.lines, start, key=_line)]
        said = [line for line in above if line.day is not None][-1:]
        for line in said:
            self.last = start
            self.clock.near, self.clock.previous = line.day, None
            self._zone([line.zone] if line.zone else [])

    def lean(self, rows: Iterable[tuple[str, int, int]]) -> None:
        """Take the zone of the first row, and the day that is told elsewhere.

        Each where all agrees. `rows` are their times, and the lines where they stand. A
        zone that the heading leaves open is that by which they quote UTC as well.
        """
        rows = list(rows) if self.foreign else []
        self._lean([time for time, _, _ in rows])
        unclear = self.clock.unzoned in (_UNCLEAR, _UNCLEAR_HEAD)
        if rows and unclear and self.clock.zone is None:
            from postmortem.markdown import quoted

            lines = self.into.body_lines
            told = ((time, "\n".join(lines[start:end])) for time, start, end in rows)
            self.carried = quoted.zone(self.open, told, self.clock.near)
            self.clock.zone = self.carried

    def _lean(self, times: Sequence[str]) -> None:
        """Go by the first of these times: where it has its date, none is missed."""
        if self.clock.zone is None and not self.clock.unzoned:
            plain = [inline.plain(inline.canonical(each)) for each in times]
            self.carried = clocks.zone_of_first(plain, self.clock.near)
            self.clock.zone = self.carried
        if not self.leans or not times or _DATED.match(times[0]):
            return
        from postmortem.markdown import days

        clock = self.clock
        if clock.zone not in self.told:
            self.told[clock.zone] = days.told(self.into, self.here, clock.zone)
        told = self.told[clock.zone]
        if told.day and self.usual not in (None, told.day):
            named = _named({told.day, self.usual})
            told = days.Told(unsaid=f"the report names {named}")
        if told.unsaid:
            clock.near, clock.unsaid = None, told.unsaid
        elif told.day is not None:
            plain = [inline.plain(inline.canonical(each)) for each in times]
            if days.fits(plain, clock.zone or UTC, told):
                clock.near = told.at or told.day
            else:
                clock.unsaid = (
                    f"not all times are of {told.day}, which the report names"
                )

    def _zone(self, above: Sequence[tzinfo]) -> None:
        """Take the zone of the line above rows, unless the heading names another."""
        self.clock.zone = self.zone or self.carried
        if self.clock.zone is None:
            self.clock.unzoned = self.unclear
        self.by_line = bool(above)
        own = clocks.zone_of(self.here.heading) if above else None
        if above and own in (None, above[0]):
            self.clock.zone, self.clock.unzoned = above[0], ""
        elif above:
            self.clock.zone = None
            self.clock.unzoned = "the heading and the line above it name two"

    def _zone_above(self) -> tzinfo | None:
        from postmortem.markdown import days

        return None if self.inner else days.zone_above(self.into, self.here)

    def _written(self) -> tuple[date, ...]:
        from postmortem.markdown import days

        return days.written(self.into, self.here)

    def _day_above(self, below: int) -> date | None:
        """Return the day that is said last before a place in the lines."""
        days = (it.day for it in reversed(self.lines[:below]) if it.day is not None)
        return next(days, None)

    def _holds_prose(self) -> bool:
        """Tell whether what stands in the section is a field's own text."""
        number = self.here.section
        return number is not None and bool(self.into.outline.sections[number].text)


def _nothing() -> None:
    return None


def _line(said: Said) -> int:
    return said.line


def _named(found: set[date | None]) -> str:
    return " and ".join(sorted(str(each) for each in found if each))
