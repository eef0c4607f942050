"""Which words a text has, so that nothing is looked for whose beginning it lacks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from postmortem.checks.windows import spots

_SHORT = 4
"""Characters by which words are told from each other at first."""
_LETTERS = bytes(at if chr(at).isalnum() else 32 for at in range(256))

Index = Mapping[bytes, Sequence[tuple[int, str]]]
"""Groups of words by how their words begin: the number of the group, and the word."""


class Vocabulary:
    """A text in small letters, with blanks for line breaks, and its words."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._many = Counter(_plain(text).split())
        self._begun = {word[:_SHORT] for word in self._many} | {b""}

    def count(self, words: Iterable[str]) -> int:
        """Return how often these words are in it, as whole words."""
        many = self._many
        return sum(many[_plain(word)] for word in words)

    def spots(self, words: Iterable[str]) -> list[int]:
        """Return where any of these stands in it, from its beginning on.

        Each is in small letters, and begins a word of the text or with a mark.
        """
        begun = self._begun
        may_be = [word for word in words if _start(word) in begun]
        return spots(self._text, may_be) if may_be else []

    def spots_by_group(self, index: Index) -> Iterator[tuple[int, list[int]]]:
        """Yield the groups of which a word stands in it, by number, with its spots."""
        may_be: dict[int, list[str]] = {}
        for start in self._begun & index.keys():
            for number, word in index[start]:
                may_be.setdefault(number, []).append(word)
        for number in sorted(may_be):
            if places := spots(self._text, may_be[number]):
                yield number, places


def indexed(groups: Iterable[Iterable[str]]) -> Index:
    """Return groups of words, in small letters, as `spots_by_group` wants them."""
    index: dict[bytes, list[tuple[int, str]]] = {}
    for number, words in enumerate(groups):
        for word in words:
            index.setdefault(_start(word), []).append((number, word))
    return index


@lru_cache(maxsize=1024)
def _start(word: str) -> bytes:
    """Return how the first word in it begins; nothing where there is none."""
    first, *_ = *_plain(word).split(None, 1), b""
    return first[:_SHORT]


def _plain(text: str) -> bytes:
    """Return a text with a blank for all that is no letter or digit, as Latin-1."""
    return text.encode("latin-1", "replace").translate(_LETTERS)
