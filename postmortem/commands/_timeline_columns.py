"""Which column of a table says what: told by whoever imports it, or guessed."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from postmortem.errors import PostmortemError

if TYPE_CHECKING:
    from postmortem.importers import Evidence
    from postmortem.importers.columns import Columns
    from postmortem.importers.loose_json import LooseJson
    from postmortem.importers.table import Table

_HINT = 'write --columns "time=When,text=What,author=Who"'


@dataclass(frozen=True)
class ToldColumns:
    """Importers that read tables as somebody said."""

    names: Mapping[str, str]
    table: Table
    objects: LooseJson

    @property
    def importers(self) -> tuple[LooseJson, Table]:
        """They are asked before all others."""
        return (self.objects, self.table)

    def check(self) -> None:
        """Raise PostmortemError where no file has these columns."""
        if self.table.took or self.objects.took:
            return
        said = ", ".join(map(repr, self.names.values()))
        there = self.table.seen or self.objects.seen
        hint = f"there are: {', '.join(there)}" if there else _HINT
        raise PostmortemError(f"no file has the columns {said}", hint=hint)


def told_columns(said: Sequence[str]) -> ToldColumns | None:
    """Return how tables are to be read; None where nobody said it.

    Raises PostmortemError for what names no column.
    """
    if not said:
        return None
    from postmortem.importers.columns import NAMES
    from postmortem.importers.loose_json import LooseJson
    from postmortem.importers.table import Table

    between = re.compile(rf",\s*(?=(?:{'|'.join(NAMES)})\s*=)")
    names: dict[str, str] = {}
    for part in (each for text in said for each in between.split(text)):
        what, equals, name = part.partition("=")
        if not equals or not name.strip() or what.strip() not in NAMES:
            there = ", ".join(NAMES)
            hint = f"{_HINT}\nwhat a column can be: {there}"
            raise PostmortemError(f"{part!r} says of no column what it is", hint=hint)
        names[what.strip()] = name.strip()
    return ToldColumns(names, Table(told=names), LooseJson(told=names))


def guess_of(evidence: Evidence, read: Container[str]) -> Columns | None:
    """Return what the columns of one file seem to be, which no tool is known for."""
    from postmortem.importers.loose_json import LooseJson
    from postmortem.importers.table import Table

    if evidence.only is None:
        return None
    for importer in (LooseJson(), Table()):
        if importer.name in read:
            return importer.guess(evidence)
    return None


def shown(columns: Columns) -> str:
    """Return what each column is taken for, as it can be typed.

    >>> from postmortem.importers.columns import Columns
    >>> shown(Columns(time="When", text="What"))
    'time=When, text=What'
    """
    return ", ".join(f"{what}={name}" for what, name in columns.shown())
