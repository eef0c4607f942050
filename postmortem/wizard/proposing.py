"""An answer that was given already, in the words of another question.

It is offered with where it comes from, and taken only by whoever takes it.
"""

from __future__ import annotations

from collections.abc import Mapping

from postmortem.markdown import Field
from postmortem.markdown.fields import TEXT
from postmortem.model import Event, Factor, Report

SKIP = "skip"
"""What is typed to leave a question open that has a proposal."""
_FROM: Mapping[str, tuple[str, str]] = {
    "safeguards_failed": ("factors", "safeguard"),
    "recovery": ("timeline", "resolved"),
}
"""Of a field of prose, which rows answer it: their field, and their kind."""


def said_elsewhere(report: Report, known: Field) -> tuple[str, ...]:
    """Return a line for each row that answers a field, as `said of` and its words."""
    return tuple(
        f"You said of {_called(row)}: {row.text}" for row in _rows_for(report, known)
    )


def proposed(report: Report, known: Field) -> str:
    """Return the answer that those rows make, factors with their keys; or nothing."""
    said = [
        f"{row.text} ({row.key})" if isinstance(row, Factor) and row.key else row.text
        for row in _rows_for(report, known)
    ]
    return "\n".join(f"- {each}" for each in said) if said[1:] else "".join(said)


def _rows_for(report: Report, known: Field) -> tuple[Factor | Event, ...]:
    """Return the rows that answer a field of which nothing is known yet."""
    if known.kind != TEXT or report.value(known.name) is not None:
        return ()
    name, kind = _FROM.get(known.name, ("", ""))
    rows = (report.value(name) if name else None) or ()
    return tuple(row for row in rows if row.kind == kind and row.text)


def _called(row: Factor | Event) -> str:
    if isinstance(row, Event):
        return "when it was back to normal"
    return f"{row.key or 'it'} ({row.kind})"
