"""The blocks of a text's top level: markdown-it's, with a short way for the plain ones.

Headings, plain paragraphs, tidy tables and tidy lists are most of a report and are told
by their first characters. Everything else goes through markdown-it, from there to the
next line that is sure to begin something new. Both ways give the same blocks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from postmortem.markdown.blocks import (
    COMMENT,
    HEADING,
    PARAGRAPH,
    TABLE,
    Block,
    parsed,
)

_ATX = re.compile(r"#{1,6}(?![^ \t])")
_SAFE = re.compile(
    r"""(?! \d{1,9}[.)](?:\s|$) )
    (?: [^\W_] | ["'(\u201c\u2018\u00ab] | \*\*?(?=[^\s*]) | _(?=[^\s_]) | `(?!``) )
    """,
    re.VERBOSE,
)
_ITEM = re.compile(r"- (?=\S)(?:\[[ xX]\] (?=\S))?")
_LONE_COMMENT = re.compile(r"<!--(?!-?>)(?:(?!-->).)*-->[ \t]*")
_RULE = re.compile(r"\|(?:[ \t]*:?-+:?[ \t]*\|)+")
_PIPE = re.compile(r"(?<!\\)\|")
_REACHING = re.compile(r"```|~~~|^[ \t]*(?:(?:[-*+>]|\d+[.)])[ \t]*)*<", re.MULTILINE)


def blocks(lines: Sequence[str], env: dict[str, Any]) -> list[Block]:
    """Return the blocks of a text; link definitions are gathered in `env`."""
    return list(_Scan(lines, env).blocks())


class _Scan:
    """Goes down the lines; every block leaves `at` behind its end."""

    def __init__(self, lines: Sequence[str], env: dict[str, Any]) -> None:
        self.lines, self.env = lines, env
        self.at = 0

    def blocks(self) -> Iterator[Block]:
        lines = self.lines
        while self.at < len(lines):
            line = lines[self.at]
            if not line or line.isspace():
                self.at += 1
                continue
            block = self.short(line)
            if block is not None:
                self.at = block.end
                yield block
            else:
                yield from self.long()

    def short(self, line: str) -> Block | None:
        match line[0]:
            case "#":
                return self.heading(line)
            case "|":
                return self.table()
            case "-":
                return self.bullets()
            case "<":
                if _LONE_COMMENT.fullmatch(line):
                    return Block(
                        kind=COMMENT,
                        start=self.at,
                        end=self.at + 1,
                        content=line,
                        plain=True,
                    )
                return None
        return self.paragraph() if _SAFE.match(line) else None

    def heading(self, line: str) -> Block | None:
        found = _ATX.match(line)
        if not found or line.endswith("\\"):
            return None
        return Block(
            kind=HEADING,
            start=self.at,
            end=self.at + 1,
            level=found.end(),
            content=_unclosed(line[found.end() :]).strip(),
            plain=True,
        )

    def paragraph(self) -> Block | None:
        end = self.at + 1
        while end < len(self.lines):
            line = self.lines[end]
            if not line or line.isspace():
                break
            if not _SAFE.match(line):
                if _ATX.match(line) or _LONE_COMMENT.fullmatch(line):
                    break
                return None
            end += 1
        taken = self.lines[self.at : end]
        return Block(
            kind=PARAGRAPH,
            start=self.at,
            end=end,
            content="\n".join(taken).strip(),
            plain=True,
        )

    def table(self) -> Block | None:
        end = self.chunk(self.at)
        lines = [line.rstrip() for line in self.lines[self.at : end]]
        if len(lines) < 2 or not _RULE.fullmatch(lines[1]):  # noqa: PLR2004
            return None
        if not all(
            line[0] == "|" and line[-1] == "|" and len(line) > 1 for line in lines
        ):
            return None
        if any("\\\\|" in line for line in lines):
            return None
        cut = [_cells(line) for line in lines]
        width = len(cut[0])
        if len(cut[1]) != width or any(line.endswith("\\|") for line in lines):
            return None
        rows = [
            (self.at + number, [*row, *[""] * width][:width])
            for number, row in enumerate(cut)
            if number > 1
        ]
        return Block(
            kind=TABLE, start=self.at, end=end, heads=cut[0], rows=rows, plain=True
        )

    def bullets(self) -> Block | None:
        end = self.chunk(self.at)
        if not self.begins_anew(end):
            return None
        items: list[tuple[list[str], int, int, bool]] = []
        for at in range(self.at, end):
            line = self.lines[at]
            item = _ITEM.match(line)
            if item:
                if not _SAFE.match(line, item.end()):
                    return None
                items.append(([line[2:].rstrip()], at, at + 1, False))
            elif line.startswith("  ") and _SAFE.match(line, 2) and items:
                lines, start, _, _ = items[-1]
                items[-1] = ([*lines, line[2:].rstrip()], start, at + 1, False)
            else:
                return None
        if any(line.endswith("  ") for line in self.lines[self.at : end]):
            return None
        return Block(
            kind="bullet_list_open", start=self.at, end=end, items=items, plain=True
        )

    def chunk(self, at: int) -> int:
        """Return the end of the run of lines that are not blank."""
        while at < len(self.lines) and self.lines[at] and not self.lines[at].isspace():
            at += 1
        return at

    def begins_anew(self, at: int) -> bool:
        """Tell whether the next block after blank lines cannot belong to one above."""
        while at < len(self.lines):
            line = self.lines[at]
            if line and not line.isspace():
                return bool(
                    line[0] == "|"
                    or _ATX.match(line)
                    or _SAFE.match(line)
                    or _LONE_COMMENT.fullmatch(line)
                )
            at += 1
        return True

    def long(self) -> Iterator[Block]:
        """Let markdown-it read up to the next line that is sure to begin anew."""
        start = seen = self.at
        end = self.chunk(start)
        while True:
            reaches = self.reaches(seen, end)
            if not reaches and self.begins_anew(end):
                break
            while end < len(self.lines) and not self.lines[end].strip():
                end += 1
            if reaches or end >= len(self.lines):
                end = len(self.lines)
                break
            seen, end = end, self.chunk(end)
        self.at = end
        yield from parsed(self.lines[start:end], self.env, start)

    def reaches(self, start: int, end: int) -> bool:
        """Tell whether a fence or HTML in these lines may run on past blank lines."""
        return _REACHING.search("\n".join(self.lines[start:end])) is not None


def _unclosed(said: str) -> str:
    """Return what a heading says without the marks that may stand at its end."""
    bare = said.rstrip(" \t")
    left = bare.rstrip("#")
    return left if left != bare and left[-1:] in (" ", "\t") else bare


def _cells(line: str) -> list[str]:
    return [
        cell.strip().replace("\\|", "|") for cell in _PIPE.split(line.strip()[1:-1])
    ]
