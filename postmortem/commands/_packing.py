"""A record as JSON and back, exactly: what a journal holds before there is a file."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from postmortem.errors import PostmortemError
from postmortem.markdown import Field, values
from postmortem.markdown.fields import ROW_KINDS, TEXT
from postmortem.model import Report


def packed(report: Report, fields: Mapping[str, Field]) -> str:
    """Return a record as JSON; instants keep their offset."""
    extra = {
        name: value
        if _plain(fields.get(name))
        else values.tree(fields.get(name), value)
        for name, value in report.extra.items()
    }
    return msgspec.json.encode(report.replace(extra=extra)).decode()


def unpacked(text: str, fields: Mapping[str, Field]) -> Report:
    """Return the record that was packed; raises PostmortemError for anything else."""
    try:
        report = msgspec.json.decode(text, type=Report)
    except msgspec.MsgspecError as error:
        message = f"this draft does not hold a record: {error}"
        raise PostmortemError(message) from error
    extra = {}
    for name, value in report.extra.items():
        known = fields.get(name)
        if known is None or _plain(known):
            extra[name] = _frozen(value)
        else:
            extra[name] = values.scalar(known, value)
    return report.replace(extra=extra)


def _plain(known: Field | None) -> bool:
    """Tell whether a field's values are texts and rows, which JSON has."""
    return known is not None and known.kind in (TEXT, *ROW_KINDS)


def _frozen(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value
