"""The blocks below a heading, sorted by what they are for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from postmortem.markdown.adopting import hints
from postmortem.markdown.adopting.document import Document, Part
from postmortem.markdown.adopting.labels import Label, labels
from postmortem.markdown.adopting.names import heading_names, is_rows
from postmortem.markdown.adopting.notes import Notes
from postmortem.markdown.blocks import COMMENT, LISTS, PARAGRAPH, TABLE, Block

RULE, _QUOTE = "hr", "blockquote_open"
_COMMENT = re.compile(r"\s*<!--")
_LONG = 40
"""Words from which a paragraph is a story and no hint."""
_MANY_TIMES = 3
_TIMES = re.compile(r"\b\d{1,2}[:.]\d\d\b|\b(?:19|20)\d\d-\d\d-\d\d\b")


@dataclass(kw_only=True)
class Sorted:
    """What stands below one heading."""

    labels: list[Label] = field(default_factory=list)
    tables: list[Block] = field(default_factory=list)
    lists: list[Block] = field(default_factory=list)
    hints: list[Block] = field(default_factory=list)
    """What tells what to write; comments are among them."""
    places: list[Block] = field(default_factory=list)
    """What only holds the place of an answer."""
    fixed: list[Block] = field(default_factory=list)
    behind: list[Block] = field(default_factory=list)
    """Text behind rows, or behind a rule: a footer, which asks nothing."""
    order: list[Label | Block] = field(default_factory=list)
    """Labels and fixed blocks, as they follow each other."""

    def keep(self, block: Block) -> None:
        """Take a block for fixed text."""
        self.fixed.append(block)
        self.order.append(block)


def sort(document: Document, part: Part, notes: Notes) -> Sorted:
    """Sort the blocks of a part; what is left out is noted."""
    into = Sorted()
    every = [labels(document, block) for block in part.blocks]
    for number, (block, found) in enumerate(zip(part.blocks, every, strict=True)):
        beside = every[max(number - 1, 0) : number] + every[number + 1 : number + 2]
        if len(found) == 1 and found[0].is_lone and not any(beside):
            found.clear()
        if found:
            into.labels += found
            into.order += found
        elif _is_footer(document, part, number, into):
            into.behind.append(block)
        elif block.kind in (RULE, COMMENT):
            _html(document, block, into, notes)
        elif block.kind == TABLE:
            into.tables.append(block)
        elif block.kind in LISTS and not block.deep:
            into.lists.append(block)
        elif block.kind == PARAGRAPH:
            _paragraph(block, into)
        elif block.kind == _QUOTE and part.level and not block.deep:
            into.hints.append(block)
        else:
            into.keep(block)
    return into


def _is_footer(document: Document, part: Part, number: int, into: Sorted) -> bool:
    """Tell whether a block is text behind rows or a rule, or the rule above such."""
    block = part.blocks[number]
    rules = (each for each in part.blocks[: number + 1] if each.kind == RULE)
    ruled = any(document.line_of(each) > part.line + 1 for each in rules)
    if block.kind == RULE:
        return ruled and any(map(_is_text, part.blocks[number + 1 :]))
    return (ruled or _has_rows(document, part, into)) and _is_text(block)


def _has_rows(document: Document, part: Part, into: Sorted) -> bool:
    """Tell whether a table or list of rows is among what was sorted so far."""
    name = next(heading_names(part.heading), None) if into.lists else None
    rows = name is not None and is_rows(name)
    return bool(into.tables) or any(
        rows or all(map(hints.is_placeholder, items(document, each)))
        for each in into.lists
    )


def _is_text(block: Block) -> bool:
    if block.kind == PARAGRAPH:
        return not hints.is_placeholder(block.content)
    return block.kind == _QUOTE and not block.deep


def _html(document: Document, block: Block, into: Sorted, notes: Notes) -> None:
    """Sort raw HTML: comments are hints, of other tags only the words stay; no rule."""
    raw = document.raw(block)
    if block.kind == RULE:
        why = "a rule could be taken for a part of an answer"
        notes.left_out(document.line_of(block), raw, why)
        return
    said = hints.words(raw)
    if _COMMENT.match(raw):
        if said:
            into.hints.append(block)
    elif said:
        block.kind, block.content, block.tokens = PARAGRAPH, said, None
        line = document.line_of(block)
        notes.guess(line, raw, "its words", "raw HTML could run on into an answer")
        _paragraph(block, into)
    else:
        why = "raw HTML could run on into an answer"
        notes.left_out(document.line_of(block), raw, why)


def _paragraph(block: Block, into: Sorted) -> None:
    said = block.content
    if hints.is_placeholder(said) and not hints.is_emphasised(said):
        into.places.append(block)
    elif hints.is_hint(said):
        into.hints.append(block)
    elif hints.is_placeholder(said):
        into.places.append(block)
    else:
        into.keep(block)


def is_filled(document: Document, found: Iterable[tuple[Part, Sorted]]) -> bool:
    """Tell whether a document is one report, rather than a form to fill in."""
    told = stories = times = 0
    for part, each in found:
        if not part.level:
            continue
        told += len(each.hints) + len(each.places)
        for block in (*each.fixed, *each.lists, *each.tables):
            raw = document.raw(block)
            stories += len(raw.split()) >= _LONG and block.kind == PARAGRAPH
            times += len(_TIMES.findall(raw))
    return times >= _MANY_TIMES and (stories > told or (told == 0 and stories > 0))


def items(document: Document, block: Block) -> list[str]:
    """Return the words of each item of a list, without marker and check box."""
    return [
        "\n".join(document.lines[start:end]).strip() for _, start, end, _ in block.items
    ]
