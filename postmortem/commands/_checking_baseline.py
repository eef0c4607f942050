"""The baseline of a check: the file of what a team knows of and does not mend."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from postmortem import files
from postmortem.checks import WARNING, baseline
from postmortem.checks.results import Result
from postmortem.errors import Problems

if TYPE_CHECKING:
    from postmortem.archive import Entry
    from postmortem.commands._checking import Outcome, Wishes
    from postmortem.commands._desk import Desk


def known_of(desk: Desk, wishes: Wishes) -> Mapping[str, Sequence[str]]:
    """Return what the baseline knows; nothing where there is none, or none is asked."""
    path = _baseline(desk, wishes)
    asked = not (wishes.no_baseline or wishes.write_baseline)
    if not asked or (wishes.baseline is None and not path.is_file()):
        return {}
    return baseline.read(files.read(path).text, str(path))


def write_known(desk: Desk, wishes: Wishes, outcome: Outcome) -> None:
    """Write the baseline that knows what was found."""
    from postmortem.commands._places import shown_path
    from postmortem.commands._streams import answer

    if outcome.problems:
        raise Problems(tuple(outcome.problems))
    path = _baseline(desk, wishes)
    named = [
        each.called(name)
        for each, name in zip(outcome.results, outcome.names, strict=True)
    ]
    old = files.read(path) if path.is_file() else None
    text = baseline.text(named)
    files.write(path, text, root=path.parent, expected=old, exclusive=old is None)
    told = _told(baseline.read(text), named)
    answer(desk.env, f"wrote {shown_path(path, desk.env)} ({told})")


def _told(known: Mapping[str, Sequence[str]], found: Sequence[Result]) -> str:
    """Return how many findings a baseline knows, and how many it does not and why."""
    many = sum(map(len, known.values()))
    left = sum(len(each.at_least(WARNING).findings) for each in found) - many
    said = f"{many} finding{'s' * (many != 1)}"
    if not left:
        return said
    why = "since secrets and what cannot be read are never kept back"
    return f"{said}; {left} {'is' if left == 1 else 'are'} left out, {why}"


def _baseline(desk: Desk, wishes: Wishes) -> Path:
    if wishes.baseline is not None:
        return desk.env.cwd / wishes.baseline
    return desk.place.root / baseline.FILE


def name_of(desk: Desk, entry: Entry) -> str:
    """Return what a report is called in the baseline: its path from the settings on."""
    try:
        return entry.path.relative_to(desk.place.root).as_posix()
    except ValueError:
        return entry.path.as_posix()
