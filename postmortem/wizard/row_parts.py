"""The parts of a row: which are asked, what can be chosen, and how each is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, tzinfo
from typing import Any

from postmortem import moments
from postmortem.answers.row_kinds import KINDS
from postmortem.markdown import Field
from postmortem.markdown.fields import ACTIONS, EVENTS, FACTORS, LIST, TABLE
from postmortem.model import Report
from postmortem.prompts import Option
from postmortem.wizard.choosing import UNKNOWN
from postmortem.wizard.row_reasons import CHOICES, MEANINGS
from postmortem.wizard.sitting import Sitting

_ASKED: Mapping[str, tuple[str, ...]] = {
    FACTORS: ("kind",),
    ACTIONS: ("owner", "due", "done_when"),
}
"""What new rows are asked, in this order; of a table, all its columns. Who opens a row
again is asked for all."""
_FACTOR = {(FACTORS, "cause"), (ACTIONS, "factor")}
"""Parts that name a factor."""


def guided(known: Field) -> bool:
    """Tell whether a new row that comes alone is asked for its parts."""
    return known.kind in _ASKED or known.kind == TABLE


def asked_parts(
    report: Report, known: Field, row: Any, *, again: bool, start: str
) -> tuple[str, ...]:
    """Return the parts that are asked: those that a row lacks, or `again` all.

    `start` is among them. A factor is asked for only where there is one to name.
    """
    parts: Sequence[str] = [part for part in known.parts if part != "key"]
    if not again and guided(known):
        wanted = _ASKED.get(known.kind, parts)
        parts = [part for part in wanted if _of(row, part) is None or part == start]
    return tuple(
        part
        for part in parts
        if (known.kind, part) not in _FACTOR
        or part == start
        or _of(row, part)
        or _causes(report, row)
    )


def options(sitting: Sitting, known: Field, row: Any, part: str) -> tuple[Option, ...]:
    """Return what a part is chosen from; nothing for one that is written."""
    if (known.kind, part) in _FACTOR:
        rows = _causes(sitting.report, row)
        found = tuple(Option(str(it.key), str(it.key), it.text) for it in rows)
    else:
        words = CHOICES.get((known.kind, part), ())
        found = tuple(Option(each, each, MEANINGS.get(each, "")) for each in words)
    if not found:
        return ()
    own = _of(row, part)
    if own and own not in {each.value for each in found}:
        found = (*found, Option(own, own, "as it is"))
    return found if part == "status" else (*found, UNKNOWN)


def part_written(zone: tzinfo, known: Field, row: Any, part: str) -> str:
    """Return a part of a row as it would be typed."""
    if known.kind == LIST:
        return str(row)
    value = _of(row, part)
    if known.kind == EVENTS and part == "at" and value:
        return moments.span(row.at, row.until, zone, approximate=row.approximate)
    return "" if value is None else str(value)


def words_of(sitting: Sitting, known: Field, part: str) -> Sequence[str]:
    """Return the words that may complete a part."""
    if (known.kind, part) == (EVENTS, "kind"):
        return (*sitting.asked.moments, *KINDS)
    return sitting.words(part)


def meant(zone: tzinfo, row: Any, part: str, today: date) -> str:
    """Say which instant or day a part is understood as; nothing for other parts."""
    match _of(row, part):
        case datetime() as at:
            return moments.describe(at, zone)
        case date() as day:
            return f"{day:%a %Y-%m-%d}{' (that is past)' if day < today else ''}"
    return ""


def _causes(report: Report, row: Any) -> list[Any]:
    """Return the factors that a row can name: none that came from itself."""
    rows = [each for each in report.factors or () if each.key]
    after = {getattr(row, "key", None)} - {None}
    size = -1
    while size < len(after):
        size = len(after)
        after |= {each.key for each in rows if each.cause in after}
    return [each for each in rows if each.key not in after]


def _of(row: Any, part: str) -> Any:
    if isinstance(row, str):
        return row
    return row.get(part) if isinstance(row, Mapping) else getattr(row, part)
