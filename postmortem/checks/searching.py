"""Words looked for in all passages of a report at once, and patterns where they are."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from postmortem.checks.passages import Passage
    from postmortem.checks.subject import Subject


def begun(
    subject: Subject,
    pattern: re.Pattern[str],
    words: Sequence[str],
    *names: str,
    cased: bool = False,
) -> Iterator[tuple[Passage, re.Match[str]]]:
    """Yield the matches of a pattern that begins with one of these words.

    The words are in small letters, and what the pattern sees is as well, if it is not
    `cased`; with `names` those fields alone are looked at.
    """
    for passage, places in among(subject, subject.words.spots(words)):
        end = -1
        if names and passage.field not in names:
            continue
        text = passage.masked if cased else subject.small(passage)
        for place in places:
            found = pattern.match(text, place) if place >= end else None
            if found:
                end = found.end()
                yield passage, found


def among(
    subject: Subject, places: Sequence[int]
) -> Iterator[tuple[Passage, list[int]]]:
    """Yield the passages that hold any of these places, which are in order.

    Each comes with its places, counted from where it begins.
    """
    passages, number, at = subject.passages, 0, 0
    while number < len(places) and at < len(passages):
        passage = passages[at]
        if places[number] >= passage.end:
            at = max(at + 1, bisect_right(subject.begins, places[number]) - 1)
            continue
        held = []
        while number < len(places) and places[number] < passage.end:
            if places[number] >= passage.start:
                held.append(places[number] - passage.start)
            number += 1
        if held:
            yield passage, held
