"""What stands below an event of a list, where it is no part of the record."""

from __future__ import annotations

import re
from collections.abc import Sequence
from textwrap import dedent

from postmortem.markdown import foreign, loose, when
from postmortem.markdown.blocks import LISTS
from postmortem.markdown.gathering import Gathering
from postmortem.markdown.rows import Found
from postmortem.markdown.scanning import blocks

_MARK = re.compile(r"^\s*(?:(?:[-*+]|\d{1,9}[.)])\s+)*")
_CLOCK = re.compile(
    r"""
    (?<![\w.,:/-])\d{1,2}(?: :[\dX?]{2} | \s?[ap]\.?m\b )
    | ^\W*\d{1,2}[.h]\d\d(?![\w.])
    | ^\W*\d{1,3}\s?[a-z]{1,9}\s(?:later|after)\b
    | ^\W*?(?:T\s?)?\+\s?\d{1,4}
      (?: \s?(?:s|secs?|m|mins?|minutes?|h|hours?|d|days?)\b | :\d )
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""A clock time wherever it stands, and what else a line of a timeline begins with."""
_LONGEST_DAY = 24
"""Characters that are enough for a day, and for a word behind it."""


def report(into: Gathering, event: Found) -> None:
    """Report that it is not read.

    Bullets that tell no time are the event's details: of a report that no template laid
    out nobody asks to write them otherwise.
    """
    lines = into.body_lines[event.start + event.own : event.end]
    timed = any(map(_is_timed, lines))
    if not timed and into.outline.name == foreign.NAME and _is_list(lines):
        return
    message = "what stands below this event is no part of the record"
    hint = "say it in the event's own words, if it belongs to the record"
    if timed:
        hint = "give each time a line of its own"
    line = into.body + event.start + 1
    into.report("PM104", message, line, field=event.container.field, hint=hint)


def _is_list(lines: Sequence[str]) -> bool:
    inner = dedent("\n".join(lines)).split("\n")
    return all(block.kind in LISTS for block in blocks(inner, {}))


def _is_timed(line: str) -> bool:
    """Tell whether a line names a clock time, or begins with a day or a while."""
    if not any(map(str.isdigit, line)):
        return False
    text = _MARK.sub("", line)
    return bool(_CLOCK.search(text) or loose.day(text[:_LONGEST_DAY], when.is_day))
