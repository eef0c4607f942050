"""Finding who can read a piece of evidence, and reading it: who asks, asks here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from itertools import chain, starmap

from postmortem.errors import PostmortemError
from postmortem.importers.candidates import (
    Candidate,
    Found,
    Note,
    Setting,
    Unplaced,
    Verdict,
)
from postmortem.importers.evidence import Evidence, Member
from postmortem.importers.harmless import harmless
from postmortem.importers.protocol import Importer
from postmortem.importers.shelf import LOOSE, PARTICULAR

GROUP = "postmortem.importers"
_SEVERAL = 2


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """A member that nobody took, with what each importer said of it."""

    where: str
    looks: str
    """A clause: `a JSON object with 'a', 'b'`."""
    said: tuple[tuple[str, str], ...] = ()
    """Importer and reason, in the order in which they were asked."""


@dataclass(kw_only=True)
class Tally:
    """How much one importer read."""

    members: int = 0
    placed: int = 0
    unplaced: int = 0

    @property
    def read(self) -> int:
        """Records, placed or not."""
        return self.placed + self.unplaced


@dataclass(kw_only=True)
class Reading:
    """What evidence holds, as it is iterated once; the counts are right at its end."""

    evidence: Evidence
    setting: Setting
    importers: Sequence[Importer]
    notes: Sequence[Note] = ()
    """What is to be said before: importers of other packages that are broken."""
    tallies: dict[str, Tally] = field(default_factory=dict)
    """By the importer's name."""
    refusals: list[Refusal] = field(default_factory=list)

    def __iter__(self) -> Iterator[Found]:
        taken = starmap(self._events, self._taken())
        return chain(self.notes, self.evidence.refused, chain.from_iterable(taken))

    @property
    def taken(self) -> bool:
        """Tell whether any importer took any of it; known at the end."""
        return bool(self.tallies)

    def _taken(self) -> Iterator[tuple[Importer, Evidence]]:
        """Yield who reads what: all members together first, then what is left."""
        left = list(self.evidence.members)
        if len(left) > 1:
            for importer in self.importers:
                verdict = self._verdict(importer, _part(self.evidence, left))
                if not verdict.taken:
                    continue
                takes = verdict.takes
                chosen = [m for m in left if takes is None or m.name in takes]
                left = [m for m in left if takes is not None and m.name not in takes]
                yield importer, _part(self.evidence, chosen)
                if len(left) < _SEVERAL:
                    break
        for member in left:
            evidence = _part(self.evidence, [member])
            chosen_one = self._chosen(evidence)
            if chosen_one is not None:
                yield chosen_one, evidence

    def _chosen(self, evidence: Evidence) -> Importer | None:
        said = []
        for importer in self.importers:
            verdict = self._verdict(importer, evidence)
            if verdict.taken:
                return importer
            said.append((importer.name, verdict.why))
        member = evidence.members[0]
        refusal = Refusal(where=member.name, looks=_looks(member), said=tuple(said))
        self.refusals.append(refusal)
        return None

    def _verdict(self, importer: Importer, evidence: Evidence) -> Verdict:
        try:
            return importer.recognises(evidence)
        except PostmortemError as error:
            return Verdict(taken=False, why=error.problem.message)
        except MemoryError:
            raise
        except Exception as error:  # noqa: BLE001 - one importer spoils no other
            return Verdict(taken=False, why=_broken(error))

    def _events(self, importer: Importer, evidence: Evidence) -> Iterator[Found]:
        tally = self.tallies.setdefault(importer.name, Tally())
        tally.members += len(evidence.members)
        where = evidence.members[0].name if evidence.only else evidence.name
        placed = 0
        clean = getattr(importer, "clean", False)
        try:
            every = importer.events(evidence, self.setting)
            for found in every if clean else map(_harmless, every):
                if type(found) is Candidate:
                    placed += 1
                else:
                    tally.unplaced += isinstance(found, Unplaced)
                yield found
        except PostmortemError as error:
            tally.unplaced += 1
            where = error.problem.path or where
            yield Unplaced(where=where, why=error.problem.message)
        except MemoryError:
            raise
        except Exception as error:  # noqa: BLE001 - one file spoils no other
            tally.unplaced += 1
            yield Unplaced(where=where, why=f"{importer.name}: {_broken(error)}")
        finally:
            tally.placed += placed


def found(
    evidence: Evidence,
    setting: Setting,
    importers: Iterable[Importer] | None = None,
    *,
    first: Iterable[Importer] = (),
) -> Reading:
    """Return what the evidence holds, to be iterated: nothing is read before.

    Unless `importers` are given, all are asked: those that are to be `first`, ours that
    are particular, those of other packages, ours that are loose.
    """
    notes: tuple[Note, ...] = ()
    if importers is None:
        theirs, notes = others()
        importers = (*first, *shelf(PARTICULAR), *theirs, *shelf(LOOSE))
    return Reading(
        evidence=evidence, setting=setting, importers=tuple(importers), notes=notes
    )


def shelf(names: Iterable[str] = (*PARTICULAR, *LOOSE)) -> tuple[Importer, ...]:
    """Return our own importers, in the order in which they are asked."""
    return tuple(_imported(name) for name in names)


@cache
def others() -> tuple[tuple[Importer, ...], tuple[Note, ...]]:
    """Return the importers that other packages bring, and a note for each broken one.

    They are entry points of the group `postmortem.importers`: an importer, or what
    makes one when it is called without arguments.
    """
    from importlib.metadata import entry_points

    importers: list[Importer] = []
    notes: list[Note] = []
    for point in sorted(entry_points(group=GROUP), key=lambda each: each.name):
        try:
            loaded = point.load()
            importer: Importer = loaded() if isinstance(loaded, type) else loaded
            if not all(map(callable, (importer.recognises, importer.events))):
                notes.append(Note(where=point.value, text="it is no importer"))
                continue
            importer.name = str(importer.name)
        except MemoryError:
            raise
        except Exception as error:  # noqa: BLE001 - one package spoils no other
            said = f"the importer {point.name!r} is not used: {_broken(error)}"
            notes.append(Note(where=point.value, text=said))
        else:
            importers.append(importer)
    return tuple(importers), tuple(notes)


@cache
def _imported(name: str) -> Importer:
    module, _, attribute = name.partition(":")
    loaded = getattr(import_module(f"postmortem.importers.{module}"), attribute)
    importer: Importer = loaded() if isinstance(loaded, type) else loaded
    return importer


def _harmless(found: Found) -> Found:
    return harmless(found) if isinstance(found, Candidate) else found


def _part(evidence: Evidence, members: list[Member]) -> Evidence:
    return Evidence(name=evidence.name, members=tuple(members), folder=evidence.folder)


def _looks(member: Member) -> str:
    try:
        return member.shape.looks
    except PostmortemError as error:
        return error.problem.message


def _broken(error: Exception) -> str:
    said = str(error).splitlines()[0][:200] if str(error) else ""
    return f"it failed ({type(error).__name__}{f': {said}' if said else ''})"
