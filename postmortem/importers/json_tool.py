"""Importers of JSON as a table of sorts: how a record looks, and what it becomes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from postmortem.importers.candidates import (
    Candidate,
    Found,
    Note,
    Setting,
    Unplaced,
    Verdict,
)
from postmortem.importers.evidence import Evidence
from postmortem.importers.pieces import pieces
from postmortem.importers.records import Record
from postmortem.importers.telling import Piece
from postmortem.importers.trees import Tree

_DEEPEST = 5
_LOOKED_AT = 100
_LINE = re.compile(r":\d+$")
_NAMED = 3
"""Sorts that a refusal names."""

Events = Iterator[Candidate | Unplaced]


@dataclass(frozen=True, kw_only=True)
class Sort:
    """One sort of record that a tool writes."""

    called: str
    """In the plural: `log entries`."""
    fits: Callable[[Tree], bool]
    read: Callable[[Piece], Events]


@dataclass(frozen=True, kw_only=True)
class JsonTool:
    """An importer of the JSON that one tool writes.

    A record is looked for in lists, in pages of lists, in lines of JSON, and under the
    keys of `under`, which hold nothing else; the first sort that fits reads it.
    """

    name: str
    sorts: tuple[Sort, ...]
    under: tuple[str, ...] = ()

    def recognises(self, evidence: Evidence) -> Verdict:
        """Look for a record of a known sort among the first ones."""
        if evidence.only is None:
            return Verdict(taken=False, why="each file of it is looked at alone")
        shape = evidence.only.shape
        if not shape.json:
            return Verdict(taken=False, why="it is no JSON")
        seen = list(shape.records) or shape.value
        for _, sort in islice(self._walked(seen, ()), _LOOKED_AT):
            if sort is not None:
                return Verdict(taken=True, why=f"it holds {sort.called}")
        known = [sort.called for sort in self.sorts[:_NAMED]]
        none = "no " if len(known) == 1 else "none of: "
        return Verdict(taken=False, why=f"it has {none}{', '.join(known)}")

    def events(self, evidence: Evidence, setting: Setting) -> Iterator[Found]:
        """Yield the events of every record; what is no record of the tool, unplaced."""
        for member in evidence.members:
            around: Tree = {}
            empty = True
            for each in pieces(member, under=self.under):
                empty = False
                if isinstance(each, Unplaced | Note):
                    yield each
                    continue
                if each.around is not around:
                    yield from self._beside(around, member.name, setting)
                    around = each.around
                yield from self._read(each, setting)
            yield from self._beside(around, member.name, setting)
            if empty:
                yield Note(where=member.name, text="there is no record in it")

    def _beside(self, around: Tree, where: str, setting: Setting) -> Events:
        """Read the other lists of an object of which one was gone through."""
        for key in self.under:
            if isinstance(around.get(key), list):
                yield from self._read(
                    Record(around[key], f"{where} {key}", {}), setting
                )

    def _read(self, record: Record, setting: Setting) -> Events:
        around = (record.around,) if record.around else ()
        found = self._walked(record.value, around)
        by_line = _LINE.search(record.where) is not None
        for number, (piece, sort) in enumerate(found, 1):
            where = record.where
            if piece.tree is not record.value and not (by_line and number == 1):
                where += f".{number}" if "#" in where else f"#{number}"
            placed = replace(piece, where=where, setting=setting)
            if sort is None:
                yield placed.unplaced(f"it is no record that {self.name} writes")
            else:
                yield from sort.read(placed)

    def _walked(
        self, node: object, around: tuple[Tree, ...]
    ) -> Iterator[tuple[Piece, Sort | None]]:
        if isinstance(node, list):
            for each in node:
                yield from self._walked(each, around)
            return
        tree: Tree = node if isinstance(node, dict) else {}
        piece = Piece(tree=tree, where="", setting=Setting(), around=around)
        for sort in self.sorts:
            if tree and sort.fits(tree):
                yield piece, sort
                return
        inner = [tree[key] for key in self.under if _holds(tree, key)]
        if not inner or len(around) > _DEEPEST:
            yield piece, None
            return
        for each in inner:
            yield from self._walked(each, (*around, tree))


def _holds(tree: Tree, key: str) -> bool:
    return isinstance(tree.get(key), dict | list)
