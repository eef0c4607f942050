"""Lines made from values that stand elsewhere: found in a text, and made to agree."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from postmortem.markdown import inline
from postmortem.markdown.change import Change
from postmortem.markdown.cut import Cut
from postmortem.markdown.likeness import line_regex
from postmortem.markdown.lookalikes import ours
from postmortem.markdown.spots import SectionSpot
from postmortem.markdown.writer import Written
from postmortem.model import Finding

Replacement = tuple[int, int, list[str]]
"""The lines from, up to, and what goes there."""


def replacements(change: Change) -> Iterator[Replacement]:
    """Yield what makes the derived lines those that we would write."""
    old: Written | None = None
    for number, spot in enumerate(change.written.made.sections):
        section = change.section_of(number)
        cut = change.spans.sections.get(section) if section is not None else None
        if cut is None or section is None:
            continue
        every = change.outline.sections[section].derived
        looks = [look for look in every if not _vague(look)]
        if len(looks) < len(every):
            old = old or change.write(change.old)
            vague = [look for look in every if _vague(look)]
            yield from _exact(change, cut, number, old, vague)
        if not looks:
            continue
        wanted = _lines_of(change.written, spot, looks)
        found: Sequence[int] = _found(change, cut, looks)
        if found and not _agree(change, found, wanted):
            old = old or change.write(change.old)
            had = _had(old, spot, looks)
            words = change.outline.labels.values()
            found = ours(change.edits.lines, found, looks, had, wanted, words)
        if found:
            yield from _differences(change, found, wanted)
        elif wanted:
            old = old or change.write(change.old)
            if not _had(old, spot, looks):
                at, block = _new_place(change, number, looks, wanted)
                yield at, at, block


def _vague(look: str) -> bool:
    """Tell whether any line at all looks so: then only the very line is ours."""
    return re.sub(r"\.\*\?| \+|\s", "", look) == ""


def _exact(
    change: Change, cut: Cut, number: int, old: Written, looks: Sequence[str]
) -> Iterator[Replacement]:
    """Yield the replacements of lines that are known by nothing but their words."""
    spot = change.written.made.sections[number]
    before = _had(old, spot, looks)
    after = _lines_of(change.written, spot, looks)
    places = free(change, cut)
    matcher = SequenceMatcher(a=before, b=after, autojunk=False)
    for kind, a1, a2, b1, b2 in matcher.get_opcodes():
        here = [
            at
            for line in before[a1:a2]
            for at in places
            if _bare(change.edits.lines[at]) == _bare(line)
        ]
        if kind == "insert" and not before:
            at, block = _new_place(change, number, looks, after)
            yield at, at, block
        elif kind != "equal" and here:
            yield from _instead(change.edits.lines, here, after[b1:b2])


def stale(change: Change) -> Iterator[Finding]:
    """Yield a finding for every derived line that is not what we would write."""
    for start, end, new in replacements(change):
        for offset in range(end - start):
            said = new[offset] if offset < len(new) else "nothing"
            yield Finding(
                code="PM110",
                message=f"this line is derived, and ought to say: {_plain(said)}",
                line=start + offset + 1,
                hint="change the facts that it comes from, or run refresh",
            )


def _agree(change: Change, found: Sequence[int], wanted: Sequence[str]) -> bool:
    """Tell whether the lines that look like ours are those that we would write."""
    return [_bare(change.edits.lines[at]) for at in found] == [*map(_bare, wanted)]


def _differences(
    change: Change, found: Sequence[int], wanted: Sequence[str]
) -> Iterator[Replacement]:
    lines = change.edits.lines
    matcher = SequenceMatcher(
        a=[inline.canonical(_bare(lines[at])) for at in found],
        b=[inline.canonical(_bare(line)) for line in wanted],
        autojunk=False,
    )
    for kind, a1, a2, b1, b2 in matcher.get_opcodes():
        if kind == "insert":
            at = found[a1] if a1 < len(found) else found[-1] + 1
            yield at, at, list(wanted[b1:b2])
        elif kind != "equal":
            yield from _instead(lines, found[a1:a2], wanted[b1:b2])


def _instead(
    lines: Sequence[str], gone: Sequence[int], new: Sequence[str]
) -> Iterator[Replacement]:
    """Yield what puts new lines in the place of others, and leaves those between."""
    start = end = gone[0]
    for at in gone:
        if any(line.strip() for line in lines[end:at]):
            yield start, end, list(new)
            start, new = at, ()
        end = at + 1
    yield start, end, list(new)


def _lines_of(written: Written, spot: SectionSpot, looks: Sequence[str]) -> list[str]:
    """Return the derived lines of a section that was written."""
    return [
        written.made.lines[line]
        for line, raw in spot.own
        if raw.values and line_regex(raw) in looks
    ]


def _had(old: Written, spot: SectionSpot, looks: Sequence[str]) -> Sequence[str]:
    """Return the derived lines that a section had before the change."""
    was = next((each for each in old.made.sections if _same(each, spot)), None)
    return _lines_of(old, was, looks) if was else ()


def _same(one: SectionSpot, two: SectionSpot) -> bool:
    return (one.level, one.heading) == (two.level, two.heading)


def _found(change: Change, cut: Cut, looks: Sequence[str]) -> list[int]:
    """Return the lines of a section that look like its derived ones."""
    return [
        at
        for at in free(change, cut)
        if any(re.fullmatch(look, _bare(change.edits.lines[at])) for look in looks)
    ]


def free(change: Change, cut: Cut) -> list[int]:
    """Return the lines of a section that say something and hold no value."""
    body, lines = change.spans.body, change.edits.lines
    rows = {
        line
        for each in change.spans.rows.values()
        for row in each
        for line in range(body + row.start, body + row.end)
    }
    texts = {
        line
        for span in change.spans.texts.values()
        for line in range(span.start, span.end)
    }
    panels = {
        line
        for panel in change.spans.panels
        for line in range(body + panel.start, body + panel.end)
    }
    return [
        at
        for at in range(body + cut.start, min(body + cut.end, len(lines)))
        if lines[at].strip() and not any(at in held for held in (rows, texts, panels))
    ]


def _new_place(
    change: Change, number: int, looks: Sequence[str], wanted: Sequence[str]
) -> tuple[int, list[str]]:
    """Say where derived lines go that the text does not have yet."""
    made, lines = change.written.made, change.edits.lines
    cut = change.spans.sections[change.section_of(number) or 0]
    first = next(
        line
        for line, raw in made.sections[number].own
        if raw.values and line_regex(raw) in looks
    )
    above = [(text.section, text.start) for text in made.texts]
    above += [(row.section, row.start) for row in made.rows]
    above += [(loop.section, loop.line) for loop in made.loops]
    behind = any(section == number and line < first for section, line in above)
    at = change.spans.body + (cut.end if behind else cut.start)
    while behind and at > 0 and not lines[at - 1].strip():
        at -= 1
    block = list(wanted)
    if at > 0 and lines[at - 1].strip():
        block.insert(0, "")
    if at < len(lines) and lines[at].strip():
        block.append("")
    return at, block


def _bare(line: str) -> str:
    said = " ".join(line.split())
    return f"-{said[1:]}" if said[:2] in ("* ", "+ ") else said


def _plain(line: str) -> str:
    return inline.plain(re.sub(r"^[-*]\s+", "", line))
