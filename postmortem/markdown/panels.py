"""Panels: tables, lists and diagrams that filters make of values standing elsewhere.

In a text a panel stands between two comments, so that it is known for what it is
whatever formatters and people did to it: it is passed over by the reader, and written
anew as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from postmortem.markdown.blocks import COMMENT, Block

_BEGIN = re.compile(r"<!-- derived from (?P<names>[\w, ]+): (?P<by>[a-z_]+) -->")
_END = re.compile(r"<!-- end of (?P<by>[a-z_]+) -->")


class PanelSpan(NamedTuple):
    """A panel in a text; lines count as its blocks do, both comments among them."""

    key: str
    """Its first comment."""
    start: int
    end: int


def framed(by: str, names: Sequence[str], made: str) -> list[str]:
    """Return the lines of a panel, made by the filter `by` from fields."""
    begin = f"<!-- derived from {', '.join(names) or 'values'}: {by} -->"
    return [begin, "", *made.split("\n"), "", f"<!-- end of {by} -->"]


def parted(blocks: Sequence[Block]) -> tuple[list[Block], list[PanelSpan]]:
    """Part the blocks of a section from its panels.

    A first comment without its last is a comment like any other.
    """
    left: list[Block] = []
    found: list[PanelSpan] = []
    at = 0
    while at < len(blocks):
        last = _last(blocks, at)
        if last is None:
            left.append(blocks[at])
        else:
            key = comment(blocks[at])
            found.append(PanelSpan(key, blocks[at].start, blocks[last].end))
            at = last
        at += 1
    return left, found


def _last(blocks: Sequence[Block], at: int) -> int | None:
    """Return the block that ends the panel which begins with a block."""
    if blocks[at].kind != COMMENT:
        return None
    begin = _BEGIN.fullmatch(comment(blocks[at]))
    if begin is None:
        return None
    for number in range(at + 1, len(blocks)):
        said = comment(blocks[number])
        if _BEGIN.fullmatch(said):
            return None
        end = _END.fullmatch(said)
        if end and end["by"] == begin["by"]:
            return number
    return None


def comment(block: Block) -> str:
    """Return the text of a block that is HTML, "" for any other."""
    if block.kind != COMMENT:
        return ""
    return (block.tokens[0].content if block.tokens else block.content).strip()


def unframed(block: Block) -> str | None:
    """Return what stands in prose for the first comment of a panel; else None.

    Prose is somebody's own words: nothing in it may be taken for ours.
    """
    if block.kind != COMMENT:
        return None
    begin = _BEGIN.fullmatch(comment(block))
    return f"<!-- was {begin.group().removeprefix('<!-- ')}" if begin else None
