"""An answer that was given already, in the words of another question.

It is offered with where it comes from, and taken only by whoever takes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from postmortem.markdown import Field
from postmortem.markdown.fields import TEXT
from postmortem.model import Report

SKIP = "skip"
"""What is typed to leave a question open that has a proposal."""
_FROM: Mapping[str, str] = {"safeguards_failed": "safeguard"}
"""Of a field of prose, the kind of those factors that answer it."""


def factors_for(report: Report, known: Field) -> tuple[Any, ...]:
    """Return the factors that answer a field of which nothing is known yet."""
    kind = _FROM.get(known.name)
    if kind is None or known.kind != TEXT or report.value(known.name) is not None:
        return ()
    return tuple(row for row in report.factors or () if row.kind == kind and row.text)


def proposed(report: Report, known: Field) -> str:
    """Return the answer that those factors make, each with its key; or nothing."""
    said = [
        f"{row.text} ({row.key})" if row.key else row.text
        for row in factors_for(report, known)
    ]
    return "\n".join(f"- {each}" for each in said) if said[1:] else "".join(said)
