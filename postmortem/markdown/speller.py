"""Blocks of prose spelled in the one canonical way, whichever way they were read."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from postmortem.markdown import beginnings, closing, inline, panels
from postmortem.markdown.blocks import (
    HEADING,
    LISTS,
    PARAGRAPH,
    TABLE,
    Block,
    groups,
)

if TYPE_CHECKING:
    from markdown_it.token import Token

_STARS = re.compile(r"\*[*\s]+")
_EMPTY = re.compile(r"[-*+]|\d+[.)]")
_HARD_BREAK = re.compile(r" *\\\n *")


class Speller:
    """Walks block tokens; every method returns lines without a container's prefix."""

    def __init__(
        self, lines: Sequence[str], env: Mapping[str, Any], *, sentences: bool
    ) -> None:
        self.lines = lines
        self.env = {"references": env.get("references", {})}
        self.sentences = sentences

    def top(self, block: Block, shift: int, *, other: bool) -> list[str]:
        """Return the lines of a block of the top level.

        One that is nested too deeply to be read stands as code, all of it.
        """
        if (said := panels.unframed(block)) is not None:
            return [said]
        if block.deep:
            return closing.fenced(block.content)
        if block.kind == PARAGRAPH:
            return self.paragraph(block.content, top=True)
        if block.kind == HEADING:
            return self.heading(block.content, block.level + shift)
        if block.tokens is not None:
            return self.block(block.tokens, other=other)
        if block.kind == TABLE:
            return self.plain_table(block)
        if block.kind in LISTS:
            return self.plain_list(block, other=other)
        return [block.content.strip()]

    def plain_table(self, block: Block) -> list[str]:
        """Spell a table that was read the short way; its rule stands in the text."""
        rule = [_colons(cell) for cell in self.lines[block.start + 1].split("|")[1:-1]]
        rows = [block.heads, *(row for _, row in block.rows)]
        made = [[self.cell(cell) for cell in row] for row in rows]
        return _table_lines(made, rule)

    def plain_list(self, block: Block, *, other: bool) -> list[str]:
        """Spell a list that was read the short way."""
        out: list[str] = []
        for lines, *_ in block.items:
            made = self.paragraph("\n".join(lines), top=False)
            out += _indented(made, "-*"[other])
        return out

    def cell(self, content: str) -> str:
        """Spell the inline text of a table's cell."""
        text = inline.respelled(content, env=self.env)
        return inline.cell(_HARD_BREAK.sub(" ", text).strip())

    def blocks(self, tokens: Sequence[Token]) -> list[list[str]]:
        """Return the lines of each block within a container."""
        made: list[list[str]] = []
        before = ""
        for group in groups(tokens):
            marker = group[0].type if group[0].type in LISTS else ""
            other = marker != "" and marker == before
            before = "" if other else marker
            if group[0].type == "hr":  # `---` makes a heading of the line above
                made.append(["___"])
            else:
                made.append(self.block(group, other=other))
        return [block for block in made if block not in ([], [""])]

    def block(self, group: Sequence[Token], *, other: bool) -> list[str]:
        """Return the lines of one block that markdown-it read, inner ones too."""
        first = group[0]
        match first.type:
            case "paragraph_open":
                return self.paragraph(group[1].content, top=False)
            case "heading_open":
                return self.heading(group[1].content, int(first.tag[1]))
            case "fence" | "code_block":
                return closing.fence(first)
            case "html_block":
                return closing.html(first.content)
            case "hr":
                return ["---"]
            case "blockquote_open":
                inner = _joined(self.blocks(group[1:-1]), loose=True)
                return [f"> {line}".rstrip() for line in inner] or [">"]
            case "bullet_list_open" | "ordered_list_open":
                return self.items(group, other=other)
            case "table_open":
                return self.table(group)
        return list(self.lines[slice(*(first.map or (0, 0)))])  # pragma: no cover

    def paragraph(self, content: str, *, top: bool) -> list[str]:
        """Spell a paragraph; at the top level each sentence may have its own line."""
        line = inline.words(content)
        if line is not None:
            cut = top and self.sentences
            return beginnings.sentences(line) if cut else [line]
        lines = self.unblocked(content)
        if any(line[:2] == "\\<" for line in lines):
            lines = self.unblocked("\n".join(lines))
        lines = beginnings.paragraph(lines)
        if top and self.sentences and len(lines) == 1:
            return beginnings.sentences(lines[0])
        return lines

    def unblocked(self, content: str) -> list[str]:
        """Spell lines of which none begins a block of HTML: what was before it went."""
        text = inline.respelled(content, env=self.env)
        lines = text.split("\n")
        if "<" not in text:
            return lines
        return [
            f"\\{line}" if beginnings.is_html(line, first=not at) else line
            for at, line in enumerate(lines)
        ]

    def heading(self, content: str, level: int) -> list[str]:
        """Spell a heading; below the sixth level it is a paragraph in bold."""
        text = inline.respelled(content, env=self.env)
        text = " ".join(_HARD_BREAK.sub(" ", text).split())
        text = re.sub(r"(?<!\\)(#+)$", r"\\\1", text)
        if level > 6:  # noqa: PLR2004 - Markdown has six levels
            return [f"**{text}**" if text else ""]
        return [f"{'#' * level} {text}".rstrip()]

    def items(self, group: Sequence[Token], *, other: bool) -> list[str]:
        """Spell a list; with `other` by the second marker, as it follows a list."""
        ordered = group[0].type == "ordered_list_open"
        number = int(group[0].attrs.get("start", 1)) if ordered else 0
        items = list(groups(group[1:-1]))
        loose = any(
            token.type == "paragraph_open"
            and not token.hidden
            and token.level == group[0].level + 2
            and inline.respelled(group[at + 1].content, env=self.env)
            for at, token in enumerate(group)
        )
        blocks = []
        for count, item in enumerate(items):
            mark = (
                f"{number + count}{')' if other else '.'}" if ordered else "-*"[other]
            )
            inner = self.blocks(item[1:-1])
            if not loose:
                inner[1:] = map(_told_apart, inner[1:])
            blocks.append(_indented(_joined(inner, loose=loose), mark))
        return _joined(blocks, loose=loose)

    def table(self, group: Sequence[Token]) -> list[str]:
        """Spell a table from its tokens."""
        rows: list[list[str]] = []
        rule: list[str] = []
        for token in group:
            if token.type == "tr_open":
                rows.append([])
            elif token.type == "th_open":
                rule.append(_rule(str(token.attrs.get("style", ""))))
            elif token.type == "inline":
                rows[-1].append(self.cell(token.content))
        return _table_lines(rows, rule)

    def definitions(self, start: int, end: int) -> list[str]:
        """Return link definitions between two blocks as text, so that none is lost.

        A footnote stays one, with a comment in it: no link goes to that.
        """
        return [
            beginnings.noted(inline.respelled(line.strip()), inline.BREAK)
            for line in self.lines[start:end]
            if re.match(r" {0,3}\[[^\]]+\]:", line)
        ]


