"""A document cut at its headings, with all that lets its blocks be read one by one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from postmortem import yamls
from postmortem.errors import PostmortemError
from postmortem.markdown import fields, inline
from postmortem.markdown.adopting.names import heading_names, is_rows
from postmortem.markdown.adopting.notes import Notes
from postmortem.markdown.blocks import HEADING, PARAGRAPH, Block
from postmortem.markdown.fields import STANDARD
from postmortem.markdown.scanning import blocks
from postmortem.markdown.synonyms import plain_heading

LARGEST = 200_000
"""Characters of a document that are read: a template of more asks nobody anything."""
MOST_HEADINGS = 250
DEEPEST = 6
"""The last level of headings."""
_TAG = re.compile(r"<[^>]*>|\{#[^}]*\}")
_BOLD = re.compile(r"(\*\*|__)(?P<name>[^*_\n]{2,80}?):?\1:?")
_ATX = re.compile(r" {0,3}#{1,6}\s+(.*?)\s*#*\s*")
_FENCE = "fence"
_MARKDOWN = ("", "md", "markdown", "text")
"""What a fence says of a code block that may be Markdown."""
_INNER_HEADINGS = 2
"""Headings in a code block that make it a document of its own."""


@dataclass(kw_only=True)
class Part:
    """A heading, and what stands below it up to the next one."""

    level: int
    """0 before the first heading."""
    heading: str
    line: int
    """1-based, in the document."""
    blocks: list[Block] = field(default_factory=list)
    above: Part | None = None
    """The part in which it stands."""
    has_parts: bool = False
    """Whether a deeper heading follows."""


@dataclass(kw_only=True)
class Document:
    """A document, read."""

    front: yamls.Node | None
    lines: Sequence[str]
    """Those of the body."""
    offset: int
    """Lines above the body."""
    env: dict[str, Any]
    parts: Sequence[Part]
    """The first one stands above all headings."""
    headed: frozenset[str]
    """The standard fields that its headings are sure to be names of."""

    def line_of(self, block: Block) -> int:
        """Return the line of the document at which a block begins."""
        return self.offset + block.start + 1

    def raw(self, block: Block) -> str:
        """Return the lines of a block as they stand."""
        return "\n".join(self.lines[block.start : block.end])


def read(text: str, notes: Notes) -> Document:
    """Read a document; what cannot be read of it is in the notes.

    Raises PostmortemError for one that is larger than any template.
    """
    if len(text) > LARGEST:
        message = f"the document has {len(text)} characters, {LARGEST} are read"
        hint = "take out what a new report does not need, and try again"
        raise PostmortemError(message, hint=hint)
    clean = inline.scrubbed(text.replace("\r\n", "\n").replace("\r", "\n"))
    clean = clean.replace("\u2028", "\n").replace("\u2029", "\n").lstrip("\ufeff")
    clean = clean.replace(inline.BREAK, "").expandtabs(4)
    cut = yamls.split(clean)
    if cut.problem and not cut.wrecked:
        notes.problems.append(cut.problem)
    offset = cut.body_line - 1
    lines = _unwrapped(clean[cut.body_start :].split("\n"), offset, notes)
    env: dict[str, Any] = {}
    found = blocks(lines, env)
    parts = list(_once(_parts(found, offset, env, notes), lines, notes))
    _nest(parts)
    names = (next(heading_names(part.heading), None) for part in parts[1:])
    return Document(
        front=_front(cut.front, cut.front_line, notes),
        lines=lines,
        offset=offset,
        env=env,
        parts=parts,
        headed=frozenset(name for name in names if name),
    )


def _front(front: str | None, line: int, notes: Notes) -> yamls.Node | None:
    if front is None:
        return None
    try:
        node = yamls.load(front, None, line)
    except PostmortemError as error:
        notes.problems += error.problems
    else:
        if isinstance(node.value, Mapping):
            return node
    notes.left_out(line, front, "it is no front matter of keys and values")
    return None


def _unwrapped(lines: list[str], offset: int, notes: Notes) -> list[str]:
    """Take the fence from around code blocks that hold headings of a report."""
    out = list(lines)
    for block in blocks(lines, {}):
        opening = lines[block.start].strip(" `~")
        if block.kind != _FENCE or opening.casefold() not in _MARKDOWN:
            continue
        inside = (_ATX.fullmatch(line) for line in lines[block.start + 1 : block.end])
        named = [found[1] for found in inside if found]
        if len(named) < _INNER_HEADINGS:
            continue
        if not any(next(heading_names(each), None) for each in named):
            continue
        out[block.start] = ""
        if lines[block.end - 1].strip(" `~") == "" and block.end - block.start > 1:
            out[block.end - 1] = ""
        notes.guess(
            offset + block.start + 1,
            lines[block.start],
            "part of the document",
            "the code block holds the headings of a report",
        )
    return out


def _parts(
    found: Sequence[Block], offset: int, env: dict[str, Any], notes: Notes
) -> Iterator[Part]:
    here = Part(level=0, heading="", line=1)
    count = 0
    for block in found:
        title = _heading(block, here.level, env)
        if title is None:
            here.blocks.append(block)
            continue
        heading, level = title
        count += 1
        line = offset + block.start + 1
        if not any(each.isalnum() for each in plain_heading(heading)):
            notes.left_out(line, block.content or "a heading", "it says no word")
        elif count > MOST_HEADINGS:
            why = f"a template has at most {MOST_HEADINGS} headings"
            notes.left_out(line, heading, why)
        else:
            yield here
            here = Part(level=level, heading=heading, line=line)
    yield here


def _once(parts: Iterable[Part], lines: Sequence[str], notes: Notes) -> Iterator[Part]:
    """Leave out what was pasted twice: the same words below the same heading."""
    seen: dict[tuple[int, str, str], int] = {}
    for part in parts:
        raw = "\n".join(
            "\n".join(lines[block.start : block.end]) for block in part.blocks
        )
        key = (part.level, part.heading, raw)
        if raw and key in seen:
            why = f"the same stands on line {seen[key]}"
            notes.left_out(part.line, f"{'#' * part.level} {part.heading}", why)
            continue
        seen.setdefault(key, part.line)
        yield part


def _heading(block: Block, level: int, env: dict[str, Any]) -> tuple[str, int] | None:
    """Return the words and level of a heading, and of a bold line that is one."""
    if block.kind == HEADING:
        return plain(block.content, env), block.level
    said = _BOLD.fullmatch(block.content) if block.kind == PARAGRAPH else None
    name = next(heading_names(said["name"]), None) if said else None
    if said is None or name is None:
        return None
    if STANDARD[name].kind != fields.TEXT and not is_rows(name):
        return None
    return plain(said["name"], env), min(max(level, 1) + 1, DEEPEST)


def plain(text: str, env: dict[str, Any]) -> str:
    """Return the words of a heading or cell in the canonical spelling, on one line."""
    bare = _TAG.sub(" ", text).replace("\\\n", " ").replace("\n", " ")
    return inline.canonical(inline.respelled(bare, env=env)).strip()


def _nest(parts: Sequence[Part]) -> None:
    open_: list[Part] = []
    for part in parts[1:]:
        while open_ and open_[-1].level >= part.level:
            open_.pop()
        if open_:
            part.above = open_[-1]
            open_[-1].has_parts = True
        open_.append(part)
