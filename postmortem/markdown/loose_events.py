"""Events that stand in no table and no list: paragraphs, quotes, logs, sub-headings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from postmortem.markdown import fields, loose
from postmortem.markdown.blocks import LISTS, PARAGRAPH, TABLE, Block
from postmortem.markdown.cut import Cut
from postmortem.markdown.synonyms import part_named, plain_heading
from postmortem.markdown.when import is_day

_BREAK = re.compile(r"(?:<br\s*/?>|\\|  )$", re.IGNORECASE)
_QUOTE = re.compile(r"^\s*>+\s?")
_CLOCK = re.compile(r"\d(?:[:.h][\dX?]{2}|\s?[ap]\.?m\b)", re.IGNORECASE)
_DASH = re.compile(r"^[\s:\u2013\u2014|-]+")

_CODE = ("fence", "code_block")

IsTime = Callable[[str], bool]
_Event = tuple[dict[str, str], int, int]
"""Its parts, and where it stands."""


def events(
    run: Sequence[Cut], lines: Sequence[str], is_time: IsTime, *, lists: bool
) -> Iterator[_Event]:
    """Yield the parts and lines of each event of a section and its sub-headings.

    With `lists`, those right below an event that begins a paragraph go on with it.
    Times in code are a log that somebody pasted where others stand outside of it.
    """
    found = list(_events(run, lines, is_time, lists=lists))
    outside = any(not code for code, _ in found)
    yield from (event for code, event in found if not (code and outside))


def _events(
    run: Sequence[Cut], lines: Sequence[str], is_time: IsTime, *, lists: bool
) -> Iterator[tuple[bool, _Event]]:
    """Yield events, and with each whether it stands in code."""
    for number, each in enumerate(run):
        if number and is_time(each.heading):
            text = next((b for b in each.blocks if b.kind == PARAGRAPH), None)
            said = " ".join(text.content.split()) if text else ""
            yield False, ({"at": each.heading, "text": said}, each.line, each.end)
            continue
        if number:
            parts = loose.event([each.heading], is_time)
            if "at" in parts:
                yield False, (parts, each.line, each.end)
                continue
        for block, below in pairwise((*each.blocks, None)):
            rows = list(_block(block, lines, is_time)) if block else []
            if lists and block and below and rows and _goes_on(block, below, is_time):
                parts, start, _ = rows.pop()
                items = "; ".join(_said(item[0]) for item in below.items)
                parts["text"] = f"{parts['text']} {items}".strip()
                rows.append((parts, start, below.end))
            code = block is not None and block.kind in _CODE
            yield from ((code, row) for row in rows)


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
    return bool(_CLOCK.search(text) or loose.day(text, is_day))


def _said(lines: Sequence[str]) -> str:
    return " ".join(_BREAK.sub("", line).strip() for line in lines)


def without_pasted(
    blocks: Sequence[Block], lines: Sequence[str], is_time: IsTime
) -> Sequence[Block]:
    """Leave out tables about something else that stand among events told in lines.

    Such a one has no head that an event's table has, and nothing like a time.
    """
    pasted = [each for each in blocks if each.kind == TABLE and _is_pasted(each)]
    told = (event for each in blocks for event in _block(each, lines, is_time))
    if not pasted or next(told, None) is None:
        return blocks
    return [each for each in blocks if each not in pasted]


def _is_pasted(table: Block) -> bool:
    plain = [plain_heading(head) for head in table.heads]
    parts = fields.PARTS[fields.EVENTS]
    if not any(plain) or any(part_named(head, parts, plain) for head in plain):
        return False
    first = "".join(cells[0] for _, cells in table.rows if cells)
    return not any(character.isdigit() or character == "?" for character in first)


def _block(block: Block, lines: Sequence[str], is_time: IsTime) -> Iterator[_Event]:
    match block.kind:
        case "paragraph_open" | "blockquote_open":
            yield from _lines(block.start, block.end, lines, is_time)
        case _ if block.kind in _CODE:
            inner = 1 if block.kind == "fence" else 0
            yield from _lines(block.start + inner, block.end - inner, lines, is_time)


def _lines(
    start: int, end: int, lines: Sequence[str], is_time: IsTime
) -> Iterator[_Event]:
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
