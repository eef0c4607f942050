"""Authored prose: one canonical spelling for what it means, closed in its section.

Closed means that nothing in it reaches out: its headings are deeper than its section,
every fence and HTML block ends, and no link definition is left for others to use.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from postmortem.markdown import inline
from postmortem.markdown.blocks import HEADING, LISTS, Block
from postmortem.markdown.scanning import blocks
from postmortem.markdown.speller import Speller

LARGEST = 1_000_000
"""Characters of one text that are read; what is larger is refused."""


def canonical(text: str, *, level: int = 1) -> str:
    """Return the canonical form of authored prose; idempotent.

    `level` is the highest level that a heading in it may have: headings above it are
    demoted, all by the same number.
    """
    source = inline.scrubbed(text.replace("\r\n", "\n").replace("\r", "\n"))
    env: dict[str, Any] = {}
    lines = source.split("\n")
    return spelled(blocks(lines, env), lines, env=env, level=level)


def spelled(
    found: Sequence[Block],
    lines: Sequence[str],
    *,
    env: Mapping[str, Any],
    span: tuple[int, int] | None = None,
    level: int = 1,
    sentences: bool = False,
) -> str:
    """Spell blocks in the canonical way; `sentences` gives each its own line.

    `span` is the part of `lines` that the blocks come from, when it is not all.
    """
    speller = Speller(lines, env, sentences=sentences)
    start, end = span or (0, len(lines))
    shift = _shift(found, level)
    out: list[str] = []
    before = ""
    defines = bool(env.get("references") or env.get("notes"))
    for block in found:
        if defines:
            gone = speller.definitions(start, block.start)
            before = "" if gone else before
            out += gone
        start = block.end
        marker = block.kind if block.kind in LISTS else ""
        other = marker != "" and marker == before
        before = "" if other else marker
        made = "\n".join(speller.top(block, shift, other=other))
        if made:
            out.append(made)
    if defines:
        out += speller.definitions(start, end)
    return "\n\n".join(out)


def written(text: str) -> list[str]:
    """Return the lines of canonical prose as they stand in a report."""
    env: dict[str, Any] = {}
    lines = text.split("\n")
    return spelled(blocks(lines, env), lines, env=env, sentences=True).split("\n")


def _shift(found: Sequence[Block], level: int) -> int:
    levels = [block.level for block in found if block.kind == HEADING]
    return max(0, level - min(levels, default=level))
