"""Panels put into a text as the record now makes them, each as a whole."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from postmortem.markdown import inline
from postmortem.markdown.change import Change
from postmortem.markdown.cut import Cut
from postmortem.markdown.panels import PanelSpan
from postmortem.markdown.spots import PanelSpot
from postmortem.model import Finding

_RULE = re.compile(r"-{3,}")
_Which = tuple[str, int]
"""A panel's first comment, and which panel with that comment it is."""


class _Line(NamedTuple):
    """A line of a panel: where it stands, and what it means whatever its layout."""

    at: int
    said: str


def panels(change: Change) -> None:
    """Replace, take out and put in panels, as far as they changed."""
    swallowed = [each for name in change.changed for each in change.panels_in(name)]
    found = {
        which: panel
        for which, panel in _numbered(change.spans.panels)
        if panel not in swallowed
    }
    wanted = dict(_numbered(change.written.made.panels))
    for which, panel in found.items():
        if which in wanted:
            for start, end, new in _differences(change, panel, wanted[which]):
                change.edits.replace(start, end, new)
        else:
            start, end = change.spans.body + panel.start, change.spans.body + panel.end
            change.edits.delete_block(start, end)
    for which in _missing(change, set(found)):
        _insert(change, wanted[which])


def stale(change: Change) -> Iterator[Finding]:
    """Yield a finding for every line of a panel that is not what we would write."""
    wanted = dict(_numbered(change.written.made.panels))
    for which, panel in _numbered(change.spans.panels):
        if which not in wanted:
            yield _finding(change.spans.body + panel.start, "there is nothing to show")
            continue
        for start, end, new in _differences(change, panel, wanted[which]):
            said = new[0].strip() if new else "nothing"
            message = f"this line is derived, and ought to say: {said}"
            if start == end:
                message = f"above this line, derived lines are missing: {said}"
            for line in range(start, max(end, start + 1)):
                yield _finding(line, message)
    found = {which for which, _ in _numbered(change.spans.panels)}
    for which in _missing(change, found):
        cut = _cut(change, wanted[which])
        if cut is not None:
            message = f"a panel is missing in this section: {which[0][5:-4]}"
            yield _finding(change.spans.body + max(cut.line, 0), message, "hint")


def _missing(change: Change, found: Collection[_Which]) -> Iterator[_Which]:
    """Yield the panels that belong into the text and are not there.

    With a change those alone that it brings forth: others were taken out by hand.
    """
    wanted = [which for which, _ in _numbered(change.written.made.panels)]
    missing = [which for which in wanted if which not in found]
    if missing and change.changed:
        held = {which for which, _ in _numbered(change.spans.panels)}
        had = {which for which, _ in _numbered(change.write(change.old).made.panels)}
        missing = [which for which in missing if which in held or which not in had]
    yield from missing


def _finding(line: int, message: str, severity: str = "warning") -> Finding:
    return Finding(
        code="PM110",
        message=message,
        line=line + 1,
        severity=severity,
        hint="change the facts that it comes from, or run refresh",
    )


def _numbered(
    panels: Iterable[PanelSpan | PanelSpot],
) -> Iterator[tuple[_Which, Any]]:
    """Yield what tells each panel from the others, and the panel."""
    seen: Counter[str] = Counter()
    for panel in panels:
        if panel.key:
            seen[panel.key] += 1
            yield (panel.key, seen[panel.key]), panel


def _differences(
    change: Change, panel: PanelSpan, spot: PanelSpot
) -> Iterator[tuple[int, int, list[str]]]:
    """Yield the lines of a panel that differ in what they mean, and the right ones."""
    body, made = change.spans.body, change.written.made.lines
    have = list(_lines(change.edits.lines, body + panel.start, body + panel.end))
    want = list(_lines(made, spot.start, spot.end))
    matcher = SequenceMatcher(
        a=[line.said for line in have],
        b=[line.said for line in want],
        autojunk=False,
    )
    for kind, a1, a2, b1, b2 in matcher.get_opcodes():
        if kind != "equal":
            start = have[a1].at
            end = have[a2 - 1].at + 1 if a2 > a1 else start
            yield start, end, [made[line.at] for line in want[b1:b2]]


def _lines(lines: list[str], start: int, end: int) -> Iterator[_Line]:
    """Yield the lines that say something; in a diagram every character counts."""
    fenced = False
    for at in range(start, end):
        line = lines[at]
        if not line.strip():
            continue
        fence = line.startswith("```")
        yield _Line(at, line.rstrip() if fenced or fence else _meant(line))
        fenced = fenced != fence


def _meant(line: str) -> str:
    bare = re.sub(r"^[*+]\s+", "- ", " ".join(line.split()))
    return inline.canonical(_RULE.sub("---", bare))


def _insert(change: Change, spot: PanelSpot) -> None:
    """Put a panel where the template has it: below or above what is there."""
    cut = _cut(change, spot)
    if cut is None or change.section_of(spot.section) in change.inserted:
        return
    made, lines = change.written.made, change.edits.lines
    others = [(text.section, text.start) for text in made.texts]
    others += [(row.section, row.start) for row in made.rows]
    others += [(loop.section, loop.line) for loop in made.loops]
    behind = any(at == spot.section and line < spot.start for at, line in others)
    at = change.spans.body + (cut.end if behind else cut.start)
    while behind and at > 0 and not lines[at - 1].strip():
        at -= 1
    change.edits.insert_block(at, made.lines[spot.start : spot.end])


def _cut(change: Change, spot: PanelSpot) -> Cut | None:
    """Return the section of the text in which a panel belongs."""
    section = change.section_of(spot.section)
    return None if section is None else change.spans.sections.get(section)
