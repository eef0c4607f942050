"""From a record with a place to a candidate, or to the reason why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from postmortem.importers.candidates import Candidate, Setting, Unplaced
from postmortem.importers.instants import Timeless, instant, unset
from postmortem.importers.texts import cleaned
from postmortem.importers.trees import Tree

_BEGINNING = 1971
"""Years before it are what programs write for a time that was never set."""


@dataclass(frozen=True, kw_only=True)
class Piece:
    """One record of an export, and what stands around it."""

    tree: Tree
    where: str
    setting: Setting
    around: tuple[Tree, ...] = ()
    """The objects that hold it, the outermost first."""

    def event(
        self, when: object, text: str | None, source: str, **parts: Any
    ) -> Candidate | Unplaced:
        """Return the candidate with that time, or why it has no place.

        `parts` are the other fields of a Candidate; `until` is a time as the record
        has it, and is left out where it is not set or before the beginning.
        """
        until = parts.pop("until", None)
        said = cleaned(text or "")
        if not said:
            return self.unplaced("it says nothing")
        try:
            at = time_of(when, self.setting)
        except Timeless as error:
            return self.unplaced(error.why)
        ended = _ended(until, self.setting)
        return Candidate(
            at=at,
            until=ended if ended and ended > at else None,
            text=said,
            where=self.where,
            said=str(when),
            source=source,
            **parts,
        )

    def unplaced(self, why: str) -> Unplaced:
        """Return the record as one without a place."""
        return Unplaced(where=self.where, why=why)


def about(title: str, place: str | None) -> str:
    """Return a title with the service or host that it does not name itself.

    >>> about("HighErrorRate", "api"), about("HighErrorRate (api)", "api")
    ('HighErrorRate (api)', 'HighErrorRate (api)')
    """
    known = not place or place.lower() in title.lower()
    return title if known else f"{title} ({place})"


def time_of(when: object, setting: Setting) -> datetime:
    """Return the instant; raises Timeless, for one that was never set too."""
    at = instant(when, setting)
    if at.year < _BEGINNING:
        raise Timeless(f"its time was never set ({when})")
    return at


def is_set(when: object, setting: Setting) -> bool:
    """Tell whether it is a time that can be told, and one that was set."""
    return _ended(when, setting) is not None


def _ended(until: object, setting: Setting) -> datetime | None:
    if unset(until):
        return None
    try:
        return time_of(until, setting)
    except Timeless:
        return None
