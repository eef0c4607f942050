"""What stands below an event of a list, where it is no part of the record."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from textwrap import dedent

from postmortem.markdown import convert, foreign, loose
from postmortem.markdown.blocks import LISTS
from postmortem.markdown.convert import Clock
from postmortem.markdown.gathering import Gathering
from postmortem.markdown.rows import Found
from postmortem.markdown.scanning import blocks

_MARK = re.compile(r"^\s*(?:(?:[-*+]|\d{1,9}[.)])\s+)*")
_CLOCK = re.compile(r"(?<![\w.,:/-])\d{1,2}(?::[\dX?]{2}|\s?[ap]\.?m\b)", re.IGNORECASE)


def report(into: Gathering, event: Found, clock: Clock) -> None:
    """Report that it is not read.

    Bullets that tell no time are the event's details: of a report that no template laid
    out nobody asks to write them otherwise.
    """
    lines = into.body_lines[event.start + event.own : event.end]
    timed = any(_is_timed(each, clock.is_time) for each in lines)
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


def _is_timed(line: str, is_time: Callable[[str], bool]) -> bool:
    """Tell whether a line begins with a time or a day, or names a clock time."""
    text = _MARK.sub("", line)
    if not any(map(str.isdigit, text)):
        return False
    begun = "at" in loose.event([text], is_time) or loose.day(text, convert.is_day)
    return bool(begun or _CLOCK.search(text))
