"""What can be typed where rows are asked for: in a line, and in more for `?`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import tzinfo
from typing import Any

from postmortem import moments
from postmortem.markdown import Field
from postmortem.markdown.fields import ACTIONS, EVENTS, FACTORS
from postmortem.model import Report
from postmortem.wizard.adding import Added
from postmortem.wizard.row_edits import Spot, is_same
from postmortem.wizard.row_reasons import allowed_told, called_so
from postmortem.wizard.row_words import names, words

_WHOLE: Mapping[str, str] = {
    FACTORS: "trigger: a breaker opened; evidence: alarm log",
    ACTIONS: "test both breakers; owner: edge lead; due: +2w",
}
"""A row with its parts on one line."""
_MARKS = frozenset(";()")
"""What may stand between parts: where they do not, that is shown."""


def line_told(known: Field) -> str:
    """Say how one line says more of a row than its words; nothing where none can."""
    example = _WHOLE.get(known.kind, "")
    return f"One line can say it all: {example}" if example else ""


def keys_told(
    rows: Sequence[Any], last: Any, gone: Sequence[Spot], *, taken: bool
) -> str:
    """Return the quiet line beneath; `last` is the row that was typed last, or None.

    `gone` are those that were just taken out, and `taken` is whether some were typed.
    """
    called = names(rows)
    undo = f"undo puts {'them' if gone[1:] else 'it'} back · " if gone else ""
    if not called:
        none = "" if undo else '"none": there are none · '
        return f"{undo}Enter: skip · {none}? more · < back"
    here = [at for at, it in enumerate(rows) if last is not None and is_same(it, last)]
    name = called[here[-1] if here else -1]
    edits = f"{name} edits {f'row {name}' if name.isdecimal() else 'it'}"
    drops = f" · drop {name}" if here and not undo else ""
    begin = "" if taken else "Enter goes on · "
    return f"{begin}{undo}{edits}{drops} · ? more · < back"


def more_told(known: Field, rows: Sequence[Any]) -> str:
    """Say what can be typed about the rows that are there, or below a new one."""
    called = names(rows)
    parts = [part for part in known.parts if part != "key"]
    more = [f"{called_so(it)}: …" for it in parts if it not in ("at", "text")]
    below = f"The next line can say more of it: {', '.join(more)}." if more else ""
    below = "\n".join(filter(None, (below, line_told(known))))
    below = "\n".join(filter(None, (below, *allowed_told(known, parts))))
    if not called:
        return f"none alone says that there is none.\n{below}".rstrip()
    name = called[-1]
    several = f" ({called[0]}-{name}: all)" if len(called) > 1 else ""
    move = f"move {name} {called[0]} puts it there; " if len(called) > 1 else ""
    said = [
        f"{name} goes through it again; drop {name} takes it out{several},",
        f"and undo puts it back; {move}show shows all.",
    ]
    if len(parts) > 1:
        listed = ", ".join(map(called_so, parts))
        said.append(f"{name} PART: WORDS says one part: {listed}.")
        said += allowed_told(known, parts)
    if known.kind == EVENTS:
        said.append(f"shift +1h moves all times, shift {name} -10m that one.")
    return "\n".join(said)


def added_told(known: Field, one: str, steps: Sequence[Added], zone: tzinfo) -> str:
    """Say which row was understood, as it will stand; of several, how many.

    Of an event it is the time, and of a row of mere words nothing.
    """
    if not steps:
        return ""
    said, row = steps[-1].said, steps[-1].row
    parted = len(said) > 1 or not _MARKS.isdisjoint(said[0].said)
    if len(steps) == 1 and parted and known.kind != EVENTS:
        return words(row, zone)
    at = getattr(row, "at", None)
    when = moments.describe(at, zone) if at else ""
    if len(steps) == 1:
        return when
    return f"{len(steps)} {one}s{f', the last at {when}' if when else ''}"


def changed_told(
    known: Field, before: Sequence[Any], made: Report, zone: tzinfo
) -> str:
    """Return the row of which more is said, as it will stand; nothing of an event."""
    fresh = [row for row in made.value(known.name) or () if row not in before]
    return words(fresh[0], zone) if fresh and known.kind != EVENTS else ""
