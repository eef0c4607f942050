"""What becomes of every record that was read: each is in one heap, and none is lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from postmortem.errors import PostmortemError
from postmortem.importers import Candidate, Unplaced
from postmortem.model import Event
from postmortem.timeline.already import already
from postmortem.timeline.choosing import Wanted
from postmortem.timeline.folding import Group, folded
from postmortem.timeline.merging import ordered
from postmortem.timeline.people import People
from postmortem.timeline.shifts import Shift, shifts
from postmortem.timeline.windows import Window

MOST = 60_000
"""Candidates that are held: nobody chooses among more, and memory has an end."""
_MOST_LIKELY = 3
"""The weight of alerts and deploys."""


@dataclass
class Intake:
    """What importers gave: the wanted stretch is kept, and the rest counted.

    Where more is in the window than can be held, what the filters leave out goes
    first, and then what is least likely; each is counted.
    """

    window: Window = field(default_factory=Window)
    beside: Window = field(default_factory=Window)
    """What is looked at to tell whether a source's times are shifted."""
    wanted: Wanted = field(default_factory=Wanted)
    most: int = MOST
    candidates: list[Candidate] = field(default_factory=list)
    """In the window."""
    around: list[Candidate] = field(default_factory=list)
    """Near it."""
    unplaced: list[Unplaced] = field(default_factory=list)
    outside: int = 0
    unfit: int = 0
    """Records in the window that the filters leave out, and that are not held."""
    crowded: int = 0
    """Records in the window that are passed over since there are too many."""
    least: int = 0
    """The weight that what is held has at least."""
    strict: bool = False
    """Whether only what fits the filters is held."""

    @property
    def read(self) -> int:
        """The records, all of them."""
        held = len(self.candidates) + len(self.unplaced)
        return held + self.outside + self.unfit + self.crowded

    def add(self, found: Candidate | Unplaced) -> None:
        """Take in a record; raises PostmortemError for far too many alerts."""
        if isinstance(found, Unplaced):
            self.unplaced.append(found)
        elif self.window.holds(found.at):
            self._hold(found)
        else:
            self.outside += 1
            if self.beside.holds(found.at) and len(self.around) < self.most:
                self.around.append(found)

    def _hold(self, found: Candidate) -> None:
        if self.strict and not self.wanted.fits(Group((found,))):
            self.unfit += 1
        elif found.weight < self.least:
            self.crowded += 1
        else:
            self.candidates.append(found)
            if len(self.candidates) > self.most:
                self._thin()

    def _thin(self) -> None:
        """Hold fewer: only what is wanted, and then only what is likelier."""
        if self.wanted and not self.strict:
            self.strict = True
            fits = [it for it in self.candidates if self.wanted.fits(Group((it,)))]
            self.unfit += len(self.candidates) - len(fits)
            self.candidates = fits
        while len(self.candidates) > self.most and self.least < _MOST_LIKELY:
            self.least += 1
            kept = [each for each in self.candidates if each.weight >= self.least]
            self.crowded += len(self.candidates) - len(kept)
            self.candidates = kept
        if len(self.candidates) > self.most:
            raise PostmortemError(
                f"more than {self.most} alerts and deploys are in the window",
                hint="--between says a shorter one; --grep, --kind, --author and"
                " --source leave fewer",
            )


@dataclass(frozen=True)
class Sifted:
    """The heaps; `read` is the sum of all of them."""

    offered: tuple[Group, ...]
    """What can be added, in order; the filters let it pass, and the report lacks it."""
    known: tuple[tuple[Group, int], ...]
    """What the report has already, with the places of its rows."""
    filtered: tuple[Group, ...]
    outside: int
    unplaced: tuple[Unplaced, ...]
    shifts: tuple[Shift, ...] = ()
    unfit: int = 0
    """Records that the filters leave out, and that are not held."""
    crowded: int = 0
    """Records that are passed over since there are too many."""

    @property
    def folded(self) -> int:
        """Records that are another account of an event that is counted."""
        groups = (*self.offered, *(group for group, _ in self.known), *self.filtered)
        return sum(len(group.members) - 1 for group in groups)

    @property
    def read(self) -> int:
        """Every record."""
        heaps = len(self.offered) + len(self.known) + len(self.filtered)
        passed = self.outside + self.unfit + self.crowded
        return heaps + self.folded + passed + len(self.unplaced)


def sift(intake: Intake, rows: Sequence[Event], *, people: People) -> Sifted:
    """Put what was read into its heaps: fold it, filter it, and know what is there."""
    candidates, wanted = ordered(intake.candidates), intake.wanted
    fits: list[Group] = []
    filtered: list[Group] = []
    for group in folded(candidates):
        (fits if not wanted or wanted.fits(group) else filtered).append(group)
    there = already(fits, rows, people)
    return Sifted(
        offered=tuple(each for at, each in enumerate(fits) if at not in there),
        known=tuple((fits[at], row) for at, row in sorted(there.items())),
        filtered=tuple(filtered),
        outside=intake.outside,
        unplaced=tuple(intake.unplaced),
        shifts=tuple(shifts((*candidates, *intake.around))),
        unfit=intake.unfit,
        crowded=intake.crowded,
    )
