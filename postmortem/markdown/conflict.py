"""A merge that is not resolved: its marks are found before they pass for Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from postmortem.markdown.cut import Cut

MESSAGE = "a merge is not resolved here"
HINT = "keep what is right of the lines down to >>>>>>>, and take the marks out"
_MARK = re.compile(r"(?P<sign><{7}|={7}|>{7})(?: .*|$)")


def conflicts(lines: Sequence[str], found: Sequence[Cut]) -> Iterator[int]:
    """Yield the line on which each conflict of a body begins.

    A conflict is all of git's marks in their order; one that stands in a code block
    from beginning to end is an example.
    """
    start: int | None = None
    between = False
    for at, line in enumerate(lines):
        mark = _MARK.match(line) if line and line[0] in "<=>" else None
        if mark is None:
            continue
        if mark["sign"][0] == "<":
            start, between = at, False
        elif mark["sign"][0] == "=":
            between = start is not None
        elif start is not None and between:
            if not _is_code(start, at, found):
                yield start
            start, between = None, False


def _is_code(start: int, end: int, found: Sequence[Cut]) -> bool:
    return any(
        block.kind == "fence" and block.start < start and end < block.end
        for cut in found
        for block in cut.blocks
    )
