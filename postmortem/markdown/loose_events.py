"""Events that stand in no table and no list: paragraphs, quotes, logs, sub-headings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from postmortem.markdown import loose
from postmortem.markdown.blocks import PARAGRAPH, Block
from postmortem.markdown.cut import Cut

_BREAK = re.compile(r"(?:<br\s*/?>|\\|  )$", re.IGNORECASE)
_QUOTE = re.compile(r"^\s*>+\s?")
_DASH = re.compile(r"^[\s:\u2013\u2014|-]+")

IsTime = Callable[[str], bool]


def events(
    run: Sequence[Cut], lines: Sequence[str], is_time: IsTime
) -> Iterator[tuple[dict[str, str], int, int]]:
    """Yield the parts and lines of each event of a section and its sub-headings."""
    for number, each in enumerate(run):
        if number and is_time(each.heading):
            text = next((b for b in each.blocks if b.kind == PARAGRAPH), None)
            said = " ".join(text.content.split()) if text else ""
            yield {"at": each.heading, "text": said}, each.line, each.end
            continue
        if number:
            parts = loose.event([each.heading], is_time)
            if "at" in parts:
                yield parts, each.line, each.end
                continue
        for block in each.blocks:
            yield from _block(block, lines, is_time)


def _block(
    block: Block, lines: Sequence[str], is_time: IsTime
) -> Iterator[tuple[dict[str, str], int, int]]:
    match block.kind:
        case "paragraph_open" | "blockquote_open":
            yield from _lines(block.start, block.end, lines, is_time)
        case "fence" | "code_block":
            inner = 1 if block.kind == "fence" else 0
            yield from _lines(block.start + inner, block.end - inner, lines, is_time)


def _lines(
    start: int, end: int, lines: Sequence[str], is_time: IsTime
) -> Iterator[tuple[dict[str, str], int, int]]:
    """Begin an event at each line that begins with a time; others go on with it."""
    parts: dict[str, str] | None = None
    first = start
    for at in range(start, end):
        line = _BREAK.sub("", _QUOTE.sub("", lines[at])).strip()
        found = loose.event([line], is_time) if line else {"text": ""}
        if "at" in found:
            if parts is not None:
                yield parts, first, at
            parts, first = found, at
            parts["text"] = _DASH.sub("", parts["text"])
        elif parts is not None:
            parts["text"] = f"{parts['text']} {line}".strip()
    if parts is not None:
        yield parts, first, end
