"""One line of marked text spelled for a report, each value escaped for its place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest

from postmortem.markdown import inline, neighbours, parting, patterns
from postmortem.markdown.pieces import LIST_MARKER
from postmortem.markdown.tagging import Mark
from postmortem.model import Report

_UNTIDY = re.compile(r"[\s()<>]|\\$")
"""What a link cannot go to as it stands: it needs brackets around it."""
_FIRST = re.compile(r"^(~?\d)")
_PUNCTUATION = (*"!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~",)
_TURNS = ("loop", "row", "end", "if", "fi")


def spelled(  # noqa: PLR0913 - each is a way to be misread
    marks: Sequence[Mark],
    report: Report,
    broken: Sequence[str] = (),
    *,
    start: bool = True,
    looks: bool = False,
    apart: bool = False,
    among: bool = False,
) -> str:
    """Spell a line, with an empty comment behind each of `broken` in its values.

    `start` says that it begins a line of the text; with `looks`, parts that are told by
    their look have it, or a comment that says that they do not. With `apart`, the
    wording of a time does not begin as a time either. `among` says that other lines of
    its paragraph have values, too.
    """
    table = is_table(marks)
    out = ""
    shown = [mark for mark in marks if mark.kind not in _TURNS]
    several = among or sum(mark.kind != "literal" for mark in shown) > 1
    for mark, behind in zip_longest(shown, [each.said[:1] for each in shown[1:]]):
        box = mark.kind == "part" and mark.of[2:] == ("box",)
        if box or mark.kind in ("literal", "details"):
            out += mark.said
            continue
        said = inline.canonical(mark.said) if mark.said else ""
        if not said and looks and _needed(mark, out):
            said = "?"
        timed = mark.of[1:2] == ("at",) and not _is_wording(mark, report)
        if out.endswith("](") and _UNTIDY.search(said):
            out += _target(said)
            continue
        said = neighbours.broken(said, broken) if broken and not timed else said
        said = neighbours.closed(said) if several and mark.kind == "part" else said
        if _misleads(mark, said, report, looks=looks):
            said = _FIRST.sub(rf"\1{inline.BREAK}", said) if apart else said
            said = f"{neighbours.ended(said)}{inline.BREAK}"
        said = _beside(said, out[-1:], behind or "")
        if table and start:
            said = inline.cell(said)
        elif (start and not out.strip()) or LIST_MARKER.fullmatch(out.lstrip()):
            said = inline.at_start(said, task=True)
        out += said
    return parting.parted(out.rstrip())


def _beside(said: str, before: str, behind: str) -> str:
    """Spell a value so that it does nothing to what the template puts beside it."""
    if "*" in (before, behind):
        said = neighbours.slanted(said)
    return neighbours.ended(said) if behind in _PUNCTUATION else said


def cell(
    marks: Sequence[Mark],
    report: Report,
    broken: Sequence[str] = (),
    *,
    looks: bool = False,
) -> str:
    """Spell the cell of a table."""
    said = spelled(marks, report, broken, start=False, looks=looks)
    return inline.cell(said.strip())


def is_table(marks: Sequence[Mark]) -> bool:
    """Tell whether a line is a row of a table."""
    first = next((mark for mark in marks if mark.kind not in _TURNS), None)
    return (
        first is not None
        and first.kind == "literal"
        and first.said.lstrip().startswith("|")
    )


def table_line(cells: Sequence[str]) -> str:
    """Return a table's line with these cells, empty ones as one blank."""
    return tidy(f"| {' | '.join(cells)} |")


def tidy(line: str) -> str:
    """Return a table's line with one blank in every empty cell."""
    while "|  |" in line:
        line = line.replace("|  |", "| |")
    return line


def _needed(mark: Mark, before: str) -> bool:
    """Tell whether a list item would be misread if this part were simply empty."""
    first = LIST_MARKER.fullmatch(before.lstrip()) is not None
    return mark.kind == "part" and (first or mark.of[1] in ("text", "at"))


def _misleads(mark: Mark, said: str, report: Report, *, looks: bool) -> bool:
    """Tell whether a value looks like what it is not; a comment then says so."""
    if looks and mark.kind == "part":
        _, part, printed = mark.of
        if not patterns.looks(part, printed, said):
            return True
    return mark.of[1:2] == ("at",) and _is_wording(mark, report)


def _is_wording(mark: Mark, report: Report) -> bool:
    """Tell whether a time that has digits is no instant: it must not become one."""
    field, _, number = mark.of[0].partition(":")
    rows = report.value(field)
    event = rows[int(number)] if rows and number.isdecimal() else None
    said = getattr(event, "said", None)
    return said is not None and any(character.isdigit() for character in said)


def _target(said: str) -> str:
    """Spell what a link goes to, where it holds blanks or brackets."""
    escaped = re.sub(r"(?<!\\)((?:\\\\)*)([<>])", r"\1\\\2", said)
    odd = (len(escaped) - len(escaped.rstrip("\\"))) % 2
    return f"<{escaped}{chr(92) * odd}>"
