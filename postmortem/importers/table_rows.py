"""A row of any table as a candidate, by what its columns were found to say."""

from __future__ import annotations

import msgspec

from postmortem import moments
from postmortem.importers.candidates import Candidate, Setting, Unplaced
from postmortem.importers.columns import Columns, Row
from postmortem.importers.telling import Piece

_WEIGHTS = {None: 1, "message": 1, "change": 1, "alert": 3, "deploy": 3}


def candidate(
    row: Row, where: str, setting: Setting, columns: Columns, source: str
) -> Candidate | Unplaced:
    """Return what a row tells, or why it has no place."""
    kind = columns.event_kind(row)
    link = _said(row, columns.link)
    piece = Piece(tree=row, where=where, setting=setting)
    return piece.event(
        columns.when(row),
        _said(row, columns.text),
        _said(row, columns.source) or source,
        kind=kind,
        author=_said(row, columns.author),
        link=link if link and link.startswith(("http://", "https://")) else None,
        id=_said(row, columns.id),
        weight=_WEIGHTS.get(kind, 2),
    )


def zoned(setting: Setting, columns: Columns) -> Setting:
    """Return the setting with the zone that the head of the time's column names."""
    try:
        zone = moments.column_zone(columns.time)
    except moments.Unreadable:
        zone = None
    if zone is None:
        return setting
    return msgspec.structs.replace(setting, zone=zone)


def _said(row: Row, name: str | None) -> str | None:
    found = row.get(name) if name else None
    if isinstance(found, bool) or not isinstance(found, str | int | float):
        return None
    said = str(found).strip()
    return None if said in ("", "-") else said
