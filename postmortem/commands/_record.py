"""A report as JSON: the record, where its values stand, and what could not be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from postmortem.commands._opened import Opened
    from postmortem.markdown import Spans


def plain(opened: Opened) -> dict[str, Any]:
    """Return it as plain values; a key that is not there is not known yet."""
    import msgspec

    from postmortem import model

    reading = opened.reading
    return {
        "id": opened.entry.id,
        "path": opened.shown,
        "branch": opened.entry.branch,
        "report": msgspec.to_builtins(reading.report),
        "durations": [
            {
                "name": each.name,
                "formula": each.formula,
                "seconds": each.length.total_seconds(),
                "approximate": each.approximate,
            }
            for each in model.durations(reading.report)
        ],
        "lines": lines(reading.spans),
        "findings": [msgspec.structs.asdict(each) for each in reading.findings],
    }


def lines(spans: Spans) -> dict[str, Any]:
    """Return the 1-based line of each value; of rows, one for each."""
    names = (*spans.front, *spans.texts, "title")
    found: dict[str, Any] = {
        name: line for name in names if (line := spans.line_of(name)) is not None
    }
    for name, rows in spans.rows.items():
        if rows:
            found[name] = [spans.body + each.start + 1 for each in rows]
    return found
