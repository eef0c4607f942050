"""Which words a text has, so that nothing is looked for whose beginning it lacks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from postmortem.checks.windows import Spots

_SHORT = 4
"""Characters by which words are told from each other at first."""
_LETTERS = bytes(at if chr(at).isalnum() else 32 for at in range(256))

Index = Mapping[bytes, Sequence[tuple[int, str, frozenset[bytes]]]]
"""Groups of words by one that a text with them has: the number of the group, the word,
and all that such a text has."""


class Vocabulary:
    """A text in small letters, with blanks for line breaks, and its words."""

    def __init__(self, text: str) -> None:
        self._spots = Spots(text)
        self._many = Counter(_plain(text).split())
        self._begun = {word[:_SHORT] for word in self._many}
        """How they begin, and each of them."""
        self._begun.update(self._many, [b""])

    def count(self, words: Iterable[str]) -> int:
        """Return how often these words are in it, as whole words."""
        many = self._many
        return sum(many[word] for word in _whole(tuple(words)) & many.keys())

    def spots(self, words: Iterable[str]) -> list[int]:
        """Return where any of these stands in it, from its beginning on.

        Each is in small letters, and begins a word of the text or with a mark.
        """
        begun = self._begun
        may_be = [word for word in words if _starts(word) <= begun]
        return self._spots.of(may_be)

    def spots_by_group(self, index: Index) -> Iterator[tuple[int, list[int]]]:
        """Yield the groups of which a word stands in it, by number, with its spots."""
        may_be: dict[int, list[str]] = {}
        begun = self._begun
        for start in begun & index.keys():
            for number, word, starts in index[start]:
                if starts <= begun:
                    may_be.setdefault(number, []).append(word)
        for number in sorted(may_be):
            if places := self._spots.of(may_be[number]):
                yield number, places


def indexed(groups: Iterable[Iterable[str]]) -> Index:
    """Return groups of words, in small letters, as `spots_by_group` wants them."""
    index: dict[bytes, list[tuple[int, str, frozenset[bytes]]]] = {}
    for number, words in enumerate(groups):
        for word in words:
            starts = _starts(word)
            index.setdefault(max(starts, key=len), []).append((number, word, starts))
    return index


@lru_cache(maxsize=1024)
def _starts(word: str) -> frozenset[bytes]:
    """Return what a text with this word has too: words, and how the last one begins.

    The last one may go on there, so it tells nothing if it is short; one that is alone
    is a whole word then.
    """
    plain = _plain(word)
    parts = plain.split()
    if parts and not plain[-1:].isspace():
        last = parts.pop()[:_SHORT]
        if len(last) == _SHORT or not parts:
            parts.append(last)
    return frozenset(parts or [b""])


@lru_cache(maxsize=1024)
def _whole(words: tuple[str, ...]) -> frozenset[bytes]:
    return frozenset(map(_plain, words))


def _plain(text: str) -> bytes:
    """Return a text with a blank for all that is no letter or digit, as Latin-1."""
    return text.encode("latin-1", "replace").translate(_LETTERS)
