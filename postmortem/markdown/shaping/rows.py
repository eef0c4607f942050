"""Rows shown once more, as a table or a list of chosen parts."""

from __future__ import annotations

from postmortem.markdown import inline, parting
from postmortem.markdown.lettering import table_line
from postmortem.markdown.shaping.panel import Panel, listed, said
from postmortem.templating import TemplateMistake

_BETWEEN = " · "


def as_table(rows: object, *parts: str, heads: object = None) -> Panel:
    """Show rows as a table of these parts, all of them when none is named.

    `heads` are the words above the columns; else the parts' names are.
    """
    found = listed(rows, "as_table")
    if not found:
        return Panel.of("as_table", ())
    first = found[0]
    every = ("text",) if isinstance(first, str) else tuple(first)
    shown = parts or tuple(part for part in every if not part.startswith("__"))
    cells = [[said(row, part, "as_table") for part in shown] for row in found]
    lines = [_heads(shown, heads), ["---"] * len(shown), *cells]
    return Panel.of("as_table", (table_line(_escaped(line)) for line in lines))


def as_list(rows: object, *parts: str) -> Panel:
    """Show rows as a list of these parts, of their texts when none is named."""
    lines = []
    for row in listed(rows, "as_list"):
        told = [said(row, part, "as_list") for part in parts or ("text",)]
        line = _BETWEEN.join(part for part in told if part)
        if line:
            lines.append(f"- {parting.parted(inline.at_start(line, task=True))}")
    return Panel.of("as_list", lines)


def _heads(parts: tuple[str, ...], heads: object) -> list[str]:
    if heads is None:
        return [part.replace("_", " ").capitalize() for part in parts]
    words = [str(each) for each in heads] if isinstance(heads, (list, tuple)) else []
    if len(words) != len(parts):
        message = f"as_table has {len(parts)} columns and {len(words)} heads"
        raise TemplateMistake(message, hint='write heads=["Key", "What"], one a column')
    return [inline.canonical(each) for each in words]


def _escaped(cells: list[str]) -> list[str]:
    return [inline.cell(parting.parted(cell)) for cell in cells]
