"""Events that stand in no table and no list: paragraphs, quotes, logs, sub-headings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from postmortem.markdown import convert, loose
from postmortem.markdown.blocks import LISTS, PARAGRAPH, TABLE, Block
from postmortem.markdown.cut import Cut

_BREAK = re.compile(r"(?:<br\s*/?>|\\|  )$", re.IGNORECASE)
_QUOTE = re.compile(r"^\s*>+\s?")
_CLOCK = re.compile(r"\d(?:[:.h][\dX?]{2}|\s?[ap]\.?m\b)", re.IGNORECASE)
_DASH = re.compile(r"^[\s:\u2013\u2014|-]+")

IsTime = Callable[[str], bool]


def events(
    run: Sequence[Cut], lines: Sequence[str], is_time: IsTime, *, lists: bool
) -> Iterator[tuple[dict[str, str], int, int]]:
    """Yield the parts and lines of each event of a section and its sub-headings.

    With `lists`, those right below an event that begins a paragraph go on with it.
    """
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
        for block, below in pairwise((*each.blocks, None)):
            rows = list(_block(block, lines, is_time)) if block else []
            if lists and block and below and rows and _goes_on(block, below, is_time):
                parts, start, _ = rows.pop()
                items = "; ".join(_said(item[0]) for item in below.items)
                parts["text"] = f"{parts['text']} {items}".strip()
                rows.append((parts, start, below.end))
            yield from rows


def without_lists(blocks: Sequence[Block], is_time: IsTime) -> Sequence[Block]:
    """Return blocks of a section, none where each list goes on with a paragraph."""
    places = [at for at, it in enumerate(blocks) if it.kind in (TABLE, *LISTS)]
    parts = (at and _goes_on(blocks[at - 1], blocks[at], is_time) for at in places)
    return () if places and all(parts) else blocks


def _goes_on(above: Block, block: Block, is_time: IsTime) -> bool:
    """Tell whether a list goes on with a paragraph that begins with a time.

    Not so one that has times or days of its own, or more than a paragraph an item.
    """
    if above.kind != PARAGRAPH or block.kind not in LISTS:
        return False
    if "at" not in loose.event([above.content.split("\n")[0].strip()], is_time):
        return False
    return not any(more or _is_timed(_said(item)) for item, _, _, more in block.items)


def _is_timed(text: str) -> bool:
    return bool(_CLOCK.search(text) or loose.day(text, convert.is_day))


def _said(lines: Sequence[str]) -> str:
    return " ".join(_BREAK.sub("", line).strip() for line in lines)


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
