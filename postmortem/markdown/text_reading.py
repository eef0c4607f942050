"""Prose read from its section, without what the template itself writes around it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from postmortem.markdown import prose, values
from postmortem.markdown.blocks import Block
from postmortem.markdown.cut import Cut
from postmortem.markdown.gathering import Gathering


def read(
    into: Gathering,
    name: str,
    run: Sequence[Cut],
    before: Sequence[str] = (),
    after: Sequence[str] = (),
) -> None:
    """Read a field's text from a run of cuts.

    `before` and `after` are what the template's own lines around it look like.
    """
    start, end = _inside(into, run, before, after)
    if start >= end:
        into.spans.texts[name] = into.span(start, start)
        return
    text = _without_question(into, name, canonical(into, run, start, end))
    into.spans.texts[name] = into.span(start, end)
    text = values.answered(text, into.outline.labels["unknown"])
    if into.says_none(text):
        into.keep(name, ())
    elif text and not into.says_unknown(text) and not values.unset(text):
        into.keep(name, text)


def canonical(into: Gathering, run: Sequence[Cut], start: int, end: int) -> str:
    """Return the canonical form of the lines `start` up to `end` of a run of cuts."""
    found = [each for each in _with_headings(run) if start <= each.start < end]
    lines, env = into.body_lines, into.env
    return prose.spelled(found, lines, env=env, span=(start, end), level=1)


def _with_headings(run: Sequence[Cut]) -> Iterator[Block]:
    for number, each in enumerate(run):
        if number and each.own is not None:
            yield each.own
        yield from each.blocks


def _inside(
    into: Gathering,
    run: Sequence[Cut],
    before: Sequence[str],
    after: Sequence[str],
) -> tuple[int, int]:
    """Narrow a run of cuts to the lines that are not blank and not the template's."""
    lines = into.body_lines
    start, end = run[0].start, run[-1].end
    panels = [panel for each in run for panel in each.panels]
    behind = {panel.start: panel.end for panel in panels}
    above = {panel.end: panel.start for panel in panels}
    while start < end and (start in behind or _is_own(lines[start], before)):
        start = behind.get(start, start + 1)
    while end > start and (end in above or _is_own(lines[end - 1], after)):
        end = above.get(end, end - 1)
    return start, max(start, end)


def _is_own(line: str, looks: Sequence[str]) -> bool:
    bare = line.strip()
    return not bare or any(re.fullmatch(own, bare) for own in looks)


def _without_question(into: Gathering, name: str, text: str) -> str:
    known = into.field(name)
    if known is None or "<!--" not in text:
        return text
    question = re.escape(f"<!-- {known.question} -->")
    return re.sub(rf"\s*{question}\s*", "\n\n", text).strip()
