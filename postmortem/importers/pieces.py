"""The JSON values of a file: one on each line, or as records of a document."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Any

from postmortem.importers.candidates import Note, Unplaced
from postmortem.importers.jsons import Damage, blank, value_at
from postmortem.importers.records import Record, records
from postmortem.importers.texts import Line, lines

if TYPE_CHECKING:
    from postmortem.importers.evidence import Member


def pieces(
    member: Member, *, under: Collection[str] = ()
) -> Iterator[Record | Unplaced | Note]:
    """Yield the values of a file in their order, and what is damaged as Unplaced.

    Where each line is a value of its own, its place is the line; else see `records`.
    """
    if not _is_by_line(member):
        yield from records(member, under=under)
        return
    for line in lines(member):
        if not isinstance(line, Line):
            yield line
        elif line.text.strip():
            where = f"{member.name}:{line.number}"
            try:
                yield Record(_value(line.text), where, {})
            except Damage as error:
                yield Unplaced(where=where, why=f"the JSON is damaged: {error.why}")


def _is_by_line(member: Member) -> bool:
    """Tell whether the first two lines are each a value, or begin one."""
    if member.shape.kind != "lines":
        return False
    first, *rest = member.shape.lines
    try:
        value = _value(first)
    except Damage:
        return False
    return isinstance(value, dict | list) and rest[:1] != [] and rest[0][:1] in "{["


def _value(line: str) -> Any:
    """Return the one value of a line; raises Damage."""
    import msgspec

    try:
        return msgspec.json.decode(line)
    except (msgspec.MsgspecError, RecursionError, UnicodeError):
        found = value_at(line, blank(line, 0))
    if blank(line, found.end) < len(line):
        raise Damage(found.end, "there is more behind its end")
    return found.value
