"""Lines of a paragraph spelled so that they begin nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from postmortem.markdown import inline

_NOTE = re.compile(r"^(?P<mark>\[\^[^\]]+\]:)\s*(?=\S)")
_SENTENCE = r"""
    (?<! \b[A-Za-z]) (?<! \be\.g) (?<! \bi\.e) (?<! \bvs) (?<! \betc) (?<! \bapprox)
    (?<! \bcf) (?<! \bno) (?<! \bDr) (?<! \bSt)
    (?P<end> [.!?\u3002\uff01\uff1f] [)\]"'\u201d\u2019`*_]* )
    [ ] (?= [`"'(\[*_\u201c\u2018]* [^\W_a-z] )
"""


def paragraph(lines: Sequence[str]) -> list[str]:
    """Escape the lines of a paragraph so that none of them begins anything else."""
    first = noted(lines[0])
    if first[:1] == "[" and not _NOTE.match(first):
        first = begun("\n".join(lines)).split("\n")[0]  # a definition has many lines
    return [first, *map(begun, lines[1:])]


def noted(line: str, behind: str = "") -> str:
    """Escape a paragraph's first line so that it begins nothing but a footnote."""
    note = _NOTE.match(line) if line[:2] == "[^" else None
    if note:
        return f"{note['mark']} {begun(behind + line[note.end() :])}"
    return begun(line)


def begun(line: str) -> str:
    """Escape a line so that it begins nothing; raw HTML that is no block stays."""
    return line if line[:1] == "<" else inline.at_start(line)


def sentences(line: str) -> list[str]:
    """Cut a paragraph behind its sentences, where that changes nothing of it."""
    cut = _sentence().sub("\\g<end>\n", line)
    if cut == line:
        return [line]
    lines = cut.split("\n")
    opens = any(inline.at_start(rest) != rest or rest[:1] == "<" for rest in lines[1:])
    if opens or inline.respelled(cut) != inline.respelled(line):
        return [line]
    return lines


@cache
def _sentence() -> re.Pattern[str]:
    """Return what ends a sentence; only writing needs it, and it takes its time."""
    return re.compile(_SENTENCE, re.VERBOSE)


def is_html(line: str, *, first: bool) -> bool:
    """Tell whether raw HTML at the start of a line would be a block of its own."""
    if line[:1] != "<":
        return False
    from markdown_it.rules_block.html_block import HTML_SEQUENCES

    return any(
        begins.search(line) and (first or interrupts)
        for begins, _, interrupts in HTML_SEQUENCES
    )