def _table_lines(rows: Sequence[Sequence[str]], rule: Sequence[str]) -> list[str]:
    lines = [f"| {' | '.join(row)} |" for row in rows]
    tidy = [re.sub(r"\|  (?=\|)", "| ", line) for line in lines]
    return [tidy[0], f"| {' | '.join(rule)} |", *tidy[1:]]


def _joined(blocks: Sequence[Sequence[str]], *, loose: bool) -> list[str]:
    lines: list[str] = []
    for block in blocks:
        if lines and loose:
            lines.append("")
        lines += block
    return lines


def _told_apart(block: Sequence[str]) -> list[str]:
    """Spell a list right below a line: with nothing in it it would go on with that."""
    empty = _EMPTY.fullmatch(block[0])
    return [f"{block[0]} {inline.BREAK}" if empty else block[0], *block[1:]]


def _indented(lines: Sequence[str], mark: str) -> list[str]:
    if not lines or not lines[0]:
        lines = ["", *lines[1:]] if lines else [""]
    if mark == "*" and _STARS.fullmatch(lines[0]):
        lines = [f"\\{lines[0]}", *lines[1:]]  # `* **` is a rule and no list
    pad = " " * (len(mark) + 1)
    first = f"{mark} {lines[0]}".rstrip()
    return [first, *(f"{pad}{line}" if line else "" for line in lines[1:])]


def _colons(cell: str) -> str:
    bare = cell.strip()
    left, right = bare.startswith(":"), bare.endswith(":")
    return {(True, True): ":-:", (True, False): ":--", (False, True): "--:"}.get(
        (left, right), "---"
    )


def _rule(style: str) -> str:
    match style.removeprefix("text-align:"):
        case "left":
            return ":--"
        case "right":
            return "--:"
        case "center":
            return ":-:"
    return "---"
