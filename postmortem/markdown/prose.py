"""Authored prose: one canonical spelling for what it means, closed in its section.

Closed means that nothing in it reaches out: its headings are deeper than its section,
every fence and HTML block ends, and no link definition is left for others to use.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from postmortem.markdown import inline
from postmortem.markdown.blocks import (
    HEADING,
    LISTS,
    PARAGRAPH,
    TABLE,
    Block,
    blocks,
    groups,
)

if TYPE_CHECKING:
    from markdown_it.token import Token

LARGEST = 1_000_000
"""Characters of one text that are read; what is larger is refused."""

_ENDS = (
    ("<!--", ("-->",)),
    ("<?", ("?>",)),
    ("<![CDATA[", ("]]>",)),
    ("<!", (">",)),
)
_RAW_TAG = re.compile(r"<(script|pre|style|textarea)\b", re.IGNORECASE)
_RAW_END = re.compile(r"</(?:script|pre|style|textarea)>", re.IGNORECASE)
_HARD_BREAK = re.compile(r" *\\\n *")
_SENTENCE = re.compile(
    r"""
    (?<! \b[A-Za-z]) (?<! \be\.g) (?<! \bi\.e) (?<! \bvs) (?<! \betc) (?<! \bapprox)
    (?<! \bcf) (?<! \bno) (?<! \bDr) (?<! \bSt)
    (?P<end> [.!?\u3002\uff01\uff1f] [)\]"'\u201d\u2019`*_]* )
    [ ] (?= [`"'(\[*_\u201c\u2018]* [^\W_a-z] )
    """,
    re.VERBOSE,
)


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
    speller = _Speller(lines, env, sentences=sentences)
    start, end = span or (0, len(lines))
    shift = _shift(found, level)
    out: list[str] = []
    before = ""
    for block in found:
        if env.get("references"):
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
    if env.get("references"):
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


class _Speller:
    """Walks block tokens; every method returns lines without a container's prefix."""

    def __init__(
        self, lines: Sequence[str], env: Mapping[str, Any], *, sentences: bool
    ) -> None:
        self.lines = lines
        self.env = {"references": env.get("references", {})}
        self.sentences = sentences

    def top(self, block: Block, shift: int, *, other: bool) -> list[str]:
        """Return the lines of a block of the top level."""
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
        out: list[str] = []
        for lines, *_ in block.items:
            made = self.paragraph("\n".join(lines), top=False)
            out += _indented(made, "-*"[other])
        return out

    def cell(self, content: str) -> str:
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
            made.append(self.block(group, other=other))
        return [block for block in made if block not in ([], [""])]

    def block(self, group: Sequence[Token], *, other: bool) -> list[str]:
        first = group[0]
        match first.type:
            case "paragraph_open":
                return self.paragraph(group[1].content, top=False)
            case "heading_open":
                return self.heading(group[1].content, int(first.tag[1]))
            case "fence" | "code_block":
                return _fence(first)
            case "html_block":
                return _html(first.content)
            case "hr":
                return ["---"]
            case "blockquote_open":
                inner = _joined(self.blocks(group[1:-1]), loose=True)
                return [f"> {line}".rstrip() for line in inner] or [">"]
            case "bullet_list_open" | "ordered_list_open":
                return self.list(group, other=other)
            case "table_open":
                return self.table(group)
        return list(self.lines[slice(*(first.map or (0, 0)))])  # pragma: no cover

    def paragraph(self, content: str, *, top: bool) -> list[str]:
        text = inline.respelled(content, env=self.env)
        lines = [_paragraph_line(line) for line in text.split("\n")]
        if top and self.sentences and len(lines) == 1:
            return _sentences(lines[0])
        return lines

    def heading(self, content: str, level: int) -> list[str]:
        text = inline.respelled(content, env=self.env)
        text = " ".join(_HARD_BREAK.sub(" ", text).split())
        text = re.sub(r"(?<!\\)(#+)$", r"\\\1", text)
        if level > 6:  # noqa: PLR2004 - Markdown has six levels
            return [f"**{text}**" if text else ""]
        return [f"{'#' * level} {text}".rstrip()]

    def list(self, group: Sequence[Token], *, other: bool) -> list[str]:
        ordered = group[0].type == "ordered_list_open"
        number = int(group[0].attrs.get("start", 1)) if ordered else 0
        items = list(groups(group[1:-1]))
        loose = any(
            token.type == "paragraph_open"
            and not token.hidden
            and token.level == group[0].level + 2
            for token in group
        )
        blocks = []
        for count, item in enumerate(items):
            mark = f"{number + count}{')' if other else '.'}" if ordered else "-*"[other]
            inner = _joined(self.blocks(item[1:-1]), loose=loose)
            blocks.append(_indented(inner, mark))
        return _joined(blocks, loose=loose)

    def table(self, group: Sequence[Token]) -> list[str]:
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
        """Return link definitions between two blocks as text, so that none is lost."""
        return [
            inline.at_start(line.strip())
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


def _indented(lines: Sequence[str], mark: str) -> list[str]:
    if not lines or not lines[0]:
        lines = ["", *lines[1:]] if lines else [""]
    pad = " " * (len(mark) + 1)
    first = f"{mark} {lines[0]}".rstrip()
    return [first, *(f"{pad}{line}" if line else "" for line in lines[1:])]


def _paragraph_line(line: str) -> str:
    return line if line.startswith("<") else inline.at_start(line)


def _sentences(line: str) -> list[str]:
    """Cut a paragraph behind its sentences, where that changes nothing of it."""
    cut = _SENTENCE.sub("\\g<end>\n", line)
    if cut == line:
        return [line]
    lines = cut.split("\n")
    opens = any(inline.at_start(rest) != rest or rest[:1] == "<" for rest in lines[1:])
    if opens or inline.respelled(cut) != inline.respelled(line):
        return [line]
    return lines


def _fence(token: Token) -> list[str]:
    info = inline.BREAK.join(token.info.strip().split("\n"))
    mark = "~" if "`" in info else "`"
    content = token.content.removesuffix("\n")
    runs = re.findall(rf"^ {{0,3}}({re.escape(mark)}{{3,}})", content, re.MULTILINE)
    fence = mark * max(3, *(len(run) + 1 for run in runs), 3)
    inside = content.split("\n") if token.content else []
    return [f"{fence}{info}", *inside, fence]


def _html(content: str) -> list[str]:
    lines = content.strip().split("\n")
    start = content.lstrip()
    if _RAW_TAG.match(start):
        if not _RAW_END.search(start):
            name = _RAW_TAG.match(start)
            lines.append(f"</{name[1]}>" if name else "")
        return lines
    for opening, (ending,) in _ENDS:
        if start.startswith(opening):
            rest = start[len(opening) :]
            return lines if ending in rest else [*lines, ending]
    return lines


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
