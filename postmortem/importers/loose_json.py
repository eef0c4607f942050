"""JSON of any program: lines, lists, lists within; its keys are guessed, or told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from postmortem.importers.candidates import Found, Note, Setting, Unplaced, Verdict
from postmortem.importers.columns import Columns, Row, guessed, with_told
from postmortem.importers.pieces import pieces
from postmortem.importers.table_rows import candidate, zoned

if TYPE_CHECKING:
    from postmortem.importers.evidence import Evidence

Told = Mapping[str, str]
_DEEPEST = 4
_LOOKED_AT = 20


class LooseJson:
    """Reads JSON with a time and a text; with `told` keys, as a person said."""

    name = "json"

    def __init__(self, told: Told | None = None) -> None:
        self.told = told or {}
        self.took = False
        self.seen: tuple[str, ...] = ()
        """The keys of objects that have not what was told."""

    def recognises(self, evidence: Evidence) -> Verdict:
        """Look for objects with a time and a text."""
        if evidence.only is None:
            return Verdict(taken=False, why="each file of it is looked at alone")
        shape = evidence.only.shape
        if not shape.json:
            return Verdict(taken=False, why="it is no JSON")
        found = self.guess(evidence)
        if found is None:
            plain = next(iter(_found(list(shape.records) or shape.value, {})), None)
            self.seen = tuple(plain or ()) or self.seen
            return Verdict(
                taken=False, why="its objects have no time and text together"
            )
        return Verdict(
            taken=True, why=f"objects: {found.time!r} says when, {found.text!r} what"
        )

    def guess(self, evidence: Evidence) -> Columns | None:
        """Return what the keys seem to be, for a person to put right."""
        shape = evidence.members[0].shape
        told = self.told
        return _columns(_found(list(shape.records) or shape.value, told), told)

    def events(self, evidence: Evidence, setting: Setting) -> Iterator[Found]:
        """Yield a candidate for each object; what has no time, unplaced."""
        for member in evidence.members:
            columns = self.guess(evidence)
            self.took = True
            if columns is None:
                yield Unplaced(where=member.name, why="it has no objects to read")
                continue
            here = zoned(setting, columns)
            shape = member.shape
            value = shape.value if shape.kind == "object" else None
            under = _lists(value, self.told) if isinstance(value, dict) else ()
            for each in pieces(member, under=under):
                if isinstance(each, Unplaced | Note):
                    yield each
                    continue
                for number, row in enumerate(_rows(each.value, columns, self.told), 1):
                    where = each.where if number == 1 else f"{each.where}.{number}"
                    yield candidate(row, where, here, columns, member.name)


def _rows(value: object, columns: Columns, told: Told) -> list[Row]:
    """Return the objects of a record: mostly it is one itself."""
    alone: Row = value if isinstance(value, dict) else {}
    if columns.time in alone or columns.text in alone:
        return [alone]
    return _found(value, told) or [alone]


def _found(value: object, told: Told, depth: int = 0) -> list[Row]:
    """Return the objects with a time and a text: itself, or those of lists within."""
    if depth > _DEEPEST:
        return []
    if isinstance(value, list):
        rows: list[Row] = [each for each in value if isinstance(each, dict)]
        if _columns(rows, told):
            return rows
        return [row for each in rows for row in _found(each, told, depth + 1)]
    if not isinstance(value, dict):
        return []
    if _columns([value], told):
        return [value]
    inner = list(value.values())
    lists: list[object] = [each for each in inner if isinstance(each, list)]
    lists += [each for each in inner if isinstance(each, dict)][:1]
    return max((_found(each, told, depth + 1) for each in lists), key=len, default=[])


def _columns(rows: list[Row], told: Told) -> Columns | None:
    names = dict.fromkeys(name for row in rows[:_LOOKED_AT] for name in row)
    if not names:
        return None
    guess = guessed(list(names), rows[:_LOOKED_AT], by_name=True)
    return with_told(guess, told, names) if told else guess


def _lists(value: dict[str, object], told: Told) -> tuple[str, ...]:
    """Return the key of the list that a file is about; none where it is one object."""
    if _columns([value], told):
        return ()
    lists = {key: each for key, each in value.items() if isinstance(each, list)}
    found = {
        key: len(rows) for key, each in lists.items() if (rows := _found(each, told))
    }
    return (max(found, key=lambda key: found[key]),) if found else ()
