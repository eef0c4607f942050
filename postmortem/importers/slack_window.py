"""Which day files of a Slack export can hold something of a window of time.

By whose midnight Slack cuts the days is written nowhere; real exports are cut by a zone
of America's. Within a channel the files follow each other, so that one which begins
before the window and ends after it makes looking into its neighbours needless.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from postmortem.importers.candidates import Setting
from postmortem.importers.evidence import Member
from postmortem.importers.records import QUICK

_TS = re.compile(rb'"ts"\s*:\s*"?(\d{9,10})')
_ONE = timedelta(days=1)
_FIRST, _LAST = "0000-00-00", "9999-99-99"
_JSON = ".json"


class Covered:
    """The time between the first and the last message that was read of a channel."""

    def __init__(self) -> None:
        self.first = float("inf")
        self.last = float("-inf")

    def add(self, *stamps: str) -> None:
        """Widen it by these instants."""
        for stamp in stamps:
            try:
                seconds = float(stamp)
            except ValueError:
                continue
            self.first = min(self.first, seconds)
            self.last = max(self.last, seconds)


class Window:
    """The window of a setting, as names of day files and as seconds since 1970.

    A file is inside between `first` and `last`, beside it between `before` and `after`.
    """

    def __init__(self, setting: Setting) -> None:
        begin, end = setting.begin, setting.end
        self.begin = begin.timestamp() if begin else float("-inf")
        self.end = end.timestamp() if end else float("inf")
        self.bounds = (begin, end)
        self.outside = 0
        """Messages that were left out of files that were decoded."""
        self.first = _day(begin, timedelta()) if begin else _FIRST
        self.last = _day(end, timedelta()) + _JSON if end else _LAST
        self.before = _day(begin, -_ONE) if begin else _FIRST
        self.after = _day(end, _ONE) + _JSON if end else _LAST

    def kept(self, instants: list[datetime]) -> list[int] | None:
        """Return the places of what is in it, and count the rest; None for all."""
        begin, end = self.bounds
        if begin is None and end is None:
            return None
        first = begin or min(instants)
        last = end or max(instants)
        kept = [place for place, at in enumerate(instants) if first <= at <= last]
        self.outside += len(instants) - len(kept)
        return kept

    def past(self, member: Member, covered: Covered) -> bool:
        """Tell whether a file beside the window holds nothing of it, undecoded."""
        day = member.name.rpartition("/")[2]
        if day < self.first and covered.first < self.begin:
            return True
        if day > self.last and covered.last > self.end:
            return True
        if not 0 <= member.size <= QUICK:
            return False
        found = [int(each) for each in _TS.findall(member.read(QUICK))]
        if not found:
            return False
        return max(found) < self.begin - 1 or min(found) > self.end


def _day(at: datetime, shift: timedelta) -> str:
    try:
        return (at.astimezone(UTC) + shift).date().isoformat()
    except OverflowError:
        return _FIRST if shift < timedelta() else _LAST
