"""The parts of a text in which something stands: the only ones worth a slow pattern."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import lru_cache

_STOPS = (". ", ".\n", "! ", "!\n", "? ", "?\n")
_PARAGRAPH = "\n\n"
"""Between sentences and paragraphs; what stands before the second character belongs to
the one that ends."""
_STOP = re.compile(r"[.!?][ \n]|\n\n")
"""Any of them."""

_SMALL = bytes(ord(chr(at).lower()) for at in range(256))
"""The small letter of each character of Latin-1, which is one of these too."""
_FULL = bytes(32 if chr(at).isspace() else 120 for at in range(256))
"""A blank for each of its blanks, and an x for all the rest."""

Window = tuple[int, int]
"""Where a part of a text begins, and where it ends."""


def lowered(text: str) -> str:
    """Return a text in small letters, as long as it was; most take the quick way."""
    with suppress(UnicodeEncodeError):
        return text.encode("latin-1").translate(_SMALL).decode("latin-1")
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(small if len(small := it.lower()) == 1 else it for it in text)
    return lower


def alike(text: str, kinds: bytes, *wanted: bytes) -> Iterator[int]:
    """Yield where characters of these kinds follow each other, for each in turn.

    `kinds` has the kind of each character of Latin-1; all others are as `?` is. That is
    quicker than a pattern which may begin at any of them.
    """
    plain = text.encode("latin-1", "replace").translate(kinds)
    for each in wanted:
        at = plain.find(each)
        while at >= 0:
            yield at
            at = plain.find(each, at + 1)


def long_words(text: str, least: int) -> Iterator[str]:
    """Yield what stands between blanks in a text and has so many characters.

    Two that an unusual blank parts, such as a thin space, may be yielded as one.
    """
    plain = text.encode("latin-1", "replace").translate(_FULL)
    run = b"x" * least
    start = plain.find(run)
    while start >= 0:
        end = plain.find(b" ", start)
        end = len(plain) if end < 0 else end
        yield text[start:end]
        start = plain.find(run, end)


class Spots:
    """Where words stand in a text; each is looked for once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._known: dict[str, Sequence[int]] = {}

    def of(self, words: Iterable[str]) -> list[int]:
        """Return where any of these words stands in it, from its beginning on."""
        known = self._known
        found: list[int] = []
        for word in words:
            if word not in known:
                known[word] = self._looked_for(word)
            found += known[word]
        found.sort()
        return found

    def _looked_for(self, word: str) -> Sequence[int]:
        """Look for a word; that is slow for one with an end like many, a blank."""
        bare = word.rstrip(" ")
        if bare == word or not bare:
            rare = _rare(word)
            return spots(self._text, (word,)) if rare in self._text else ()
        text = self._text
        return [at for at in self.of((bare,)) if text.startswith(word, at)]


@lru_cache(maxsize=1024)
def _rare(word: str) -> str:
    """Return a mark of a word, which is soon found if it is there, or no text."""
    return next((it for it in word if not it.isalnum() and it != " "), "")


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
            begin = text.rfind(_PARAGRAPH, 0, place)
            stops = (text.rfind(stop, max(begin, 0), place) for stop in _STOPS)
            start = max(begin, *stops) + 2
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
    pattern: re.Pattern[str], text: str, places: Iterable[int]
) -> Iterator[re.Match[str]]:
    """Yield the matches of a pattern on the lines that hold any of these places."""
    return found_in(pattern, text, lines(text, sorted(places)))
