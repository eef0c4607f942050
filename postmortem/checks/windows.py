"""The parts of a text in which something stands: the only ones worth a slow pattern."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_STOPS = (". ", ".\n", "! ", "!\n", "? ", "?\n", "\n\n")
"""Between sentences and paragraphs; what stands before the second character belongs to
the one that ends."""
_STOP = re.compile(r"[.!?][ \n]|\n\n")
"""Any of them."""

Window = tuple[int, int]
"""Where a part of a text begins, and where it ends."""


def lowered(text: str) -> str:
    """Return a text in small letters, as long as it was."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(small if len(small := it.lower()) == 1 else it for it in text)
    return lower


def spots(text: str, words: Iterable[str]) -> list[int]:
    """Return where any of these words stands in a text, from its beginning on."""
    found = []
    for word in words:
        at = text.find(word)
        while at >= 0:
            found.append(at)
            at = text.find(word, at + 1)
    found.sort()
    return found


def sentences(text: str, places: Iterable[int]) -> Iterator[Window]:
    """Yield where the sentences begin and end that hold these places, in order."""
    end = -1
    for place in places:
        if place >= end:
            start = max(text.rfind(stop, 0, place) for stop in _STOPS) + 2
            last = _STOP.search(text, place)
            end = last.start() + 1 if last else len(text)
            yield (start if start > 1 else 0), end


def lines(text: str, places: Iterable[int], behind: int = 0) -> Iterator[Window]:
    """Yield where the lines begin and end that hold these places, in order.

    With `behind` so many characters more; what then overlaps is one part.
    """
    begun = end = -1
    for place in places:
        if place < end:
            last = text.find("\n", place)
            end = max(end, len(text) if last < 0 else last + behind)
            continue
        if begun >= 0:
            yield begun, end
        begun = text.rfind("\n", 0, place) + 1
        last = text.find("\n", place)
        end = len(text) if last < 0 else last + behind
    if begun >= 0:
        yield begun, end


def found_in(
    pattern: re.Pattern[str], text: str, windows: Iterable[Window]
) -> Iterator[re.Match[str]]:
    """Yield the matches of a pattern in parts of a text."""
    for start, end in windows:
        yield from pattern.finditer(text, start, end)


def found_near(
    pattern: re.Pattern[str],
    signs: Iterable[re.Pattern[str]],
    text: str,
    start: int = 0,
) -> Iterator[re.Match[str]]:
    """Yield the matches of a pattern on lines on which a cheaper one is found too."""
    places = sorted(
        each.start() for sign in signs for each in sign.finditer(text, start)
    )
    return found_in(pattern, text, lines(text, places)) if places else iter(())
