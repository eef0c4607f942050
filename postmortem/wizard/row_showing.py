"""The rows of a field, shown between two questions: all, or what has changed."""

from __future__ import annotations

from typing import Any

from postmortem import moments
from postmortem.markdown import Field
from postmortem.markdown.fields import EVENTS
from postmortem.wizard.row_words import marks_of, names, shown
from postmortem.wizard.sitting import Sitting

_FEW = 40
"""Rows that are shown when a field is opened; of more, the last ones."""
_AROUND = 12
"""Rows that one remembers; of more, it is said how many there are."""


def show_rows(
    sitting: Sitting, known: Field, before: tuple[Any, ...], *, everything: bool = False
) -> None:
    """Show the rows that changed since `before`; all of them where none did."""
    rows: tuple[Any, ...] = sitting.report.value(known.name) or ()
    lines = _lines(sitting, known)
    say = sitting.prompts.say
    fresh = [at for at, row in enumerate(rows) if row not in before]
    if not rows and sitting.report.value(known.name) == ():
        say("known to be none", quiet=True)
    elif everything or not fresh:
        hidden = 0 if everything else max(0, len(lines) - _FEW)
        if hidden:
            say(f"… {hidden} before these; `show` shows all", quiet=True)
        lines = lines[hidden:]
    else:
        if len(rows) > _AROUND:
            say(f"{len(rows)} so far; `show` shows all", quiet=True)
        lines = [lines[at] for at in fresh]
    hang = max(map(len, names(rows)), default=0) + 2
    for line in lines:
        say(line, hang=hang)


def all_rows(sitting: Sitting, known: Field) -> str:
    """Return the rows that are there, a line each; of many, the last ones."""
    return "\n".join(_lines(sitting, known)[-_FEW:])


def show_untold(sitting: Sitting, known: Field) -> None:
    """Say which moments were told that no event stands for."""
    if known.kind != EVENTS:
        return
    report, zone = sitting.report, sitting.zone
    rows = report.value(known.name) or ()
    there = {row.at for row in rows}
    left = [
        f"{name}, {moments.describe(at, zone)}"
        for at, name in marks_of(report).items()
        if at not in there
    ]
    if left:
        said = f"Told, and no line yet: {'; '.join(left)}"
        sitting.prompts.say(said, quiet=True)


def tell_there(sitting: Sitting, known: Field, row: Any) -> bool:
    """Say which row it is that was typed and is there already; tell whether it is."""
    rows = sitting.report.value(known.name) or ()
    for name, there in zip(names(rows), rows, strict=True):
        if there is row:
            called = f"row {name}" if name.isdecimal() else name
            sitting.prompts.say(f"That is {called} already.", quiet=True)
            return True
    return False


def _lines(sitting: Sitting, known: Field) -> list[str]:
    rows = sitting.report.value(known.name) or ()
    return shown(rows, sitting.zone, marks_of(sitting.report))
