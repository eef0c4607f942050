"""Changed prose put into a text: blocks that differ, the others as people left them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from postmortem.markdown import panels, prose
from postmortem.markdown.change import Change
from postmortem.markdown.reading import Span
from postmortem.markdown.scanning import blocks
from postmortem.markdown.splices import Edits


class _Block(NamedTuple):
    said: str
    """Its canonical form."""
    span: Span
    lines: list[str]
    """As they stand."""


def texts(change: Change) -> None:
    """Put changed texts into their sections."""
    elsewhere = change.spans.elsewhere
    for spot in change.written.made.texts:
        span = change.spans.texts.get(spot.field)
        section = change.section_of(spot.section)
        if not change.differs(spot.field) or section in change.inserted or span is None:
            continue
        if elsewhere and span.start >= elsewhere.start:
            continue
        made = change.written.made.lines[spot.start : spot.end]
        old, new = change.old.value(spot.field), change.new.value(spot.field)
        if span.start == span.end:
            cut = change.spans.sections[section or 0]
            change.edits.insert_block(change.spans.body + cut.start, made)
        elif old and new and not change.panels_in(spot.field):
            blocks_of(change.edits, span, prose.written(new))
        else:
            notes = [] if new else change.notes_of(spot.field)
            kept = [line for note in notes for line in ("", *note.split("\n"))]
            change.edits.replace(span.start, span.end, [*made, *kept])


def lone(change: Change) -> None:
    """Put changed texts into their places, where no other line depends on them."""
    for name in sorted(change.changed & change.spans.texts.keys()):
        new = prose.written(change.new.value(name))
        blocks_of(change.edits, change.spans.texts[name], new)


def blocks_of(
    edits: Edits,
    span: Span,
    new: Sequence[str],
    old: Sequence[str] | None = None,
    gone: Sequence[Span] = (),
) -> None:
    """Replace the blocks of a text that changed; the others keep their layout.

    `old` is what we wrote there: blocks that people added to it are none of ours, but
    for those within `gone`, which hold what is no longer known.
    """
    every = list(_blocks(edits.lines[span.start : span.end], span.start))
    before, after = every, list(_blocks(new))
    if old is not None:
        ours = {block.said for block in (*_blocks(old), *after)}
        before = [
            each for each in every if each.said in ours or _within(each.span, gone)
        ]
    theirs = [each.span.start for each in every if each not in before]
    matcher = SequenceMatcher(
        a=[each.said for each in before],
        b=[each.said for each in after],
        autojunk=False,
    )
    for kind, a1, a2, b1, b2 in matcher.get_opcodes():
        if kind == "equal":
            continue
        made: list[str] = []
        for block in after[b1:b2]:
            made += ["", *block.lines] if made else block.lines
        if a1 == a2:
            at = before[-1].span.end if before else span.start
            edits.insert_block(before[a1].span.start if a1 < len(before) else at, made)
        elif a2 - a1 == b2 - b1 == 1 and _rows(before[a1], after[b1]):
            _row_lines(edits, before[a1], after[b1])
        else:
            for start, end in _runs(before[a1:a2], theirs):
                if made:
                    edits.replace(start, end, made)
                else:
                    edits.delete_block(start, end)
                made = []


def _runs(found: Sequence[_Block], theirs: Sequence[int]) -> Iterator[Span]:
    """Yield the places of blocks, cut where what people wrote stands between them."""
    start, end = found[0].span
    for below, last in (block.span for block in found[1:]):
        if any(end <= at < below for at in theirs):
            yield Span(start, end)
            start = below
        end = last
    yield Span(start, end)


def others(
    edits: Edits, span: Span, old: Sequence[str], gone: Sequence[Span] = ()
) -> bool:
    """Tell whether people added blocks to what we wrote there, but for those `gone`."""
    ours = {block.said for block in _blocks(old)}
    found = _blocks(edits.lines[span.start : span.end], span.start)
    return any(
        block.said not in ours and not _within(block.span, gone) for block in found
    )


def _within(span: Span, wider: Sequence[Span]) -> bool:
    return any(each.start <= span.start < each.end for each in wider)


def _row_lines(edits: Edits, before: _Block, after: _Block) -> None:
    """Replace the lines of a table or list that changed."""
    start = before.span.start
    old, new = before.said.split("\n"), after.said.split("\n")
    matcher = SequenceMatcher(a=old, b=new, autojunk=False)
    for kind, a1, a2, b1, b2 in matcher.get_opcodes():
        if kind != "equal":
            edits.replace(start + a1, start + a2, after.lines[b1:b2])


def _rows(before: _Block, after: _Block) -> bool:
    """Tell whether two blocks are tables alike or lists, with a line for each row."""
    old, new = before.said.split("\n"), after.said.split("\n")
    if len(old) != len(before.lines) or len(new) != len(after.lines):
        return False
    table = old[0].startswith("| ") and old[:2] == new[:2]
    return table or all(line.startswith("- ") for line in (*old, *new))


def _blocks(lines: Sequence[str], at: int = 0) -> Iterator[_Block]:
    """Yield the blocks of prose; `at` is added to their lines."""
    env: dict[str, Any] = {}
    for block in panels.parted(blocks(lines, env))[0]:
        start, end = block.start, block.end
        while end > start and not lines[end - 1].strip():
            end -= 1
        said = prose.spelled([block], lines, env=env, span=(start, end))
        yield _Block(said, Span(at + start, at + end), list(lines[start:end]))
