"""A block of a text's top level: what it is, and how markdown-it tells it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

HEADING, PARAGRAPH, TABLE = "heading_open", "paragraph_open", "table_open"
DEEPEST = 100
"""Levels of nesting that are read: a list is two, a quote is one."""
LISTS = ("bullet_list_open", "ordered_list_open")
COMMENT = "html_block"


class Block(msgspec.Struct, kw_only=True):
    """One block of the top level; lines are counted from 0."""

    kind: str
    """The type of its first token."""
    start: int
    end: int
    tokens: Sequence[Token] | None = None
    """None where the short way was enough."""
    content: str = ""
    """The raw inline text of a heading or paragraph."""
    level: int = 0
    """A heading's."""
    heads: Sequence[str] = ()
    rows: Sequence[tuple[int, Sequence[str]]] = ()
    """A table's rows with their lines."""
    items: Sequence[tuple[list[str], int, int, bool]] = ()
    """A list's items: the lines of the first paragraph, start, end, whether more."""
    plain: bool = False
    """It was read the short way."""
    deep: bool = False
    """It is nested deeper than the parser goes: only `content` has all of it."""


@cache
def engine() -> MarkdownIt:
    """Return the parser for blocks: CommonMark with tables, inline text left raw."""
    from markdown_it import MarkdownIt

    options = {"maxNesting": DEEPEST}
    return MarkdownIt("commonmark", options).enable("table").disable("inline")


def parsed(lines: Sequence[str], env: dict[str, Any], at: int = 0) -> Iterator[Block]:
    """Yield the blocks that markdown-it sees, with `at` added to their lines."""
    tokens = engine().parse("\n".join(lines), env)
    notes = [label for label in env.get("references", ()) if label.startswith("^")]
    for label in notes:
        del env["references"][label]  # a footnote, which no link goes to
        env["notes"] = True
    for group in groups(tokens):
        first = group[0]
        if at:
            for token in group:
                if token.map:
                    token.map = [token.map[0] + at, token.map[1] + at]
        start, end = first.map or (0, 0)
        block = Block(kind=first.type, start=start, end=end, tokens=group)
        _describe(block, group)
        if max(token.level for token in group) >= DEEPEST - 1:
            block.deep = True
            block.content = "\n".join(lines[start - at : end - at]).rstrip()
        yield block


def groups(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """Cut a run of tokens into blocks: an opening token to its closing one."""
    start = depth = 0
    for at, token in enumerate(tokens):
        depth += token.nesting
        if depth == 0:
            yield tokens[start : at + 1]
            start = at + 1


def _describe(block: Block, group: Sequence[Token]) -> None:
    match block.kind:
        case "heading_open":
            block.level = int(group[0].tag[1])
            block.content = group[1].content
        case "paragraph_open":
            block.content = group[1].content
        case "table_open":
            block.heads, block.rows = _table(group)
        case "bullet_list_open" | "ordered_list_open":
            block.items = list(_items(group))


def _table(group: Sequence[Token]) -> tuple[list[str], list[tuple[int, list[str]]]]:
    heads: list[str] = []
    rows: list[tuple[int, list[str]]] = []
    for token in group:
        if token.type == "tr_open":
            rows.append(((token.map or [0])[0], []))
        elif token.type == "inline":
            rows[-1][1].append(token.content)
        elif token.type == "thead_close":
            heads = rows.pop()[1]
    return heads, rows


def _items(group: Sequence[Token]) -> Iterator[tuple[list[str], int, int, bool]]:
    level = group[0].level + 1
    lines: list[str] = []
    more = False
    start = end = 0
    for token in group:
        if token.type == "list_item_open" and token.level == level:
            lines, more = [], False
            start, end = token.map or (0, 0)
        elif token.type == "inline" and not lines and token.level == level + 2:
            lines = token.content.split("\n")
        elif token.type == "list_item_close" and token.level == level:
            yield lines, start, end, more
        elif token.type != "paragraph_close" and token.level > level and lines:
            more = True
