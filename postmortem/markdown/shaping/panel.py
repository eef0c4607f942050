"""Lines that a filter makes as a whole: a table, a list, a diagram."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from postmortem import templating
from postmortem.markdown import inline, when
from postmortem.templating import TemplateMistake

MOST_ROWS = 10_000


class Panel(str):
    """Markdown of several lines, each value in it escaped; "" where there is nothing.

    It stands on lines of its own, between two comments that name the filter.
    """

    __slots__ = ("by",)
    by: str

    @classmethod
    def of(cls, by: str, lines: Iterable[str]) -> Panel:
        """Return the lines that the filter `by` made."""
        panel = cls("\n".join(lines))
        panel.by = by
        return panel


def listed(rows: object, by: str) -> Sequence[Any]:
    """Return the rows given to a filter; raises TemplateMistake for anything else."""
    if rows is None:
        return ()
    if isinstance(rows, (str, Mapping)) or not isinstance(rows, Iterable):
        message = f"{by} takes rows, and this is none: {rows!r:.40}"
        hint = f"give it a list: {{{{ actions | {by} }}}}"
        raise TemplateMistake(message, hint=hint)
    found: list[Any] = []
    for row in rows:
        if not isinstance(row, (str, Mapping)):
            raise TemplateMistake(f"{by} takes rows, and {row!r:.40} is none")
        if len(found) == MOST_ROWS:
            raise TemplateMistake(f"{by} takes {MOST_ROWS} rows at most")
        found.append(row)
    return found


def said(row: str | Mapping[str, Any], part: str, by: str) -> str:
    """Return a part of a row as one line of canonical Markdown; times are in UTC."""
    if isinstance(row, str):
        return inline.canonical(row)
    if part not in row:
        names = [name for name in row if not name.startswith("__")]
        near = templating.nearest(part, names)
        hint = f"did you mean {near!r}?" if near else f"there are {', '.join(names)}"
        raise TemplateMistake(f"{by}: the rows have no part {part!r}", hint=hint)
    value = row[part]
    if value is None:
        return ""
    if part == "at":
        value = when.written(when.from_iso(str(value)), None)
    return inline.canonical(str(value))
